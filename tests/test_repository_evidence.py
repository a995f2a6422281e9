"""Rows, relations by id, and sources with what cites them: facts through truth store and projection."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api import Service, create_app
from graph.apply import bring_up_to_date
from graph.engine import EngineConfig
from graph.errors import NotFound
from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology
from tests.support.pages_sample import FOCUS, LINK, PEERS, SCRIPT, sample_service

PRESS, PLAN, HIDDEN = "source/press", "source/plan", "https://example.org/hidden"


@pytest.fixture
async def service(engine_config: EngineConfig, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Service]:
    async with sample_service(engine_config, ontology, tmp_path) as made:
        yield made


async def decide(service: Service, kind: str, **payload: object) -> None:
    """Record a decision and bring the graph up to it."""
    service.truth.decide(kind, payload, reason="test", user="office")
    async with service.store.writing("test", 10.0):
        await bring_up_to_date(service.store, service.truth, service.ontology)


async def test_a_relation_by_its_id_has_its_ends_and_rows(service: Service) -> None:
    rid = relation_id("SUPPLIES", "firm/href", FOCUS, [LINK])
    found = await service.repository.relation(rid)
    assert (found.link.rid, found.link.cls, found.source.id, found.target.id) == (
        rid, "SUPPLIES", "firm/href", FOCUS,
    )  # fmt: skip
    assert (found.link.props["what"], found.link.grade, found.link.sources) == (LINK, "B", [PRESS])
    assert [(a.source, a.target) for a in found.assertions] == [("firm/href", FOCUS)]
    assert (found.total, found.truncated, set(found.cited)) == (1, False, {PRESS, PLAN})
    for wrong in ("f" * 24, "", FOCUS, "' OR true //"):
        with pytest.raises(NotFound):
            await service.repository.relation(wrong)


async def test_what_was_merged_keeps_its_rows_and_its_relations_are_found(service: Service) -> None:
    old = relation_id("SUPPLIES", "firm/href", FOCUS, [LINK])
    await decide(service, "merge", keep="firm/peer-01", retire="firm/href")
    new = relation_id("SUPPLIES", "firm/peer-01", FOCUS, [LINK])
    for rid in (new, old):
        found = await service.repository.relation(rid)
        assert (found.link.rid, found.source.id) == (new, "firm/peer-01")
        assert [(a.key, a.source) for a in found.assertions] == [(old, "firm/href")]  # as the row says
    rows = await service.repository.assertions("firm/peer-01")
    assert {a.key for a in rows.items} == {"firm/peer-01", "firm/href"}
    assert {a.key for a in (await service.repository.assertions(FOCUS)).items} == {FOCUS}


async def test_a_relation_that_was_suppressed_is_not_found(service: Service) -> None:
    rid = relation_id("SUPPLIES", "firm/href", FOCUS, [LINK])
    await decide(service, "suppress", key=rid)
    with pytest.raises(NotFound):
        await service.repository.relation(rid)
    page = await service.repository.source_facts("press", limit=100)
    assert rid not in {f.key for f in page.facts.items}


async def test_the_facts_that_cite_a_source_are_paged_to_the_end(service: Service) -> None:
    wanted = {a.key for a in service.truth.current() if PRESS in a.sources}
    assert FOCUS in wanted and len(wanted) > 20
    seen: list[str] = []
    after: str | None = None
    while True:
        facts = (await service.repository.source_facts(PRESS, limit=7, after=after)).facts
        assert (facts.total, facts.total_at_least) == (len(wanted), False)
        seen += [f.key for f in facts.items]
        after = facts.next
        if after is None:
            break
    assert seen == sorted(wanted)


async def test_a_fact_that_cites_is_named_by_its_entity_or_its_ends(service: Service) -> None:
    page = await service.repository.source_facts("odd")
    (fact,) = page.facts.items
    assert (page.id, fact.cls, fact.label.zh) == ("source/odd", "Firm", "企业")
    assert fact.entity is not None and (fact.entity.id, fact.entity.caption) == ("firm/odd", SCRIPT)
    facts = (await service.repository.source_facts(PRESS, limit=100)).facts.items
    supplies = [f for f in facts if f.cls == "SUPPLIES" and f.source and f.source.id == "firm/href"]
    assert [(f.entity, f.target and f.target.id) for f in supplies] == [(None, FOCUS)]
    assert (await service.repository.source_facts(PLAN)).facts.total > 0
    with pytest.raises(NotFound):
        await service.repository.source_facts("source/none")


@pytest.mark.parametrize(
    "path",
    [
        f"entities/{PRESS}", f"entities/{PRESS}/assertions", f"entities/{PRESS}/neighbours",
        f"entities/{FOCUS}", f"entities/{FOCUS}/assertions", f"entities/{FOCUS}/neighbours",
        f"sources/{PRESS}", f"sources/{PRESS}/facts", "search?q=某报", "chains/electronics",
        f"firms/{FOCUS}/neighbourhood",
    ],
)  # fmt: skip
async def test_no_answer_has_the_address_of_a_source_that_may_not_be_linked(
    service: Service, path: str
) -> None:
    await service.search.refresh()
    app = create_app(service)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as client:
        answer = await client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert "example.org/hidden" not in answer.text
        linked = await client.get(f"/api/v1/entities/{PLAN}/assertions")
        stated = {s["name"]: s["value"] for r in linked.json()["items"] for s in r["stated"]}
        assert stated["url"] == "https://example.org/plan"


async def test_a_decision_that_forbids_a_link_takes_the_address_from_the_rows(service: Service) -> None:
    await decide(service, "correct", key=PLAN, property="link", value=False)
    assert (await service.repository.source(PLAN)).url is None
    rows = await service.repository.assertions(PLAN)
    assert "example.org/plan" not in json.dumps(rows.model_dump(mode="json"))


async def test_rows_are_cut_and_counted(service: Service) -> None:
    facts = [Assertion("more", "Firm", n, "Firm", FOCUS, props={"name": f"名{n}"}) for n in range(5)]
    service.truth.commit("more", "更多", facts, "test")
    rows = await service.repository.assertions(FOCUS, limit=3)
    assert (len(rows.items), rows.total, rows.truncated) == (3, 8, True)
    peers = await service.repository.neighbours("firm/odd", limit=3)
    (group,) = [g for g in peers.groups if g.relation == "SUPPLIES"]
    assert (len(group.page.items), group.page.total, group.page.truncated) == (3, PEERS, True)
    assert group.page.next == group.page.items[-1].node.id
