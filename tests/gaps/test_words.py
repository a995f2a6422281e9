"""Presence in counts, and each kind of fact in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.gaps.facts import Fact, Input, Lead, Positioned, ProjectFact, Rate, TitleFact
from graph.gaps.index import Index
from graph.gaps.presence import presence_of
from graph.gaps.words import fact_ref, value_label
from tests.gaps.builders import CITY, COUNTY, GROUP, PROVINCE, RULES, A, declared, remark, work, world
from tests.gaps.strategies import CHAIN

# Presence


def test_presence_counts_each_firm_and_site_once() -> None:
    works = (
        work("p", product="甲"), replace(work("p", product="乙"), key="p2"), work("q", status="suspended"),
        work("r", segment="segment/t/b", status="unknown", places=(COUNTY,), capacity="10万吨", product="丙"),
        work("s", places=(PROVINCE,)), work("x", status="planned"),
    )  # fmt: skip
    lead = Lead("lead/1", grade="C", standing="verified", cls="FLAGSHIP_IN", firm="firm/r", about=GROUP)
    title = TitleFact("title/1", firm="firm/p", name="称号", level="省级", status="recognised")
    index = Index(world(works=works, leads=(lead,), titles=(title,), declarations=(declared(),)))
    found = presence_of(index, RULES, GROUP, CITY)
    assert (found.firms, found.operating, found.possible, found.not_lower) == (2, 1, 1, 1)
    assert found.by_status == {"operating": 1, "planned": 1, "suspended": 1, "unknown": 1}
    assert [r.id for r in found.leaders] == ["firm/r"]
    assert [r.id for r in found.titled] == ["firm/p"]
    assert {r.id for r in found.who} == {"firm/p", "firm/r"}
    assert found.capacities == ["site/r：10万吨（丙）"]
    assert (found.declared, found.declared_valid) == (None, False)  # of a leaf, not of the group
    assert presence_of(index, RULES, A, CITY).declared_valid


@pytest.mark.parametrize(
    ("fact", "kind", "about", "says"),
    [
        (
            work("w", product="甲醇", capacity="10万吨"),
            "work",
            "firm/w",
            ("firm/w", "甲件", "甲醇", "在产", "10万吨"),
        ),
        (work("w", firms=()), "work", "site/w", ("site/w", "甲件")),
        (work("w", firms=("firm/a", "firm/b")), "work", "site/w", ("firm/a", "firm/b")),
        (
            remark("statement/s", "filled", filled_by="某企业"),
            "statement",
            "statement/s",
            ("已补", "甲市", "某企业"),
        ),
        (remark("statement/s", "strength"), "statement", "statement/s", ("强项", "甲市")),
        (declared(), "coverage", "coverage/d", ("某市工信局", "甲市", "甲件", "已查全")),
        (replace(declared(), complete=None), "coverage", "coverage/d", ("未查全",)),
        (
            Input("i", source=A, target="segment/t/b", criticality="required"),
            "input",
            A,
            ("甲件", "乙件", "必需"),
        ),
        (ProjectFact("project/p", name="项目", status="building"), "project", "project/p", ("项目", "建设")),
        (Lead("l", cls="FLAGSHIP_IN", firm="firm/w", about=CHAIN), "lead", "firm/w", ("firm/w", "链龙头")),
        (Lead("l", cls="DESIGNATED_CHAIN_LEADER", firm="firm/w", about=CHAIN), "lead", "firm/w", ("链链主",)),
        (TitleFact("t", name="称号", firm="firm/w", level="省级"), "title", "firm/w", ("称号", "省级")),
        (
            Positioned("p", subject="park/a", subject_name="甲园", about=CHAIN, role="main"),
            "position",
            "park/a",
            ("甲园", "链", "主攻"),
        ),
        (
            Rate("observation/r", name="本地配套率", value="30%", kind="actual"),
            "rate",
            "observation/r",
            ("30%", "实绩"),
        ),
    ],
)
def test_every_kind_of_fact_says_what_it_says(
    fact: Fact, kind: str, about: str, says: tuple[str, ...]
) -> None:
    found = fact_ref(Index(world()), fact)
    assert (found.kind, found.about and found.about.id) == (kind, about)
    for word in says:
        assert word in found.says.zh
    assert found.says.en


def test_labels_are_those_of_the_model() -> None:
    assert value_label("WORKS_IN", "status", "operating").zh == "在产"
    assert value_label("Statement", "gap_kind", "weak").zh == "薄弱"
    assert value_label("WORKS_IN", "status", "odd").zh == "odd"
