"""``/api/v1/gaps/{gap_id}/candidates``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from api import Service, create_app
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.store import open_store
from graph.truth import TruthStore
from tests.gaps.candidate_sample import DAY, asked_of
from tests.support.databases import empty

LIMITS = Limits(list_size=5, list_max=20)
GAP = "/api/v1/gaps/new-energy/electrolyte@360900/candidates"


@pytest.fixture(scope="module")
async def client(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application over the sample, written once for this module."""
    folder = tmp_path_factory.mktemp("candidates")
    truth = TruthStore(folder / "truth.sqlite")
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        ask = await asked_of(store, folder)
        service = Service(
            repository=Repository(store, ontology, truth, LIMITS),
            search=ask.search,
            store=store,
            truth=truth,
            ontology=ontology,
            version="0",
            gaps=Gaps(store, ontology, LIMITS, today=lambda: date.fromisoformat(DAY)),
            limits=LIMITS,
        )
        transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as opened:
            yield opened
    truth.close()


async def got(client: httpx.AsyncClient, status: int = 200, **params: Any) -> Any:
    answer = await client.get(GAP, params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_candidates_of_a_gap(client: httpx.AsyncClient) -> None:
    found = await got(client)
    assert (found["gap"], found["as_of"]) == ("new-energy/electrolyte@360900", DAY)
    assert (len(found["items"]), found["total"]) == (5, 11)
    assert [c["rank"] for c in found["items"]] == [1, 2, 3, 4, 5]
    assert {s for c in found["items"] for p in c["parts"] for f in p["facts"] for s in f["sources"]} == set(
        found["cited"]
    )


async def test_what_may_be_chosen(client: httpx.AsyncClient) -> None:
    wanted = {"weight": ["product=0", "距离=1"], "origin": ["abroad", "elsewhere"], "limit": 20}
    found = await got(client, exclude="firm/c-broad", why="firm/c-broad", order="score", **wanted)
    assert {c["firm"]["id"] for c in found["items"]} == {"firm/a-maker", "firm/e-ends"}
    assert (found["weights"]["product"], found["weights"]["proximity"]) == (0, 1)
    assert (found["asked"]["standing"], found["asked"]["excluded"]["reason"]) == ("kept_out", "excluded")


@pytest.mark.parametrize(
    ("params", "status", "field"),
    [
        ({"weight": "product=-1"}, 422, "weights.product"),
        ({"weight": "product=x"}, 422, "weights.product"),
        ({"weight": [f"{p}=0" for p in ("product", "relation", "synergy", "expansion", "strength",
                                         "proximity")]}, 422, "weights"),
        ({"weight": "product"}, 422, "weights"),
        ({"origin": "moon"}, 422, None),
        ({"order": "best"}, 422, None),
        ({"limit": 21}, 422, None),
        ({"why": "firm/nobody"}, 404, None),
        ({"as_of": "soon"}, 422, None),
    ],
)  # fmt: skip
async def test_what_is_refused(
    client: httpx.AsyncClient, params: dict[str, Any], status: int, field: str | None
) -> None:
    problem = await got(client, status, **params)
    assert problem["detail"]
    if field is not None:
        assert problem["extra"]["field"] == field


@pytest.mark.parametrize(
    ("gap", "status", "near"),
    [
        ("new-energy/electrolite@360900", 404, "segment/new-energy/electrolyte"),
        ("new-energy/electrolyte@360901", 404, "place/360900"),
        ("电解夜环节@宜春市", 404, "segment/new-energy/electrolyte"),
        ("电解液环节@宜春州", 404, "place/360900"),
        ("new-enrgy/electrolyte@360900", 404, "segment/new-energy/electrolyte"),
        ("electrolyte", 422, None),
    ],
)
async def test_an_unknown_gap_names_what_is_near(
    client: httpx.AsyncClient, gap: str, status: int, near: str | None
) -> None:
    answer = await client.get(f"/api/v1/gaps/{gap}/candidates")
    assert answer.status_code == status
    if near is not None:
        assert near in str(answer.json()["extra"]["near"])
    bare = await client.get(f"/api/v1/gaps/{gap}")
    assert (bare.status_code, bare.json()["detail"]) == (status, answer.json()["detail"])


async def test_a_gap_goes_by_the_names_of_its_segment_and_place(client: httpx.AsyncClient) -> None:
    by_id = await got(client)
    for name in ("电解液环节@宜春市", "电解液环节@360900", "new-energy/electrolyte@宜春"):
        answer = await client.get(f"/api/v1/gaps/{name}/candidates")
        assert (answer.status_code, answer.json()) == (200, by_id), name


async def test_firms_go_by_name_and_unknown_ones_are_refused(client: httpx.AsyncClient) -> None:
    """``丁`` is ``firm/d-text``, and no firm is called 无此企业."""
    told = await got(client, exclude=["丁", "firm/c-broad"], why="丁", limit=20)
    assert told["excluded_counts"]["excluded"] == 2
    assert (told["asked"]["firm"]["id"], told["asked"]["standing"]) == ("firm/d-text", "kept_out")
    for wrong in ("无此企业", "firm/nobody"):
        assert (await got(client, 404, exclude=wrong))["code"] == "not-found"
        assert (await got(client, 404, why=wrong))["code"] == "not-found"
        answer = await client.get("/api/v1/fit", params={"firm": wrong, "place": "宜春市"})
        assert answer.status_code == 404
    assert (await got(client, 422, exclude="place/360900"))["code"] == "bad-input"
    by_name = await client.get("/api/v1/fit", params={"firm": "甲", "place": "宜春市"})
    assert by_name.json()["firm"]["id"] == "firm/a-maker"


async def test_what_suits_an_investor(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/fit", params={"firm": "firm/a-maker", "place": "宜春市"})
    assert answer.status_code == 200, answer.text
    assert [one["segment"]["id"] for one in answer.json()["items"]] == ["segment/new-energy/electrolyte"]
    assert (await client.get("/api/v1/fit", params={"place": "宜春市"})).status_code == 422
