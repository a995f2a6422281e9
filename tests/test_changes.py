"""Plans of undos and decisions say what the projection does; what loads decided goes and comes with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.changes import brought, deciding, planned, taking_back, undoing
from graph.errors import BadInput, Busy
from graph.model import Graph, relation_id
from graph.ontology import Ontology, load_ontology
from graph.planned import Planned
from graph.planning import Change
from graph.projection import project
from graph.stubs import Stub
from graph.trees import tree_classes
from graph.truth import Merge, Newcomer, TruthStore
from ingest.load import commit_load, plan_load
from tests.support.folders import SMALL, write_folder

ONTOLOGY: Ontology = load_ontology()


@pytest.fixture
def truth(tmp_path: Path) -> Iterator[TruthStore]:
    store = TruthStore(tmp_path / "truth.sqlite")
    commit_load(plan_load(write_folder(tmp_path / "base", SMALL), store, ONTOLOGY), store)
    yield store
    store.close()


def load(truth: TruthStore, folder: Path, tables: dict[str, list[dict[str, str]]], *merges: Merge) -> int:
    """Load tables with merges, as if these had been found; the number of the load."""
    plan = plan_load(write_folder(folder, tables), truth, ONTOLOGY)
    what = Newcomer(plan.input.dataset, "", "", merges=merges)
    number = truth.commit_staged(plan.scratch, what).load
    assert number is not None
    return number


def graph(truth: TruthStore) -> Graph:
    return project(truth.current(), truth.decisions(), ONTOLOGY)


def plan_of(truth: TruthStore, change: Change) -> Planned:
    with truth.scratch() as scratch:
        return planned(truth, scratch, change, ONTOLOGY)


def difference(before: Graph, after: Graph) -> dict[str, set[str]]:
    """Keys by action, from the two graphs alone."""
    old, new = {**before.nodes, **before.relations}, {**after.nodes, **after.relations}
    return {
        "added": new.keys() - old.keys(),
        "removed": old.keys() - new.keys(),
        "changed": {key for key in old.keys() & new.keys() if old[key] != new[key]},
    }


def keys(plan: Planned) -> dict[str, set[str]]:
    return {action: set(some) for action, some in plan.keys.items()}


def test_merges_of_a_load_go_and_come_with_it_however_often(truth: TruthStore, tmp_path: Path) -> None:
    rows = {"firms": [{"id": "firm/eins", "name": "一号公司（宜春）"}]}
    number = load(truth, tmp_path / "again", rows, Merge("firm/one", "firm/eins", "same"))
    merged, graphs = graph(truth), []
    assert "firm/eins" not in merged.nodes
    for _ in range(4):  # undo, undo of the undo, and so on
        before, plan = graph(truth), plan_of(truth, undoing(truth, number))
        number = truth.undo(number).load or 0
        graphs.append(graph(truth))
        assert keys(plan) == difference(before, graphs[-1])
    without = graphs[0]
    assert graphs == [without, merged, without, merged]
    assert without != merged
    assert {d.undone_at is None for d in truth.decisions()} == {True}


def test_what_a_past_load_did_is_told_after_others_came(truth: TruthStore, tmp_path: Path) -> None:
    before = graph(truth)
    rows = {"firms": [{"id": "firm/p", "name": "甲"}]}
    number = load(truth, tmp_path / "past", rows)
    after = graph(truth)
    load(truth, tmp_path / "past", {"firms": [{"id": "firm/q", "name": "乙"}]})
    entry = next(one for one in truth.loads() if one.id == number)
    assert keys(plan_of(truth, brought(truth, entry))) == difference(before, after)


def test_a_relation_that_merges_moved_is_found_by_its_new_id(truth: TruthStore) -> None:
    truth.decide("merge", {"keep": "firm/one", "retire": "firm/two"}, reason="", user="t")
    rid = relation_id("OPERATES", "firm/one", "site/two-a")
    payload = {"key": rid}
    before, plan = graph(truth), plan_of(truth, deciding(truth, "suppress", payload))
    assert rid in before.relations
    number = truth.decide("suppress", payload, reason="", user="t")
    assert keys(plan) == difference(before, graph(truth))
    assert rid in plan.keys["removed"]
    back = plan_of(truth, taking_back(truth, number))
    assert rid in back.keys["added"]


def test_entities_left_without_a_name_are_told_with_who_names_them(truth: TruthStore, tmp_path: Path) -> None:
    number = load(truth, tmp_path / "seller", {"firms": [{"id": "firm/s", "name": "卖方公司"}]})
    load(truth, tmp_path / "buyer", {"supplies": [{"from": "firm/s", "to": "firm/one", "what": "盐"}]})
    assert plan_of(truth, undoing(truth, number)).stubs == (Stub("firm/s", "卖方公司", ("buyer",)),)
    suppress = plan_of(truth, deciding(truth, "suppress", {"key": "firm/two"}))
    assert [one.id for one in suppress.stubs] == ["firm/two"]


def test_decisions_are_settled_all_or_none(truth: TruthStore) -> None:
    merge = {"keep": "firm/one", "retire": "firm/two"}
    (number,) = truth.settle(make=[("merge", merge, "same")], user="t")
    with pytest.raises(BadInput):
        truth.settle(undo=[number], make=[("merge", {"keep": "firm/one"}, "")])
    assert [d.undone_at for d in truth.decisions()] == [None]
    with pytest.raises(Busy):
        truth.settle(undo=[number], planned_at=truth.revision - 1)
    pair = {"a": "firm/one", "b": "firm/two"}
    truth.settle(undo=[number], make=[("distinct", pair, "two")], planned_at=truth.revision)
    assert [(d.kind, d.undone_at is None) for d in truth.decisions()] == [
        ("merge", False),
        ("distinct", True),
    ]


def test_a_merge_goes_with_those_that_are_not_seen(truth: TruthStore) -> None:
    truth.decide("merge", {"keep": "firm/one", "retire": "firm/two"}, reason="", user="t", visibility=2)
    truth.set_clearance(0)
    assert truth.decisions() == []
    with pytest.raises(BadInput):
        truth.decide("merge", {"keep": "firm/two", "retire": "firm/one"}, reason="", user="t")
    truth.set_clearance(2)
    assert "firm/two" not in graph(truth).nodes


def segments(*within: tuple[str, str]) -> dict[str, list[dict[str, str]]]:
    """Segments and what each is part of."""
    rows = [{"id": f"segment/{a}", "name": a, "parent": f"segment/{b}" if b else ""} for a, b in within]
    return {"segments": rows}


def test_a_merge_that_closes_a_circle_in_a_tree_is_refused_with_its_path(
    truth: TruthStore, tmp_path: Path
) -> None:
    load(truth, tmp_path / "tree", segments(("a", ""), ("b", "a"), ("c", "b"), ("d", "c")))
    before = graph(truth)
    with pytest.raises(BadInput) as caught:  # d is then a, of which b is a part, of which c is, of which d is
        plan_of(truth, deciding(truth, "merge", {"keep": "segment/a", "retire": "segment/d"}))
    circle = ["segment/a", "segment/c", "segment/b", "segment/a"]
    assert caught.value.extra["relation"] == "PART_OF"
    assert caught.value.extra["path"] in (circle, circle[1:] + circle[1:2], circle[2:] + circle[1:3])
    assert " → ".join(caught.value.extra["path"]) in caught.value.detail
    assert graph(truth) == before
    for keep, retire in (("a", "b"), ("c", "b")):  # next to each other: what lay between is gone, no circle
        plan_of(truth, deciding(truth, "merge", {"keep": f"segment/{keep}", "retire": f"segment/{retire}"}))

    rid = relation_id("PART_OF", "segment/c", "segment/b")
    out = truth.decide("suppress", {"key": rid}, reason="", user="t")
    plan_of(truth, deciding(truth, "merge", {"keep": "segment/a", "retire": "segment/d"}))
    truth.decide("merge", {"keep": "segment/a", "retire": "segment/d"}, reason="", user="t")
    with pytest.raises(
        BadInput, match=r"segment/c → segment/b"
    ):  # the relation back, and there is the circle
        plan_of(truth, taking_back(truth, out))


def test_what_loads_merge_by_themselves_stands_in_no_tree() -> None:
    """Firms and their sites: so no load makes a merge that closes a circle."""
    ends = {end for name in tree_classes(ONTOLOGY) for end in ONTOLOGY.relations[name].source}
    assert ends
    assert ends.isdisjoint({"Firm", "Site"})


def test_a_load_that_closes_a_circle_over_a_merge_is_refused(truth: TruthStore, tmp_path: Path) -> None:
    load(truth, tmp_path / "tree", segments(("a", ""), ("b", "a"), ("d", "")))
    truth.decide("merge", {"keep": "segment/b", "retire": "segment/d"}, reason="", user="t")
    more = {"part_of": [{"from": "segment/a", "to": "segment/d"}]}
    (fault,) = plan_load(write_folder(tmp_path / "more", more), truth, ONTOLOGY).faults
    assert (fault.file, fault.row) == ("part_of.csv", 2)
    assert {"segment/a", "segment/b"} <= set(fault.found.split(" → "))
