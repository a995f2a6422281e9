"""What-if and resilience as a page: how lines are read, what changes, and what is not known."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from api import Service
from graph.engine import EngineConfig
from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology
from tests.support.applications import pages_client
from tests.support.gap_pages import AT, BOARD, CHAIN, FOIL, PHONE, PLACE, facts
from tests.support.pages_sample import SCRIPT, sample_service
from tests.test_pages import Page

MILL = "firm/mill"


def more(ontology: Ontology) -> list[Assertion]:
    """One maker of foil in the city, which the maker of boards needs."""
    common: dict[str, Any] = {"sources": ("source/plan",), "standing": "verified", "seen_at": "2024-06"}
    made = [
        Assertion("test", cls, 2, cls, key, props={"name": name}, **common)
        for cls, key, name in (("Firm", MILL, "宜春铜箔厂"), ("Site", "site/mill", "铜箔厂基地"))
    ]
    for source, cls, target, props in (
        (MILL, "OPERATES", "site/mill", {}),
        ("site/mill", "LOCATED_IN", PLACE, {}),
        ("site/mill", "WORKS_IN", FOIL, {"product": "电子铜箔", "status": "operating", "as_of": "2024-06"}),
        (FOIL, "INPUT_TO", BOARD, {"input": "铜箔", "criticality": "required"}),
        (BOARD, "INPUT_TO", PHONE, {"input": "主板", "criticality": "required"}),
    ):
        rid = relation_id(cls, source, target, [props.get(k) for k in ontology.relation(cls).key])
        made.append(Assertion("test", cls, 3, cls, rid, source, target, props, **common))
    return made


@pytest.fixture(scope="module")
async def service(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    rows = [*facts(ontology), *more(ontology)]
    async with sample_service(engine_config, ontology, tmp_path_factory.mktemp("whatif"), rows) as made:
        await made.search.refresh()
        yield made


@pytest.fixture
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with pages_client(service) as client:
        yield client


async def asked(web: httpx.AsyncClient, expected: int = 200, /, **query: object) -> str:
    answer = await web.get(f"/whatif?{AT}&{urlencode(query, doseq=True)}")
    assert answer.status_code == expected, answer.text[:2000]
    return answer.text


def section(html: str, name: str) -> Page:
    """One section of the page, by the id of its heading."""
    return Page(html[html.index(f'id="{name}"') :].partition("</section>")[0])


async def test_the_loss_of_the_only_maker_changes_its_verdict_and_reaches_its_user(
    web: httpx.AsyncClient,
) -> None:
    page = section(await asked(web, without="宜春铜箔厂"), "result")
    rows = re.sub(r"\s+", " ", page.text)
    assert re.search(r"电子铜箔 有.*有记录·未定 缺.*缺 1 → 0", rows), rows
    assert re.search(r"第 1 步 ?印制电路板", rows) and "第 2 步" not in rows
    assert f"/e/{FOIL}" in page.attributes("a", "href")


async def test_lines_are_ids_or_names_several_to_a_field_and_whole_places(web: httpx.AsyncClient) -> None:
    by_name = await asked(web, without="宜春铜箔厂\r\n 怪名 \r\n")
    by_id = await asked(web, without=[MILL, "firm/odd"])
    assert section(by_name, "result").text == section(by_id, "result").text
    assert "img" not in {tag for tag, _ in Page(by_name).tags} and SCRIPT in Page(by_name).text
    assert "1 → 0" in section(await asked(web, without="宜春"), "result").text
    assert "1 → 0" in section(await asked(web, without="电子铜箔"), "result").text


async def test_a_firm_that_comes_is_at_work_afterwards(web: httpx.AsyncClient) -> None:
    page = section(await asked(web, **{"with": "鹰潭铜箔有限公司@显示屏"}), "result")
    assert re.search(r"显示屏\s+\?.*未知\s+有.*有记录·未定\s+0\s+→\s+1", page.text), page.text


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ({"without": "查无此名"}, 404, "查无此名"),
        ({"without": "chain/electronics"}, 422, "chain/electronics"),
        ({"with": "鹰潭铜箔"}, 422, "企业@环节"),
        ({"without": "<img src=x>"}, 404, "<img src=x>"),
        ({"without": "firm/none"}, 404, "firm/none"),
    ],
)
async def test_a_line_that_is_not_read_is_told_and_kept_and_nothing_is_computed(
    web: httpx.AsyncClient, query: dict[str, str], status: int, told: str
) -> None:
    page = Page(
        await asked(web, status, without=["宜春铜箔厂", *query.pop("without", "").split("\n")], **query)
    )
    assert told in page.text and "宜春铜箔厂" in page.text and "result" not in page.attributes("h2", "id")
    assert "img" not in {tag for tag, _ in page.tags}


async def test_without_a_supposition_only_the_resilience_is_told(web: httpx.AsyncClient) -> None:
    html = await asked(web)
    assert "result" not in Page(html).attributes("h2", "id")
    net = section(html, "resilience")
    text = re.sub(r"\s+", " ", net.text)
    assert "有企业的环节 2 个，其间投入 1 条" in text
    assert re.search(r"宜春铜箔厂 ?电子铜箔 ?1 ?1 ", text), text
    assert re.search(r"最长的投入链 电子铜箔 ?印制电路板", text)
    assert re.search(r"别处还有谁 .*电子铜箔 ?鹰潭铜箔有限公司 鹰潭市 省内", text)
    assert any(f"without={MILL.replace('/', '%2F')}" in h for h in net.attributes("a", "href"))


async def test_where_nothing_is_recorded_the_net_is_not_said_to_be_sound(web: httpx.AsyncClient) -> None:
    answer = await web.get(f"/whatif?chain={CHAIN}&place=place/360902")
    assert answer.status_code == 200 and "无从分析" in answer.text


async def test_wrong_parameters_are_refused(web: httpx.AsyncClient) -> None:
    assert (await web.get(f"/whatif?{AT}&steps=0")).status_code == 422
    await asked(web, 422, without="\n".join(f"x{n}" for n in range(51)))
    assert (await web.get("/whatif?chain=none")).status_code == 404


async def test_it_is_linked_from_the_panorama_escaped_and_in_english(web: httpx.AsyncClient) -> None:
    links = Page((await web.get(f"/panorama?{AT}")).text).attributes("a", "href")
    assert any(h.startswith("/whatif?") and f"chain={CHAIN}" in h for h in links)
    page = Page(await asked(web, without=MILL, lang="en"))
    assert page.attributes("html", "lang") == ["en"] and "Whose loss breaks most" in page.text
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    forms = {a["for"] for tag, a in page.tags if tag == "label" and "for" in a}
    assert forms <= set(ids)


@pytest.mark.parametrize("name", ["firm", "within", "segment", "added"])
async def test_ids_of_the_interface_are_bounded_in_number_and_length(
    web: httpx.AsyncClient, name: str
) -> None:
    tail, most = ("@segment/x", 400) if name == "added" else ("", 200)
    path, headers = f"/api/v1/chains/{CHAIN}/what-if", {"Accept": "application/json"}
    for ids in (["x" * (most + 1 - len(tail)) + tail], [f"firm/x{tail}"] * 201):
        answer = await web.get(path, params={"place": PLACE, name: ids}, headers=headers)
        assert answer.status_code == 422
        assert str(most if len(ids) == 1 else 200) in answer.text
    within_bounds = await web.get(path, params={"place": PLACE, name: ["firm/x" + tail]}, headers=headers)
    assert "too_long" not in within_bounds.text
