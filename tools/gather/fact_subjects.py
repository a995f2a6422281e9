"""Whom a fact is about, and the short name by which an observation calls it."""

from functools import cache, cached_property

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.divisions import Divisions
from tools.gather.facts import parts
from tools.gather.faults import GatherFault
from tools.gather.firm_names import firm_name
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.parks import known_parks

IN_PLACE = ("place", "park", "zone")  # classes that an evidence row's column `place` takes


@cache
def _decided_subjects() -> dict[str, list[str]]:
    return {row["subject"]: parts(row["about"]) for _, row in read_csv(FOLDER / "fact_subjects.csv")}


def subject_refs(row: GatheredRow) -> list[str]:
    """Raw ids of what the subject of a fact names: a park, cluster, firm, or else the row's place."""
    decided = _decided_subjects().get(row["subject"])
    park = known_parks().get(row["subject"])
    return decided or ([park] if park else list(filter(None, [place_ref(row["place_code"])])))


def split_refs(refs: list[str]) -> tuple[list[str], list[str]]:
    """`refs` parted into those that the column `place` takes (places, parks, zones) and all others."""
    inside = [ref for ref in refs if ref.split("/")[0] in IN_PLACE]
    return inside, [ref for ref in refs if ref not in inside]


class Names:
    """Short Chinese names of places, parks, clusters, firms, chains and segments by raw id."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._divisions = Divisions(gathered.root.parent / "divisions")

    def of(self, ref: str) -> str:
        """The name of one thing. Raises GatherFault for an id that nothing names."""
        kind, _, rest = ref.partition("/")
        if kind == "place":
            return self._divisions.get(rest).name
        if kind == "segment":
            return self._gathered.segments[rest]["name"].split("(")[0]
        if kind == "firm":
            return self._gathered.firms[rest]["short_name"] or firm_name(self._gathered.firms[rest]).name
        name = self._listed.get(ref)
        if name is None:
            raise GatherFault(f"{ref}: found in no list of names")
        return name

    @cached_property
    def _listed(self) -> dict[str, str]:
        parks = {row["park"]: row["name"] for _, row in read_csv(FOLDER / "parks.csv")}
        clusters = {row["cluster"]: row["name"] for _, row in read_csv(FOLDER / "clusters.csv")}
        chains = {
            row["id"]: row["short_name"] or row["name"]
            for path in sorted((FOLDER.parent / "curated").glob("chains.*csv"))
            for _, row in read_csv(path)
        }
        return parks | clusters | chains
