"""Questions over the sample graph with something added."""

from __future__ import annotations

import pytest

from graph.errors import BadInput, NotFound
from graph.limits import Limits
from graph.ontology import Ontology
from graph.store import Store
from tests.support.chain_sample import node, relation, sample_graph
from tests.support.questions import asked


async def test_neighbours_are_paged_to_the_end_of_each_class(store: Store, ontology: Ontology) -> None:
    firms = [node(f"firm/f{i:02}", {"name": f"企业{i}"}) for i in range(11)]
    ties = [relation(f.id, "SUPPLIES", "firm/ems", {"what": "零件"}) for f in firms]
    questions = await asked(store, ontology, more=[*firms, *ties])
    seen: list[str] = []
    after: str | None = None
    pages = 0
    while True:
        answer = await questions.neighbours(
            "firm/ems", relation="SUPPLIES", direction="in", limit=5, after=after
        )
        (group,) = answer.groups
        assert (group.page.total, group.page.total_at_least) == (12, False)
        seen += [n.node.id for n in group.page.items]
        pages, after = pages + 1, group.page.next
        if after is None:
            break
    assert pages == 3
    assert seen == sorted({f.id for f in firms} | {"firm/catl-yc"})


async def test_beyond_the_cap_a_total_is_a_lower_bound(store: Store, ontology: Ontology) -> None:
    firms = [node(f"firm/f{i:02}", {"name": f"企业{i}"}) for i in range(7)]
    ties = [relation(f.id, "SUPPLIES", "firm/ems", {"what": "零件"}) for f in firms]
    questions = await asked(store, ontology, Limits(count_cap=5), [*firms, *ties])
    (count,) = [c for c in (await questions.entity("firm/ems")).counts if c.relation == "SUPPLIES"]
    assert (count.count, count.at_least) == (5, True)
    (group,) = (await questions.neighbours("firm/ems", relation="SUPPLIES", limit=3, direction="in")).groups
    assert (group.page.total_text, group.page.truncated) == ("≥5", True)


async def test_a_list_is_cut_and_says_so(store: Store, ontology: Ontology) -> None:
    questions = await asked(store, ontology)
    found = await questions.chain("new-energy", limit=1)
    assert (len(found.projects.items), found.projects.total, found.projects.truncated) == (1, 2, True)
    many = [node(f"project/p{i}", {"name": f"项目{i}"}) for i in range(4)]
    fills = [relation(p.id, "FILLS", "segment/new-energy/storage", {}) for p in many]
    capped = await (await asked(store, ontology, Limits(count_cap=3), [*many, *fills])).chain("new-energy")
    assert capped.projects.total_text == "≥3"


async def test_a_mode_follows_the_day_and_names_the_holder(store: Store, ontology: Ontology) -> None:
    more = [relation("firm/ems", "FLAGSHIP_IN", "chain/electronics", {}),
            relation("post/yichun-lithium", "GUIDES", "park/yichun-etdz", {})]  # fmt: skip
    questions = await asked(store, ontology, more=more)

    async def pairs(mode: str, chain: str, as_of: str) -> set[tuple[str, str | None]]:
        answer = await questions.mode(mode, chain=chain, as_of=as_of)
        return {(p.first.id, p.holder and p.holder.caption) for p in answer.pairs.items}

    assert await pairs("chief-leader", "electronics", "2024-07-01") == {("post/electronics-2023", "夏文勇")}
    assert await pairs("chief-leader", "electronics", "2021-07-01") == {("post/electronics-2020", "吴某")}
    assert await pairs("chief-park", "yichun-lithium", "2024-07-01") == {("post/yichun-lithium", "市长乙")}
    assert await pairs("chief-park", "yichun-lithium", "2025-04-01") == set()


async def test_a_pair_that_is_joined_twice_is_one(store: Store, ontology: Ontology) -> None:
    """The firm leads in two segments and sponsors one fund."""
    more = [
        relation("firm/gotion-yc", "FLAGSHIP_IN", "segment/new-energy/cell", {}),
        relation("firm/gotion-yc", "FLAGSHIP_IN", "segment/new-energy/storage", {}),
    ]
    answer = await (await asked(store, ontology, more=more)).mode("leader-fund")
    (pair,) = answer.pairs.items
    assert {a.id for a in pair.about} == {
        "chain/new-energy",
        "segment/new-energy/cell",
        "segment/new-energy/storage",
    }
    assert ({k.cls for k in pair.leads}, [k.cls for k in pair.links]) == (
        {"DESIGNATED_CHAIN_LEADER", "FLAGSHIP_IN"},
        ["SPONSORS"],
    )


async def test_counts_class_by_class_of_a_node_with_very_many_relations(
    store: Store, ontology: Ontology
) -> None:
    """Both ways of counting agree."""
    cell = "segment/new-energy/cell"
    more = [relation("project/lfp-1", "FILLS", cell, {})]
    together = await (await asked(store, ontology, more=more)).entity(cell)
    single = await (await asked(store, ontology, Limits(count_cap=2), more)).entity(cell)
    incoming = [r for r in [*sample_graph().relations.values(), *more] if r.target == cell]
    assert len(incoming) >= 10  # so that five times the cap is passed
    assert {(c.relation, c.direction, min(c.count, 2)) for c in together.counts} == {
        (c.relation, c.direction, c.count) for c in single.counts
    }


