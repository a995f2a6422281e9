"""The HTTP API over a small graph, on the engine under test."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from api import Service, create_app
from graph.facts import Assertion
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch, SearchIndex, Stamp
from graph.store import MetaState, Store
from graph.truth import TruthStore
from tests.support.chain_sample import node, relation, sample_graph, store_members, store_sample

LIMITS = Limits(page=10, page_max=20, list_size=10, list_max=20, search=5, search_max=10)
BASE = "http://127.0.0.1:8000"


@pytest.fixture
async def service(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Service]:
    """A service over the sample graph and a truth store with two rows about one firm."""
    await store_sample(store)
    truth = TruthStore(tmp_path / "truth.sqlite")
    rid = next(r.rid for r in sample_graph().relations.values() if r.cls == "SUBSIDIARY_OF")
    rows = [
        Assertion("builtin", "firms.csv", 2, "Firm", "firm/catl-yc", props={"name": "宜春时代"},
                  sources=("source/press",), standing="verified"),
        Assertion("builtin", "subsidiary_of.csv", 2, "SUBSIDIARY_OF", rid, "firm/catl-yc", "firm/catl",
                  sources=("source/press",)),
    ]  # fmt: skip
    truth.commit("builtin", "内置数据", rows, "test")
    await store.set_meta(MetaState(truth.store_id, truth.revision, "whole", 1))
    index = SearchIndex(tmp_path / "search.sqlite", ontology, LIMITS)
    yield Service(
        repository=Repository(store, ontology, truth, LIMITS),
        search=LiveSearch(index, store),
        store=store,
        truth=truth,
        ontology=ontology,
        version="9.9.9",
        gaps=Gaps(store, ontology, LIMITS),
        limits=LIMITS,
    )
    truth.close()


def client_of(app: FastAPI, base: str = BASE) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=base)


@pytest.fixture
async def client(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application, started."""
    app = create_app(service)
    async with app.router.lifespan_context(app), client_of(app) as opened:
        yield opened


async def good(client: httpx.AsyncClient, path: str, **params: Any) -> Any:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


async def bad(client: httpx.AsyncClient, path: str, status: int, **params: Any) -> Any:
    answer = await client.get(path, params=params)
    assert answer.status_code == status, answer.text
    return problem_of(answer)


def problem_of(answer: httpx.Response) -> Any:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == f"urn:lianpu:problem:{body['code']}"
    assert body["title"] and body["detail"] and body["instance"].startswith("/")
    return body


