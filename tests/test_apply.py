"""Applying plans on the engine: equal digests, nothing twice, interrupted applies are finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import graph.apply
from graph.apply import bring_up_to_date, is_current
from graph.digest import digest_of_graph
from graph.errors import Busy, ForeignGraph
from graph.model import Graph
from graph.ontology import Ontology, load_ontology
from graph.store import Store
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from tests.support.folders import SMALL, with_rows, write_folder
from tests.support.graphs import stored_graph, wanted_graph

ONTOLOGY: Ontology = load_ontology()


@pytest.fixture
def truth(tmp_path: Path) -> Iterator[TruthStore]:
    store = TruthStore(tmp_path / "truth.sqlite")
    yield store
    store.close()


def projected(truth: TruthStore) -> Graph:
    return wanted_graph(truth, ONTOLOGY)


def load(truth: TruthStore, folder: Path) -> None:
    commit_load(plan_load(folder, truth, ONTOLOGY), truth)


async def test_the_engine_holds_what_the_projection_gives(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, write_folder(tmp_path / "small", SMALL))
    report = await bring_up_to_date(store, truth, ONTOLOGY)
    stored, wanted = await stored_graph(store), projected(truth)
    assert stored == wanted
    assert digest_of_graph(stored).as_json() == digest_of_graph(wanted).as_json()
    assert (report.action, report.written) == ("filled", len(wanted.nodes) + len(wanted.relations))


async def test_a_second_load_of_the_same_changes_nothing(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "small", SMALL)
    load(truth, folder)
    await bring_up_to_date(store, truth, ONTOLOGY)
    plan = plan_load(folder, truth, ONTOLOGY).as_json()
    assert {k: plan[k] for k in ("added", "changed", "removed", "rejected")} == {
        "added": [], "changed": [], "removed": [], "rejected": [],
    }  # fmt: skip
    load(truth, folder)
    assert (await bring_up_to_date(store, truth, ONTOLOGY)).action == "nothing"


async def test_a_changed_load_writes_only_its_changes_and_forgets_what_is_gone(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, write_folder(tmp_path / "a" / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    tables = with_rows("firms", {"id": "firm/three", "name": "三号", "place": "place/360000"})
    tables["works_in"] = tables["works_in"][:1]
    tables["chains"] = [{"id": "chain/x", "name": "改名"}]
    plan = plan_load(write_folder(tmp_path / "b" / "small", tables), truth, ONTOLOGY)
    commit_load(plan, truth)
    report = await bring_up_to_date(store, truth, ONTOLOGY, plan=plan.changes, scratch=plan.scratch)
    assert (report.action, report.written) == ("applied", len(plan.changes))
    assert await stored_graph(store) == projected(truth)
    assert {"firm/three", "site/three"} <= set(plan.as_json()["added"])
    assert "chain/x" in plan.as_json()["changed"]
    assert len(plan.as_json()["removed"]) == 1


def test_a_load_planned_before_another_is_not_stored(truth: TruthStore, tmp_path: Path) -> None:
    """What it refers to may be gone."""
    load(truth, write_folder(tmp_path / "small", SMALL))
    firm = {"id": "firm/three", "name": "三号", "place": "place/360900"}
    planned = plan_load(write_folder(tmp_path / "mine", {"firms": [firm]}), truth, ONTOLOGY)
    load(truth, write_folder(tmp_path / "b" / "small", {"places": SMALL["places"][:1]}))
    with pytest.raises(Busy, match="mine"):
        commit_load(planned, truth)
    assert plan_load(tmp_path / "mine", truth, ONTOLOGY).faults


async def test_taking_a_dataset_out_empties_the_graph_of_it(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, write_folder(tmp_path / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    truth.undo(truth.loads()[-1].id)
    assert not await is_current(store, truth, ONTOLOGY)
    assert (await bring_up_to_date(store, truth, ONTOLOGY)).action == "mended"
    assert await stored_graph(store) == Graph()
    assert await is_current(store, truth, ONTOLOGY)


@pytest.mark.parametrize("cut", [0, 1, 3, 7])
async def test_an_apply_cut_off_is_finished_at_the_next_start(
    store: Store, truth: TruthStore, tmp_path: Path, cut: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph.apply, "BATCH", 1)
    load(truth, write_folder(tmp_path / "a" / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    tables = with_rows("firms", {"id": "firm/three", "name": "三号", "place": "place/360000"})
    del tables["sites"]
    del tables["works_in"]
    load(truth, write_folder(tmp_path / "b" / "small", tables))
    written = 0

    class Cut(Exception):
        pass

    class Cutting:
        """The store, ending at the ``cut``-th write like a process that dies there."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        async def write(self, *args: object) -> None:
            nonlocal written
            if written == cut:
                raise Cut
            written += 1
            await store.write(*args)  # type: ignore[arg-type]

    with pytest.raises(Cut):
        await bring_up_to_date(Cutting(), truth, ONTOLOGY)  # type: ignore[arg-type]
    assert not await is_current(store, truth, ONTOLOGY)
    assert (await bring_up_to_date(store, truth, ONTOLOGY)).action == "mended"
    assert await stored_graph(store) == projected(truth)


