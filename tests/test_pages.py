"""The pages over a small graph, on the engine under test: what they say, and how they escape."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import httpx
import pytest

from api import Service
from graph.engine import EngineConfig
from graph.ontology import Ontology
from tests.support.applications import pages_client
from tests.support.pages_sample import FOCUS, LINK, SCRIPT, sample_service

PAGES = (
    "/", "/search?q=中心", "/search", f"/e/{FOCUS}", "/e/firm/odd", "/e/source/odd", "/e/firm/peer-01",
    "/chain/electronics?as_of=2024-07-01", f"/graph/{FOCUS}", "/e/firm/none", "/no/such/page",
)  # fmt: skip


@pytest.fixture(scope="module")
async def service(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """A service that no test here changes."""
    async with sample_service(engine_config, ontology, tmp_path_factory.mktemp("pages")) as made:
        await made.search.refresh()
        yield made


@pytest.fixture
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with pages_client(service) as client:
        yield client


class Page(HTMLParser):
    """A page as a browser would build it: elements, addresses and text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.scripts: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))
        self._script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts.append(data)
        else:
            self.text += data

    def attributes(self, tag: str, name: str) -> list[str]:
        return [a[name] for t, a in self.tags if t == tag and name in a]


async def read(web: httpx.AsyncClient, path: str, **more: object) -> Page:
    response = await web.get(path, **more)  # type: ignore[arg-type]
    return Page(response.text)


