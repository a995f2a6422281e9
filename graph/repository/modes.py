"""The four working modes of the chain-chief system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

from graph.errors import UsageError
from graph.repository.chain import counted_chains
from graph.repository.models import Citing, LinkView, Listing, Model, NodeView, Ref, Text
from graph.repository.posts import CHIEF, span_of
from graph.repository.reader import Reader, Row, ref
from graph.repository.sources import cited, sources_in
from graph.repository.terms import PostSpan, Tenure, Term, post_begun, post_over, terms_at

Mode = Literal["chief-leader", "chief-park", "leader-fund", "leader-platform"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
MODE_LABELS: Final[dict[Mode, Text]] = {
    "chief-leader": Text(zh="链长+链主", en="chain chief + chain leader"),
    "chief-park": Text(zh="链长+园区", en="chain chief + park"),
    "leader-fund": Text(zh="链主+基金", en="chain leader + fund"),
    "leader-platform": Text(zh="链主+平台", en="chain leader + platform"),
}
_QUERY: Final[dict[Mode, str]] = {
    "chief-leader": "mode_chief_leader",
    "chief-park": "mode_chief_park",
    "leader-fund": "mode_leader_fund",
    "leader-platform": "mode_leader_platform",
}
#: Columns of the queries that hold the id of an entity.
_ENDS: Final = ("chain", "about", "post", "person", "firm", "other")
#: Ways from ``other`` to what it stands to; in all others the relation runs from the firm or post.
_FROM_OTHER: Final = frozenset({"DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN", "POSITIONED_FOR", "FUNDS"})


class Pair(Model):
    """A pair of a mode in a chain: ``first`` (a chief's post or a leading firm) and ``other``.

    ``holder`` and ``term`` tell who holds the post on the day, ``None`` where no name is recorded. ``leads``
    say how the firm leads (链主 by designation, 龙头 so called). ``links`` join the pair, directly or through
    the chain or segments in ``about``.
    """

    chain: Ref
    first: NodeView
    holder: NodeView | None
    term: Term | None
    other: NodeView
    about: list[Ref]
    leads: list[LinkView]
    links: list[LinkView]


class ModeAnswer(Citing):
    """The pairs of one mode on a day."""

    mode: Mode
    label: Text
    as_of: str
    pairs: Listing[Pair]


async def mode(reader: Reader, name: str, day: str, chains: Sequence[str], limit: int) -> ModeAnswer:
    """The pairs of the mode ``name`` in ``chains`` (ids; all chains if empty), at most ``limit``.

    Pairs of posts and holders that were over by the day, or began after it, are left out.
    Raises ``UsageError`` for an unknown mode.
    """
    known: dict[str, Mode] = {m: m for m in MODES}
    if name not in known:
        raise UsageError(
            f"没有模式 {name[:40]!r} · there is no mode {name[:40]!r}; expected {', '.join(MODES)}",
            found=name[:40],
            expected=list(MODES),
        )
    wanted = list(chains) or [c["node"]["id"] for c in await counted_chains(reader)]
    most = reader.limits.rows
    rows = await reader.rows(_QUERY[known[name]], {"chains": wanted, "limit": most})
    ids = {row[end] for row in rows for end in _ENDS if row.get(end)}
    found = await reader.rows("entities", {"ids": sorted(ids)})
    nodes = {r["node"]["id"]: r["node"] for r in found}
    whole = [row | {end: nodes.get(row[end]) for end in _ENDS if end in row} for row in rows]
    pairs = _pairs(reader, _on_the_day(whole, day))
    answer = ModeAnswer(
        mode=known[name],
        label=MODE_LABELS[known[name]],
        as_of=day,
        pairs=Listing(items=pairs[:limit], total=len(pairs), total_at_least=len(rows) == most),
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


def _on_the_day(rows: list[Row], day: str) -> list[tuple[Row, Term | None]]:
    """Rows that hold on the day, each with the term of the holder of its post."""
    terms = _terms(rows, day)
    kept: list[tuple[Row, Term | None]] = []
    for row in rows:
        post = row.get("post")
        if post is None:
            kept.append((row, None))
            continue
        span = span_of(post, {})
        if post.get("role") != CHIEF or post_over(span, day) or not post_begun(span, day):
            continue
        term = terms[post["id"], row["person"]["id"]] if row["person"] else None
        if term is None or term.current:
            kept.append((row, term))
    return kept


def _terms(rows: list[Row], day: str) -> dict[tuple[str, str], Term]:
    tenures: dict[str, dict[str, Tenure]] = {}
    spans: dict[str, PostSpan] = {}
    for row in rows:
        if row.get("person"):
            post, person, holds = row["post"]["id"], row["person"]["id"], row["holds"]
            dates = (holds.get(k) for k in ("seen_first", "seen_last", "valid_from", "valid_to"))
            tenures.setdefault(post, {})[person] = Tenure(person, *dates)
            spans[post] = span_of(row["post"], {})
    return {
        (post, person): term
        for post, people in tenures.items()
        for person, term in zip(people, terms_at(list(people.values()), spans[post], day), strict=True)
    }


def _pairs(reader: Reader, rows: list[tuple[Row, Term | None]]) -> list[Pair]:
    """The rows of the same two in the same chain as one pair, in the order of their first rows."""
    groups: dict[tuple[str | None, ...], list[tuple[Row, Term | None]]] = {}
    for row, term in rows:
        first, holder = row.get("post") or row["firm"], row.get("person") or {}
        key = (row["chain"]["id"], first["id"], holder.get("id"), row["other"]["id"])
        groups.setdefault(key, []).append((row, term))
    return [_pair(reader, [row for row, _ in group], group[0][1]) for group in groups.values()]


def _pair(reader: Reader, rows: list[Row], term: Term | None) -> Pair:
    row = rows[0]
    first = reader.node_view(row.get("post") or row["firm"])
    abouts = {r["about"]["id"]: ref(r["about"]) for r in rows}
    leads = [
        reader.link_view(r["lead_type"], r["lead"], first.id, r["about"]["id"]) for r in rows if "lead" in r
    ]
    links = [_link(reader, r, first.id) for r in rows]
    return Pair(
        chain=ref(row["chain"]),
        first=first,
        holder=reader.node_view(row["person"]) if row.get("person") else None,
        term=term,
        other=reader.node_view(row["other"]),
        about=list(abouts.values()),
        leads=list({link.rid: link for link in leads}.values()),
        links=list({link.rid: link for link in links}.values()),
    )


def _link(reader: Reader, row: Row, first: str) -> LinkView:
    other, cls = row["other"]["id"], row["type"]
    if cls not in _FROM_OTHER:
        return reader.link_view(cls, row["link"], first, other)
    return reader.link_view(cls, row["link"], other, row["about"]["id"] if "post" in row else first)
