"""The events about a chain, with whom their sources name."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from graph.repository.chain_lists import ChainLists, refs
from graph.repository.chain_models import Attendant, EventRow
from graph.repository.models import Listing
from graph.repository.reader import Reader, Row, ref


async def chain_events(ask: ChainLists, day: str) -> Listing[EventRow]:
    """The events about the chain or its segments that had taken place by ``day``, the latest first.

    An event without a date is among them, at the end.
    """
    reader = ask.reader
    rows = await ask.rows("chain_events", {"day": day})
    posts = {a["id"]: a for r in rows for a in r["around"] if a["cls"] == "Post"}
    holders: defaultdict[str, list[Row]] = defaultdict(list)
    for held in await reader.incoming(sorted(posts), "HOLDS"):
        holders[held["id"]].append(held)
    return ask.listing(rows, lambda row: _event(reader, row, holders))


def _event(reader: Reader, row: Row, holders: dict[str, list[Row]]) -> EventRow:
    event = reader.node_view(row["node"])
    kind, cited = event.props.get("kind"), set(event.sources)
    about = [a for a in row["around"] if a["type"] == "ABOUT"]
    return EventRow(
        event=event,
        kind=kind,
        kind_label=reader.word("Event", "kind", kind),
        date=event.props.get("date"),
        places=refs([a for a in row["around"] if a["type"] == "LOCATED_IN"]),
        about=refs([a for a in about if a["cls"] != "Post"]),
        people=[
            _attendant(reader, post, held)
            for post in sorted((a for a in about if a["cls"] == "Post"), key=lambda a: str(a["id"]))
            for held in holders[post["id"]]
            if cited & set(held["link"].get("sources") or ())
        ],
    )


def _attendant(reader: Reader, post: dict[str, Any], held: Row) -> Attendant:
    return Attendant(
        person=reader.node_view(held["node"]),
        title=held["link"].get("title"),
        post=ref(post),
        role=post["role"],
        role_label=reader.word("Post", "role", post["role"]),
        link=reader.link_view("HOLDS", held["link"], held["node"]["id"], post["id"]),
    )
