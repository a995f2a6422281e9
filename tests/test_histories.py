"""Whatever is loaded, undone, edited, merged and split: the graph is what a naive model gives."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.apply import bring_up_to_date
from graph.members import projected
from graph.model import Graph
from graph.ontology import load_ontology
from graph.store import Store
from graph.truth import TruthStore, View
from tests.support.graphs import graph_of_members, stored_graph
from tests.support.histories import History, written

ONTOLOGY = load_ontology()


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 14))
def test_any_history_gives_the_graph_of_the_naive_model(random: Random, length: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        truth = TruthStore(Path(home) / "truth.sqlite")
        try:
            history, graph = History(truth, ONTOLOGY, random), Graph()
            for _ in range(length):
                name, plan, scratch = history.step()
                wanted = history.model.graph()
                if plan is not None:
                    counts = (plan.counts, len(plan))
                    before, graph = graph, written(graph, truth, scratch, ONTOLOGY)
                    assert counts == (_counted(before, wanted), sum(_counted(before, wanted).values())), name
                assert graph == wanted, name
                with truth.looking() as db:
                    whole = list(projected(View(db, decisions=truth.decisions()), ONTOLOGY))
                assert graph_of_members(whole) == wanted, name
        finally:
            truth.close()


def _counted(before: Graph, after: Graph) -> dict[str, int]:
    old, new = {**before.nodes, **before.relations}, {**after.nodes, **after.relations}
    return {
        "added": len(new.keys() - old.keys()),
        "changed": sum(1 for k in old.keys() & new.keys() if old[k] != new[k]),
        "removed": len(old.keys() - new.keys()),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_engine_follows_a_long_history(store: Store, tmp_path: Path, seed: int) -> None:
    truth = TruthStore(tmp_path / "truth.sqlite")
    history, random = History(truth, ONTOLOGY, Random(seed)), Random(seed)
    try:
        for turn in range(30):
            name, plan, scratch = history.step()
            if random.random() < 0.2:  # a writer that died before it wrote: the next one compares and mends
                continue
            await bring_up_to_date(store, truth, ONTOLOGY, plan=plan, scratch=scratch)
            assert await stored_graph(store) == history.model.graph(), (turn, name)
    finally:
        truth.close()
