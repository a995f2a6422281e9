"""Presence 在场: who is at work in a segment and place, counted, each site and firm once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from graph.gaps.coverage import declaration_for
from graph.gaps.facts import Work
from graph.gaps.index import Index
from graph.gaps.models import Presence
from graph.gaps.rules import Rules
from graph.gaps.tier import titles_above
from graph.gaps.words import fact_ref, strongest

#: Firms and capacities that are named; the counts are of all.
MOST_NAMED: Final = 50


def presence_of(index: Index, rules: Rules, segment: str, place: str) -> Presence:
    """Who is at work in ``segment`` (with all that is part of it) in ``place`` (with all that lies in it).

    The sites at work in a place are those of the places directly below together with ``not_lower``: no site
    is lost, and one that stands in a single place is counted once.
    """
    below = index.below(segment)
    works = [w for one in below for w in index.works(one, place)]
    here = [w for w in works if index.is_at_work(w)]
    firms = index.firms(here)
    leads = [lead for one in below for lead in index.leads(one, place)]
    leaders = dict.fromkeys(lead.firm for lead in leads)
    declared, valid = declaration_for(index, rules, segment, place)
    return Presence(
        firms=len(firms),
        operating=len(index.firms(w for w in here if w.status == "operating")),
        by_status=_by_status(index, works),
        leaders=[index.ref(f) for f in leaders],
        titled=[index.ref(f) for f in firms if titles_above(index, rules, segment, place, f)],
        capacities=_capacities(index, here),
        not_lower=_sites(w for one in below for w in index.not_lower(one, place)),
        possible=_sites(w for one in below for w in index.possible(one, place)),
        who=[index.ref(f) for f in firms[:MOST_NAMED]],
        rates=[fact_ref(index, rate) for rate in strongest(index.rates(segment, place))],
        declared=fact_ref(index, declared) if declared is not None else None,
        declared_valid=valid,
    )


def _by_status(index: Index, works: list[Work]) -> dict[str, int]:
    """Distinct sites by status; work by firms that are all gone has ceased."""
    sites: dict[str, set[str]] = defaultdict(set)
    for work in works:
        gone = bool(work.firms) and not any(map(index.is_live, work.firms))
        sites["ceased" if gone else work.status].add(work.site)
    return {status: len(found) for status, found in sorted(sites.items())}


def _capacities(index: Index, works: list[Work]) -> list[str]:
    """``site or firm: capacity (product)`` as recorded."""
    lines = [
        f"{w.site_name or index.ref(w.site).caption}：{w.capacity}{f'（{w.product}）' if w.product else ''}"
        for w in works
        if w.capacity
    ]
    return list(dict.fromkeys(lines))[:MOST_NAMED]


def _sites(works: Iterable[Work]) -> int:
    return len({w.site for w in works})
