"""What the entries of the target list speak of by name: as recorded now, else as it was last called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.repository import Repository
from graph.repository.models import Ref
from graph.repository.reader import Reader
from graph.targets.book import Target
from graph.targets.entry import LINKED


class Names:
    """Entities by id.

    Parameters
    ----------
    recorded : those that the graph holds. last : what an id was called when somebody last decided about it.
    """

    def __init__(self, recorded: Mapping[str, Ref], last: Mapping[str, str]) -> None:
        self._recorded = recorded
        self._last = last

    def ref(self, entity_id: str) -> Ref:
        """The entity; of what is not recorded (any more) the last known name, else the id, and no class."""
        found = self._recorded.get(entity_id)
        return found or Ref(id=entity_id, cls="", caption=self._last.get(entity_id, entity_id))

    def caption(self, entity_id: str) -> str:
        """Its name."""
        return self.ref(entity_id).caption

    def gone(self, one: Target) -> list[str]:
        """The ids of firm, segment and place of an entry that are not recorded any more."""
        return [i for i in one.ends if i not in self._recorded]

    def told(self, one: Target) -> Target:
        """The entry with the names of what it speaks of, and what of it is gone."""
        ids = (*one.ends, *(i for name in LINKED if (i := getattr(one.entry, name))))
        return one.model_copy(update={"names": {i: self.caption(i) for i in ids}, "gone": self.gone(one)})


async def names_of(
    repository: Repository | Reader, targets: Sequence[Target], also: Iterable[str] = ()
) -> Names:
    """The names of all that some entries speak of, now and in their history, and of the ids ``also``."""
    ids = set(also)
    last: dict[str, str] = {}
    for one in targets:
        last |= one.names
        ids |= {*one.ends, f"chain/{one.entry.chain}"}
        for step in one.history:
            ids |= {value for name in LINKED for value in step.changed.get(name, ()) if value}
    return Names(await _recorded(repository, ids), last)


async def _recorded(repository: Repository | Reader, ids: Iterable[str]) -> dict[str, Ref]:
    """Those of some entities that the graph holds, however many they are."""
    wanted, size = sorted(set(ids)), repository.limits.rows
    found: dict[str, Ref] = {}
    for start in range(0, len(wanted), size):
        nodes = await repository.nodes(wanted[start : start + size])
        found |= {n.id: Ref(id=n.id, cls=n.cls, caption=n.caption) for n in nodes}
    return found
