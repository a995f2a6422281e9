"""From rows to a scratch file that holds what a dataset states: names, sites, references looked after.

Rows pass one by one; only those are kept in memory that name something by another word than its id, until all
names are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import sqlalchemy as sa

from graph.decisions import Held
from graph.ontology import EntityClass, Ontology
from graph.truth import Scratch, TruthStore, View
from graph.truth import schema as t
from graph.truth.scratch import Values, staged
from ingest.batches import BatchReader, Item, Odd, Read
from ingest.consistency import consistency_faults
from ingest.faults import Fault
from ingest.grid import GridNote
from ingest.names import NameIndex, words_in
from ingest.reading import Stated
from ingest.rows import Row
from ingest.sites import CARRIED, Sites, carried, made_site
from ingest.telling import differing
from ingest.where import Where
from ingest.workers import read_items

#: Faults kept whole; of more only the number is known.
MOST_FAULTS = 10_000
#: Rows between two reports of progress.
_STEP = 1000


@dataclass(slots=True)
class Staged:
    """What reading gave besides the scratch file.

    Attributes
    ----------
    rows : rows read. faults : the first ``MOST_FAULTS`` faults. fault_count : how many there are.
    notes : what was noticed that is no fault.
    """

    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    notes: list[GridNote] = field(default_factory=list)
    where: Where = field(default_factory=Where)

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Take in faults."""
        for fault in faults:
            self.fault_count += 1
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(fault)