async def test_every_resource_answers(client: httpx.AsyncClient) -> None:
    """Each path of the description is asked once here or below; this is the plain way through them."""
    find = await good(client, "/api/v1/search", q="jxty")
    assert [h["id"] for h in find["hits"]["items"]] == ["firm/jiangxi-copper"]
    entity = await good(client, "/api/v1/entities/segment/new-energy/cell")
    assert {(c["relation"], c["direction"]): c["count"] for c in entity["counts"]}["INPUT_TO", "in"] == 2
    near = await good(client, "/api/v1/entities/firm/catl-yc/neighbours", relation="SUPPLIES", direction="in")
    assert [n["node"]["id"] for n in near["groups"][0]["page"]["items"]] == [
        "firm/lfp-gaoan",
        "firm/lfp-yuanzhou",
    ]
    rows = await good(client, "/api/v1/entities/firm/catl-yc/assertions")
    assert [(r["table"], r["row"]) for r in rows["items"]] == [("firms.csv", 2)]
    assert rows["cited"]["source/press"]["grade"] == "A"
    chains = await good(client, "/api/v1/chains")
    assert {c["chain"]["id"] for c in chains["items"]} == {
        "chain/electronics", "chain/new-energy", "chain/yichun-lithium",
    }  # fmt: skip
    card = await good(client, "/api/v1/chains/electronics", as_of="2024-07-01")
    (province,) = card["chiefs"]
    assert [c["person"]["caption"] for c in province["current"]] == ["夏文勇"]
    who = await good(client, "/api/v1/chains/electronics/responsible", as_of="2024-07-01")
    assert "夏文勇" in {d["who"]["caption"] for d in who["answered_by"] if d["current"]}
    mine = await good(client, "/api/v1/answers-for/person/xia", as_of="2024-07-01")
    assert [d["what"]["id"] for d in mine["answers_for"]] == ["chain/electronics"]
    for firm in ("catl-yc", "firm/catl-yc"):
        around = await good(client, f"/api/v1/firms/{firm}/neighbourhood", as_of="2024-07-01")
        assert around["firm"]["id"] == "firm/catl-yc"
    mode = await good(client, "/api/v1/modes/leader-fund", chain="new-energy")
    assert [p["other"]["id"] for p in mode["pairs"]["items"]] == ["fund/lithium"]
    ones = await good(client, "/api/v1/clusters/lithium/six-ones")
    assert len(ones["ones"]) == 6
    source = await good(client, "/api/v1/sources/plan")
    assert source["url"] == "https://example.org/plan"
    assert (await good(client, "/api/v1/sources/source/press"))["url"] is None  # not to be linked
    cites = await good(client, "/api/v1/sources/press/facts", limit=1)
    assert (cites["facts"]["total"], cites["facts"]["next"] is None, len(cites["facts"]["items"])) == (
        2, False, 1,
    )  # fmt: skip
    queries = await good(client, "/api/v1/queries")
    assert "entity" in {q["name"] for q in queries["items"]}
    assert not [q for q in queries["items"] if "MERGE" in q["text"]]
    ontology = await good(client, "/api/v1/ontology")
    assert ontology["entities"]["Firm"]["label"] == {"zh": "企业", "en": "Firm"}
    meta = await good(client, "/api/v1/meta")
    assert (meta["version"], meta["graph_state"], meta["index_revision"]) == (
        "9.9.9",
        "whole",
        meta["revision"],
    )
    assert (await good(client, "/healthz"))["status"] == "ok"
    assert (await good(client, "/readyz"))["revision"] == meta["revision"]


async def test_a_chain_of_a_place_is_named_by_an_id_with_slashes(
    client: httpx.AsyncClient, service: Service
) -> None:
    chain = node("chain/yichun/battery", {"name": "宜春电池产业链"})
    chief = [node("post/battery", {"name": "链长", "role": "chain_chief"}),
             relation("post/battery", "CHIEF_OF", chain.id, {})]  # fmt: skip
    await store_members(service.store, [chain, *chief])
    for slug in ("chain/yichun/battery", "yichun/battery"):
        card = await good(client, f"/api/v1/chains/{slug}")
        assert card["chain"]["id"] == chain.id
        who = await good(client, f"/api/v1/chains/{slug}/responsible")
        assert [d["who"]["id"] for d in who["answered_by"]] == ["post/battery"]
    assert (await bad(client, "/api/v1/chains/yichun/none/responsible", 404))["code"] == "not-found"


