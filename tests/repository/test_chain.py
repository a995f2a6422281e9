"""The chain card, the modes, and the six ones."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import BadInput, NotFound, UsageError
from graph.repository import ChainCard, Repository


async def card(questions: Repository, slug: str, as_of: str = "2024-07-01", **more: Any) -> ChainCard:
    return await questions.chain(slug, as_of=as_of, **more)


async def test_one_provincial_chief_reported_without_a_term(questions: Repository) -> None:
    found = await card(questions, "electronics")
    (province,) = found.chiefs
    (chief,) = province.current
    assert (province.level, chief.person.caption, chief.title) == ("province", "夏文勇", "副省长")
    assert chief.term.text.en == "reported 2024-06-27, term not recorded"
    assert chief.term.text.zh == "据2024-06-27报道,任期未记载"
    assert (chief.link.grade, chief.link.sources) == ("A", ["source/press"])
    assert [(c.person.caption, c.term.inferred) for c in province.past] == [("吴某", True)]
    assert found.as_of == "2024-07-01"


@pytest.mark.parametrize(
    ("as_of", "current", "later"),
    [
        ("2021-01-01", {"吴某"}, {"夏文勇"}),
        ("2020-12", {"吴某"}, {"夏文勇"}),
        ("2020-11", set(), {"吴某", "夏文勇"}),
        ("2023-08", set(), {"夏文勇"}),
        ("2024-06-26", set(), {"夏文勇"}),
        ("2025", {"夏文勇"}, set()),
    ],
)
async def test_chiefs_at_other_dates(
    questions: Repository, as_of: str, current: set[str], later: set[str]
) -> None:
    (province,) = (await card(questions, "electronics", as_of)).chiefs
    assert {c.person.caption for c in province.current} == current
    assert {c.person.caption for c in province.later} == later


async def test_who_presided_is_no_chief_and_is_told_with_the_meeting(questions: Repository) -> None:
    found = await card(questions, "electronics")
    groups = [g for c in found.chiefs for g in (c.current, c.past, c.later, c.undated)]
    assert "任某" not in {c.person.caption for group in groups for c in group}
    assert "任某" not in {h.person.caption for p in found.other_posts for h in p.holders}
    meeting, fair = found.events.items  # what has no date stands last
    assert (meeting.event.id, meeting.kind, meeting.date) == (
        "event/electronics-meeting", "coordination", "2021-05-14",
    )  # fmt: skip
    (person,) = meeting.people
    assert (person.person.caption, person.post.id, person.role) == (
        "任某", "post/electronics-presided", "presided",
    )  # fmt: skip
    assert person.role_label is not None
    assert "未称链长" in person.role_label.zh
    assert meeting.event.props["note"] == "任某主持，未称链长"
    assert [p.id for p in meeting.places] == ["place/360000"]
    assert {a.id for a in meeting.about} == {"chain/electronics"}
    assert (fair.event.id, fair.date, fair.people) == ("event/fair", None, [])
    assert {a.id for a in fair.about} == {"chain/electronics", "chain/new-energy"}


async def test_an_event_after_the_day_is_not_told(questions: Repository) -> None:
    found = await card(questions, "electronics", "2021-01-01")
    assert [e.event.id for e in found.events.items] == ["event/fair"]
    (fair,) = (await card(questions, "electronics", limit=1)).events.items[:1]
    assert fair.event.id == "event/electronics-meeting"


async def test_chiefs_level_by_level_with_the_parts_of_a_chain(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    province, city = found.chiefs
    assert (province.level, province.current, [p.post.id for p in province.unnamed]) == (
        "province", [], ["post/new-energy-2023"],
    )  # fmt: skip
    (mayor,) = city.current
    assert (mayor.person.id, mayor.of.id, mayor.term.state) == (
        "person/mayor",
        "chain/yichun-lithium",
        "in_term",
    )
    assert mayor.place is not None
    assert mayor.place.caption == "宜春市"
    assert [p.id for p in found.parts] == ["chain/yichun-lithium"]


async def test_the_general_chief_is_the_plans_and_goes_with_an_office(questions: Repository) -> None:
    for slug in ("new-energy", "electronics"):  # through the plan's parent, and through a plan that covers it
        found = await card(questions, slug)
        (general,) = found.general_chiefs
        assert (general.post.id, general.of.id, general.holders) == ("post/general", "plan/1269", [])
        (office,) = general.ex_officio
        assert office.office.caption == "江西省省长"
        assert [h.term.text.zh for h in office.holders] == ["据2024-01-23及2026-01-27报道,任期未记载"]


async def test_bodies_with_their_roles(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert {(b.organisation.id, b.role, b.of.caption) for b in found.bodies} == {
        ("organisation/miit", "lead", "新能源"),
        ("organisation/miit", "organise", "“1269”行动计划"),
    }
    assert {b.role_label.zh for b in found.bodies if b.role_label} == {"牵头", "组织协调"}


async def test_designated_leaders_and_flagships_are_kept_apart(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert [(x.firm.id, x.about.id) for x in found.leaders.items] == [("firm/gotion-yc", "chain/new-energy")]
    assert [(x.firm.id, x.about.id) for x in found.flagships.items] == [
        ("firm/catl-yc", "segment/new-energy/cell")
    ]


async def test_targets_and_actuals_are_never_mixed(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert [(f.value, f.period, f.scope) for f in found.targets.items] == [("7000亿元", "2026", "全产业链")]
    assert [(f.value, f.period, f.scope) for f in found.actuals.items] == [("1117亿元", "2022", "规上工业")]
    assert {r.id for r in found.actuals.items[0].about} == {"place/360900", "segment/new-energy/lithium"}
    assert found.other_figures.total == 0


@pytest.mark.parametrize(
    ("as_of", "targets", "actuals"), [("2020", 0, 0), ("2022-06", 0, 1), ("2023-08", 1, 1), ("2026", 1, 1)]
)
async def test_figures_of_later_days_are_not_told(
    questions: Repository, as_of: str, targets: int, actuals: int
) -> None:
    found = await card(questions, "new-energy", as_of)
    assert (found.targets.total, found.actuals.total) == (targets, actuals)


async def test_statements_say_whose_gap(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    (gap,) = found.gaps.items
    assert (gap.gap_kind, gap.subject_kind, {a.id for a in gap.about}) == (
        "weak", "place", {"segment/new-energy/cathode-lfp", "place/360900"},
    )  # fmt: skip
    assert found.strengths.items == []


async def test_the_tree_of_segments_counts_firms_and_who_is_at_work(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert {s.node.id: {c.node.id for c in s.children} for s in found.segments} == {
        "segment/new-energy/lithium": {
            "segment/new-energy/cell", "segment/new-energy/cathode-lfp", "segment/new-energy/cathode-ternary",
        },
        "segment/new-energy/storage": set(),
    }  # fmt: skip
    (lithium, _) = found.segments
    counts = {c.node.id.rpartition("/")[2]: (c.sites, c.firms, c.at_work) for c in lithium.children}
    assert counts == {"cell": (2, 2, 2), "cathode-lfp": (4, 4, 3), "cathode-ternary": (0, 0, 0)}
    assert (found.segment_count, found.site_count, found.firm_count) == (5, 6, 6)


async def test_places_parks_clusters_and_projects(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert {(p.node.id, p.role, p.about.id) for p in found.positions.items} == {
        ("place/360900", "primary", "chain/new-energy"),
        ("park/yichun-etdz", "primary", "segment/new-energy/cell"),
    }
    assert [(p.park.id, p.segments, p.sites, p.firms) for p in found.parks.items] == [
        ("park/yichun-etdz", 1, 1, 1)
    ]
    assert [c.id for c in found.clusters.items] == ["cluster/lithium"]
    assert {c.status: c.count for c in found.project_counts} == {"producing": 1, "building": 1}
    assert [(p.project.id, [b.id for b in p.builders]) for p in found.projects.items] == [
        ("project/catl-1", ["firm/catl-yc"]),  # the larger investment first
        ("project/lfp-1", []),
    ]


async def test_everything_cited_is_named(questions: Repository) -> None:
    found = await card(questions, "new-energy")
    assert set(found.cited) == {"source/press"}


@pytest.mark.parametrize("slug", ["electronics", "chain/electronics", "电子信息", "电子信息产业链"])
async def test_a_chain_is_named_by_slug_id_or_name(questions: Repository, slug: str) -> None:
    assert (await card(questions, slug)).chain.id == "chain/electronics"


@pytest.mark.parametrize("slug", ["nothing", "", "firm/catl", "chain/", "电子' OR 1=1"])
async def test_an_unknown_chain_is_told_with_those_there_are(questions: Repository, slug: str) -> None:
    with pytest.raises(NotFound, match="new-energy"):
        await card(questions, slug)


@pytest.mark.parametrize("as_of", ["20240", "yesterday", "2024-13", "2024-02-30", "0999"])
async def test_a_date_that_is_none_is_refused(questions: Repository, as_of: str) -> None:
    with pytest.raises(BadInput):
        await card(questions, "electronics", as_of)


@pytest.mark.parametrize(
    ("as_of", "chiefs"),
    [("2024-07-01", {"夏文勇"}), ("2021-01-01", {"吴某"}), ("2023-12", set())],
)
async def test_the_list_of_chains_with_counts_and_chiefs(
    questions: Repository, as_of: str, chiefs: set[str]
) -> None:
    """A chief of another level (the city's part of a chain) is not one of the chain's."""
    rows = (await questions.chains(as_of=as_of)).items
    assert {(r.chain.id, r.segments, r.sites, r.firms, r.projects) for r in rows} == {
        ("chain/electronics", 0, 0, 0, 0),
        ("chain/new-energy", 5, 6, 6, 2),
        ("chain/yichun-lithium", 0, 0, 0, 0),
    }
    named = {r.chain.id: {c.person.caption for c in r.chiefs} for r in rows}
    assert named["chain/electronics"] == chiefs
    assert named["chain/new-energy"] == set()


@pytest.mark.parametrize(
    ("mode", "pairs"),
    [
        ("chief-leader", {
            ("post/new-energy-2023", None, "firm/catl-yc", "FLAGSHIP_IN"),
            ("post/new-energy-2023", None, "firm/gotion-yc", "DESIGNATED_CHAIN_LEADER"),
        }),
        ("chief-park", {("post/new-energy-2023", None, "park/yichun-etdz", "POSITIONED_FOR")}),
        ("leader-fund", {("firm/gotion-yc", None, "fund/lithium", "SPONSORS")}),
        ("leader-platform", {("firm/catl-yc", None, "platform/lithium", "CO_BUILDS")}),
    ],
)  # fmt: skip
async def test_the_four_modes(
    questions: Repository, mode: str, pairs: set[tuple[str, str | None, str, str]]
) -> None:
    answer = await questions.mode(mode, as_of="2024-07-01")
    found = {
        (p.first.id, p.holder and p.holder.id, p.other.id, link.cls)
        for p in answer.pairs.items
        for link in p.links
    }
    assert found == pairs
    assert answer.pairs.total == len(pairs)
    for pair in answer.pairs.items:
        assert all(pair.other.id in (link.source, link.target) for link in pair.links)
        assert bool(pair.leads) == mode.startswith("leader")


async def test_an_unknown_mode_is_refused(questions: Repository) -> None:
    with pytest.raises(UsageError, match="leader-platform"):
        await questions.mode("链长")
