"""Clusters with the titles they hold: target, cultivated, announced, recognised and reported kept apart."""

from dataclasses import dataclass

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.fact_subjects import Names
from tools.gather.facts import (
    Cells,
    Decision,
    carried,
    chain_refs,
    decided,
    parts,
    segment_refs,
    standing_by_grade,
)
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.slugs import slug
from tools.gather.tables import Tables
from tools.gather.trust import UNVERIFIED

_STATUSES = ("recognised", "announced", "cultivated", "reported", "target")  # from strongest to weakest
_LEVELS = {"national": "国家级", "provincial": "省级", "city": "市级", "": ""}
_BY_YEAR = ("星级", "评价", "十强")  # kinds given anew every year


@dataclass(frozen=True)
class Cluster:
    """A cluster of clusters.csv; `inferred`: its chain is the gatherer's inference."""

    id: str
    name: str
    aliases: list[str]
    places: list[str]
    subjects: list[str]
    inferred: bool
    plan: str


def build(tables: Tables, gathered: Gathered) -> None:
    """Add clusters and titles by clusters.csv and cluster_titles.csv.

    A cluster that holds several titles shows the strongest; each is a Title of its own.
    """
    clusters = _clusters()
    names = Names(gathered)
    held: dict[str, list[tuple[GatheredRow, Decision]]] = {}
    for row, decision in decided(gathered, "cluster_titles.csv"):
        held.setdefault(decision["holder"], []).append((row, decision))
    for holder, rows in held.items():
        if holder.startswith("cluster/") and holder not in clusters:
            raise GatherFault(f"cluster_titles.csv: {holder} is not in clusters.csv")
        cluster = clusters.get(holder)
        shown = min((decision for _, decision in rows), key=_strength)
        for row, decision in rows:
            common = carried(gathered, row)
            subjects = cluster.subjects if cluster else _subjects(row)
            if cluster and cluster.inferred:
                common |= {"standing": standing_by_grade(gathered, row), "note": ""}
                _relate_inferred(tables, row, cluster, common)
                subjects = []
            if cluster:
                _add_cluster(tables, row, cluster, decision, shown=shown, chain=subjects, **common)
            if decision["title_status"]:
                _add_title(tables, row, decision, name=names.of(holder), chain=subjects, **common)


def _relate_inferred(tables: Tables, row: GatheredRow, cluster: Cluster, common: Cells) -> None:
    for subject in cluster.subjects:
        inferred = common | {"standing": UNVERIFIED, "note": "链归属为推断"}
        tables.relate("about", row, cluster.id, subject, **inferred)


def _add_cluster(
    tables: Tables,
    row: GatheredRow,
    cluster: Cluster,
    decision: Decision,
    *,
    shown: Decision,
    **cells: str | list[str],
) -> None:
    same = all(decision[column] == shown[column] for column in ("status", "level", "kind"))
    headline = {
        "status": decision["status"],
        "level": decision["level"],
        "title": decision["kind"],
        "batch": decision["batch"],
        "year": decision["year"],
    }
    tables.add(
        "clusters",
        row,
        id=cluster.id,
        name=cluster.name,
        aliases=cluster.aliases,
        place=cluster.places,
        plan=cluster.plan,
        **(headline if same else {}),
        **cells,
    )


def _add_title(
    tables: Tables, row: GatheredRow, decision: Decision, *, name: str, **cells: str | list[str]
) -> None:
    kind, year = decision["kind"], decision["year"]
    yearly = any(word in kind for word in _BY_YEAR)
    holder = decision["holder"].removeprefix("cluster/").replace("/", "-")
    tables.add(
        "titles",
        row,
        id="-".join(filter(None, (f"title/{holder}/{slug(kind)}", year[:4] if yearly else ""))),
        name=f"{name}：{kind}",
        kind=kind,
        level=_LEVELS[decision["level"]],
        authority=decision["authority"],
        batch=decision["batch"],
        doc_no=decision["doc_no"],
        status=decision["title_status"],
        year=year,
        holder=decision["holder"],
        **cells,
    )


def _subjects(row: GatheredRow) -> list[str]:
    return chain_refs(row["chain"]) + segment_refs(row["segment"])


def _clusters() -> dict[str, Cluster]:
    found = {}
    for _, row in read_csv(FOLDER / "clusters.csv"):
        about = parts(row["about"])
        segments = "|".join(part for part in about if "/" in part)
        chains = "|".join(part for part in about if "/" not in part)
        found[row["cluster"]] = Cluster(
            id=row["cluster"],
            name=row["name"],
            aliases=parts(row["aliases"]),
            places=[place_ref(code) for code in parts(row["place"])],
            subjects=chain_refs(chains, segments) + segment_refs(segments),
            inferred=row["inferred"] == "yes",
            plan=row["plan"],
        )
    return found


def _strength(decision: Decision) -> tuple[int, int, str]:
    year = decision["year"][:4]
    levels = list(_LEVELS)
    return (
        _STATUSES.index(decision["status"]) if decision["status"] else len(_STATUSES),
        levels.index(decision["level"]),
        f"{9999 - int(year)}" if year else "9999",
    )