@pytest.mark.parametrize("path", PAGES)
async def test_no_name_becomes_an_element_and_no_page_runs_a_script_of_its_own(
    web: httpx.AsyncClient, path: str
) -> None:
    page = await read(web, path)
    assert "img" not in {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    assert not any(href.startswith("javascript:") for href in page.attributes("a", "href"))
    for tag, attrs in page.tags:
        if tag == "script":
            assert attrs.get("type") == "application/json" or attrs.get("src", "").startswith("/static/")
    assert not any("<" in text for text in page.scripts)


@pytest.mark.parametrize("path", PAGES)
async def test_every_address_stays_here_but_links_of_sources_that_may_be_linked(
    web: httpx.AsyncClient, path: str
) -> None:
    page = await read(web, path)
    outside = {
        (tag, value)
        for tag, attrs in page.tags
        for name, value in attrs.items()
        if name in ("href", "src", "action", "data-suggest") and not re.match(r"[/#](?!/)", value)
    }
    assert outside <= {("a", "https://example.org/plan"), ("a", "https://example.org/odd")}
    for tag, attrs in page.tags:
        if tag == "a" and attrs.get("href", "").startswith("http"):
            assert attrs["rel"] == "noopener noreferrer"


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_has_its_policy_language_landmarks_and_a_way_past_the_header(
    web: httpx.AsyncClient, path: str
) -> None:
    response = await web.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "*" not in policy
    page = Page(response.text)
    tags = [tag for tag, _ in page.tags]
    assert page.attributes("html", "lang") == ["zh-CN"]
    assert tags.count("main") == tags.count("h1") == 1
    assert "#main" in page.attributes("a", "href") and "main" in page.attributes("main", "id")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")


async def test_home_shows_the_chains_with_chief_and_counts_and_the_state_of_the_data(
    web: httpx.AsyncClient,
) -> None:
    page = await read(web, "/")
    assert "电子信息" in page.text and "夏某" in page.text and "据2024-06-27报道" in page.text
    assert re.search(r"链长\s*夏某.*环节\s*3\s*企业\s*2\s*项目\s*0", page.text, re.DOTALL)
    assert "/chain/electronics" in page.attributes("a", "href")
    assert re.search(r"其中 \d+ 待核实", page.text) and "最近的来源：2024年6月27日" in page.text


@pytest.mark.parametrize("q", ["中心", "zxdlb", "zhongxindianluban"])
async def test_search_finds_by_name_and_sound_and_leads_to_the_page(web: httpx.AsyncClient, q: str) -> None:
    page = await read(web, "/search", params={"q": q})
    assert "/e/firm/centre" in page.attributes("a", "href")
    found = (await web.get("/suggest", params={"q": q})).json()["hits"]
    assert "/e/firm/centre" in {hit["page"] for hit in found}
    assert {"caption", "cls_label", "detail", "page"} == set(found[0])


async def test_a_search_without_result_says_so_and_does_not_claim_that_there_is_none(
    web: httpx.AsyncClient,
) -> None:
    page = await read(web, "/search", params={"q": "<b>查无此名</b>"})
    assert "没有找到“<b>查无此名</b>”" in page.text and "没有记载" in page.text


async def test_an_entity_page_shows_the_winner_the_contradiction_the_sources_and_what_is_unknown(
    web: httpx.AsyncClient,
) -> None:
    page = await read(web, f"/e/{FOCUS}")
    text = re.sub(r"\s+", " ", page.text)
    assert "成立日期 2010年[1A]" in text
    assert "另有记载 2011年[2B] ? 待核实" in text
    assert "✓ 已核实" in text and "A 级来源" in text
    assert re.search(r"未记载：[^ ]*统一社会信用代码", text)
    assert "https://example.org/plan" in page.attributes("a", "href")
    assert "example.org/hidden" not in (await web.get(f"/e/{FOCUS}")).text
    assert f"/graph/{FOCUS}" in page.attributes("a", "href")
    assert "印制电路板 环节 经 中心基地 · 产品 HDI板 · 状态 在产" in text


async def test_a_hostile_name_is_shown_as_it_is(web: httpx.AsyncClient) -> None:
    page = await read(web, "/e/firm/odd")
    assert page.text.count(SCRIPT) >= 2 and LINK in page.text


async def test_long_lists_go_on_behind_a_link_that_works_without_scripts(web: httpx.AsyncClient) -> None:
    page = await read(web, "/e/firm/odd")
    assert "列出 10 条，共 12 条" in page.text
    (more,) = [a["href"] for tag, a in page.tags if tag == "a" and "data-more" in a]
    rest = await read(web, more.partition("#")[0])
    links = set(rest.attributes("a", "href"))
    assert {f"/e/firm/peer-{n:02}" for n in range(12)} <= links


async def test_what_has_no_source_and_no_relation_says_so(web: httpx.AsyncClient) -> None:
    peer = re.sub(r"\s+", " ", (await read(web, "/e/firm/peer-01")).text)
    assert "名称 同行01 ? 待核实" in peer and "来源未定级" in peer
    href = (await read(web, "/e/firm/href")).text
    assert "没有记载与其他条目的关系" not in href and "供货给" in href


async def test_a_source_lists_the_facts_that_cite_it_page_by_page(web: httpx.AsyncClient) -> None:
    page = await read(web, "/e/source/press")
    assert "引用它的事实" in page.text and re.search(r"列出 25 条，共 \d+ 条", page.text)
    (more,) = [a["href"] for tag, a in page.tags if tag == "a" and "data-more" in a]
    rest = await read(web, more.partition("#")[0])
    named = set(page.attributes("a", "href")) | set(rest.attributes("a", "href"))
    assert {f"/e/firm/peer-{n:02}" for n in range(12)} | {f"/e/{FOCUS}", "/e/person/xia"} <= named
    odd = await read(web, "/e/source/odd")
    assert SCRIPT in odd.text and "data-more" not in {k for _, a in odd.tags for k in a}


async def test_the_address_of_a_source_is_shown_only_where_it_may_be_linked(web: httpx.AsyncClient) -> None:
    shown = await read(web, "/e/source/plan")
    assert "https://example.org/plan" in shown.attributes("a", "href")
    assert "example.org" not in (await web.get("/e/source/press")).text


async def test_a_chain_page_keeps_apart_what_must_not_be_mixed(web: httpx.AsyncClient) -> None:
    response = await web.get("/chain/electronics?as_of=2024-07-01")
    text = re.sub(r"\s+", " ", Page(response.text).text)
    assert re.search(r"省级链长 夏某 副省长 电子信息产业链链长 .*据2024-06-27报道,任期未记载 \[\d+B\]", text)
    targets, actuals = text.index("目标 指标值时期"), text.index("实绩 指标值时期")
    assert targets < text.index("力争超过1万亿元") < actuals < text.index("8000亿元")
    assert "规上" in text and "全口径" in text
    assert text.index("链主（有认定） 未记载。") < text.index("龙头（报道称谓）")
    assert re.search(r"上游\s?电子铜箔 未记载企业\[\d+A\] \?待核实", text)
    assert re.search(r"中游\s?印制电路板 2 家企业", text)


async def test_who_presided_is_told_with_the_meeting_and_never_as_chief(web: httpx.AsyncClient) -> None:
    text = re.sub(r"\s+", " ", (await read(web, "/chain/electronics?as_of=2024-07-01")).text)
    chiefs = text[text.index("谁负责 级别") : text.index("责任部门")]
    assert "夏某" in chiefs and "任某" not in chiefs
    events = text[text.index("调度、对接等活动 日期") :]
    assert re.search(
        r"2021年5月14日 产业链调度会 调度 .*任某 主持（未称链长） ?\[\d+B\] 任某主持，未称链长", events
    )


async def test_long_lists_of_a_chain_show_their_first_rows_and_a_link_to_all(web: httpx.AsyncClient) -> None:
    page = await read(web, "/chain/electronics")
    assert "列出 15 条，共 20 条" in page.text
    (whole,) = {href for href in page.attributes("a", "href") if "all=leaders" in href}
    rest = await read(web, whole.partition("#")[0])
    named = {href for href in rest.attributes("a", "href") if href.startswith("/e/firm/flag-")}
    assert len(named) == 19 and "列出" not in rest.text
    sources = [tag for tag, _ in page.tags].index("summary")
    assert sources and "本页引用的" in page.text


async def test_a_wrong_date_is_told(web: httpx.AsyncClient) -> None:
    response = await web.get("/chain/electronics?as_of=20240")
    assert response.status_code == 422
    assert "2024-06-27" in Page(response.text).text


async def test_the_language_is_switched_kept_and_switched_back(service: Service) -> None:
    async with pages_client(service) as web:
        page = await read(web, "/?lang=en")
        assert page.attributes("html", "lang") == ["en"] and "Ask these first" in page.text
        again = await read(web, f"/e/{FOCUS}?relation=OPERATES")
        assert again.attributes("html", "lang") == ["en"] and "Not recorded:" in again.text
        assert f"/e/{FOCUS}?relation=OPERATES&lang=zh" in again.attributes("a", "href")
        await web.get("/?lang=zh")
        assert (await read(web, "/")).attributes("html", "lang") == ["zh-CN"]
        assert (await read(web, "/?lang=xx")).attributes("html", "lang") == ["zh-CN"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/e/firm/none", 404, "没有找到"),
        ("/e/nonsense", 422, "输入有误"),
        ("/chain/none", 404, "没有找到"),
        ("/graph/segment/electronics/board", 422, "输入有误"),
        ("/no/such/page", 404, "没有这一页"),
        (f"/download/{FOCUS}?as=exe", 422, "输入有误"),
    ],
)
async def test_errors_are_pages_that_say_what_to_do_next(
    web: httpx.AsyncClient, path: str, status: int, said: str
) -> None:
    response = await web.get(path)
    page = Page(response.text)
    assert response.status_code == status and said in page.text
    assert "接下来可以" in page.text and "/search" in page.attributes("a", "href")


async def test_a_program_gets_a_problem_instead_of_a_page(web: httpx.AsyncClient) -> None:
    response = await web.get("/panel/firm/none", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("application/problem+json")


async def test_static_files_are_typed_cached_and_nothing_else_is_served(web: httpx.AsyncClient) -> None:
    page = await read(web, "/")
    (style, *_) = [h for h in page.attributes("link", "href") if "base.css" in h]
    response = await web.get(style)
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]
    tag = response.headers["etag"]
    assert (await web.get(style, headers={"If-None-Match": tag})).status_code == 304
    assert (await web.get(style.partition("?")[0])).headers["cache-control"] == "no-cache"
    script = await web.get("/static/vis/vis-network.min.js")
    assert script.headers["content-type"].startswith("text/javascript")
    for path in (
        "../pages/router.py",
        "..%2f..%2fpyproject.toml",
        "%2e%2e/words/home.yml",
        "/etc/passwd",
        "",
    ):
        assert (await web.get(f"/static/{path}")).status_code == 404
