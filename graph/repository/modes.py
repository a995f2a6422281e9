"""The four working modes of the chain-chief system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

from graph.errors import UsageError
from graph.repository.chain import chain_rows
from graph.repository.models import Citing, LinkView, Listing, Model, NodeView, Ref, Text
from graph.repository.posts import span_of
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
#: Ways from ``other`` to what it stands to; in all others the relation runs from the firm or post.
_FROM_OTHER: Final = frozenset({"DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN", "POSITIONED_FOR", "FUNDS"})


class Pair(Model):
    """A pair of a mode in a chain: ``first`` (a chief's post or a leading firm) and ``other``.

    ``lead`` says how the firm leads (链主 by designation, 龙头 so called); ``holder`` and ``term`` who holds
    the post on the day, ``None`` where no name is recorded. ``link`` joins the pair, directly or through
    ``about``.
    """

    chain: Ref
    about: Ref
    first: NodeView
    holder: NodeView | None
    term: Term | None
    lead: LinkView | None
    other: NodeView
    link: LinkView


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
    wanted = list(chains) or [c.chain.id for c in await chain_rows(reader)]
    most = reader.limits.rows
    rows = await reader.rows(_QUERY[known[name]], {"chains": wanted, "limit": most})
    pairs = _of_posts(reader, rows, day) if "post" in (rows[0] if rows else {}) else _of_firms(reader, rows)
    answer = ModeAnswer(
        mode=known[name],
        label=MODE_LABELS[known[name]],
        as_of=day,
        pairs=Listing(items=pairs[:limit], total=len(pairs), total_at_least=len(rows) == most),
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


def _of_posts(reader: Reader, rows: list[Row], day: str) -> list[Pair]:
    """Rows with a chief's post; each pair once for each holder of the day, or once without a name."""
    terms = _terms(rows, day)
    pairs: list[Pair] = []
    for row in rows:
        post, person = row["post"], row["person"]
        span = span_of(post, {})
        if post.get("role") != "chain_chief" or post_over(span, day) or not post_begun(span, day):
            continue
        term = terms.get((post["id"], person["id"])) if person else None
        if term is None or term.current:
            pairs.append(
                _pair(reader, row, reader.node_view(post), reader.node_view(person) if person else None, term)
            )
    return pairs


def _terms(rows: list[Row], day: str) -> dict[tuple[str, str], Term]:
    tenures: dict[str, dict[str, Tenure]] = {}
    spans: dict[str, PostSpan] = {}
    for row in rows:
        if row["person"]:
            post, person, holds = row["post"]["id"], row["person"]["id"], row["holds"]
            dates = (holds.get(k) for k in ("seen_first", "seen_last", "valid_from", "valid_to"))
            tenures.setdefault(post, {})[person] = Tenure(person, *dates)
            spans[post] = span_of(row["post"], {})
    return {
        (post, person): term
        for post, people in tenures.items()
        for person, term in zip(people, terms_at(list(people.values()), spans[post], day), strict=True)
    }


def _of_firms(reader: Reader, rows: list[Row]) -> list[Pair]:
    return [_pair(reader, row, reader.node_view(row["firm"]), None, None) for row in rows]


def _pair(reader: Reader, row: Row, first: NodeView, holder: NodeView | None, term: Term | None) -> Pair:
    other, about, cls = reader.node_view(row["other"]), ref(row["about"]), row["type"]
    far = about.id if "post" in row and cls != "GUIDES" else first.id
    ends = (other.id, far) if cls in _FROM_OTHER else (first.id, other.id)
    lead = None
    if "lead" in row:
        lead = reader.link_view(row["lead_type"], row["lead"], first.id, about.id)
    return Pair(
        chain=ref(row["chain"]),
        about=about,
        first=first,
        holder=holder,
        term=term,
        lead=lead,
        other=other,
        link=reader.link_view(cls, row["link"], *ends),
    )
