"""Decisions kept as data: what is merged, renamed, dropped and corrected, each with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.faults import GatherFault

FOLDER = Path(__file__).parent / "decisions"


@dataclass(frozen=True)
class Correction:
    """In row `row_id` of `table`, `column` holds `found` and becomes `into`; `source` is then cited too."""

    table: str
    row_id: str
    column: str
    found: str
    into: str
    source: str


@dataclass
class Decisions:
    """Merges and slugs (raw id → id), drops ((table, row id) → reason), corrections."""

    merges: dict[str, str] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    drops: dict[tuple[str, str], str] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)

    def merged(self, raw: str) -> str:
        """The raw id that a raw id is merged into in the end (itself when it is not merged).

        Raises GatherFault when merges run in a circle.
        """
        seen = [raw]
        while (into := self.merges.get(seen[-1])) is not None:
            if into in seen:
                raise GatherFault(f"decisions: merges run in a circle: {' > '.join([*seen, into])}")
            seen.append(into)
        return seen[-1]

    def final(self, raw: str) -> str:
        """The id that a raw id ends as: merges are followed to their end, then the slug is given."""
        merged = self.merged(raw)
        return self.slugs.get(merged, merged)


def load_decisions(folder: Path = FOLDER) -> Decisions:
    """Read merge_*.csv (id,into,reason,…), *_slugs.csv (id,slug,…), drops.csv, corrections.csv.

    Raises GatherFault when a reason is missing, an id is decided twice, or two ids get the same slug.
    """
    decisions = Decisions()
    for path in sorted(folder.glob("merge_*.csv")):
        for origin, row in _rows(path):
            if row["id"] in decisions.merges:
                raise GatherFault(f"{origin}: {row['id']} is merged twice")
            decisions.merges[row["id"]] = row["into"]
    for path in sorted(folder.glob("*_slugs.csv")):
        for origin, row in _rows(path, reasoned=False):
            if row["id"] in decisions.slugs or row["slug"] in decisions.slugs.values():
                raise GatherFault(f"{origin}: {row['id']} or {row['slug']} is given twice")
            if row["id"] in decisions.merges:
                raise GatherFault(f"{origin}: {row['id']} is merged into {decisions.merges[row['id']]}")
            decisions.slugs[row["id"]] = row["slug"]
    for _, row in _rows(folder / "drops.csv"):
        decisions.drops[row["table"], row["id"]] = row["reason"]
    decisions.corrections = [
        Correction(row["table"], row["id"], row["column"], row["from"], row["to"], row["source"])
        for _, row in _rows(folder / "corrections.csv")
    ]
    return decisions


def _rows(path: Path, *, reasoned: bool = True) -> Iterator[tuple[str, dict[str, str]]]:
    if not path.exists():
        return
    for line, row in read_csv(path):
        origin = f"{path.name}:{line}"
        if reasoned and not row["reason"]:
            raise GatherFault(f"{origin}: column reason is empty")
        yield origin, row
