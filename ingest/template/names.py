"""Names for drop-downs: what is recorded already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.facts import Assertion

#: Classes whose entities are offered in drop-downs; of the others there are too many, or none to choose.
OFFERED = ("Chain", "Segment", "Place", "Park", "Zone", "Organisation", "Post", "Plan", "Source")
#: Places are offered within this one.
HOME = "place/360000"
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Names:
    """What to offer for a class, each text reading back to one entity."""

    by_class: dict[str, list[str]] = field(default_factory=dict)

    def of(self, classes: Sequence[str]) -> list[str]:
        """The names of all ``classes`` that are offered, in their order."""
        return [name for cls in classes for name in self.by_class.get(cls, ())]


def names_of(assertions: Iterable[Assertion], home: str = HOME) -> Names:
    """The names of the entities of ``assertions``, in the order of their ids.

    A name that two entities of a class share is replaced by their ids. Places are those within ``home``, in
    the order of their codes.
    """
    named: dict[str, dict[str, str]] = defaultdict(dict)
    above: dict[str, set[str]] = defaultdict(set)
    for a in assertions:
        if a.cls == "WITHIN" and a.source and a.target:
            above[a.source].add(a.target)
        elif a.source is None and a.cls in OFFERED and a.props.get("name"):
            named[a.cls].setdefault(a.key, str(a.props["name"]))
    named["Place"] = {key: name for key, name in named["Place"].items() if home in _all_above(key, above)}
    return Names({cls: _texts(entities)[:_MOST] for cls, entities in named.items() if entities})


def _all_above(key: str, above: dict[str, set[str]]) -> set[str]:
    found, open_ = {key}, [key]
    while open_:
        for other in above.get(open_.pop(), set()) - found:
            found.add(other)
            open_.append(other)
    return found


def _texts(entities: dict[str, str]) -> list[str]:
    count: dict[str, int] = defaultdict(int)
    for name in entities.values():
        count[name] += 1
    return [name if count[name] == 1 else key for key, name in sorted(entities.items())]
