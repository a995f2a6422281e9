"""The pages while nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import httpx

from api import create_app
from graph.engine import EngineConfig
from graph.ontology import Ontology
from tests.support.pages_sample import sample_service
from viz.pages import make_router


async def test_an_empty_graph_says_what_to_do_next(
    engine_config: EngineConfig, ontology: Ontology, tmp_path: Path
) -> None:
    async with sample_service(engine_config, ontology, tmp_path, []) as service:
        app = create_app(service, make_router(service))
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://127.0.0.1:8000",
            headers={"Accept": "text/html"},
        ) as web:
            home = await web.get("/")
            assert home.status_code == 200
            assert "图里还没有数据" in home.text and "lianpu load builtin" in home.text
            assert "没有找到" in (await web.get("/search?q=江铜")).text
            assert (await web.get("/chain/electronics")).status_code == 404
            for path in ("/panorama", "/gaps", "/gaps?tab=worklist", "/map", "/whatif"):
                page = await web.get(path)
                assert page.status_code == 404 and "lianpu load builtin" in page.text, path
            assert (await web.get("/gaps/new-energy/cell@360900")).status_code == 404
            targets = await web.get("/targets")
            assert targets.status_code == 200 and "lianpu target FIRM GAP" in targets.text
