"""The four pictures: what is drawn, that it is escaped and lettered, and that none fetches anything."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from rich.text import Text

from graph.gaps.signs import STATUS_SIGNS
from lianpu.render.gaps import signed
from tests.support.documents_sample import MARKUP, cell, content, field_line, lists, panorama
from viz.documents import bundle, write_documents
from viz.documents.pictures import png
from viz.documents.pictures.fields import applications_picture, technologies_picture
from viz.documents.pictures.frame import LOOKS
from viz.documents.pictures.panorama import panorama_picture
from viz.documents.pictures.regions import regions_picture
from viz.documents.pictures.svg import width_of, wrapped
from viz.verdicts import mark

_SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """The texts of a drawing, which has to be well-formed."""
    return [e.text or "" for e in elements(svg, "text")]


def elements(svg: str, name: str) -> list[Element]:
    return list(fromstring(svg).iter(_SVG + name))


@pytest.mark.parametrize("draw", bundle.PICTURES.values(), ids=list(bundle.PICTURES))
def test_a_picture_is_a3_has_its_day_and_needs_nothing_from_elsewhere(draw: bundle.Draw) -> None:
    svg = draw(content())
    root = fromstring(svg)
    assert root.tag == _SVG + "svg"
    assert root.get("width") == "420mm"
    width, height = (float(v) for v in str(root.get("viewBox")).split()[2:])
    assert (width, float(str(root.get("height")).removesuffix("mm"))) == (1680, height / 4)
    assert "截至 2026-11-24" in texts(svg)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|<script|<image|<foreignObject|style=|href", svg)


def test_the_panorama_letters_every_leaf_and_tells_its_counts() -> None:
    svg = panorama_picture(content())
    told = texts(svg)
    assert {"电解液", "电芯", "材料", "上游", "中游"} <= set(told)
    assert {"电解液", MARKUP, "电芯"} <= {e.text for e in elements(svg, "title")}
    assert "&lt;b&gt;某&amp;环节&lt;/b&gt;" in svg
    assert "1家 · 外" in told
    assert "最细一级环节 3 个：弱 1，有记录·未定 1，未知（不等于没有） 1" in told
    badges = [e.text for e in elements(svg, "text") if e.get("fill") == "#ffffff" and len(e.text or "") == 1]
    assert {letter: badges.count(letter) - 1 for letter in "强弱缺有?"} == dict(
        zip("强弱缺有?", (0, 1, 0, 1, 1), strict=True)
    )  # one of each in the legend


def test_one_sign_stands_for_a_verdict_on_pages_terminals_and_pictures() -> None:
    assert {status: look.letter for status, look in LOOKS.items()} == {
        "strong": "强", "weak": "弱", "missing": "缺", "recorded": "有", "unknown": "?",
        "partly_unknown": "部",
    }  # fmt: skip
    for status, look in LOOKS.items():
        assert mark("status", status, "zh").letter == look.letter
        assert look.letter in Text.from_markup(signed(status)).plain
        assert mark("status", status, "en").letter == STATUS_SIGNS[status].en


def test_words_in_latin_letters_are_not_broken() -> None:
    assert wrapped("LED显示与Mini/Micro LED显示屏", 140, 16.5, 2) == ["LED显示与Mini/", "Micro LED显示屏"]
    assert wrapped("电池管理系统(BMS)", 110, 16.5, 2) == ["电池管理系统", "(BMS)"]
    assert wrapped("Antidisestablishment", 60, 16.5, 9)[0] != "Antidisestablishment"


def test_many_segments_make_the_page_higher_not_the_boxes_smaller() -> None:
    many = [cell(f"s{n}", f"环节{n}", "unknown") for n in range(400)]
    svg = panorama_picture(content(panorama=panorama(*many)))
    told = set(texts(svg))
    assert {f"环节{n}" for n in range(400)} <= told
    root = fromstring(svg)
    height = float(str(root.get("viewBox")).split()[3])
    assert height > 1188
    ends = [float(e.get("y", 0)) + float(e.get("height", 0)) for e in elements(svg, "rect")]
    assert max(ends) <= height


def test_without_records_the_fields_say_so_and_how_to_add_them() -> None:
    for draw, table in (
        (applications_picture, "applications.csv"),
        (technologies_picture, "technologies.csv"),
    ):
        told = " ".join(texts(draw(content())))
        assert "没有可画的记录" in told
        assert table in told
        assert "lianpu load" in told
        assert "segment/x/electrolyte" in told
        assert elements(draw(content()), "path") == []


def test_fields_are_drawn_from_their_records_alone() -> None:
    known = lists(
        applications=[field_line("application/ev", "电动车", "electrolyte", "cell")],
        technologies=[field_line("technology/t", "固态", "cell")],
    )
    given = content(lists=known)
    for draw, name, lines in ((applications_picture, "电动车", 2), (technologies_picture, "固态", 1)):
        svg = draw(given)
        told = set(texts(svg))
        assert name in told
        assert "电芯" in told
        assert MARKUP not in told
        assert len(elements(svg, "path")) == lines


def test_regions_count_each_place_and_what_is_not_lower() -> None:
    svg = regions_picture(content())
    told = texts(svg)
    assert {"某区", "未落到下级"} <= set(told)
    assert len(elements(svg, "circle")) == 1
    empty = content(panorama=content().panorama.model_copy(update={"below": []}))
    assert "某市没有记录下级地区，1 家企业无从分到各地；名单见工作簿《重点企业清单》" in texts(
        regions_picture(empty)
    )
    without = content(lists=lists(points=[]))
    assert elements(regions_picture(without), "circle") == []


def test_the_page_of_all_pictures_lets_nothing_run_or_load(tmp_path: Path) -> None:
    write_documents(tmp_path, content())
    html = (tmp_path / "图集.html").read_text("utf-8")
    assert html.count("<svg") == 4
    assert "default-src 'none'" in unescape(html)
    assert "<script" not in html
    assert not re.search(r"""(src|href)=["'](?!#)""", html)
    assert MARKUP not in html


def test_a_png_is_a3_at_150_dots_and_a_machine_without_fonts_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = png.png_of(panorama_picture(content()))
    assert drawn.startswith(b"\x89PNG")
    assert png.png_size(drawn) == (2480, 1754)
    monkeypatch.setattr(bundle, "has_chinese", lambda: False)
    made = write_documents(tmp_path, content())
    assert not [name for name in made.files if name.endswith(".png")]
    assert len([name for name in made.files if name.endswith(".svg")]) == 4
    assert "没有含中文的字体" in made.notes[0]


def test_fonts_are_found_by_what_they_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    render = png.svg_to_bytes
    monkeypatch.setattr(png, "svg_to_bytes", lambda **given: render(skip_system_fonts=True, **given))
    png.has_chinese.cache_clear()
    try:
        assert png.has_chinese() is False
    finally:
        png.has_chinese.cache_clear()


def test_texts_are_broken_to_fit() -> None:
    lines = wrapped("锂离子电池电芯、模组与系统", 80, 16, 3)
    assert "".join(lines) == "锂离子电池电芯、模组与系统"
    assert all(width_of(line.rstrip("、"), 16) <= 80 for line in lines)
    assert not any(line.startswith("、") for line in lines)
    (cut,) = wrapped("锂离子电池电芯", 64, 16, 1)
    assert cut.endswith("…")
    assert width_of(cut, 16) <= 64