async def test_a_tie_of_the_firm_itself_wins_over_what_is_nearby(store: Store, ontology: Ontology) -> None:
    """The parent works in a segment that the firm needs, in the same county."""
    more = [relation("firm/catl-yc", "SUBSIDIARY_OF", "firm/lfp-yuanzhou", {})]
    answer = await (await asked(store, ontology, more=more)).firm_neighbourhood("catl-yc")
    assert {n.role for n in answer.nodes if n.id == "firm/lfp-yuanzhou"} == {"owner"}
    (near,) = [s for s in answer.sections if s.key == "need_firms"]
    edges = {e.rid: e.source for e in answer.edges}
    assert "firm/lfp-yuanzhou" in {edges[rid] for rid in near.links}


async def test_groups_class_by_class_of_a_node_with_very_many_relations(
    store: Store, ontology: Ontology
) -> None:
    """Both ways of reading the first pages agree."""
    cell = "segment/new-energy/cell"

    async def groups(limits: Limits) -> dict[tuple[str, str], list[str]]:
        answer = await (await asked(store, ontology, limits)).neighbours(cell, limit=2)
        return {(g.relation, g.direction): [n.node.id for n in g.page.items] for g in answer.groups}

    assert await groups(Limits()) == await groups(Limits(count_cap=1))


async def test_the_six_ones_of_a_cluster(store: Store, ontology: Ontology) -> None:
    more = [node("organisation/college", {"name": "锂电学院", "kind": "college"}),
            relation("organisation/college", "RESPONSIBLE_FOR", "cluster/lithium", {"role": "support"}),
            relation("fund/lithium", "FUNDS", "chain/new-energy", {})]  # fmt: skip
    questions = await asked(store, ontology, more=more)
    found = {
        one.key: {(i.node.id, i.via) for i in one.items} for one in (await questions.six_ones("lithium")).ones
    }
    assert found == {
        "promotion_body": {("organisation/association", "cluster")},
        "alliance": {("organisation/alliance", "cluster")},
        "leader": {("firm/gotion-yc", "chain"), ("firm/catl-yc", "member")},
        "innovation_centre": {("platform/lithium", "member")},
        "fund": {("fund/lithium", "chain")},
        "college": {("organisation/college", "cluster")},
    }
    with pytest.raises(BadInput):
        await questions.six_ones("firm/catl")
    with pytest.raises(NotFound):
        await questions.six_ones("cluster/none")


async def test_a_post_without_a_known_chain_stands_for_itself(store: Store, ontology: Ontology) -> None:
    more = [node("post/unknown-chain", {"name": "某链链长", "role": "chain_chief"}),
            relation("person/xia", "HOLDS", "post/unknown-chain", {"seen_first": "2022-07-19"})]  # fmt: skip
    answer = await (await asked(store, ontology, more=more)).answers_for("person/xia")
    assert {(d.relation, d.what.id, d.current) for d in answer.answers_for} == {
        ("CHIEF_OF", "chain/electronics", True),
        ("HOLDS", "post/unknown-chain", True),
    }


async def test_a_body_that_holds_a_post_answers_through_it(store: Store, ontology: Ontology) -> None:
    more = [node("post/office-textile", {"name": "链长办", "role": "chief_office"}),
            relation("post/office-textile", "CHIEF_OF", "chain/electronics", {}),
            relation("organisation/miit", "EX_OFFICIO", "post/office-textile", {})]  # fmt: skip
    answer = await (await asked(store, ontology, more=more)).answers_for("organisation/miit")
    (duty,) = [d for d in answer.answers_for if d.what.id == "chain/electronics"]
    assert (duty.role, [t.id for t in duty.through]) == ("chief_office", ["post/office-textile"])


async def test_its_chains_with_the_chiefs_of_the_day(store: Store, ontology: Ontology) -> None:
    more = [node("person/li", {"name": "李某"}),
            relation("person/li", "HOLDS", "post/new-energy-2023", {"seen_first": "2024-01"})]  # fmt: skip
    questions = await asked(store, ontology, more=more)
    for as_of, names in (("2024-07-01", ["李某"]), ("2023-12-31", [])):
        answer = await questions.firm_neighbourhood("catl-yc", as_of=as_of)
        (chain,) = answer.chains
        assert (chain.chain.id, chain.segments) == ("chain/new-energy", 1)
        assert [c.person.caption for c in chain.chiefs] == names
    (drawn,) = [s for s in answer.sections if s.key == "chains"]
    assert (drawn.shown, len(drawn.links)) == (1, 1)  # before the report only the chain with its segment
    whole = await questions.firm_neighbourhood("catl-yc", as_of="2024-07-01")
    (drawn,) = [s for s in whole.sections if s.key == "chains"]
    edges = {e.rid: (e.source, e.target) for e in whole.edges}
    assert {edges[rid] for rid in drawn.links} == {
        ("chain/new-energy", "segment/new-energy/cell"),
        ("person/li", "post/new-energy-2023"),
        ("post/new-energy-2023", "chain/new-energy"),
    }
