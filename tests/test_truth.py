"""The truth store: versions, what is current, decisions, and a file that cannot be used."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, Busy, NotFound, TruthStoreError
from graph.facts import Assertion
from graph.truth import TruthStore
from tests.support.mounts import mounted, remount

ROOT = Path(__file__).parents[1]


def fact(key: str, name: str = "甲", row: int = 2) -> Assertion:
    return Assertion("d", "firms.csv", row, "Firm", key, props={"name": name}, sources=("source/a",))


@pytest.fixture
def truth(tmp_path: Path) -> Iterator[TruthStore]:
    store = TruthStore(tmp_path / "truth.sqlite")
    yield store
    store.close()


def current(truth: TruthStore) -> set[tuple[str, str]]:
    return {(a.key, a.props["name"]) for a in truth.current()}


def test_the_same_load_twice_changes_nothing(truth: TruthStore) -> None:
    first = truth.commit("d", "D", [fact("firm/a"), fact("firm/b")], "test")
    again = truth.commit("d", "D", [fact("firm/b"), fact("firm/a")], "test")
    assert (first.version, first.revision, first.begun, first.ended) == (1, 1, 2, 0)
    assert (again.version, again.revision, again.begun, again.ended) == (1, 1, 0, 0)


def test_a_row_that_only_moved_keeps_its_assertion_and_tells_its_new_line(truth: TruthStore) -> None:
    truth.commit("d", "D", [fact("firm/a", row=2)], "test")
    assert truth.commit("d", "D", [fact("firm/a", row=9)], "test").version == 1
    assert [a.row for a in truth.assertions_of("firm/a")] == [9]


def test_an_assertion_comes_back_as_it_was_given(truth: TruthStore) -> None:
    given_fact = Assertion(
        "d", "works_in.csv", 7, "WORKS_IN", "r1", "site/a", "segment/x", {"n": [1, 2.5, None, "字"]},
        ("source/a", "source/b"), "2024-06", "2023", "2026-07-01", "verified", 0.5, "注",
    )  # fmt: skip
    truth.commit("d", "D", [given_fact], "test")
    assert truth.assertions_of("r1") == [given_fact]


def test_the_facts_that_cite_a_source_come_page_by_page_each_once(truth: TruthStore) -> None:
    both = replace(fact("firm/c"), sources=("source/b", "source/a"))
    load = truth.commit(
        "d", "D", [fact("firm/b"), fact("firm/b", "乙", 3), both, fact("firm/a")], "test"
    ).load
    truth.commit("e", "E", [replace(fact("firm/d"), sources=("source/ab",))], "test")
    assert [(a.key, a.props["name"]) for a in truth.citing("source/a", limit=2)] == [
        ("firm/a", "甲"),
        ("firm/b", "甲"),
    ]
    assert [a.key for a in truth.citing("source/a", limit=2, after="firm/b")] == ["firm/c"]
    assert [a.key for a in truth.citing("source/b", limit=9)] == ["firm/c"]
    assert [truth.count_citing("source/a", cap=cap) for cap in (2, 9)] == [2, 3]
    assert load is not None
    truth.undo(load)
    assert (truth.citing("source/a", limit=9), truth.count_citing("source/a", cap=9)) == ([], 0)


def test_the_assertions_at_some_entities_are_theirs_and_their_relations(truth: TruthStore) -> None:
    rows = [replace(fact("r1"), cls="SUPPLIES", source="firm/a", target="firm/b", row=n) for n in (2,)]
    rows += [replace(fact("r2"), cls="SUPPLIES", source="firm/c", target="firm/a")]
    truth.commit("d", "D", [fact("firm/a"), fact("firm/b"), *rows], "test")
    assert {a.key for a in truth.assertions_at(["firm/a"])} == {"firm/a", "r1", "r2"}
    assert truth.assertions_at([]) == []


def test_datasets_stand_side_by_side(truth: TruthStore) -> None:
    truth.commit("d", "D", [fact("firm/a")], "test")
    truth.commit("e", "E", [fact("firm/b")], "test")
    assert current(truth) == {("firm/a", "甲"), ("firm/b", "甲")}
    assert {d["id"]: d["current_version"] for d in truth.datasets()} == {"d": 1, "e": 1}


def test_a_dataset_can_be_taken_out_and_put_back(truth: TruthStore) -> None:
    number = truth.commit("d", "D", [fact("firm/a")], "test").load
    for shown in (set(), {("firm/a", "甲")}, set()):  # an undo, its undo, and that one's
        assert number is not None
        number = truth.undo(number).load
        assert current(truth) == shown
    with pytest.raises(NotFound):
        truth.undo(99)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("甲乙"))).map(
                lambda s: ("load", frozenset(s))
            ),
            st.just(("back", frozenset())),
        ),
        max_size=8,
    )
)
def test_any_sequence_of_loads_and_undos_gives_what_a_stack_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, frozenset[tuple[str, str]]]]
) -> None:
    truth = TruthStore(tmp_path_factory.mktemp("t") / "truth.sqlite")
    stack: list[tuple[int | None, set[tuple[str, str]]]] = [(None, set())]
    for what, pairs in steps:
        if what == "load":
            wanted = {(f"firm/{key}", name) for key, name in pairs}
            load = truth.commit("d", "D", [fact(k, n) for k, n in sorted(wanted)], "test").load
            if load is not None:  # else it was loaded already
                stack.append((load, wanted))
        elif stack[-1][0] is not None:
            truth.undo(stack.pop()[0] or 0)
        assert current(truth) == stack[-1][1]
    truth.close()


def test_decisions_are_kept_with_user_and_can_be_undone_once(truth: TruthStore) -> None:
    number = truth.decide("suppress", {"key": "firm/a"}, reason="不实", user="office")
    assert [(d.kind, d.user, d.reason, d.undone_at) for d in truth.decisions()] == [
        ("suppress", "office", "不实", None)
    ]
    truth.settle(undo=[number], user="office")
    assert truth.decisions()[0].undone_at is not None
    with pytest.raises(BadInput, match="undone"):
        truth.settle(undo=[number], user="office")
    with pytest.raises(NotFound):
        truth.settle(undo=[99], user="office")
    assert truth.revision == 2


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("guess", {}),
        ("merge", {"keep": "firm/a"}),
        ("merge", {"keep": "firm/a", "retire": "firm/a"}),
        ("merge", {"keep": "park/a", "retire": "firm/a"}),
        ("suppress", {"key": ["firm/a"]}),
    ],
)
def test_a_decision_out_of_form_is_refused(truth: TruthStore, kind: str, payload: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        truth.decide(kind, payload, reason="", user="u")
    assert truth.revision == 0


def test_merges_that_would_stop_every_projection_are_refused(truth: TruthStore) -> None:
    def merge(retire: str, keep: str) -> int:
        return truth.decide("merge", {"keep": keep, "retire": retire}, reason="", user="u")

    first = merge("firm/a", "firm/b")
    merge("firm/b", "firm/c")
    for retire, keep in [("firm/c", "firm/a"), ("firm/c", "firm/b"), ("firm/a", "firm/d")]:
        with pytest.raises(BadInput, match=retire):
            merge(retire, keep)
    assert truth.revision == 2
    truth.settle(undo=[first], user="u")
    merge("firm/a", "firm/d")


def test_what_was_planned_before_another_change_is_not_stored(truth: TruthStore) -> None:
    truth.commit("d", "D", [fact("firm/a")], "test")
    planned_at = truth.revision
    truth.commit("e", "E", [fact("firm/b")], "test")
    with pytest.raises(Busy, match="'d'"):
        truth.commit("d", "D", [fact("firm/c")], "test", planned_at=planned_at)
    assert current(truth) == {("firm/a", "甲"), ("firm/b", "甲")}
    assert truth.commit("d", "D", [fact("firm/a")], "test", planned_at=planned_at).begun == 0
    assert truth.commit("d", "D", [fact("firm/c")], "test", planned_at=truth.revision).begun == 1


def test_a_process_killed_within_a_commit_leaves_the_former_version(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    script = f"""
import os
from pathlib import Path
import sqlalchemy as sa
from graph.facts import Assertion
from graph.truth import TruthStore

