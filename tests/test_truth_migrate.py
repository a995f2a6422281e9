"""A data directory that an older program made is brought up to date when it is opened, and says so once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.digest import digest_of_graph
from graph.facts import Assertion
from graph.ontology import load_ontology
from graph.projection import project
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from tests.conftest import ON_NEO4J
from tests.support.folders import SMALL, write_folder
from tests.support.program import Program

SCRIPT = Path(__file__).parent / "data" / "truth_format_1.sql"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "truth.sqlite")) as db:
        db.executescript(SCRIPT.read_text(encoding="utf-8"))
    return home


def stated(store: TruthStore) -> set[tuple[str, bytes]]:
    def one(a: Assertion) -> tuple[str, bytes]:
        return a.key, a.statement_hash()

    return {one(a) for a in store.current()}


def test_the_facts_are_the_same_and_the_former_file_is_kept(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "truth.sqlite")) as db:
        rows = db.execute("SELECT count(*) FROM assertion WHERE to_version IS NULL").fetchone()[0]
        keys = {key for (key,) in db.execute("SELECT key FROM assertion")}
        before = {
            (store_id, revision) for store_id, revision in db.execute("SELECT store_id, revision FROM state")
        }
    store = TruthStore(home / "truth.sqlite")
    try:
        assert store.migrated is not None
        assert {a.key for a in store.current()} == keys
        assert len(list(store.current())) == rows
        assert {(store.store_id, store.revision)} == before
        assert [(d.id, d.visibility, d.load) for d in store.decisions()] == [
            (d.id, 0, None) for d in store.decisions()
        ]
        copy = store.migrated.copy
    finally:
        store.close()
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT schema_version FROM state").fetchone() == (1,)
    again = TruthStore(home / "truth.sqlite")
    assert again.migrated is None
    again.close()


def test_the_program_says_once_what_it_did_and_the_load_can_be_taken_back(home: Path, tmp_path: Path) -> None:
    if ON_NEO4J:
        pytest.skip("the database belongs to other tests")
    program = Program({"LIANPU_HOME": str(home), "LIANPU_LANG": "en"}, tmp_path)
    first = program("loads", "--json")
    assert "format 1" in first.err
    assert str(home / "truth-format-1.sqlite") in first.err.replace("\n", "")
    assert [(one["id"], one["kind"], one["dataset"]) for one in first.json["loads"]] == [(1, "load", "mine")]
    assert "format 1" not in program("loads").err
    done = program("undo", "1", "--yes", "--json")
    assert done.code == 0, done.out + done.err
    told = program("digest", "--json").json
    assert (told["equal"], told["engine"]["classes"].get("Firm", {"count": 0})["count"]) == (True, 0)
    assert program("undo", str(done.json["load"]), "--yes").code == 0
    assert program("show", "firm/one", "--json").code == 0


def test_an_older_store_and_a_new_one_of_the_same_tables_say_the_same(home: Path, tmp_path: Path) -> None:
    ontology = load_ontology()
    old, new = TruthStore(home / "truth.sqlite"), TruthStore(tmp_path / "new.sqlite")
    try:
        folder = write_folder(tmp_path / "mine", SMALL)
        commit_load(plan_load(folder, new, ontology), new)
        assert stated(old) == stated(new)
        digests = [digest_of_graph(project(s.current(), (), ontology)).as_json() for s in (old, new)]
        assert digests[0] == digests[1]
    finally:
        old.close()
        new.close()
