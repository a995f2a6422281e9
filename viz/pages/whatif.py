"""What if something goes or comes, and what the local net of a chain bears: the page's content."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, Field

from graph.errors import BadInput, LianpuError
from graph.gaps.whatif import MOST_STEPS, STEPS, Supposed
from graph.gaps.whatif_models import Difference, Reached, Resilience, WhatIf
from viz.pages.asked import Asked, PlaceQuery
from viz.pages.named import named
from viz.pages.service import Service

#: Lines of a field, and characters of one, at most.
MOST_LINES, MOST_CHARS = 50, 300
#: What may go, in the order in which a name is taken.
GOING = ("Firm", "Segment", "Place", "Park", "Zone")
_T = TypeVar("_T")
_Text = Annotated[str, Field(max_length=MOST_LINES * MOST_CHARS)]
_Lines = Annotated[list[_Text], Field(max_length=MOST_LINES)]


class WhatIfQuery(PlaceQuery):
    """Parameters of the page: what goes (``without``) and who comes (``with``: 企业@环节), several to a text,
    one a line, and how many ``steps`` downstream are followed."""

    model_config = ConfigDict(populate_by_name=True)

    without: Annotated[_Lines, Field(default_factory=list)]
    coming: Annotated[_Lines, Field(alias="with", default_factory=list)]
    steps: Annotated[int, Field(ge=1, le=MOST_STEPS)] = STEPS


@dataclass(slots=True)
class Typed:
    """What was typed, line by line, what it means, and what could not be read."""

    without: list[str]
    coming: list[str]
    supposed: Supposed = field(default_factory=Supposed)
    errors: list[tuple[str, LianpuError]] = field(default_factory=list)


def lines_of(texts: Sequence[str]) -> list[str]:
    """The lines of some texts, each once, without empty ones. Raises ``BadInput`` for more than fit."""
    found = list(dict.fromkeys(line.strip() for text in texts for line in text.splitlines() if line.strip()))
    if len(found) > MOST_LINES or any(len(line) > MOST_CHARS for line in found):
        raise BadInput(
            f"至多 {MOST_LINES} 行，每行至多 {MOST_CHARS} 字 · at most {MOST_LINES} lines are expected",
            found=len(found),
            expected=f"{MOST_LINES} lines",
        )
    return found


async def read_typed(service: Service, query: WhatIfQuery, chain: str) -> Typed:
    """What was typed. A segment's name is first looked for in the chain (slug)."""
    typed = Typed(lines_of(query.without), lines_of(query.coming))
    prefer = f"segment/{chain.removeprefix('chain/')}/"
    gone: dict[str, list[str]] = {cls: [] for cls in GOING}
    for line in typed.without:
        ref = await _told(typed, line, named(service, line, *GOING, prefer=prefer))
        if ref is not None:
            gone[ref.cls].append(ref.id)
    added = []
    for line in typed.coming:
        pair = await _told(typed, line, _pair(service, line, prefer))
        if pair is not None:
            added.append(pair)
    areas = (*gone["Place"], *gone["Park"], *gone["Zone"])
    typed.supposed = Supposed(tuple(gone["Firm"]), areas, tuple(gone["Segment"]), tuple(added))
    return typed


async def _pair(service: Service, line: str, prefer: str) -> tuple[str, str]:
    firm, at, segment = line.rpartition("@")
    if not (at and firm.strip() and segment.strip()):
        raise BadInput(f"{line[:60]!r} 应为 企业@环节 · FIRM@SEGMENT is expected", found=line[:60])
    came = await named(service, firm, "Firm")
    return came.id, (await named(service, segment, "Segment", prefer=prefer)).id


async def _told(typed: Typed, line: str, reading: Awaitable[_T]) -> _T | None:
    try:
        return await reading
    except LianpuError as error:
        if error.http_status not in (404, 409, 422):
            raise
        typed.errors.append((line, error))
        return None


def whatif_context(
    asked: Asked, query: WhatIfQuery, typed: Typed, answer: WhatIf | None, net: Resilience
) -> dict[str, Any]:
    """What ``whatif.html`` needs besides the form above it.

    ``answer`` is ``None`` where nothing is supposed.
    """
    return {
        "tab": "whatif",
        "typed": typed,
        "steps": query.steps,
        "most_steps": MOST_STEPS,
        "answer": answer,
        "changed": [_change(asked, one) for one in answer.changed] if answer else [],
        "risky": answer is not None and any(one.risks_before != one.risks_after for one in answer.changed),
        "by_steps": _by_steps(answer.reached) if answer else [],
        "net": net,
        "losses": [(one, _without(asked, one.firm.id)) for one in net.losses],
        "cut_links": [(ref, _without(asked, ref.id)) for ref in net.cut_links],
        "marks": asked.mark,
    }


def _change(asked: Asked, one: Difference) -> dict[str, Any]:
    def risks(some: Sequence[str], others: Sequence[str]) -> list[Any]:
        return [asked.mark("risk", r) for r in some if r not in others]

    return {
        "segment": one.segment,
        "before": asked.mark("status", one.status_before),
        "after": asked.mark("status", one.status_after),
        "stated": one.status_after in ("strong", "weak") and not one.firms_after,
        "firms": (one.firms_before, one.firms_after),
        "new": risks(one.risks_after, one.risks_before),
        "over": risks(one.risks_before, one.risks_after),
    }


def _by_steps(reached: Sequence[Reached]) -> list[tuple[int, list[Reached]]]:
    return [(n, [one for one in reached if one.steps == n]) for n in sorted({one.steps for one in reached})]


def _without(asked: Asked, entity_id: str) -> str:
    """Where the page asks what its loss would change."""
    return asked.links.whatif(**asked.query(), without=entity_id)
