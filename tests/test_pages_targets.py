"""The target list as pages: entered from a gap, changed by a form, filtered, counted."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from graph.decisions import Decision
from graph.engine import EngineConfig
from graph.ontology import Ontology
from graph.store import Store
from graph.targets import Book, Entry, change_entry, entry_payload, names_of
from graph.targets.table import COLUMNS, target_rows
from graph.truth import TruthStore, schema
from lianpu.csv_out import print_csv
from tests.support.applications import Whole, pages_client, whole_application
from tests.support.gap_pages import GAP, facts
from tests.support.pages_sample import LINK, SCRIPT, sample_service
from tests.test_pages import Page
from viz.pages.target_entry import seen_values

FOIL_AT = GAP.removeprefix("/gaps/")
KEY = f"foil~{FOIL_AT}"
PAGE = f"/targets/{KEY}"


@pytest.fixture
async def whole(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Whole]:
    """The whole application, with its desk."""
    headers = {"Accept": "text/html", "Origin": "null", "Sec-Fetch-Site": "same-origin"}
    async with whole_application(store, ontology, tmp_path, facts(ontology), headers) as made:
        yield made


@pytest.fixture
def web(whole: Whole) -> httpx.AsyncClient:
    return whole.client


async def sent(
    web: httpx.AsyncClient, path: str, expected: int = 303, /, **fields: str
) -> tuple[httpx.Response, Page]:
    answer = await web.post(path, data=fields)
    assert answer.status_code == expected, answer.text[:3000]
    return answer, Page(answer.text)


async def filled(web: httpx.AsyncClient) -> dict[str, str]:
    """What the form of the entry holds, as a browser would send it."""
    html = (await web.get(PAGE)).text
    form = html[html.index('<form class="entry-form"') :].partition("</form>")[0]
    held = {a["name"]: a.get("value", "") for tag, a in Page(form).tags if tag == "input"}
    held |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)</textarea>', form))
    held["status"] = re.findall(r'<option value="([^"]+)" selected', form)[0]
    return held


def lane(html: str, status: str) -> Page:
    """The cards of one status."""
    return Page(html[html.index(f'id="lane-{status}"') :].partition("</section>")[0])


async def test_an_empty_list_says_how_to_enter_one(web: httpx.AsyncClient) -> None:
    page = Page((await web.get("/targets")).text)
    assert "还没有招商目标" in page.text and "lianpu target FIRM GAP" in page.text
    assert "/gaps" in page.attributes("a", "href") and "firm" in page.attributes("input", "name")


async def test_a_candidate_becomes_a_target_and_its_row_says_so(web: httpx.AsyncClient) -> None:
    html = (await web.get(GAP)).text
    (form,) = re.findall(r'<form class="enter[^>]*>.*?</form>', html, re.DOTALL)
    fields = {a["name"]: a["value"] for tag, a in Page(form).tags if tag == "input"}
    assert fields == {"firm": "firm/foil", "gap": FOIL_AT} and 'method="post"' in form
    answer, _ = await sent(web, "/targets", **fields)
    assert answer.headers["location"] == PAGE
    listed = Page((await web.get(GAP)).text)
    assert PAGE in listed.attributes("a", "href") and "已列为目标 · 线索" in listed.text
    assert not re.findall(r'<form class="enter', (await web.get(GAP)).text)
    again, _ = await sent(web, "/targets", firm="鹰潭铜箔有限公司", gap=FOIL_AT)
    assert again.headers["location"] == PAGE
    assert len(re.findall('class="target', (await web.get("/targets")).text.replace("target-name", ""))) == 1


async def test_an_entry_is_changed_by_its_form_and_tells_its_history(web: httpx.AsyncClient) -> None:
    await sent(web, "/targets", firm="firm/foil", gap=FOIL_AT)
    form = await filled(web)
    assert (form["version"], form["status"]) == ("d1", "lead")
    new = {"status": "talks", "due": "2024-05", "next_step": "去拜访\r\n再回访", "park": "宜春园区",
           "responsible": LINK, "contracted": "5亿元", "reason": "电话"}  # fmt: skip
    answer, _ = await sent(web, PAGE, **(form | new))
    html = (await web.get(answer.headers["location"])).text
    page = Page(html)
    assert LINK in page.text and "/e/park/yc" in page.attributes("a", "href") and "说明：电话" in page.text
    assert not any(a.get("href", "").startswith("javascript") for _, a in page.tags)
    assert "逾期" in page.text and re.search(r"线索\s*→ 在谈", page.text)
    kept = await filled(web)
    assert (kept["version"], kept["park"], kept["next_step"]) == ("d2", "宜春园区", "去拜访\n再回访")
    await sent(web, PAGE, 422, **kept)  # nothing was changed: said, not swallowed
    emptied, _ = await sent(web, PAGE, **(kept | {"park": "", "due": ""}))
    assert emptied.status_code == 303 and (await filled(web))["park"] == ""


async def test_a_second_hand_sees_the_first_and_keeps_what_was_typed(web: httpx.AsyncClient) -> None:
    await sent(web, "/targets", firm="firm/foil", gap=FOIL_AT)
    mine = theirs = await filled(web)
    await sent(web, PAGE, **(theirs | {"status": "talks", "responsible": "市商务局"}))
    answer, page = await sent(web, PAGE, 409, **(mine | {"responsible": "县招商局", "note": "我的备注"}))
    assert "别人改过" in page.text and re.search(r"责任单位/人 市商务局", page.text)
    html = answer.text
    assert 'name="responsible" maxlength="2000" value="县招商局"' in html and "我的备注" in html
    assert "现在是：市商务局" in page.text and 'value="talks" selected' in html  # what I had not touched
    assert 'name="version" value="d2"' in html
    await sent(web, PAGE, **(mine | {"version": "d2", "status": "talks", "responsible": "县招商局"}))
    held = await filled(web)
    assert (held["status"], held["responsible"]) == ("talks", "县招商局")


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"due": "下周<b>"}, 422, "下周<b>"),
        ({"arrived": "很多"}, 422, "实际进资"),
        ({"park": "查无园区"}, 404, "查无园区"),
        ({"park": "place/360900"}, 422, "place/360900"),
    ],
)
async def test_what_does_not_read_is_told_and_kept(
    web: httpx.AsyncClient, fields: dict[str, str], status: int, told: str
) -> None:
    await sent(web, "/targets", firm="firm/foil", gap=FOIL_AT)
    _, page = await sent(web, PAGE, status, **(await filled(web) | fields))
    assert "没有保存" in page.text and told in page.text
    (value,) = fields.values()
    assert value in page.attributes("input", "value")
    assert "b" not in {tag for tag, _ in page.tags}
    assert (await filled(web))["version"] == "d1"


async def test_what_cannot_be_entered_is_told_with_what_was_typed(web: httpx.AsyncClient) -> None:
    for firm, gap, status in (
        ("查无企业<i>", FOIL_AT, 404), ("firm/none", FOIL_AT, 404), ("place/360900", FOIL_AT, 422),
        ("firm/foil", "nonsense", 422), ("firm/foil", "electronics/none@360900", 404), ("", "", 404),
    ):  # fmt: skip
        _, page = await sent(web, "/targets", status, firm=firm, gap=gap)
        assert "没有列入" in page.text and "i" not in {tag for tag, _ in page.tags}
        assert {firm, gap} <= {*page.attributes("input", "value")}
    assert (await web.post("/targets", json={"firm": "firm/foil"})).status_code == 422
    assert (await web.post("/targets", data={"firm": "x" * 70_000})).status_code == 413
    assert (await web.get("/targets/none~x")).status_code == 404


async def test_a_form_of_another_page_changes_nothing(web: httpx.AsyncClient) -> None:
    for headers in (
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "none"},
    ):
        data = {"firm": "firm/foil", "gap": FOIL_AT}
        assert (await web.post("/targets", data=data, headers=headers)).status_code == 403
    assert "还没有招商目标" in (await web.get("/targets")).text


async def test_the_board_is_filtered_counted_and_downloaded(web: httpx.AsyncClient) -> None:
    for firm, new in (
        ("firm/foil", {"status": "signed", "due": "2024-01", "contracted": "5亿元", "arrived": "1亿元"}),
        ("firm/odd", {"status": "lost", "next_step": "=1+1"}),
        ("firm/href", {"due": "2099"}),
    ):
        made, _ = await sent(web, "/targets", firm=firm, gap=FOIL_AT)
        path = made.headers["location"]
        version = re.findall(r'name="version" value="(d\d+)"', (await web.get(path)).text)[0]
        await sent(web, path, version=version, **new)
    html = (await web.get("/targets?by=place")).text
    page = Page(html)
    assert "img" not in {tag for tag, _ in page.tags} and SCRIPT in page.text and LINK in page.text
    assert PAGE in lane(html, "signed").attributes("a", "href")
    assert "逾期" in lane(html, "signed").text and "逾期" not in lane(html, "lead").text
    assert SCRIPT in lane(html, "lost").text and "逾期 1 个" in page.text
    assert "/gaps/" + FOIL_AT in page.attributes("a", "href")
    row = re.sub(r"\s+", " ", page.text.partition("资金未能相加")[2]).strip()
    numbers = re.findall(r"<td class=\"number\">([^<]*)</td>", html)
    assert row.startswith("宜春市") and " ".join(numbers) == "3 3 1 1 1 0 0 0 0 0 1 5 1 0"
    overdue = Page((await web.get("/targets?overdue=1")).text)
    assert "鹰潭铜箔有限公司" in overdue.text and SCRIPT not in overdue.text
    assert "没有目标符合筛选" in (await web.get("/targets?chain=steel")).text
    assert (await web.get("/targets?status=x")).status_code == 422
    answer = await web.get("/targets.csv?chain=electronics")
    assert "targets-electronics.csv" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    by_firm = {line["企业"]: line for line in lines}
    signed = by_firm["鹰潭铜箔有限公司"]
    assert (signed["合同资金"], signed["实际进资"], signed["逾期"]) == ("5亿元", "1亿元", "逾期")
    assert by_firm[SCRIPT]["下一步"] == "'=1+1" and len(lines) == 3
    english = Page((await web.get("/targets?lang=en")).text)
    assert "Contracted" in english.text and "overdue" in english.text


async def test_a_purged_firm_keeps_its_name_says_so_and_can_be_changed(
    whole: Whole, ontology: Ontology
) -> None:
    await sent(whole.client, "/targets", firm="firm/foil", gap=FOIL_AT)
    ends = ("firm/foil", "site/foil")
    await whole.state(one for one in facts(ontology) if not {one.key, one.source, one.target} & {*ends})
    for path in ("/targets", PAGE):
        page = Page((await whole.client.get(path)).text)
        assert "鹰潭铜箔有限公司" in page.text and "已不在图里" in page.text, path
        assert "/e/firm/foil" not in page.attributes("a", "href")
    assert GAP in page.attributes("a", "href")
    await whole.state(())  # segment and place too: their gap has no page any more
    for path in ("/targets", PAGE):
        page = Page((await whole.client.get(path)).text)
        assert "电子铜箔" in page.text and GAP not in page.attributes("a", "href"), path
    form = await filled(whole.client)
    await sent(whole.client, PAGE, **(form | {"status": "lost", "note": "企业数据已清除", "reason": "注销"}))
    html = (await whole.client.get("/targets")).text
    assert "鹰潭铜箔有限公司" in lane(html, "lost").text
    (line,) = csv.DictReader(
        io.StringIO((await whole.client.get("/targets.csv")).text.removeprefix("\ufeff"))
    )
    assert (line["企业"], line["已不在案"], line["状态"]) == ("鹰潭铜箔有限公司", "企业、环节、地区", "流失")


async def test_a_signed_target_becomes_a_project_by_a_form_linked_on_both_sides(
    web: httpx.AsyncClient,
) -> None:
    await sent(web, "/targets", firm="firm/foil", gap=FOIL_AT, by="李某")
    assert f"{PAGE}/project" not in Page((await web.get(PAGE)).text).attributes("form", "action")
    await sent(web, f"{PAGE}/project", 422, version="d1")  # not signed yet
    await sent(web, PAGE, **(await filled(web) | {"status": "signed", "contracted": "5亿元"}))
    assert f"{PAGE}/project" in Page((await web.get(PAGE)).text).attributes("form", "action")
    _, page = await sent(web, f"{PAGE}/project", 409, version="d1", name="某项目<i>", by="张某")
    assert "别人改过" in page.text and "某项目<i>" in page.attributes("input", "value")
    await sent(web, f"{PAGE}/project", version="d2", name="铜箔项目", by="张某<b>")
    page = Page((await web.get(PAGE)).text)
    assert "b" not in {tag for tag, _ in page.tags} and "自报经办人：张某<b>" in page.text
    assert "自报经办人：李某" in page.text
    (link,) = [h for h in page.attributes("a", "href") if h.startswith("/e/project/")]
    assert f"{PAGE}/project" not in page.attributes("form", "action")
    project = Page((await web.get(link)).text)
    assert "铜箔项目" in project.text and PAGE in project.attributes("a", "href")
    assert PAGE not in Page((await web.get("/e/firm/foil")).text).attributes("a", "href")


async def test_times_are_those_of_the_office(whole: Whole, ontology: Ontology) -> None:
    """20:30 UTC of 31 December is 04:30 of 1 January in China."""
    truth = whole.session.truth
    await _enter(truth, ontology)
    with truth._file.writing() as db:
        db.execute(schema.decision.update().values(created_at="2025-12-31T20:30:00+00:00"))
    page = Page((await whole.client.get(PAGE)).text)
    assert "2026-01-01 04:30" in page.text and "2025-12-31" not in page.text
    assert (
        '<th scope="row">2026-01</th><td class="number">1</td>' in (await whole.client.get("/targets")).text
    )


async def test_both_csv_files_of_the_list_have_the_same_columns(whole: Whole, ontology: Ontology) -> None:
    await sent(whole.client, "/targets", firm="firm/foil", gap=FOIL_AT)
    book = Book(whole.session.truth.decisions()).all()
    names = await names_of(whole.session.repository, book)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        print_csv([c.text("zh") for c in COLUMNS.values()], target_rows(book, names, "2026-01-01", "zh"))
    page = (await whole.client.get("/targets.csv")).text.removeprefix("\ufeff").replace("\r\n", "\n")
    assert page == out.getvalue()


async def test_without_a_desk_there_is_no_form(
    engine_config: EngineConfig, ontology: Ontology, tmp_path: Path
) -> None:
    async with sample_service(engine_config, ontology, tmp_path, list(facts(ontology))) as service:
        await _enter(service.truth, ontology)
        async with pages_client(service) as web:
            for path in ("/targets", PAGE, GAP):
                page = Page((await web.get(path)).text)
                assert "post" not in page.attributes("form", "method"), path
            assert "只读" in (await web.get(PAGE)).text
            for path in ("/targets", PAGE, f"{PAGE}/project"):
                assert (await web.post(path, data={"firm": "firm/foil", "gap": FOIL_AT})).status_code == 400


async def _enter(truth: TruthStore, ontology: Ontology) -> None:
    entry = change_entry(Entry(firm="firm/foil", gap=FOIL_AT), {"status": "talks"}, ontology)
    truth.settle(make=[("target", entry_payload(entry), "why")])


def test_what_was_seen_at_a_version_is_told_from_the_history(ontology: Ontology) -> None:
    first = Entry(firm="firm/foil", gap=FOIL_AT)
    second = change_entry(first, {"status": "talks", "note": "n"}, ontology)
    third = change_entry(second, {"note": ""}, ontology)
    made = [
        Decision(
            n,
            "target",
            entry_payload(entry),
            "",
            "li",
            "2026-01-01T00:00:00",
            "2026-02-01" * (n == 2) or None,
        )
        for n, entry in enumerate((first, second, third), start=1)
    ]
    (target,) = Book(made).all()
    seen = [seen_values(target, version) for version in ("d1", "d2", "d3", "d9")]
    assert [None if s is None else (s["status"], s["note"]) for s in seen] == [
        ("lead", ""), ("talks", "n"), ("talks", ""), None,
    ]  # fmt: skip
