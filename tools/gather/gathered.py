"""The gathered folders: rows as found, with where they stand, and the raw ids that parts use for them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER, Decisions, load_decisions
from tools.gather.faults import GatherFault

GENERAL_KNOWLEDGE = "domain"  # what a gathered row cites when it has no source
CHAIN_NAMES = {
    "electronics": "电子信息",
    "nonferrous": "有色金属",
    "equipment": "装备制造",
    "new-energy": "新能源",
    "petrochem": "石化化工",
    "building-materials": "建材",
    "steel": "钢铁",
    "aviation": "航空",
    "food": "食品",
    "textile": "纺织服装",
    "pharma": "医药",
    "furniture": "现代家具",
}
_FOLDER_PREFIX = re.compile(r"^firm/(?:ea|eb|ftf|ld|ne|ns|pp-f|pp)-")


@dataclass(frozen=True)
class GatheredRow:
    """One row: `folder` and `table` (file name without .csv), `line` in that file, `values` by column."""

    folder: str
    table: str
    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        try:
            return self.values[column]
        except KeyError:
            raise GatherFault(f"{self.origin}: no column {column!r}, found {sorted(self.values)}") from None

    def get(self, column: str) -> str:
        """The cell, "" where this folder's table has no such column."""
        return self.values.get(column, "")

    def many(self, column: str) -> list[str]:
        """The cell's parts (joined by | in the file), empty ones left out."""
        return [part.strip() for part in self.get(column).split("|") if part.strip()]

    @property
    def origin(self) -> str:
        """Where the row stands, for messages: "folder/table.csv:line"."""
        return f"{self.folder}/{self.table}.csv:{self.line}"


class Gathered:
    """All rows of the gathered folders, read once."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise GatherFault(f"{root}: no such folder of gathered tables")
        self.root = root
        self._rows = [
            GatheredRow(path.parent.name, path.stem, line, values)
            for path in sorted(root.glob("*/*.csv"))
            for line, values in read_csv(path)
        ]

    def rows(self, table: str, folder: str | None = None) -> Iterator[GatheredRow]:
        """Rows of one table from every folder (or one), in order of folder and line."""
        return (row for row in self._rows if row.table == table and folder in (None, row.folder))

    def all_rows(self) -> Iterator[GatheredRow]:
        """Every row of every table."""
        return iter(self._rows)

    @cached_property
    def _source_ids_named_twice(self) -> frozenset[str]:
        counts = Counter(row["id"] for row in self.rows("sources"))
        return frozenset(name for name, count in counts.items() if count > 1)

    def source_id(self, folder: str, name: str) -> str:
        """Raw id of a gathered source; the folder is added where two folders use the same id."""
        return f"source/{name}-{folder}" if name in self._source_ids_named_twice else f"source/{name}"

    @cached_property
    def sources(self) -> dict[str, GatheredRow]:
        """Rows of all sources.csv by raw source id."""
        return {self.source_id(row.folder, row["id"]): row for row in self.rows("sources")}

    def sources_of(self, row: GatheredRow) -> list[str]:
        """Raw source ids that a row cites, none for general knowledge. Raises GatherFault if unknown."""
        found = [self.source_id(row.folder, name) for name in row.many("source") if name != GENERAL_KNOWLEDGE]
        for source in found:
            if source not in self.sources:
                raise GatherFault(
                    f"{row.origin}: column source: found {source!r}, expected an id of sources.csv"
                )
        return found

    @cached_property
    def _firms_by_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for row in self.rows("firms"):
            for name in {row["name"], row["short_name"], *row.many("aliases")} - {""}:
                names.setdefault(name, []).append(row["id"])
        return names

    def firm_refs(self, row: GatheredRow, column: str) -> list[str]:
        """Raw firm ids in a cell of gathered firm ids. Raises GatherFault for an unknown one."""
        refs = []
        for name in row.many(column):
            if name not in self.firms:
                raise GatherFault(
                    f"{row.origin}: column {column}: found {name!r}, expected an id of firms.csv"
                )
            refs.append(f"firm/{name}")
        return refs

    @cached_property
    def firms(self) -> dict[str, GatheredRow]:
        """Rows of all firms.csv by gathered id."""
        return {row["id"]: row for row in self.rows("firms")}

    def firms_named(self, name: str) -> list[str]:
        """Raw firm ids whose name, short name or alias is exactly this text."""
        return [f"firm/{found}" for found in self._firms_by_name.get(name, [])]

    @cached_property
    def decisions(self) -> Decisions:
        """The recorded decisions; a firm without a slug gets its gathered id without the folder's prefix."""
        decisions = load_decisions()
        decisions.slugs |= {raw: organisation for raw, (organisation, _) in self.organisations.items()}
        for raw in sorted({decisions.merged(f"firm/{name}") for name in self.firms}):
            if raw not in decisions.slugs:
                slug = _FOLDER_PREFIX.sub("firm/", raw)
                if slug in decisions.slugs.values():
                    raise GatherFault(f"firm_slugs.csv: {raw} needs a slug, {slug} is taken")
                decisions.slugs[raw] = slug
        return decisions

    @cached_property
    def organisations(self) -> dict[str, tuple[str, str]]:
        """Gathered firms that are none: raw firm id → (organisation id, kind of organisation)."""
        rows = (row for _, row in read_csv(FOLDER / "firm_organisations.csv"))
        return {row["id"]: (row["organisation"], row["kind"]) for row in rows}

    @cached_property
    def segments(self) -> dict[str, GatheredRow]:
        """Rows of all segments.csv by gathered id ("chain/slug"); the raw id is "segment/" + that."""
        return {row["id"]: row for row in self.rows("segments")}

    @cached_property
    def raw_ids(self) -> frozenset[str]:
        """Raw ids of all gathered sources, firms and segments."""
        firms = (f"firm/{name}" for name in self.firms)
        segments = (f"segment/{name}" for name in self.segments)
        return frozenset((*self.sources, *firms, *segments))


def place_ref(code: str) -> str:
    """Raw place id of a GB/T 2260 code; "" for none. A two-digit code is a province's."""
    if not code:
        return ""
    if not code.isdigit() or len(code) not in (2, 6):
        raise GatherFault(f"place code {code!r}: expected 6 digits (or 2 for a province)")
    return f"place/{code.ljust(6, '0')}"


def chain_ref(slug: str) -> str:
    """Raw chain id of a gathered chain slug; "" for none."""
    return f"chain/{slug}" if slug else ""
