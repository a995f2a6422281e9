"""Chain chiefs: posts, and which persons were seen in them, from the gathered lists of posts."""

from collections.abc import Mapping

from tools.gather.bodies import Bodies
from tools.gather.chief_posts import ChiefPosts, Spot
from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.divisions import Divisions
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Cell, Tables
from tools.gather.trust import UNVERIFIED, VERIFIED, provenance

CHIEFS = "chiefs"
PLAN = "plan/1269"
GOVERNOR = "post/jiangxi/governor"
BY_OFFICE = "总链长(按职务推定)"
BODIES = ("链长办", "总链办")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add persons, posts, HOLDS, CHIEF_OF and EX_OFFICIO.

    A post ends with its scheme; a person's term is told by no source, so HOLDS says only when it was seen.

    Raises GatherFault for a person, post or chain that no decision knows.
    """
    people = {row["name"]: row for _, row in read_csv(FOLDER / "chief_persons.csv")}
    posts = ChiefPosts(Divisions(gathered.root.parent / "divisions"))
    bodies = Bodies(tables)
    for row in gathered.rows("posts"):
        common = provenance(gathered, row, own=row.get("seen_on"))
        if row.folder != CHIEFS:
            tables.drop(row, "told with scheme and date by the list of chain chiefs")
        elif row["post"] in BODIES:
            bodies.add(row, row["office"], {**common, "note": clean_note(row["evidence"])})
        elif row["post"] == BY_OFFICE:
            _add_holder(tables, row, people, GOVERNOR, _governor(gathered, row))
        else:
            for spot in posts.spots(row):
                _add_post(tables, row, spot, posts.name(spot, row), common)
                if row["person"]:
                    held = {**common, "note": clean_note(row["evidence"])}
                    _add_holder(tables, row, people, spot.post, held)


def _governor(gathered: Gathered, row: GatheredRow) -> dict[str, Cell]:
    """Common cells for the one thing a source says of the person: that he is governor."""
    source = gathered.sources_of(row)[0]
    return {
        "sources": [source],
        "standing": VERIFIED if gathered.sources[source]["grade"] in ("A", "B") else UNVERIFIED,
        "seen_at": row["seen_on"],
        "note": "总链长由省长一职推定，来源未直接称其总链长",
    }


def _add_post(tables: Tables, row: GatheredRow, spot: Spot, name: str, common: Mapping[str, Cell]) -> None:
    """The post; the chain a chief has, or the plan of the general chief, who is so by being governor.

    The office is the post's where nobody is named, else it stands with the holder.
    """
    named = bool(row["person"])
    cells = {**common, **spot.span}
    tables.add(
        "posts",
        row,
        id=spot.post,
        name=name,
        role=spot.role,
        office="" if named else row["office"],
        scheme=spot.scheme,
        level=spot.level,
        inferred=False,
        place=spot.place,
        note=clean_note(spot.closed, "" if named else row["evidence"]),
        **cells,
    )
    if spot.role == "general_chain_chief":
        tables.relate("chief_of", row, spot.post, PLAN, **cells)
        tables.relate("ex_officio", row, GOVERNOR, spot.post, **cells)
    elif spot.role == "chain_chief" and spot.chain:
        tables.relate("chief_of", row, spot.post, spot.chain, note=spot.closed, **cells)


def _add_holder(
    tables: Tables,
    row: GatheredRow,
    people: Mapping[str, Mapping[str, str]],
    post: str,
    cells: Mapping[str, Cell],
) -> None:
    person = people.get(row["person"])
    if person is None:
        raise GatherFault(f"{row.origin}: column person: {row['person']!r} is not in chief_persons.csv")
    seen = {column: cells[column] for column in ("sources", "standing", "seen_at")}
    tables.add("persons", row, id=person["id"], name=person["name"], name_en=person["name_en"], **seen)
    tables.relate("holds", row, person["id"], post, title=row["office"], **cells)
