"""Rows read some at a time: the same in this process and in one that helps it.

What most rows give are lines of the scratch file and nothing else; of the few others it is told what there is
to remember.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.ontology import EntityClass, Ontology
from graph.truth.scratch import Stated, Values, values_of
from ingest.faults import Fault
from ingest.grid import GridNote
from ingest.reading import Resolver, RowReader
from ingest.rows import Row
from ingest.sites import needs_site, with_sites

Item = Row | Fault | GridNote
#: Rows read at a time in this process.
_FEW = 1000


@dataclass(slots=True)
class Odd:
    """What there is to remember of a row.

    Attributes
    ----------
    faults : what is wrong with it. named : whether it waits for names.
    minted : the id that was made for its entity, which has none of its own; else empty.
    siteless : relations that name a firm where a site is meant.
    """

    faults: list[Fault] = field(default_factory=list)
    named: bool = False
    minted: str = ""
    siteless: list[Stated] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What some rows state, as lines of the scratch file, and what there is to remember, by row."""

    values: list[Values] = field(default_factory=list)
    odd: dict[int, Odd] = field(default_factory=dict)


#: Items as they came, and the outcome of the rows among them.
Read = tuple[Sequence[Item], Outcome]


class BatchReader:
    """Reads rows of ``dataset``; see ``RowReader``.

    ``partial``: rows of which a column is unknown are left out.
    """

    def __init__(
        self, dataset: str, ontology: Ontology, resolver: Resolver | None = None, *, partial: bool = False
    ) -> None:
        self._reader, self._partial = RowReader(dataset, ontology, resolver), partial
        self._ontology, self._sited = ontology, with_sites(ontology)

    def read(self, rows: Iterable[Row]) -> Outcome:
        """What ``rows`` state."""
        out = Outcome()
        for at, row in enumerate(rows):
            reading = self._reader.read(row)
            odd: Odd | None = None
            if reading.faults or reading.named:
                odd = Odd(reading.faults, reading.named)
            if not (row.in_doubt and self._partial):
                if reading.stated and isinstance(row.cls, EntityClass) and "id" not in row.cells:
                    odd = odd or Odd()
                    odd.minted = reading.stated[0][0].key
                for one in reading.stated:
                    if one[0].cls in self._sited and needs_site(one[0], self._ontology):
                        odd = odd or Odd()
                        odd.siteless.append(one)
                    else:
                        out.values.append(values_of(*one))
            if odd is not None:
                out.odd[at] = odd
        return out

    def read_all(self, items: Iterable[Item], size: int = _FEW) -> Iterator[Read]:
        """All of ``items``, ``size`` at a time."""
        for some in in_batches(items, size):
            yield some, self.read(rows_among(some))


def rows_among(items: Iterable[Item]) -> list[Row]:
    """The rows, without faults and notes."""
    return [item for item in items if isinstance(item, Row)]


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """``items`` in lists of ``size``; the last may be shorter."""
    some: list[Item] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
