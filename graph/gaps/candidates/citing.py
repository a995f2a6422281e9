"""References to the facts that a part of a score rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from graph.gaps.models import FactRef
from graph.gaps.rows import Common, common
from graph.repository.models import Ref, Text

#: A fact that is put into words only where it is shown.
Evidence = Callable[[], FactRef]
#: Facts named with one part or match.
MOST_FACTS = 8


def of_common(shared: Common, kind: str, says: Text, about: Ref | None = None) -> FactRef:
    """A reference to the fact with what all facts have in common."""
    return FactRef(
        key=shared["key"],
        kind=kind,
        says=says,
        about=about,
        date=None if shared["date"] is None else shared["date"].given,
        standing=shared["standing"],
        grade=shared["grade"],
        sources=list(shared["sources"]),
    )


def of_props(
    props: Mapping[str, Any],
    day: str,
    kind: str,
    says: Callable[[], Text],
    about: Ref | None = None,
    *,
    own: tuple[str, ...] = (),
) -> Evidence | None:
    """A relation by its stored properties, dated by ``own``; ``None`` where it does not hold on ``day``."""
    shared = common(props, day, *own)
    return None if shared is None else lambda: of_common(shared, kind, says(), about)


def shown(evidence: Iterable[Evidence]) -> list[FactRef]:
    """The facts, each once, at most ``MOST_FACTS``."""
    facts = {fact.key: fact for fact in (tell() for tell in islice(evidence, 2 * MOST_FACTS))}
    return list(facts.values())[:MOST_FACTS]


def both(text: str) -> Text:
    """A name or figure, which reads the same in both languages."""
    return Text(zh=text, en=text)
