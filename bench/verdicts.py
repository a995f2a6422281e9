"""The status of every link of all chains in the province, its cities and counties, against a pandas group-by.

The baseline counts, from a table of the same facts, the distinct firms at work by segment and by each place
that a site lies in: what a spreadsheet would tell. Ours also decides each cell by the rules. Goals: 2 s with
the built-in data, reading included; 15 s and 2 GB with a million firms. Those are made in memory: one site
each, in the counties and leaf segments of the built-in data, skewed, every tenth with a lead, as many with a
title.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd

from bench.gaps import PROVINCE, fill
from graph.engine import EngineConfig
from graph.gaps.facts import Facts, FirmFact, Lead, TitleFact, Work
from graph.gaps.gaps import Gaps
from graph.gaps.index import AT_WORK, Index
from graph.gaps.load import load_facts
from graph.gaps.matrix import statuses
from graph.gaps.rules import load_rules
from graph.ontology import load_ontology
from graph.store import open_store

FIRMS: Final = 1_000_000
_STATES: Final = ("operating", "operating", "operating", "unknown", "suspended", "under_construction")


async def measure_verdicts(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """Seconds and ratio for the built-in data, read from the engine, and for a million firms in memory."""
    ontology = load_ontology()
    async with open_store(config, ontology) as store:
        what = await fill(store, ontology)
        gaps = Gaps(store, ontology)
        chains, day = (await gaps.look(PROVINCE)).chains, date.today().isoformat()
        best = float("inf")
        for _ in range(rounds):
            begun = time.perf_counter()
            facts = await load_facts(gaps.reader, chains, day)
            best = min(best, time.perf_counter() - begun)
    return [
        {"graph": what, "read_s": round(best, 2), **_measured(facts, rounds)},
        {"graph": f"made, {FIRMS:,} firms", "read_s": None, **_measured(many(facts, FIRMS), 1)},
    ]


def _measured(facts: Facts, rounds: int) -> dict[str, Any]:
    places = sorted(facts.places.subtree(PROVINCE))
    rules, table = load_rules(), as_table(facts)
    ours, bare = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        counted = grouped(table, facts)
        bare.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        found = statuses(Index(facts), rules, places)
        ours.append(time.perf_counter() - begun)
    return {
        "works": len(facts.works),
        "places": len(places),
        "cells": len(found),
        "group_by_cells": len(counted),
        "ours_s": round(min(ours), 2),
        "group_by_s": round(min(bare), 3),
        "ratio": round(min(ours) / min(bare), 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def as_table(facts: Facts) -> pd.DataFrame:
    """Work as rows: segment, firm, status and the place where it is recorded, one for each firm and place."""
    rows = [(w.segment, f, w.status, p) for w in facts.works for f in w.firms for p in w.places]
    return pd.DataFrame(rows, columns=["segment", "firm", "status", "place"])


def grouped(table: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Distinct firms at work by segment and by each place they lie in."""
    around = [(place, outer) for place in table["place"].unique() for outer in facts.places.chain(str(place))]
    areas = pd.DataFrame(around, columns=["place", "area"])
    at_work = table[table["status"].isin(AT_WORK)].merge(areas, on="place")
    counts = at_work.groupby(["segment", "area"], sort=False)["firm"].nunique()
    return counts.reset_index()


def many(facts: Facts, firms: int) -> Facts:
    """The facts with so many firms in place of their own, the same each time."""
    rng = random.Random(1269)
    leaves = sorted(set(facts.segments) - {p for s in facts.segments.values() for p in s.parents})
    tree = facts.places
    counties = sorted(p for p in tree.subtree(PROVINCE) if tree.nodes[p].level == "county")
    works, leads, titles, known = [], [], [], {}
    for i in range(firms):
        firm, segment = f"firm/{i}", _skewed(rng, leaves)
        known[firm] = FirmFact(firm, firm)
        works.append(
            Work(
                key=f"work/{i}", site=f"site/{i}", site_name=firm, segment=segment, firms=(firm,),
                status=rng.choice(_STATES), places=(_skewed(rng, counties),), grade="B",
            )
        )  # fmt: skip
        if i % 10 == 0:
            leads.append(Lead(key=f"lead/{i}", cls="FLAGSHIP_IN", firm=firm, about=segment, grade="C"))
        elif i % 10 == 5:
            titles.append(
                TitleFact(key=f"title/{i}", name=firm, firm=firm, level="省级", status="recognised")
            )
    return replace(facts, firms=known, works=tuple(works), leads=tuple(leads), titles=tuple(titles))


def _skewed(rng: random.Random, among: Sequence[str]) -> str:
    return among[min(int(rng.paretovariate(0.6)) - 1, len(among) - 1)]
