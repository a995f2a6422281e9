"""Making the documents of an office: four real cases with the built-in data, as a whole and by part.

Each round reads everything anew, as the command does. The whole is asking and writing; how long program and
engine take to start is told by ``coldstart``. Goal: 10 s.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.graphs import builtin_graph
from graph.engine import EngineConfig
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology, load_ontology
from graph.search import LiveSearch, SearchIndex
from graph.store import MetaState, Store, open_store
from graph.write import write_changes
from viz.documents import gather, write_documents
from viz.documents.brief import write_brief
from viz.documents.bundle import PICTURES, sheets_of
from viz.documents.content import Content, Numbers
from viz.documents.pictures.png import has_chinese, png_of
from viz.documents.workbook import write_workbook

CASES: Final = (
    ("new-energy", "place/360900"),
    ("electronics", "place/360800"),
    ("nonferrous", "place/360600"),
    ("textile", "place/360731"),
)


async def measure_deliver(config: EngineConfig, rounds: int) -> list[dict[str, Any]]:
    """One row a case: the best seconds of the whole and of its parts, and how many gaps are told."""
    ontology = load_ontology()
    with TemporaryDirectory() as folder:
        async with open_store(config, ontology) as store:
            await _fill(store, ontology)
            search = LiveSearch(SearchIndex(Path(folder) / "search.sqlite", ontology, Limits()), store)
            await search.find("锂")  # the index is made once, not for each delivery
            return [await _best(partial(_case, store, search, case, Path(folder)), rounds) for case in CASES]


async def _fill(store: Store, ontology: Ontology) -> None:
    graph = builtin_graph()
    members: list[Node | Relation] = [*graph.nodes.values(), *graph.relations.values()]
    await store.bootstrap()
    await write_changes(store, ontology, members, len(members))
    await store.set_meta(MetaState("bench", 1, "whole", 1))


async def _best(measure: Callable[[], Awaitable[dict[str, Any]]], rounds: int) -> dict[str, Any]:
    """Of every time the least; the rest as in the last round."""
    made = [await measure() for _ in range(rounds)]
    times = {name for name in made[0] if name.endswith("_s")}
    return {n: min(one[n] for one in made) if n in times else value for n, value in made[-1].items()}


async def _case(store: Store, search: LiveSearch, case: tuple[str, str], folder: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    gaps = Gaps(store, load_ontology())
    content = await gather(gaps, *case, made_at="2026", revision=1, visibility="公开", search=search)
    asked = time.perf_counter() - begun
    spent = {"ask": asked, **_parts(content, folder)}
    spent["whole"] = asked + _timed(lambda: write_documents(folder, content))
    told = {f"{name}_s": round(value, 2) for name, value in spent.items()}
    return {"chain": content.chain, "place": content.place, "gaps": content.gaps.total, **told}


def _parts(content: Content, folder: Path) -> dict[str, float]:
    drawn: dict[str, str] = {}
    pngs: dict[str, bytes] = {}
    numbers = Numbers(content)
    return {
        "draw": _timed(lambda: drawn.update({name: draw(content) for name, draw in PICTURES.items()})),
        "png": _timed(lambda: pngs.update({n: png_of(drawn[n]) for n in drawn if has_chinese()})),
        "workbook": _timed(
            lambda: write_workbook(
                folder / "book.xlsx", content.title, content.as_of, sheets_of(content, numbers, [])
            )
        ),
        "docx": _timed(lambda: write_brief(folder / "brief.docx", content, numbers, pngs)),
    }


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
