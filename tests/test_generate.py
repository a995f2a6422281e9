"""The generated dataset: counts, shape, the same for the same seed, and faults exactly where it says."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from stdnum.cn import uscc

from bench.generate import FAULTS_FILE, generate
from bench.generated.tables import Generated, Size
from graph.ontology import load_ontology
from graph.truth import TruthStore
from ingest.load import plan_load

SIZE = Size(firms=1500, relations=9000, faults=0.02)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@pytest.fixture(scope="module")
def done(folder: Path) -> Generated:
    return generate(folder, SIZE, seed=7)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_counts_are_those_asked_for(folder: Path, done: Generated) -> None:
    found = {path.name: len(rows(path)) for path in folder.glob("*.csv")}
    assert found == done.rows
    entities = {"sources.csv", "places.csv", "products.csv", "firms.csv"}
    relations = sum(count for name, count in found.items() if name not in entities)
    assert found["firms.csv"] == SIZE.firms
    assert relations + sum(1 for row in rows(folder / "firms.csv") if row["place"]) == SIZE.relations
    assert len(done.faults) == sum(
        round(count * SIZE.faults) for name, count in found.items() if name not in entities - {"firms.csv"}
    )


def test_hubs_repeated_pairs_and_names(folder: Path, done: Generated) -> None:
    supplies = rows(folder / "supplies.csv")
    assert max(Counter(row["to"] for row in supplies).values()) >= SIZE.relations // 25
    assert max(Counter((row["from"], row["to"]) for row in supplies).values()) >= 20
    assert max(Counter(row["to"] for row in rows(folder / "makes.csv")).values()) >= SIZE.relations // 25
    firms = rows(folder / "firms.csv")
    names = [row["name"] for row in firms]
    assert len(set(names)) == len(names)
    assert 9 <= sum(map(len, names)) / len(names) <= 18
    wrong = {fault.found for fault in done.faults if fault.kind == "wrong check character"}
    codes = [row["uscc"] for row in firms if row["uscc"]]
    assert len(set(codes)) == len(codes)
    assert {code for code in codes if not uscc.is_valid(code)} == wrong


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "same", SIZE, seed=7)
    generate(tmp_path / "other", SIZE, seed=8)
    names = sorted(path.name for path in folder.iterdir())
    assert [(tmp_path / "same" / n).read_bytes() for n in names] == [(folder / n).read_bytes() for n in names]
    assert (tmp_path / "other" / "firms.csv").read_bytes() != (folder / "firms.csv").read_bytes()


def test_the_reader_reports_exactly_the_faults_put_in(folder: Path, done: Generated, tmp_path: Path) -> None:
    put_in = {(f.file, f.row, f.found) for f in done.faults}
    listed = [json.loads(line) for line in (folder / FAULTS_FILE).read_text(encoding="utf-8").splitlines()]
    assert {(f["file"], f["row"], f["found"]) for f in listed} == put_in
    lines = {path.name: path.read_text(encoding="utf-8").split("\n") for path in folder.glob("*.csv")}
    reported: set[tuple[str, int, str]] = set()
    truth = TruthStore(tmp_path / "truth.sqlite")
    while faults := plan_load(_written(tmp_path / "tables", lines), truth, load_ontology()).faults:
        reported |= {(f.file, f.row, f.found) for f in faults}
        for fault in faults:  # a blank line keeps the numbers of the others
            assert lines[fault.file][fault.row - 1], fault
            lines[fault.file][fault.row - 1] = ""
    truth.close()
    assert reported == put_in


def _written(folder: Path, lines: dict[str, list[str]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in lines.items():
        (folder / name).write_text("\n".join(text), encoding="utf-8")
    return folder


def test_more_relations_than_there_can_be_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="different relations"):
        generate(tmp_path / "full", Size(firms=30, relations=20_000, faults=0), seed=1)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="not empty"):
        generate(tmp_path, SIZE, seed=1)
