"""Two entities named on the command line, and the sites that go with two firms."""

from __future__ import annotations

from collections.abc import Iterable

from graph.decisions import Decision
from graph.errors import BadInput
from graph.ontology import Ontology
from ingest.sites import site_id
from lianpu.i18n import t
from lianpu.labels import class_label
from lianpu.resolve import resolve
from lianpu.session import Session


async def existing_pair(session: Session, one: str, other: str) -> tuple[str, str]:
    """The ids of two entities that are in the graph.

    Raises
    ------
    NotFound
        One of them is not there.
    BadInput
        Both are the same one, or they are of two classes.
    """
    a, b = await resolve(session, one), await resolve(session, other)
    first, second = await session.repository.node(a), await session.repository.node(b)
    if a == b:
        told = t(f"“{one}”和“{other}”都是 {a}", f'"{one}" and "{other}" are both {a}')
        raise BadInput(told, found=[one, other])
    if first.cls != second.cls:
        one_is, other_is = (class_label(ref.cls, session.ontology) for ref in (first, second))
        raise BadInput(
            t(f"{a} 是{one_is}，{b} 是{other_is}；要同一类",
              f"{a} is a {one_is}, {b} a {other_is}; they have to be of one class"),
            found=[first.cls, second.cls],
        )  # fmt: skip
    return a, b


def came_with(merge: Decision, decisions: Iterable[Decision], ontology: Ontology) -> list[Decision]:
    """The merges that hold and came with the ``merge`` of a firm: that of the site made for the firm."""
    retired = str(merge.payload["retire"])
    if not retired.startswith(f"{ontology.entities['Firm'].prefix}/"):
        return []
    made = site_id(retired, ontology)
    return [
        d
        for d in decisions
        if d.undone_at is None
        and d.kind == "merge"
        and d.payload["retire"] == made
        and d.load == merge.load
        and d.user == merge.user
    ]
