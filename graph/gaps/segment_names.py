"""Which segment is meant: by id, slug or name; what names none is told with what is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.fuzz import ratio

from graph.errors import NotFound
from graph.repository.models import Ref
from graph.repository.reader import Row
from graph.search.named import the_one
from graph.search.normal import normal

_PREFIX: Final = "segment/"
#: Characters of a name that are looked at, and near names that are told.
_MOST, _NEAR = 100, 5


@dataclass(frozen=True)
class SegmentNames:
    """The segments of all chains, by their names. ``rows`` are those of ``gap_segments``."""

    rows: Sequence[Row]

    @cached_property
    def refs(self) -> dict[str, Ref]:
        """Each segment, by id."""
        nodes = [row["node"] for row in self.rows]
        return {n["id"]: Ref(id=n["id"], cls="Segment", caption=n["caption"]) for n in nodes}

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """The ids of the segments of each name, in normal form."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in sorted((row["node"] for row in self.rows), key=lambda n: str(n["id"])):
            names = (node.get("name"), node["caption"], node.get("name_en"))
            for name in dict.fromkeys(normal(str(name)) for name in names if name):
                found[name].append(node["id"])
        return dict(found)

    def find(self, asked: str) -> Ref:
        """The segment that ``asked`` means: ``segment/new-energy/electrolyte``, the same without its prefix,
        or a name (电解液).

        Raises
        ------
        Ambiguous
            Several have that name; they are told.
        NotFound
            None has it; near ones are told, their ids in ``extra["near"]``.
        """
        text = asked.strip()[:_MOST]
        known = self.refs.get(text) or self.refs.get(_PREFIX + text)
        if known is not None:
            return known
        same = self.called.get(normal(text), ())
        if same:
            return the_one(text, [self.refs[key] for key in same])
        raise self._unknown(text)

    def _unknown(self, text: str) -> NotFound:
        by_id = [(key.removeprefix(_PREFIX), [key]) for key in self.refs]
        scored = [(_alike(text, slug), keys) for slug, keys in by_id]
        scored += [(_alike(normal(text), name), keys) for name, keys in self.called.items()]
        scored.sort(key=lambda one: -one[0])
        near = list(dict.fromkeys(key for _, keys in scored[: 2 * _NEAR] for key in keys))[:_NEAR]
        told = "、".join(f"{self.refs[key].caption} ({key})" for key in near)
        zh, en = (f"，相近的有 {told}", f"; near it: {told}") if near else ("", "")
        return NotFound(f"没有环节 {text!r}{zh} · there is no segment {text!r}{en}", found=text, near=near)


def _alike(one: str, other: str) -> float:
    """How alike two names are, 0–100; one within the other counts more than what they have in common."""
    within = bool(one) and (one in other or other in one)
    return ratio(one, other) + 50 * within
