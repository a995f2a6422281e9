"""Small parts of the pages: JSON inside HTML, words in two languages, assets, links of sources."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import viz
from graph.ontology import load_ontology
from graph.repository import SourceView
from viz.assets import VIS_SCRIPT, asset_path, assets
from viz.inline import PICTURE_SCRIPTS
from viz.jsonsafe import script_json
from viz.links import Links
from viz.picture.lines import family
from viz.picture.theme import DEFAULT_GLYPH, GLYPHS, glyph
from viz.show import Show
from viz.sources import SourceList, safe_url
from viz.standing import all_standings, standing
from viz.words import LANGS, catalogue, translator

ROOM = Path(viz.__file__).parent
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_json_in_a_script_keeps_its_value_and_cannot_end_the_element(value: object) -> None:
    text = script_json({"v": value})
    assert json.loads(text) == {"v": value}
    assert not set(text) & set("<>&\u2028\u2029")


def test_json_in_a_script_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(ValueError, match="JSON"):
        script_json({"v": float("nan")})


def test_every_word_of_the_templates_and_code_is_in_the_catalogue_and_the_other_way_round() -> None:
    files = [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")]
    text = "\n".join(f.read_text(encoding="utf-8") for f in files)
    direct = set(re.findall(r"""\bt\(\s*["']([a-z]+\.[a-z0-9_]+)["'][,)]""", text))
    assert direct <= set(catalogue())
    begun = tuple(re.findall(r"""\bt\(\s*f?["']([a-z]+\.[a-z0-9_]*)(?:\{|["'] ~)""", text))
    scripts = "\n".join(f.read_text(encoding="utf-8") for f in ROOM.rglob("*.js"))
    by_script = {f"picture.{name}" for name in re.findall(r"words\.([a-z_]+)", scripts)}
    assert by_script <= set(catalogue())
    literal = {key for key in catalogue() if f'"{key.split(".")[1]}"' in text or f'"{key}"' in text}
    unused = {
        key
        for key in set(catalogue()) - direct - by_script - literal
        if not (begun and key.startswith(begun))
    }
    assert unused == set()


def test_both_languages_fill_the_same_places() -> None:
    for key, texts in catalogue().items():
        places = {lang: set(re.findall(r"\{(\w+)\}", text)) for lang, text in texts.items()}
        assert places["zh"] == places["en"], key


def test_an_unknown_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        translator("zh")("home.no_such_word")


@pytest.mark.parametrize("lang", LANGS)
def test_a_standing_has_a_symbol_and_a_word_of_its_own(lang: str) -> None:
    shown = all_standings(lang)  # type: ignore[arg-type]
    assert [s.code for s in shown] == ["verified", "unverified", "candidate"]
    assert len({s.mark for s in shown}) == len({s.word for s in shown}) == 3
    assert standing(None, "zh") is None and standing("something", "zh") is None


def test_every_class_has_a_glyph_that_the_script_can_draw() -> None:
    script = assets()["js/picture/glyphs.js"].text
    for name in {*GLYPHS.values(), DEFAULT_GLYPH}:
        assert re.search(rf"^    {name}: function", script, re.MULTILINE), name
    assert set(GLYPHS) <= set(load_ontology().entities)
    assert glyph("NoSuchClass") == DEFAULT_GLYPH


def test_every_relation_class_has_a_family_of_lines() -> None:
    families = {family(name) for name in load_ontology().relations}
    assert families == {"flow", "work", "capital", "answer", "project", "place", "other"}
    assert family("NO_SUCH_RELATION") == "other"


def test_vis_network_comes_from_the_installed_package_and_is_not_among_our_files() -> None:
    assert b"vis-network" in assets()[VIS_SCRIPT].content[:200]
    assert not list(ROOM.rglob("*vis-network*"))
    assert set(PICTURE_SCRIPTS) <= set(assets())


def test_an_address_of_an_asset_carries_its_digest() -> None:
    path, _, version = asset_path("css/base.css").partition("?v=")
    assert path == "/static/css/base.css"
    assert version == assets()["css/base.css"].digest
    with pytest.raises(KeyError):
        asset_path("css/none.css")


def test_own_scripts_and_styles_name_no_other_host() -> None:
    for name, asset in assets().items():
        if not name.startswith("vis/") and asset.media_type.startswith("text/"):
            assert not re.search(r"https?:|//[a-z]", asset.text.replace("/* ", "").replace("// ", "")), name


@pytest.mark.parametrize(
    ("link", "url", "shown"),
    [
        (True, "https://example.org/a", "https://example.org/a"),
        (False, "https://example.org/a", None),
        (True, None, None),
        (True, "javascript:alert(1)", None),
        (True, "data:text/html,x", None),
        (True, "https:///nowhere", None),
    ],
)
def test_a_source_is_linked_only_where_it_may_be(link: bool, url: str | None, shown: str | None) -> None:
    assert safe_url(SourceView(id="source/a", name="甲", link=link, url=url)) == shown


def test_sources_are_numbered_in_the_order_of_their_use_and_an_unknown_one_shows_its_id() -> None:
    known = {"source/b": SourceView(id="source/b", name="乙报", grade="B", date="2024-06")}
    sources = SourceList(Show(load_ontology(), "zh"), known)
    assert sources.numbers(["source/b", "source/a"]) == (0, 1)
    assert sources.numbers(["source/a"]) == (1,)
    views = sources.views()
    assert [(v.title, v.grade, v.date) for v in views] == [("乙报", "B", "2024年6月"), ("source/a", "", "")]


def test_links_stay_below_the_mount_path_and_quote_what_they_carry() -> None:
    links = Links("/lp")
    assert links.entity("firm/a b", after="x&y") == "/lp/e/firm/a%20b?after=x%26y"
    assert links.search("江铜") == "/lp/search?q=%E6%B1%9F%E9%93%9C"
    assert Links().home() == "/"


def test_every_route_of_the_pages_is_documented() -> None:
    docs = ROOM.parent / "docs" / "pages.md"
    if not docs.is_file():
        pytest.skip("the docs are not part of an installed package")
    told = docs.read_text(encoding="utf-8")
    source = "\n".join(f.read_text(encoding="utf-8") for f in (ROOM / "pages").glob("*.py"))
    routes = re.findall(r'@router\.get\(\s*"([^"]+)"', source)
    assert len(routes) == 22
    for route in routes:
        assert f"`{route.replace(':path', '')}`" in told, route
