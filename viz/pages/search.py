"""Results of a search, as a page and as suggestions."""

from __future__ import annotations

from typing import Any

from graph.search import Hit
from viz.links import Links
from viz.pages.service import Service
from viz.show import Show

SUGGESTIONS = 8


async def search_context(
    show: Show, links: Links, service: Service, q: str, after: str | None
) -> dict[str, Any]:
    """What ``search.html`` needs; an empty query is no search."""
    q = q.strip()
    if not q:
        return {"q": "", "hits": [], "total": 0, "offset": 0, "next": None}
    found = (await service.search.find(q, after=after)).hits
    return {
        "q": q,
        "hits": [_hit(show, links, h) for h in found.items],
        "total": found.total_text,
        "offset": int(after) if after else 0,
        "next": links.search(q, after=found.next) if found.next else None,
    }


async def suggestions(show: Show, links: Links, service: Service, q: str) -> dict[str, Any]:
    """``{"hits": [{caption, cls_label, detail, page}]}`` for the box that is being typed in."""
    q = q.strip()
    if not q:
        return {"hits": []}
    found = await service.search.find(q, limit=SUGGESTIONS)
    return {"hits": [_hit(show, links, h) for h in found.hits.items]}


def _hit(show: Show, links: Links, hit: Hit) -> dict[str, str]:
    """A hit with, where it was not its caption that was hit, the name that was."""
    matched = hit.matched
    named = hit.name if hit.name and hit.name != hit.caption else ""
    other = (
        f"{matched.label.text(show.lang)} {matched.text}" if matched.text not in (hit.caption, named) else ""
    )
    page = links.chain(hit.id.partition("/")[2]) if hit.cls == "Chain" else links.entity(hit.id)
    return {
        "caption": hit.caption,
        "cls_label": hit.label.text(show.lang),
        "detail": " · ".join(filter(None, (named, other))),
        "page": page,
    }
