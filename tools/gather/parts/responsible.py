"""Departments and other bodies, and what they answer for, from the gathered list of responsibilities."""

from tools.gather.bodies import Bodies
from tools.gather.chief_posts import CLOSED, SCHEME_SPAN, ChiefPosts
from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.divisions import Divisions
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import provenance

PROVINCE = "360000"
INFERRED = "推断"
ROLES = {
    "统筹": "coordinate_overall",
    "组织协调": "organise",
    "牵头": "lead",
    "责任": "responsible",
    "配合": "support",
    "监测": "monitor",
    "考核": "assess",
    "": "unspecified",
}


def build(tables: Tables, gathered: Gathered) -> None:
    """Add organisations and RESPONSIBLE_FOR.

    Raises GatherFault for a name, role or subject that no decision knows.
    """
    bodies = Bodies(tables)
    subjects = {
        (row["kind"], row["subject"]): row["id"] for _, row in read_csv(FOLDER / "responsible_subjects.csv")
    }
    posts = ChiefPosts(Divisions(gathered.root.parent / "divisions"))
    for row in gathered.rows("responsible"):
        if row["role"] not in ROLES:
            raise GatherFault(f"{row.origin}: column role: found {row['role']!r}, expected {sorted(ROLES)}")
        common = provenance(gathered, row)
        scheme = _scheme(gathered, row)
        for body in bodies.add(row, row["organisation"], common):
            for text in row.many("subject"):
                subject = subjects.get((row["subject_kind"], text)) or posts.chain(row, text)
                tables.relate(
                    "responsible_for",
                    row,
                    body,
                    subject,
                    role=ROLES[row["role"]],
                    inferred=INFERRED in row["evidence"],
                    scheme=scheme,
                    valid_to=SCHEME_SPAN.get(scheme, ("", ""))[1],
                    note=clean_note(CLOSED.get(scheme, ""), row["evidence"]),
                    **common,
                )


def _scheme(gathered: Gathered, row: GatheredRow) -> str:
    """The province's scheme by the date of the source (the new one came in 2023-07), else a local one.

    "" where the source has no date, "none" for a plan that is of no chain-chief scheme.
    """
    if row["place_code"] != PROVINCE:
        return "local"
    if row["subject"] == "江西省产业集群提能升级实施方案":
        return "none"
    dates = [gathered.sources[source]["date"] for source in gathered.sources_of(row)]
    if not all(dates):
        return ""
    return "2023" if min(dates) >= SCHEME_SPAN["2023"][0] else "2020"