async def test_the_rows_behind_a_relation(client: httpx.AsyncClient) -> None:
    (group,) = (
        await good(
            client, "/api/v1/entities/firm/catl-yc/neighbours", relation="SUBSIDIARY_OF", direction="out"
        )
    )["groups"]
    rid = group["page"]["items"][0]["links"][0]["rid"]
    whole = await good(client, f"/api/v1/relations/{rid}")
    assert (whole["link"]["rid"], whole["source"]["id"], whole["target"]["id"]) == (
        rid, "firm/catl-yc", "firm/catl",
    )  # fmt: skip
    assert [(r["table"], r["row"]) for r in whole["assertions"]] == [("subsidiary_of.csv", 2)]
    assert (await bad(client, "/api/v1/relations/abcdef", 404))["code"] == "not-found"
    assert (await bad(client, "/api/v1/relations/firm", 422))["code"] == "bad-parameter"
    rows = await good(client, f"/api/v1/relations/{rid}/assertions")
    assert [(r["source"], r["target"]) for r in rows["items"]] == [("firm/catl-yc", "firm/catl")]
    assert (await bad(client, "/api/v1/relations/abcdef/assertions", 404))["code"] == "not-found"


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("/api/v1/entities/firm/nobody", {}, 404, "not-found"),
        ("/api/v1/entities/firm/nobody/neighbours", {}, 404, "not-found"),
        ("/api/v1/entities/firm/nobody/assertions", {}, 404, "not-found"),
        ("/api/v1/entities/nothing/x", {}, 422, "bad-input"),
        ("/api/v1/entities/firm/Ä", {}, 422, "bad-input"),
        ("/api/v1/entities/firm/" + "x" * 300, {}, 422, "bad-parameter"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"relation": "MATCH"}, 422, "bad-input"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"relation": "OWNS]->() DELETE n//"}, 422, "bad-input"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"direction": "up"}, 422, "bad-parameter"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"after": "firm/a"}, 400, "usage"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"limit": 0}, 422, "bad-parameter"),
        ("/api/v1/entities/firm/catl-yc/neighbours", {"limit": 21}, 422, "bad-parameter"),
        ("/api/v1/chains/nothing", {}, 404, "not-found"),
        ("/api/v1/chains/electronics", {"as_of": "20240"}, 422, "bad-input"),
        ("/api/v1/chains/electronics", {"as_of": "' OR 1=1"}, 422, "bad-input"),
        ("/api/v1/firms/nobody/neighbourhood", {}, 404, "not-found"),
        ("/api/v1/firms/person/xia/neighbourhood", {}, 422, "bad-input"),
        ("/api/v1/firms/catl-yc/neighbourhood", {"level": "planet"}, 422, "bad-parameter"),
        ("/api/v1/modes/leader-leader", {}, 422, "bad-parameter"),
        ("/api/v1/modes/leader-fund", {"chain": "nothing"}, 404, "not-found"),
        ("/api/v1/clusters/firm/catl-yc/six-ones", {}, 422, "bad-input"),
        ("/api/v1/sources/firm/catl", {}, 404, "not-found"),
        ("/api/v1/sources/none/facts", {}, 404, "not-found"),
        ("/api/v1/search", {}, 422, "bad-parameter"),
        ("/api/v1/search", {"q": "江", "cls": "Nothing"}, 422, "bad-input"),
        ("/api/v1/search", {"q": "江", "after": "x"}, 400, "usage"),
        ("/api/v1/search", {"q": "江", "limit": 11}, 422, "bad-parameter"),
        ("/api/v1/nothing", {}, 404, "unknown-path"),
        ("/nothing", {}, 404, "unknown-path"),
    ],
)  # fmt: skip
async def test_a_bad_request_is_a_problem(
    client: httpx.AsyncClient, path: str, params: dict[str, Any], status: int, code: str
) -> None:
    body = await bad(client, path, status, **params)
    assert body["code"] == code
    if code == "bad-parameter":
        assert {f["field"] for f in body["errors"]} <= {*params, "entity_id", "mode", "q"}


async def test_other_methods_are_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/chains")
    assert (answer.status_code, problem_of(answer)["code"]) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("q", ['"', "a OR b", "江\x00铜", "x" * 10_000, "'; DROP TABLE name; --", "*"])
async def test_no_search_text_does_harm(client: httpx.AsyncClient, q: str) -> None:
    assert len((await good(client, "/api/v1/search", q=q))["hits"]["items"]) <= 5


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/chains", "/api/v1/chains/nothing", "/nothing"])
async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200), ("localhost", 200), ("LOCALHOST:9", 200), ("[::1]:8000", 200),
        ("evil.example", 400), ("127.0.0.1.evil.example", 400), ("", 400), ("localhost:evil", 400),
    ],
)  # fmt: skip
async def test_only_loopback_names_are_answered(client: httpx.AsyncClient, host: str, status: int) -> None:
    answer = await client.get("/healthz", headers={"host": host})
    assert answer.status_code == status
    if status == 400:
        assert problem_of(answer)["code"] == "unknown-host"
        assert answer.headers["x-content-type-options"] == "nosniff"