def facts(name):
    return [Assertion("d", "f.csv", 2, "Firm", f"firm/n{{i}}", props={{"name": name}}) for i in range(3000)]

truth = TruthStore(Path({str(path)!r}))
truth.commit("d", "D", facts("甲"), "test")
sa.event.listen(sa.Engine, "commit", lambda _: os.abort())  # everything is written, nothing committed
truth.commit("d", "D", facts("乙"), "test")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode not in (0, 1), done.stderr
    truth = TruthStore(path)
    assert (truth.revision, {a.props["name"] for a in truth.current()}) == (1, {"甲"})
    assert truth.commit("d", "D", [fact("firm/a", "乙")], "test").revision == 2
    truth.close()


def test_opening_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    TruthStore(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        TruthStore(path).close()
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["a?b=c", "100%41", "a#b", "江西 数据"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "truth.sqlite"
    try:
        path.parent.mkdir()
    except OSError:
        pytest.skip("no such name on this system")
    TruthStore(path).close()
    assert path.is_file()


def test_another_programs_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE state (note TEXT)")
        db.commit()
    before = path.read_bytes()
    with pytest.raises(TruthStoreError, match="not a Lianpu truth store"):
        TruthStore(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_damaged_file_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    truth = TruthStore(path)
    truth.commit("d", "D", [fact(f"firm/n{i}", "甲" * 200) for i in range(500)], "test")
    truth.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b"Z" * (len(content) - len(content) // 2))
    truth = TruthStore(path)
    with pytest.raises(TruthStoreError, match="damaged"):
        list(truth.current())
    truth.close()


def test_a_file_that_is_no_truth_store_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    path.write_bytes(b"not a database, but somebody's file" * 100)
    before = path.read_bytes()
    with pytest.raises(TruthStoreError, match="not a Lianpu truth store"):
        TruthStore(path)
    assert path.read_bytes() == before


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TruthStoreError, match="LIANPU_HOME"):
        TruthStore(tmp_path / "file" / "truth.sqlite")


def test_a_directory_that_became_read_only_is_told(tmp_path: Path) -> None:
    with mounted(tmp_path / "home", "size=4m") as home:
        truth = TruthStore(home / "truth.sqlite")
        truth.commit("d", "D", [fact("firm/a")], "test")
        truth.close()
        remount(home, "ro")
        with pytest.raises(TruthStoreError, match="writable"):
            TruthStore(home / "truth.sqlite").decide("suppress", {"key": "firm/a"}, reason="", user="u")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truth.sqlite"
    TruthStore(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE state SET schema_version = 999")
    db.close()
    with pytest.raises(TruthStoreError, match="newer"):
        TruthStore(path)


def test_a_full_disk_leaves_the_former_version(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="file size limits are a POSIX thing")
    path = tmp_path / "truth.sqlite"
    truth = TruthStore(path)
    truth.commit("d", "D", [fact("firm/a")], "test")
    truth.close()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    truth = TruthStore(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20_000, limit[1]))
    try:
        with pytest.raises(TruthStoreError, match="space on the disk"):
            truth.commit("d", "D", [fact(f"firm/n{i}", "乙" * 2000) for i in range(400)], "test")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert current(truth) == {("firm/a", "甲")}
    assert truth.revision == 1
    truth.close()
