"""Who held a post on a day, and how far that is known.

What is recorded of a holder is seldom a term: mostly it is that a report called a person by the post on some
day. From these dates, the other holders of the same post and the end of the post's scheme follows one of six
states. Dates are of year, month or day precision and are compared by their first and last day: a report
counts from its first day on, and an end counts after its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.repository.models import Model, Text
from graph.values import date_max, date_min

State = Literal["in_term", "reported", "closed_inferred", "ended", "later", "undated"]
CURRENT: frozenset[State] = frozenset({"in_term", "reported"})


@dataclass(frozen=True, slots=True)
class Tenure:
    """What is recorded of one holder: first and last report, and the term where it is known."""

    holder: str
    seen_first: str | None = None
    seen_last: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class PostSpan:
    """What is recorded of the post itself: its scheme and, where known, when it began and ended."""

    scheme: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


class Term(Model):
    """How a holder stands to a post on a day.

    ``state``: ``in_term`` (the day lies in the recorded term), ``reported`` (reported by then and nothing
    closed it), ``closed_inferred`` (a later holder or the end of the post closed it), ``ended`` (the recorded
    term was over), ``later`` (begins, or is first reported, after the day), ``undated`` (no date recorded).
    """

    state: State
    current: bool
    text: Text
    seen_first: str | None = None
    seen_last: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    closed_on: str | None = None
    closed_by: str | None = None
    inferred: bool = False


def terms_at(tenures: Sequence[Tenure], post: PostSpan, day: str) -> list[Term]:
    """The state of every holder of one post on ``day``.

    Parameters
    ----------
    tenures : all recorded holders of the post, whatever their dates.
    post : its scheme and end.
    day : ISO date of day precision.

    Returns
    -------
    list of Term
        In the order of ``tenures``. An end without a start that equals the end of the post is taken as the
        post's, so that what it closes is inferred.
    """
    return [_term(t, [o for o in tenures if o.holder != t.holder], post, day) for t in tenures]


def post_over(post: PostSpan, day: str) -> bool:
    """Whether the post itself, as part of its scheme, had ended before ``day``."""
    return post.valid_to is not None and date_max(post.valid_to) < day


def post_begun(post: PostSpan, day: str) -> bool:
    """Whether the post may have existed on ``day``: it did not begin after it."""
    return post.valid_from is None or date_min(post.valid_from) <= day


def _term(t: Tenure, others: Iterable[Tenure], post: PostSpan, day: str) -> Term:
    if t.valid_from is None and t.valid_to is not None and t.valid_to == post.valid_to:
        t = replace(t, valid_to=None)  # the post's end, not one recorded of this holder
    if t.valid_from is not None and date_min(t.valid_from) > day:
        return _make(t, "later", f"自{t.valid_from}起任", f"from {t.valid_from}")
    if t.valid_to is not None:
        return _with_known_end(t, t.valid_to, day)
    start = t.valid_from or t.seen_first
    if start is None:
        return _undated(t, post, day)
    if date_min(start) > day:
        return _make(t, "later", f"首见于{start}报道", f"first reported {start}")
    seen_after = t.seen_last is not None and date_min(t.seen_last) >= day
    closing = None if seen_after else _closing(t, others, post, day)
    known = _known(t, day)
    if closing is None:
        gap = Text(zh="止期未记载", en="end not recorded") if t.valid_from else _UNRECORDED
        return _make(t, "reported", f"{known.zh},{gap.zh}", f"{known.en}, {gap.en}")
    on, by = closing
    why = _succeeded(on) if by else _scheme_end(post, on)
    return _make(t, "closed_inferred", f"{known.zh};{why.zh}", f"{known.en}; {why.en}", on=on, by=by)


def _with_known_end(t: Tenure, end: str, day: str) -> Term:
    if date_max(end) < day:
        return _make(t, "ended", f"任期至{end}", f"term ended {end}")
    if t.valid_from is not None:
        return _make(t, "in_term", f"任期{t.valid_from}至{end}", f"in term {t.valid_from} to {end}")
    if t.seen_first is not None and date_min(t.seen_first) > day:
        return _make(t, "later", f"首见于{t.seen_first}报道", f"first reported {t.seen_first}")
    if t.seen_first is None:
        return _make(t, "undated", f"任期至{end},起始未记载", f"term until {end}, start not recorded")
    known = _known(t, day)
    return _make(
        t,
        "reported",
        f"{known.zh},任期至{end},起始未记载",
        f"{known.en}, term until {end}, start not recorded",
    )


def _undated(t: Tenure, post: PostSpan, day: str) -> Term:
    if post.valid_to is not None and post_over(post, day):
        why = _scheme_end(post, post.valid_to)
        return _make(
            t, "closed_inferred", f"报道日期不明;{why.zh}", f"report undated; {why.en}", on=post.valid_to
        )
    return _make(t, "undated", f"报道日期不明,{_UNRECORDED.zh}", f"report undated, {_UNRECORDED.en}")


def _closing(t: Tenure, others: Iterable[Tenure], post: PostSpan, day: str) -> tuple[str, str | None] | None:
    """Date and holder (``None``: the post's end) of what closed a tenure by ``day``; the earliest of them."""
    last = max(date_max(d) for d in (t.valid_from, *_reports(t, day)) if d is not None)
    closings: list[tuple[str, str, str | None]] = []
    for other in others:
        start = other.valid_from or other.seen_first
        if start is not None and last < date_min(start) <= day:
            closings.append((date_min(start), start, other.holder))
    if post.valid_to is not None and post_over(post, day):
        closings.append((date_max(post.valid_to), post.valid_to, None))
    if not closings:
        return None
    _, on, by = min(closings, key=lambda c: (c[0], c[2] or ""))
    return on, by


def _reports(t: Tenure, day: str) -> list[str]:
    """The recorded reports that had appeared by ``day``, oldest first."""
    seen = sorted({d for d in (t.seen_first, t.seen_last) if d is not None}, key=date_min)
    return [d for d in seen if date_min(d) <= day]


def _known(t: Tenure, day: str) -> Text:
    reports = _reports(t, day)
    after = [t.seen_last] if t.seen_last and reports and t.seen_last not in reports else []
    if t.valid_from is not None:
        return Text(zh=f"自{t.valid_from}起任", en=f"in office from {t.valid_from}")
    if after:
        return Text(zh=f"据{reports[0]}及{after[0]}报道", en=f"reported {reports[0]} and {after[0]}")
    if len(reports) == 2:
        return Text(
            zh=f"据{reports[1]}报道(首见{reports[0]})", en=f"reported {reports[1]} (first {reports[0]})"
        )
    return Text(zh=f"据{reports[0]}报道", en=f"reported {reports[0]}")


_UNRECORDED = Text(zh="任期未记载", en="term not recorded")


def _succeeded(on: str) -> Text:
    return Text(zh=f"{on}已有他人任此职,推定卸任", en=f"another holder from {on}, closed by inference")


def _scheme_end(post: PostSpan, on: str) -> Text:
    if post.scheme is not None and post.scheme.isdigit():
        return Text(
            zh=f"{post.scheme}年链长制方案止于{on},推定卸任",
            en=f"the scheme of {post.scheme} ended {on}, closed by inference",
        )
    return Text(zh=f"该职务止于{on},推定卸任", en=f"the post ended {on}, closed by inference")


def _make(t: Tenure, state: State, zh: str, en: str, *, on: str | None = None, by: str | None = None) -> Term:
    return Term(
        state=state,
        current=state in CURRENT,
        text=Text(zh=zh, en=en),
        seen_first=t.seen_first,
        seen_last=t.seen_last,
        valid_from=t.valid_from,
        valid_to=t.valid_to,
        closed_on=on,
        closed_by=by,
        inferred=state == "closed_inferred",
    )