async def test_a_graph_of_another_truth_is_refused_and_kept(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, write_folder(tmp_path / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    before = await stored_graph(store)
    stranger = TruthStore(tmp_path / "other.sqlite")
    load(
        stranger, write_folder(tmp_path / "b" / "small", with_rows("chains", {"id": "chain/y", "name": "别"}))
    )
    with pytest.raises(ForeignGraph):
        await bring_up_to_date(store, stranger, ONTOLOGY)
    stranger.close()
    assert await stored_graph(store) == before


_WORKS = "MATCH (a:Entity {id: 'site/one'})-[e:WORKS_IN]->(b:Entity {id: 'segment/x/cell'}) "
TAMPERED = {
    "other properties": ["MATCH (n:Entity {id: 'firm/one'}) SET n.name = 'x', n.extra = 1"],
    "a relation twice": [f"{_WORKS} CREATE (a)-[f:WORKS_IN]->(b) SET f = properties(e)"],
    "a relation of another type": [f"{_WORKS} CREATE (a)-[f:FILLS]->(b) SET f = properties(e) DELETE e"],
    "a relation that leads elsewhere": [
        f"{_WORKS} MATCH (c:Entity {{id: 'segment/x/salt'}}) "
        "CREATE (a)-[f:WORKS_IN]->(c) SET f = properties(e) DELETE e"
    ],
    "an entity of another class": [
        "MATCH (n:Entity {id: 'site/two-a'}) DETACH DELETE n",
        "CREATE (n:Park {id: 'site/two-a'}) SET n:Entity SET n.cls = 'Park'",
    ],
    "an entity and a relation too many": [
        "CREATE (n:Park {id: 'park/x'}) SET n:Entity SET n.cls = 'Park'",
        "MATCH (a:Entity {id: 'park/x'}) MATCH (b:Entity {id: 'chain/x'}) "
        "CREATE (a)-[:ABOUT {rid: 'r'}]->(b)",
    ],
}


@pytest.mark.parametrize("how", TAMPERED)
async def test_a_graph_that_was_tampered_with_is_told_by_its_digest_and_mended(
    store: Store, truth: TruthStore, tmp_path: Path, how: str
) -> None:
    load(truth, write_folder(tmp_path / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    wanted = digest_of_graph(projected(truth)).total
    for statement in TAMPERED[how]:
        await store.write([(statement, {})])
    assert digest_of_graph(await stored_graph(store)).total != wanted
    stamp = await store.meta()
    assert stamp is not None
    await store.set_meta(replace(stamp, state="applying"))
    assert (await bring_up_to_date(store, truth, ONTOLOGY)).action == "mended"
    assert digest_of_graph(await stored_graph(store)).total == wanted


async def test_a_graph_made_under_another_ontology_is_compared_and_mended(
    store: Store, truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, write_folder(tmp_path / "small", SMALL))
    await bring_up_to_date(store, truth, ONTOLOGY)
    firm = ONTOLOGY.entities["Firm"].model_copy(update={"caption": ("name",)})
    changed = replace(ONTOLOGY, entities={**ONTOLOGY.entities, "Firm": firm})
    assert not await is_current(store, truth, changed)
    assert (await bring_up_to_date(store, truth, changed)).action == "mended"
    assert await is_current(store, truth, changed)
