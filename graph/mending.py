"""Comparing the graph that an engine holds with the one it should hold, member by member.

Of each stored member its hash is kept, not its content: memory grows with the number of members only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from graph.digest import member_hash
from graph.members import Member, Place
from graph.model import Node, Relation
from graph.store import Store
from graph.stored import stored_members
from graph.write import Change, RemoveNode, RemoveRelation


@dataclass(slots=True)
class Mending:
    """What must go and what must be written.

    ``removed_ids`` and ``removed_rids`` are the keys of ``removed``.
    """

    removed: list[Place] = field(default_factory=list)
    written: set[str] = field(default_factory=set)
    removed_ids: set[str] = field(default_factory=set)
    removed_rids: set[str] = field(default_factory=set)

    def remove(self, place: Place) -> None:
        """Note that what stands at ``place`` must go."""
        self.removed.append(place)
        (self.removed_ids if place.source is None else self.removed_rids).add(place.key)

    def wants(self, member: Member) -> bool:
        """Whether ``member`` is to be written: it differs, or goes with something that is removed."""
        if isinstance(member, Node):
            return member.id in self.written
        rid, ends = member.rid, {member.source, member.target}
        return rid in self.written or rid in self.removed_rids or not ends.isdisjoint(self.removed_ids)

    def changes(self, members: Iterable[Member]) -> Iterator[Change]:
        """The changes that make the graph equal to ``members``, in the order in which they are written."""
        for place in sorted(self.removed, key=lambda p: p.cls):
            if place.source is not None:
                yield RemoveRelation(place.cls, place.key, place.source)
        for place in self.removed:
            if place.source is None:
                yield RemoveNode(place.cls, place.key)
        yield from (member for member in members if self.wants(member))

    def __len__(self) -> int:
        return len(self.removed) + len(self.written)


async def compare(store: Store, members: Callable[[], Iterator[Member]]) -> Mending:
    """What tells the stored graph from ``members``.

    A member of another class, or a relation with other ends, is removed and written; so is a relation that
    stands there twice.
    """
    mending = Mending()
    held: dict[str, tuple[int, Place]] = {}
    async for member in stored_members(store):
        place = _place(member)
        if place.key in held:
            mending.remove(place)
            mending.remove(held[place.key][1])
            continue
        held[place.key] = (member_hash(member), place)
    for member in members():
        place = _place(member)
        found = held.pop(place.key, None)
        if found is None or found[1] != place or place.key in mending.removed_rids:
            mending.written.add(place.key)
            if found is not None and found[1] != place:
                mending.remove(found[1])
        elif found[0] != member_hash(member):
            mending.written.add(place.key)
    for _, place in held.values():
        mending.remove(place)
    return mending


def _place(member: Member) -> Place:
    if isinstance(member, Relation):
        return Place(member.rid, member.cls, member.source, member.target)
    return Place(member.id, member.cls)
