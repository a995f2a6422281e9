"""Entities that a change leaves nameless: nothing states them any more, but relations still name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Node, Relation

if TYPE_CHECKING:
    from graph.members import Members

#: Told one by one at most.
MOST = 200
_STUB = {"id", "cls", "caption"}


@dataclass(frozen=True, slots=True)
class Stub:
    """One of them: its id, what it was called, and the datasets whose relations name it."""

    id: str
    caption: str
    named_by: tuple[str, ...]


def is_stub(member: Node | Relation | None) -> bool:
    """Whether a member is an entity of which only the id is known."""
    return isinstance(member, Node) and member.props.keys() <= _STUB


def stubs(captions: Mapping[str, str], after: Members) -> tuple[Stub, ...]:
    """``Stub``s of entities that a change leaves nameless, the first ``MOST`` of them.

    Parameters
    ----------
    captions : what they were called, by id.
    after : the members of the graph after the change.
    """
    some = sorted(captions)[:MOST]
    return tuple(Stub(i, captions[i], tuple(sorted(_datasets(i, after)))) for i in some)


def _datasets(entity_id: str, after: Members) -> set[str]:
    ids = sorted(after.held.clusters.get(entity_id, {entity_id}))
    return {a.dataset for a in after.view.ending_at(ids)}
