"""Journeys through panorama, gaps and map in a browser: panel, keys, filter, sliders, narrow screens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from api import Service
from graph.engine import EngineConfig
from graph.ontology import Ontology
from tests.support.applications import served
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, Tab, browser
from tests.support.gap_pages import AT, GAP, PAGES, facts
from tests.support.pages_sample import sample_service

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
Journey = Callable[[Tab, str], None]


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
async def site(service: Service) -> AsyncIterator[str]:
    """The address of a server over the sample, on a free loopback port."""
    async with served(service) as address:
        yield address


async def go(journey: Journey, site: str) -> None:
    """Take a journey in a thread; the console must stay silent and nothing be fetched from elsewhere."""

    def travel() -> None:
        with browser() as tab:
            journey(tab, site)
            assert tab.complaints() == []
            assert all(url.startswith((site, "data:", "about:")) for url in tab.requests())

    await asyncio.to_thread(travel)


async def test_a_card_opens_beside_the_board_by_click_and_by_keys(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(f"{site}/panorama?{AT}", width=1400)
        tab.run("document.querySelector('#cell-electronics-board summary').click()")
        tab.wait("document.getElementById('detail-title').textContent === '印制电路板'")
        assert tab.run("document.activeElement.id") == "detail-title"
        assert tab.run("location.hash") == "#cell-electronics-board"
        assert not tab.run("document.getElementById('cell-electronics-board').open")
        tab.key("Escape")
        assert tab.run("document.getElementById('detail').hidden")
        tab.wait("document.activeElement.parentElement.id === 'cell-electronics-board'")
        tab.key("ArrowLeft")
        assert tab.run("document.activeElement.parentElement.id").startswith("cell-electronics-")
        assert tab.run("document.activeElement.closest('.column').querySelector('h2').id") == "pos-upstream"
        tab.key("Enter")
        tab.run("document.activeElement.click()")
        tab.run("document.querySelector('[data-filter=weak]').click()")
        assert tab.run("[...document.querySelectorAll('.cell')].filter(c => !c.hidden).length") == 1
        assert tab.run("new URL(location.href).searchParams.get('status')") == "weak"
        tab.run("document.querySelector('[data-filter=weak]').click()")
        assert tab.run("[...document.querySelectorAll('.cell')].filter(c => !c.hidden).length") == 5

    await go(journey, site)


async def test_moving_a_weight_ranks_anew_without_leaving_the_page(site: str) -> None:
    def journey(tab: Tab, site: str) -> None:
        tab.open(site + GAP, width=1400)
        before = tab.run("document.querySelector('#candidate-list table').innerText")
        tab.run(
            "(s => { s.value = 0; s.dispatchEvent(new Event('input', {bubbles: true})); })"
            "(document.querySelector('[name=w_proximity]'))"
        )
        tab.wait("location.search.includes('w_proximity=0')")
        tab.wait("!document.querySelector('#candidate-list[aria-busy]')")
        assert tab.run("document.querySelector('#candidate-list table').innerText") != before
        assert tab.run("document.querySelector('[name=w_proximity]').value") == "0"

    await go(journey, site)


@pytest.mark.parametrize("width", [360, 768, 1400])
async def test_no_page_is_wider_than_its_screen_and_a_card_opens_in_place_on_a_narrow_one(
    site: str, width: int
) -> None:
    def journey(tab: Tab, site: str) -> None:
        for path in PAGES[:-1]:
            tab.open(site + path, width=width)
            assert tab.run("document.documentElement.scrollWidth") <= width, path
        if width < 1100:
            tab.open(f"{site}/panorama?{AT}", width=width)
            tab.run("document.querySelector('#cell-electronics-board summary').click()")
            assert tab.run("document.getElementById('cell-electronics-board').open")
            assert tab.run("document.documentElement.scrollWidth") <= width

    await go(journey, site)
