"""The picture's page, panels, expansions and downloads over a small graph, on the engine under test."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api import Service, create_app
from graph.engine import EngineConfig
from graph.model import relation_id
from graph.ontology import Ontology
from tests.support.pages_sample import FOCUS, LINK, PEERS, SCRIPT, sample_service
from viz.evidence import evidence_of
from viz.pages import make_router


@pytest.fixture(scope="module")
async def service(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """A service that no test here changes."""
    async with sample_service(engine_config, ontology, tmp_path_factory.mktemp("picture")) as made:
        yield made


@pytest.fixture
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(service, make_router(service))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


def embedded(html: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/json" id="picture-data">(.*?)</script>', html, re.DOTALL)
    return dict(json.loads(text))


async def test_the_page_holds_the_neighbourhood_with_roles_positions_and_addresses(
    web: httpx.AsyncClient,
) -> None:
    html = (await web.get(f"/graph/{FOCUS}")).text
    data = embedded(html)
    assert data["focus"] == FOCUS and data["live"] is True and data["panel_url"] == "/panel/"
    blocks = {b["role"]: b["note"] for b in data["blocks"]}
    assert blocks == {
        "focus": "", "site": "1", "segment": "1", "upstream": "1", "downstream": "1", "supplier": "1",
        "peer_city": "1", "project": "1", "place": "1", "answer": "3",
    }  # fmt: skip
    assert {n["label"] for n in data["nodes"]} >= {SCRIPT, LINK, "中心电路板", "夏某"}
    assert "<img" not in html


async def test_a_picture_of_nothing_but_the_firm_is_a_picture(web: httpx.AsyncClient) -> None:
    response = await web.get("/graph/firm/peer-01")
    assert response.status_code == 200
    assert {b["role"] for b in embedded(response.text)["blocks"]} >= {"focus", "customer"}


async def test_a_panel_tells_facts_sources_and_how_many_neighbours_there_are(web: httpx.AsyncClient) -> None:
    panel = (await web.get("/panel/firm/odd")).json()
    facts = {f["name"]: [v["text"] for v in f["values"]] for f in panel["facts"]}
    assert facts["name"] == [SCRIPT] and facts["products"] == [LINK]
    ways = {(r["type"], r["direction"]): (r["total"], r["at_least"]) for r in panel["relations"]}
    assert ways[("SUPPLIES", "in")] == (PEERS, False)
    assert ways[("FLAGSHIP_IN", "out")] == (1, False)
    assert panel["picture"] == "/graph/firm/odd"
    english = (await web.get("/panel/firm/odd?lang=en")).json()
    assert english["cls_label"] == "Firm"


async def test_a_relations_panel_tells_its_rows(web: httpx.AsyncClient) -> None:
    rid = relation_id("SUPPLIES", "firm/href", FOCUS, [LINK])
    panel = (await web.get(f"/panel-relation/{rid}")).json()
    assert panel["title"] == f"{LINK} → 中心电路板" and panel["cls_label"] == "供货给"
    assert [(f["name"], f["values"][0]["text"]) for f in panel["facts"]] == [("what", LINK)]
    assert [(s["id"], s["grade"], s["url"]) for s in panel["sources"]] == [("source/press", "B", None)]
    assert (await web.get("/panel-relation/ffffffffffffffffffffffff")).status_code == 404


async def test_an_expansion_gives_the_next_ten_until_there_are_no_more(web: httpx.AsyncClient) -> None:
    query = {"type": "SUPPLIES", "direction": "in"}
    first = (await web.get("/expand/firm/odd", params=query)).json()
    assert len(first["nodes"]) == len(first["edges"]) == 10 and first["note"] == f"10 / {PEERS}"
    rest = (await web.get("/expand/firm/odd", params={**query, "after": first["next"]})).json()
    assert rest["next"] is None
    together = [n["id"] for part in (first, rest) for n in part["nodes"]]
    assert together == sorted(f"firm/peer-{n:02}" for n in range(PEERS))
    assert all(e["to"] == "firm/odd" and e["cls"] == "SUPPLIES" for e in first["edges"])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"type": "NO_SUCH", "direction": "in"}, 422),
        ({"type": "SUPPLIES", "direction": "up"}, 422),
        ({"type": "SUPPLIES) DETACH DELETE n //", "direction": "in"}, 422),
        ({"direction": "in"}, 422),
    ],
)
async def test_an_expansion_by_what_is_no_relation_is_refused(
    web: httpx.AsyncClient, query: dict[str, str], status: int
) -> None:
    assert (await web.get("/expand/firm/odd", params=query)).status_code == status


async def test_the_downloads_hold_the_picture(web: httpx.AsyncClient) -> None:
    data = embedded((await web.get(f"/graph/{FOCUS}")).text)
    sheet = await web.get(f"/download/{FOCUS}?as=csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="firm-centre.csv"'
    rows = list(csv.reader(io.StringIO(sheet.text.removeprefix("\ufeff"))))
    assert len(rows) == 1 + len(data["edges"])
    assert any("'=一期项目" in row for row in rows)
    body = (await web.get(f"/download/{FOCUS}?as=json")).json()
    assert {n["id"] for n in body["nodes"]} == {n["id"] for n in data["nodes"]}
    page = await web.get(f"/download/{FOCUS}?as=html&lang=en")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src &#39;none&#39;" in page.text and "<img" not in page.text
    (panels,) = re.findall(r'id="picture-panels">(.*?)</script>', page.text, re.DOTALL)
    founded = [f for f in json.loads(panels)[FOCUS]["facts"] if f["name"] == "founded"]
    assert [v["text"] for v in founded[0]["values"]] == ["2010", "2011"]


async def test_evidence_is_read_for_every_node_and_relation(service: Service) -> None:
    answer = await service.repository.firm_neighbourhood(FOCUS)
    evidence = await evidence_of(service.repository, answer)
    assert set(evidence) == {n.id for n in answer.nodes} | {e.rid for e in answer.edges}
    assert len(evidence[FOCUS].items) == 3
