"""Panorama, gaps, worklist, one gap with its candidates, and map: what the pages say, and how they escape."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from api import Service
from graph.engine import EngineConfig
from graph.gaps.models import Gap, GapList
from graph.ontology import Ontology
from ingest.tables import class_of_table
from tests.support.applications import pages_client
from tests.support.gap_pages import AT, BOARD, CHAIN, GAP, MISSING, PAGES, PANEL, PLACE, facts
from tests.support.pages_sample import LINK, sample_service
from tests.test_pages import Page
from viz.pages.gaps import GapTable
from viz.show import Show


@pytest.fixture(scope="module")
async def service(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    """A service that no test here changes."""
    folder = tmp_path_factory.mktemp("gaps")
    async with sample_service(engine_config, ontology, folder, list(facts(ontology))) as made:
        await made.search.refresh()
        yield made


@pytest.fixture
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with pages_client(service) as client:
        yield client


async def read(web: httpx.AsyncClient, path: str) -> Page:
    return Page((await web.get(path)).text)


def letters(html: str) -> dict[str, str]:
    """The status of each card, by the id of the card."""
    return dict(re.findall(r'<details class="cell [^"]*" id="([^"]+)" data-status="([^"]+)"', html))


def shown(html: str) -> set[str]:
    """The ids of the cards that are not hidden."""
    found = re.findall(r'<details class="cell [^"]*" id="([^"]+)"([^>]*)>', html)
    return {key for key, rest in found if not rest.rstrip().endswith("hidden")}


def lines(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("path", PAGES)
async def test_no_name_becomes_an_element_and_every_address_stays_here(
    web: httpx.AsyncClient, path: str
) -> None:
    response = await web.get(path)
    page = Page(response.text)
    assert response.status_code == (404 if "none" in path else 200)
    assert "unsafe" not in response.headers["content-security-policy"]
    assert "img" not in {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    for tag, attrs in page.tags:
        assert tag != "script" or attrs["src"].startswith("/static/")
        for name in ("href", "src", "action"):
            if name in attrs and not re.match(r"[/#](?!/)", attrs[name]):
                assert attrs[name] in ("https://example.org/plan", "https://example.org/odd")
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    tags = [tag for tag, _ in page.tags]
    assert tags.count("main") == tags.count("h1") == 1


async def test_a_panorama_says_weak_missing_and_unknown_by_colour_letter_and_word(
    web: httpx.AsyncClient,
) -> None:
    html = (await web.get(f"/panorama?{AT}")).text
    assert letters(html) == {
        "cell-electronics-board": "recorded",
        "cell-electronics-foil": "missing",
        "cell-electronics-materials": "missing",
        "cell-electronics-panel": "unknown",
        "cell-electronics-phone": "weak",
    }
    text = re.sub(r"\s+", " ", Page(html).text)
    assert re.search(r"上游 1.*缺 ?缺 ?电子铜箔", text) and re.search(r"下游 1 弱 ?弱 ?智能手机", text)
    assert re.search(r"有 ?有记录·未定 ?印制电路板 ?2家 ?! ?依据互相矛盾", text)
    assert LINK in text
    assert "未知”不等于“缺" in text and "定位" in text


async def test_a_segment_stands_below_its_group_in_the_column_of_its_position(web: httpx.AsyncClient) -> None:
    html = (await web.get(f"/panorama?{AT}")).text
    upstream = html[html.index('id="pos-upstream"') : html.index('id="pos-midstream"')]
    assert list(letters(upstream)) == ["cell-electronics-materials", "cell-electronics-foil"]


async def test_a_card_holds_rule_facts_sources_firms_and_the_way_to_candidates(
    web: httpx.AsyncClient,
) -> None:
    html = (await web.get(f"/panorama?{AT}")).text
    start = html.index('id="cell-electronics-foil"')
    page = Page(html[start : html.index("</details>\n", html.index("</section>", start))])
    assert "本地没有铜箔" in page.text or MISSING in page.text
    assert "<code>status</code>" in html and "什么会改变这个判断" in page.text
    assert "/gaps/electronics/foil@360900" in page.attributes("a", "href")
    assert any(h.startswith("#source-") for h in page.attributes("a", "href"))
    assert "https://example.org/plan" in Page(html).attributes("a", "href")


async def test_the_filter_shows_the_cards_of_one_status_and_is_told_when_wrong(
    web: httpx.AsyncClient,
) -> None:
    assert shown((await web.get(f"/panorama?{AT}&status=weak")).text) == {"cell-electronics-phone"}
    assert len(shown((await web.get(f"/panorama?{AT}")).text)) == 5
    wrong = await web.get(f"/panorama?{AT}&status=bad")
    assert wrong.status_code == 422 and "missing" in Page(wrong.text).text


async def test_place_and_day_are_switched_and_the_day_is_kept(web: httpx.AsyncClient) -> None:
    page = await read(web, f"/panorama?{AT}&as_of=2024-06-30")
    options = {a["value"] for tag, a in page.tags if tag == "option"}
    assert {"place/360000", PLACE, "place/360902", "place/360600", "park/yc", CHAIN} <= options
    kept = [h for h in page.attributes("a", "href") if h.startswith(("/panorama", "/gaps", "/map"))]
    assert kept and all("as_of=2024-06-30" in h for h in kept)
    assert letters((await web.get(f"/panorama?{AT}&as_of=2020")).text)["cell-electronics-phone"] == "unknown"


async def test_what_is_said_of_the_whole_chain_is_shown_with_its_source(web: httpx.AsyncClient) -> None:
    html = (await web.get(f"/panorama?{AT}")).text
    section = html.partition('aria-labelledby="wide"')[2].partition("</section>")[0]
    (line,) = re.findall(r"<li>(.*?)</li>", section, re.DOTALL)
    assert "电子信息链条短" in line and 'href="#source-' in line
    below = (await web.get(f"/panorama?chain={CHAIN}&place=place/360902")).text
    assert "说的是上级地区" in below.partition('aria-labelledby="wide"')[2].partition("</section>")[0]


async def test_a_county_of_which_nothing_is_recorded_says_what_to_load(web: httpx.AsyncClient) -> None:
    html = (await web.get(f"/panorama?chain={CHAIN}&place=place/360600&as_of=2000")).text
    assert set(letters(html).values()) == {"unknown"}
    assert "没有本地的任何记载" in html and "lianpu load" in html


async def test_an_unknown_chain_or_place_is_told_with_what_is_near(web: httpx.AsyncClient) -> None:
    for path in (f"/panorama?chain=none&place={PLACE}", f"/gaps?chain={CHAIN}&place=宜秋市"):
        response = await web.get(path)
        assert response.status_code == 404 and "接下来可以" in response.text
    assert "宜春市" in response.text
    assert (await web.get(f"/panorama?{AT}&as_of=20240")).status_code == 422


async def test_the_gaps_are_ranked_filtered_sorted_and_explained(web: httpx.AsyncClient) -> None:
    def names(page: Page) -> list[str]:
        found = [h for h in page.attributes("a", "href") if re.match(r"/gaps/.*@", h)]
        return list(dict.fromkeys(re.findall(r"/([a-z]+)@", " ".join(found))))

    page = await read(web, f"/gaps?{AT}")
    ranked = names(page)
    assert set(ranked) >= {"foil", "phone"} and "panel" not in ranked
    assert "已知部分占权重" in page.text and "关键度" in page.text
    assert names(await read(web, f"/gaps?{AT}&status=weak")) == ["phone"]
    assert names(await read(web, f"/gaps?{AT}&sort=-rank")) == ranked[::-1]
    assert names(await read(web, f"/gaps?{AT}&sort=status"))[-1] == "phone"
    assert "没有缺口符合筛选" in (await read(web, f"/gaps?{AT}&q=查无")).text
    for wrong in ("sort=x", "status=x", "risk=x"):
        assert (await web.get(f"/gaps?{AT}&{wrong}")).status_code == 422
    sorts = [a["aria-sort"] for tag, a in page.tags if tag == "th" and "aria-sort" in a]
    assert sorts == ["ascending"]


async def test_gaps_are_chosen_before_the_table_is_cut(service: Service, ontology: Ontology) -> None:
    few = replace(service, limits=replace(service.limits, list_max=1))
    async with pages_client(few) as client:

        async def listed(more: str) -> tuple[list[str], str]:
            page = await read(client, f"/gaps?{AT}{more}")
            found = [h for h in page.attributes("a", "href") if re.match(r"/gaps/.*@", h)]
            said = re.findall(r"[^。]*(?:列出|个缺口)[^。]*", page.text)
            return list(dict.fromkeys(re.findall(r"/([a-z]+)@", " ".join(found)))), " ".join(said)

        gaps = (await service.gaps.gaps(PLACE, chain=CHAIN)).items
        first, last = gaps[0].cell.segment.id, gaps[-1].cell.segment.id
        assert len(gaps) > 1
        names, said = await listed("")
        assert names == [first.rsplit("/", 1)[1]]
        assert f"列出 1 个，共 {len(gaps)} 个缺口" in said
        assert (await listed("&sort=-rank"))[0] == [last.rsplit("/", 1)[1]]
        assert (await listed("&status=weak"))[0] == ["phone"]


def test_what_is_counted_of_a_table_is_told(service: Service, ontology: Ontology) -> None:
    def told(shown: int, fits: int, looked: int, total: int) -> str:
        bare: Any = Gap.model_construct
        listed: Any = GapList.model_construct
        gap = bare(id="x", rank=1)
        found = listed(items=[gap] * looked, total=total)
        return GapTable(found, [gap] * fits, [gap] * shown, {}).counted(Show(ontology, "zh"))

    assert told(3, 3, 3, 3) == "3 个缺口"
    assert told(2, 2, 3, 3) == told(2, 3, 3, 3) == "列出 2 个，共 3 个缺口"
    assert "前 2 个" in told(2, 3, 4, 4)
    assert {*re.findall(r"\d+", told(2, 3, 4, 4))} == {"2", "3", "4"}
    assert {*re.findall(r"\d+", told(2, 3, 4, 5))} == {"2", "3", "4", "5"}


async def test_a_place_without_gaps_is_not_said_to_have_none(web: httpx.AsyncClient) -> None:
    page = await read(web, f"/gaps?chain={CHAIN}&place=place/360600")
    assert "不等于没有缺口" in page.text
    assert any("tab=worklist" in h for h in page.attributes("a", "href"))


async def test_the_gaps_as_csv_have_the_table_s_figures_and_no_formula(web: httpx.AsyncClient) -> None:
    response = await web.get(f"/gaps.csv?{AT}&sort=-rank")
    assert "gaps-electronics-360900.csv" in response.headers["content-disposition"]
    found = {line["环节"]: line for line in lines(response.text)}
    listed = (await web.get(f"/api/v1/gaps?{AT}", headers={"Accept": "application/json"})).json()
    by_name = {gap["cell"]["segment"]["caption"]: gap for gap in listed["items"]}
    assert set(found) == set(by_name)
    for name, gap in by_name.items():
        assert found[name]["排名"] == str(gap["rank"]) and found[name]["缺口编号"] == gap["id"]
        assert float(found[name]["优先级"]) == round(gap["cell"]["priority"]["value"], 3)
    assert found["电子铜箔"]["现状"] == "缺" and "行动计划" in found["电子铜箔"]["来源"]
    cells = [cell for line in found.values() for cell in line.values()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


async def test_what_to_ask_is_listed_and_comes_as_a_sheet_to_fill(
    web: httpx.AsyncClient, ontology: Ontology
) -> None:
    page = await read(web, f"/gaps?tab=worklist&{AT}")
    assert "显示屏" in page.text and "问谁" in page.text
    asked = lines((await web.get(f"/gaps.csv?tab=worklist&{AT}")).text)
    assert "显示屏" in {line["环节"] for line in asked}
    assert {line["产业链"] for line in asked} == {"电子信息"}
    every = lines((await web.get(f"/gaps.csv?tab=worklist&place={PLACE}")).text)
    assert {line["产业链"] for line in every if line["环节"] == "显示屏"} == {"电子信息"}
    assert all(line["产业链"] for line in every)
    answer = await web.get(f"/gaps.csv?tab=sheet&{AT}")
    name = unquote(answer.headers["content-disposition"].partition("''")[2])
    assert name.endswith(".csv")
    assert class_of_table(name.removesuffix(".csv"), ontology) is ontology.entity("Coverage")
    sheet = lines(answer.text)
    labels = {p.label.zh for p in ontology.entity("Coverage").properties.values()}
    assert {"名称"} <= set(sheet[0]) & labels | {"名称"}
    assert PANEL in {value for line in sheet for value in line.values()}


async def test_a_gap_has_its_basis_and_candidates_with_their_parts(web: httpx.AsyncClient) -> None:
    page = await read(web, GAP)
    assert "/e/firm/foil" in page.attributes("a", "href")
    assert "区间" in page.text and "产品匹配" in page.text
    ranges = [a for tag, a in page.tags if tag == "input" and a.get("type") == "range"]
    assert {a["name"] for a in ranges} == {
        f"w_{p}" for p in ("product", "relation", "synergy", "expansion", "strength", "proximity")
    }
    other = await read(web, "/gaps/electronics/panel@360900")
    assert "不是有依据的缺口" in other.text


async def test_names_lead_to_the_page_of_the_id(web: httpx.AsyncClient) -> None:
    answer = await web.get("/gaps/电子铜箔@宜春市?order=low")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{GAP}?order=low")
    assert (await web.get(answer.headers["location"])).status_code == 200
    assert (await web.get("/gaps/电子铜薄@宜春市")).status_code == 404


async def test_groups_stand_apart_and_the_order_is_told(web: httpx.AsyncClient) -> None:
    text = (await read(web, GAP)).text
    assert text.index("外地企业") < text.index("本地企业可延伸")
    assert "居中分（没有记录的分项按一半计）" in text and "规则的默认值" in text
    assert "最低分" in (await read(web, f"{GAP}?order=low")).text
    assert "所给的" in (await read(web, f"{GAP}?w_product=1")).text


async def test_weights_are_asked_again_kept_and_refused_when_wrong(web: httpx.AsyncClient) -> None:
    alone = "&".join(f"w_{p}=0" for p in ("relation", "synergy", "expansion", "strength", "proximity"))
    page = await read(web, f"{GAP}?w_product=1&{alone}")
    values = {a["name"]: float(a["value"]) for t, a in page.tags if t == "input" and a.get("type") == "range"}
    assert values["w_product"] == 1.0 and values["w_strength"] == 0.0
    assert "已知部分占权重 100%" in page.text
    for wrong in (f"w_product=0&{alone}", "w_product=-1", "w_product=x", "w_bogus=1", "order=x", "origin=x"):
        assert (await web.get(f"{GAP}?{wrong}")).status_code == 422, wrong


async def test_why_not_a_firm_is_answered_by_its_name(web: httpx.AsyncClient) -> None:
    page = await read(web, f"{GAP}?why=鹰潭铜箔")
    assert "/e/firm/foil" in page.attributes("a", "href") and "#1" in page.text
    assert (await web.get(f"{GAP}?why=查无此企业名")).status_code == 404


async def test_a_name_of_several_firms_is_refused_with_their_names(web: httpx.AsyncClient) -> None:
    several = (
        await web.get("/api/v1/search?q=有限公司&cls=Firm", headers={"Accept": "application/json"})
    ).json()
    ids = [hit["id"] for hit in several["hits"]["items"]]
    assert len(ids) > 1
    answer = await web.get(f"{GAP}?why=有限公司")
    assert answer.status_code == 409
    assert (await web.get(f"{GAP}?why=鹰潭铜箔有限公司")).status_code == 200
    assert all(key in Page(answer.text).text for key in ids)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gaps/nonsense", 422),
        ("/gaps/electronics/none@360900", 404),
        ("/gaps/electronics/foil@999999", 404),
        (f"/map?chain={CHAIN}&segment=none", 404),
        (f"/map?chain={CHAIN}&level=town", 422),
        (f"/map?chain={CHAIN}&counted=all", 422),
        (f"/gaps?chain={CHAIN}&place=", 404),
    ],
)
async def test_what_is_none_is_told(web: httpx.AsyncClient, path: str, status: int) -> None:
    response = await web.get(path)
    assert response.status_code == status and "接下来可以" in response.text


async def test_the_map_shows_a_segment_by_city_and_by_county(web: httpx.AsyncClient) -> None:
    html = (await web.get(f"/map?chain={CHAIN}&segment={BOARD}")).text
    assert html.count("<polygon") == 100
    said = re.findall(r'aria-label="([^"：]+)：([^，"]+)，(\d+) 家企业"', html)
    assert len(said) == 11
    assert {(p, s, n) for p, s, n in said if s != "未知"} == {("宜春市", "有记录·未定", "2")}
    counties = (await web.get(f"/map?chain={CHAIN}&segment={BOARD}&level=county")).text
    assert len(re.findall(r'<a href="[^"]*" aria-label="[^"]+：未知，0 家企业"', counties)) == 100
    assert "不是行政边界" in counties


async def test_the_map_of_a_chain_counts_segments(web: httpx.AsyncClient) -> None:
    said = {}
    for counted in ("at_work", "missing", "weak", "strong"):
        html = (await web.get(f"/map?chain={CHAIN}&counted={counted}")).text
        said[counted] = {p: int(n) for p, n in re.findall(r'aria-label="([^"：]+)：(\d+) 个', html)}
    assert {k: v["宜春市"] for k, v in said.items()} == {"at_work": 1, "missing": 1, "weak": 1, "strong": 0}
    assert said["at_work"]["鹰潭市"] == 1 and sum(said["at_work"].values()) == 2


async def test_all_of_it_in_english(web: httpx.AsyncClient) -> None:
    for path, word in (
        (f"/panorama?{AT}&lang=en", "Upstream"),
        (f"/gaps?{AT}&lang=en", "Priority"),
        (f"{GAP}?lang=en", "Candidates"),
        (f"/map?chain={CHAIN}&lang=en", "Yingtan"),
        (f"/gaps?tab=worklist&{AT}&lang=en", "What to ask"),
    ):
        page = await read(web, path)
        assert page.attributes("html", "lang") == ["en"] and word in page.text, path


async def test_home_and_chain_lead_to_the_panorama(web: httpx.AsyncClient) -> None:
    for path in ("/", f"/chain/{CHAIN}"):
        links = (await read(web, path)).attributes("a", "href")
        assert {f"/panorama?chain={CHAIN}", f"/gaps?chain={CHAIN}", f"/map?chain={CHAIN}"} <= set(links)
    path = f"/targets?chain={CHAIN}"
    assert path in (await read(web, "/")).attributes("a", "href")
    assert (await web.get(path)).status_code == 200


async def test_a_chain_that_is_none_is_told_with_near_ones_by_page_and_api(web: httpx.AsyncClient) -> None:
    page = await web.get("/panorama", params={"chain": "电子信惜", "place": PLACE})
    answer = await web.get("/api/v1/chains/电子信惜/panorama", params={"place": PLACE})
    assert (page.status_code, answer.status_code) == (404, 404)
    assert "chain/electronics" in page.text
    assert answer.json()["extra"]["expected"] == ["chain/electronics"]
    assert "chain/electronics" in answer.json()["extra"]["near"][0]