async def test_other_host_names_are_a_setting(service: Service) -> None:
    app = create_app(replace(service, hosts=("lianpu.example",)))
    async with client_of(app, "http://lianpu.example") as client:
        assert (await client.get("/healthz")).status_code == 200


async def test_an_unexpected_error_is_logged_and_not_told(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    pages = APIRouter()

    @pages.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

    async with client_of(create_app(service, pages)) as client:
        answer = await client.get("/broken")
        assert (answer.status_code, problem_of(answer)["code"]) == (500, "internal")
        page = await client.get("/broken", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (500, "text/html; charset=utf-8")
    for shown in (answer.text, page.text):
        assert "secret" not in shown
        assert "Traceback" not in shown
    assert "secret detail" in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_browser_gets_an_error_page_outside_the_api(client: httpx.AsyncClient) -> None:
    page = await client.get("/nothing", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    api = await client.get("/api/v1/nothing", headers={"accept": "text/html"})
    assert problem_of(api)["code"] == "unknown-path"


async def test_a_retired_id_redirects_to_the_one_that_was_kept(service: Service) -> None:
    service.truth.decide("merge", {"keep": "firm/catl-yc", "retire": "firm/old"}, reason="same", user="u")
    async with client_of(create_app(service)) as client:
        answer = await client.get("/api/v1/entities/firm/old/neighbours?limit=5")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"{BASE}/api/v1/entities/firm/catl-yc/neighbours?limit=5"
        assert (await client.get("/api/v1/entities/firm/old", follow_redirects=True)).status_code == 200


async def test_the_index_follows_a_graph_that_changed_while_serving(
    client: httpx.AsyncClient, service: Service
) -> None:
    assert (await good(client, "/api/v1/search", q="新来的企业"))["hits"]["total"] == 0
    props = {"id": "firm/new", "cls": "Firm", "caption": "新来的企业", "name": "新来的企业"}
    merge = "UNWIND $rows AS r MERGE (n:Firm {id: r.id}) ON CREATE SET n:Entity SET n = r.props"
    await service.store.write([(merge, {"rows": [{"id": "firm/new", "props": props}]})])
    await service.store.set_meta(MetaState(service.truth.store_id, service.truth.revision + 1, "whole", 1))
    found = await good(client, "/api/v1/search", q="新来的企业")
    assert [h["id"] for h in found["hits"]["items"]] == ["firm/new"]


async def test_while_the_graph_is_changed_the_former_index_serves(service: Service) -> None:
    assert await service.search.refresh() is True
    shown = service.search.index.stamp()
    assert shown == Stamp(service.truth.store_id, service.truth.revision)
    await service.store.set_meta(MetaState(service.truth.store_id, service.truth.revision + 1, "applying", 1))
    assert await service.search.refresh() is False
    assert service.search.index.stamp() == shown
    async with client_of(create_app(service)) as client:
        assert (await bad(client, "/readyz", 503))["code"] == "not-ready"


async def test_the_description_is_complete(client: httpx.AsyncClient) -> None:
    description = await good(client, "/api/v1/openapi.json")
    for path, operations in description["paths"].items():
        for operation in operations.values():
            answers = operation["responses"]
            (good_one,) = (status for status in answers if status.startswith("2"))
            content = answers[good_one]["content"]
            if set(content) != {"application/octet-stream"}:  # a file
                schema = content["application/json"]["schema"]
                assert schema.get("$ref") or schema.get("properties"), path
            assert {"400", "422", "500", "503", "504"} <= set(answers), path
            for status, answer in answers.items():
                if status != good_one:
                    problem = answer["content"]["application/problem+json"]["schema"]
                    assert problem == {"$ref": "#/components/schemas/Problem"}
            assert operation["summary"] and operation["tags"], path
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or parameter["name"] == "mode", (path, parameter["name"])
                assert bounded(parameter["schema"]) or parameter["name"] == "q", (path, parameter["name"])


def bounded(schema: dict[str, Any]) -> bool:
    """Whether a parameter's schema limits its length or size."""
    text = json.dumps(schema)
    return any(f'"{word}"' in text for word in ("maxLength", "maximum", "enum", "pattern", "boolean"))