def stage(
    items: Iterable[Item],
    dataset: str,
    truth: TruthStore,
    scratch: Scratch,
    ontology: Ontology,
    *,
    partial: bool = False,
    progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> Staged:
    """Put what ``items`` state as ``dataset`` into ``scratch``, and tell the faults.

    Parameters
    ----------
    partial : leave rows with faults out, and those that refer to them; else references are only checked where
        no cell is at fault, since what refers to a refused row would seem wrong too.
    progress : called with the rows read so far.
    workers : processes that help to read many rows; ``None``: as many as are of use here.
    """
    return _Staging(dataset, truth, scratch, ontology, progress, partial).run(items, workers)


@dataclass(slots=True)
class _Staging:
    dataset: str
    truth: TruthStore
    scratch: Scratch
    ontology: Ontology
    progress: Callable[[int], None] | None
    partial: bool
    out: Staged = field(default_factory=Staged)
    named: list[Row] = field(default_factory=list)
    siteless: list[tuple[Row, Stated]] = field(default_factory=list)
    minted: dict[str, Row] = field(default_factory=dict)
    #: Rows of entities that are at fault: what names them is not at fault for that.
    refused: list[Row] = field(default_factory=list)

    def run(self, items: Iterable[Item], workers: int | None) -> Staged:
        found = read_items(items, self.dataset, self.ontology, partial=self.partial, workers=workers)
        with closing(found):
            self.scratch.add_values(self._stated(self._counted(found)))
        if self.named:
            with self.truth.looking(self.scratch) as db:
                rows, self.named = self.named, []
                asked = words_in(rows)
                moved = Held(self.truth.decisions(), self.ontology).moved
                waiting = [*rows, *self.refused]
                view = View(db, stage=self.dataset)
                names = NameIndex(view, self.dataset, self.ontology, waiting, asked=asked, moved=moved)
                named = BatchReader(self.dataset, self.ontology, names, partial=self.partial)
                stated = list(self._stated(named.read_all(rows)))
            self.scratch.add_values(stated)
        if self.out.fault_count and not self.partial:
            self.scratch.seal()
            return self.out  # what refers to a refused row would seem wrong too
        self.scratch.find_by_source()
        self._make_sites()
        self._use_sites()
        self.scratch.seal(repeats=self.partial)
        if self.partial:
            self._leave_out()
            self.scratch.seal()
        elif not self.out.fault_count:
            self.out.refuse(self._references())
        return self.out

    def _counted(self, read: Iterable[Read]) -> Iterator[Read]:
        for items, outcome in read:
            for item in items:
                if isinstance(item, Row):
                    self.out.rows += 1
                    self.out.where.see(item)
                    if self.progress is not None and self.out.rows % _STEP == 0:
                        self.progress(self.out.rows)
            yield items, outcome

    def _stated(self, read: Iterable[Read]) -> Iterator[Values]:
        for items, outcome in read:
            self._remember(items, outcome.odd)
            yield from outcome.values

    def _remember(self, items: Sequence[Item], odd: dict[int, Odd]) -> None:
        at = -1
        for item in items:
            if isinstance(item, Row):
                at += 1
                if at in odd:
                    self._remember_row(item, odd[at])
            elif isinstance(item, Fault):
                self.out.refuse([item])
            else:
                self.out.notes.append(item)

    def _remember_row(self, row: Row, odd: Odd) -> None:
        if odd.named:
            self.named.append(row)
        self.out.refuse(odd.faults)
        if odd.faults and isinstance(row.cls, EntityClass) and len(self.refused) < MOST_FAULTS:
            self.refused.append(row)
        if odd.minted:
            self._see_name(row, odd.minted)
        self.siteless += [(row, one) for one in odd.siteless]

    def _see_name(self, row: Row, key: str) -> None:
        """Tell where a second row means, by its name, the entity of a row before."""
        first = self.minted.setdefault(key, row)
        if (first.table, first.line) != (row.table, row.line):
            self.out.notes.append(_same_name(first, row))

    def _make_sites(self) -> None:
        """A site for each firm that the dataset states and for which nothing says that it operates one."""
        c = staged.c
        with self.truth.looking(self.scratch) as db:
            firms = (c.cls == "Firm",)
            if db.execute(sa.select(c.id).where(*firms).limit(1)).first() is None:
                return
            others = View(db, versions={self.dataset: None})
            other = sa.alias(staged)
            here = sa.exists().where(other.c.cls == "OPERATES", other.c.source == c.key)
            a = t.assertion.c
            there = sa.exists().where(others.holds(), a.cls == "OPERATES", a.source == c.key)
            has = sa.or_(here.correlate(staged), there.correlate(staged))
            with_site = set(db.execute(sa.select(c.key).where(*firms, has)).scalars())
        self.scratch.derive("Firm", CARRIED, lambda pairs: self._sites_of(pairs, with_site), self.dataset)

    def _sites_of(
        self, pairs: Iterable[tuple[Stated, Stated | None]], with_site: set[str]
    ) -> Iterator[Stated]:
        last: tuple[str, str, int] | None = None
        for (firm, _, _), near in pairs:
            if firm.key in with_site:
                continue
            at = (firm.key, firm.table, firm.row)
            if at != last:
                last = at
                yield from made_site(firm, self.ontology)
            if near is not None:
                yield carried(near[0], near[1:], self.ontology)

    def _use_sites(self) -> None:
        """Put the only site where a row names the firm."""
        if not self.siteless:
            return
        with self.truth.looking(self.scratch) as db:
            sites = Sites(View(db, stage=self.dataset).of_class("OPERATES"), self.ontology)
        self.scratch.add(self._sited(sites))

    def _sited(self, sites: Sites) -> Iterator[Stated]:
        for row, one in self.siteless:
            found = sites.resolve(one, row.file, row.sheet)
            if isinstance(found, Fault):
                self.out.refuse([found])
            else:
                yield found

    def _references(self, gone: Sequence[str] | None = None) -> list[Fault]:
        with self.truth.looking(self.scratch) as db:
            return list(consistency_faults(db, self.dataset, self.ontology, self.out.where, gone))

    def _leave_out(self) -> None:
        """Leave the rows out whose references are at fault, then those that refer to them, and so on."""
        faults = self._references()
        while faults:
            self.out.refuse(faults)
            gone = self.scratch.drop({(self.out.where.table_of(f), f.row) for f in faults})
            faults = self._references(gone)


def _same_name(first: Row, row: Row) -> GridNote:
    """What to know of two rows that are taken as one entity, since they go by one name."""
    if first.table == row.table and first.line > row.line:
        first, row = row, first  # rows that name things are read after the others
    there = f"{first.file} {first.sheet}".strip() if first.table != row.table else ""
    other = differing(first, row)
    zh = f"与{f' {there} ' if there else ''}第{first.line}行同名，当作同一条"
    en = (
        f"goes by the same name as row {first.line}{f' of {there}' if there else ''} and is taken as the same"
    )
    if other:
        zh += f"，但{'、'.join(f'「{heading}」' for heading in other)}不同，多半是两个"
        en += f", though they differ in {', '.join(other)} and may well be two"
    prefix = row.cls.prefix if isinstance(row.cls, EntityClass) else ""
    ids = f"{prefix}/1, {prefix}/2"
    zh += f"；若是两个，加一列「编号」，各写一个，如 {ids.replace(', ', '、')}"
    en += f"; if they are two, add a column 编号 (id) and give each its own, such as {ids}"
    return GridNote("same-name", row.file, row.sheet, row.line, zh, en)
