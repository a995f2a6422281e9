"""Journeys through the pages in a browser: picture, expansion, Back, keyboard, narrow screens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from graph.engine import EngineConfig
from graph.ontology import Ontology
from tests.support.applications import served
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, Tab, browser
from tests.support.pages_sample import FOCUS, PEERS, sample_service

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
READY = "document.querySelector('#picture.ready')"
SHOWN = "document.querySelectorAll('#list button').length"
Journey = Callable[[Tab, str], None]


@pytest.fixture(scope="module")
async def site(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """The address of a server over the sample, on a free loopback port."""
    folder = tmp_path_factory.mktemp("browser")
    async with sample_service(engine_config, ontology, folder) as service, served(service) as address:
        yield address


async def go(journey: Journey, site: str) -> None:
    """Take a journey in a thread, so that the server can answer meanwhile; the console must stay silent."""

    def travel() -> None:
        with browser() as tab:
            journey(tab, site)
            assert tab.complaints() == []
            assert all(url.startswith((site, "blob:", "data:", "about:")) for url in tab.requests())

    await asyncio.to_thread(travel)


async def test_expand_and_back(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/graph/{FOCUS}")
        tab.wait(READY)
        before = tab.run(SHOWN)
        tab.run("[...document.querySelectorAll('[data-open=\"firm/odd\"]')][0].click()")
        tab.wait("document.querySelector('#panel .expand-button')")
        more = (
            "[...document.querySelectorAll('#panel .expand-button')].find(b => b.textContent.includes('12'))"
        )
        tab.run(f"{more}.click()")
        tab.wait(f"{SHOWN} === {before + 10}")
        tab.run(f"{more}.click()")
        tab.wait(f"{SHOWN} === {before + PEERS}")
        tab.wait(f"!{more} || {more}.disabled")
        tab.run("document.getElementById('undo').click()")
        tab.wait(f"{SHOWN} === {before + 10}")
        tab.run("history.back()")
        tab.wait(f"{SHOWN} === {before}")
        tab.run("history.forward()")
        tab.wait(f"{SHOWN} === {before + 10}")
        tab.run("location.reload()")
        tab.wait(f"{READY} && {SHOWN} === {before + 10}")

    await go(journey, site)


#: Where a node stands in the viewport while the whole picture is shown: [x, y].
WHERE = """((id) => {
  const data = JSON.parse(document.getElementById('picture-data').textContent);
  const edge = (f, k, n) => f(...data.blocks.map(b => b[k] + (n ? b[n] : 0)));
  const left = edge(Math.min, 'left'), right = edge(Math.max, 'left', 'width');
  const top = edge(Math.min, 'top'), bottom = edge(Math.max, 'top', 'height');
  const box = document.getElementById('canvas').getBoundingClientRect();
  const scale = Math.min((box.width - 32) / (right - left), (box.height - 32) / (bottom - top), 1);
  const node = data.nodes.find(n => n.id === id);
  return [box.x + box.width / 2 + (node.x - (left + right) / 2) * scale,
          box.y + box.height / 2 + (node.y - (top + bottom) / 2) * scale];
})"""


async def test_double_click_offers_the_types_with_their_counts(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/graph/{FOCUS}")
        tab.wait(READY)
        tab.run("document.getElementById('zoom-fit').click()")
        x, y = tab.run(f"{WHERE}('firm/odd')")
        tab.click(x, y, times=2)
        tab.wait("!document.getElementById('expand-menu').hidden")
        offered = tab.run("document.getElementById('expand-menu').innerText")
        assert "哪种关系" in offered and "共 12，再展开十个" in offered and "龙头于" in offered
        assert tab.run("document.activeElement.className") == "expand-button"
        assert tab.run("document.getElementById('panel').hidden")
        tab.key("Escape")
        tab.wait("document.getElementById('expand-menu').hidden")
        tab.click(x, y)
        tab.wait("document.querySelector('#panel .sources')")

    await go(journey, site)


async def test_the_picture_by_keyboard_alone(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/graph/{FOCUS}")
        tab.wait(READY)
        tab.run("document.getElementById('list-filter').focus()")
        for key in "铜箔":
            tab.key(key)
        tab.wait(f"{SHOWN} === 1")
        tab.key("Enter")
        tab.wait("document.getElementById('panel-title')?.textContent === '电子铜箔'")
        assert tab.run("document.activeElement.id") == "panel-title"
        tab.key("Escape")
        assert tab.run("document.getElementById('panel').hidden")
        assert tab.run("document.activeElement.id") == "stage"
        tab.key("ArrowDown")
        assert "生产基地" in tab.run("document.getElementById('status').textContent")
        tab.key("Enter")
        tab.wait("document.getElementById('panel-title')?.textContent === '中心基地'")

    await go(journey, site)


async def test_search_suggests_while_typing(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/")
        tab.key("/")
        assert tab.run("document.activeElement.name") == "q"
        for key in "zxdlb":
            tab.key(key)
        tab.wait("document.querySelector('.suggestions li')")
        tab.key("ArrowDown")
        assert tab.run("document.querySelector('[aria-selected=true]').textContent").startswith("中心电路板")
        tab.key("Escape")
        tab.wait("document.querySelector('.suggestions').hidden")
        tab.key("ArrowDown")
        tab.key("Enter")
        tab.wait("location.pathname === '/search' && document.readyState === 'complete'")

    await go(journey, site)


async def test_show_more_keeps_the_page_and_its_source_numbers(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/e/firm/odd")
        peers = "document.querySelectorAll('#SUPPLIES-in li').length"
        assert tab.run(peers) == 10
        tab.run("document.querySelector('#SUPPLIES-in a[data-more]').click()")
        tab.wait(f"{peers} === {PEERS}")
        dangling = (
            "[...document.querySelectorAll('a.note-mark')].filter(a => !document.querySelector("
            "a.getAttribute('href'))).length"
        )
        assert tab.run(dangling) == 0
        assert tab.run("location.search") == ""

    await go(journey, site)


@pytest.mark.parametrize("width", [360, 768, 1440])
async def test_no_page_is_wider_than_its_screen(site: str, width: int) -> None:
    def journey(tab: Tab, site: str) -> None:
        for path in (
            "/",
            "/search?q=%E4%B8%AD",
            f"/e/{FOCUS}",
            "/e/firm/odd",
            "/chain/electronics",
            f"/graph/{FOCUS}",
        ):
            tab.open(site + path, width=width)
            assert tab.run("document.documentElement.scrollWidth") <= width, path

    await go(journey, site)
