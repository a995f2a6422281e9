"""Which id a cell may mean that holds a name or a bare code instead: ``360902`` → ``place/360902``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from graph.facts import Assertion
from graph.ontology import EntityClass
from ingest.rows import Row

_NAMES = ("name", "short_name", "aliases")


class Suggest:
    """Entities by slug and by exact name.

    Parameters
    ----------
    known : assertions of what is recorded already.
    rows : rows being read, whose own entities count too.

    The index is built when the first question is asked: most tables need none.
    """

    def __init__(self, known: Sequence[Assertion], rows: Sequence[Row]) -> None:
        self._known, self._rows = known, rows

    def id_of(self, text: str, classes: Iterable[str]) -> str | None:
        """The id of the one entity of ``classes`` with this slug, last part of it, or exact name, else
        ``None``.
        """
        found = set().union(*(self._index.get((cls, text.strip()), set()) for cls in classes))
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _index(self) -> dict[tuple[str, str], set[str]]:
        index: dict[tuple[str, str], set[str]] = defaultdict(set)
        for cls, key, names in self._entities():
            slug = key.partition("/")[2]
            for word in {slug, slug.rpartition("/")[2], *names} - {""}:
                index[cls, word].add(key)
        return index

    def _entities(self) -> Iterable[tuple[str, str, list[str]]]:
        for a in self._known:
            if a.source is None:
                yield a.cls, a.key, [n for name in _NAMES for n in _texts(a.props.get(name))]
        for row in self._rows:
            if isinstance(row.cls, EntityClass) and "/" in row.cells.get("id", ""):
                cells = (row.cells.get(name, "") for name in _NAMES)
                yield row.cls.name, row.cells["id"], [n.strip() for cell in cells for n in cell.split("|")]


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []
