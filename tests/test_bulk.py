"""The files of the bulk way: what a cell holds, what is refused, and that nothing half-made is left."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.bulk import BulkFiles, import_command, import_steps, write_bulk
from graph.engine.advice import EMBEDDED_NODES, EMBEDDED_RELATIONS, embedded_advice
from graph.errors import BadInput, OntologyError
from graph.model import Node, Relation
from graph.store_meta import MetaState

STAMP = MetaState("store", 7, "whole", 9, "mark")


def firm(slug: str, **props: Any) -> Node:
    key = f"firm/{slug}"
    return Node(key, "Firm", {"id": key, "cls": "Firm", "caption": slug, **props})


def write(folder: Path, *members: Node | Relation) -> BulkFiles:
    return write_bulk(members, folder, STAMP)


def table(folder: Path, name: str) -> tuple[list[str], list[list[str]]]:
    headings = (folder / f"{name}.header.csv").read_text(encoding="utf-8").rstrip("\n").split(",")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return headings, list(csv.reader(handle))


def options(folder: Path) -> list[str]:
    return (folder / "import.args").read_text(encoding="utf-8").splitlines()


def test_headings_are_typed_by_the_values_and_cells_hold_them(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = write(
        out,
        firm("a", share=0.1, order=-5, listed=True, aliases=["甲", "乙,丙"]),
        firm("b", note='say "hi"', listed=False),
        Relation("r1", "OWNS", "firm/a", "firm/b", {"rid": "r1", "share_value": 1e-07}),
    )
    assert (done.nodes, done.relations) == ({"Firm": 2}, {"OWNS": 1})
    headings, rows = table(out, "nodes-Firm")
    assert headings == [
        "id:ID", "cls:string", "caption:string", "share:double", "order:long", "listed:boolean",
        "aliases:string[]", "note:string",
    ]  # fmt: skip
    assert rows == [
        ["firm/a", "Firm", "a", "0.1", "-5", "true", "甲\x1f乙,丙"],
        ["firm/b", "Firm", "b", "", "", "false", "", 'say "hi"'],
    ]
    headings, rows = table(out, "relations-OWNS")
    assert headings == [":START_ID", ":END_ID", "rid:string", "share_value:double"]
    assert rows == [["firm/a", "firm/b", "r1", "1e-07"]]
    headings, rows = table(out, "LianpuMeta")
    assert dict(zip(headings, rows[0], strict=True)) == {
        "id:ID": "meta", "store_id:string": "store", "revision:long": "7", "state:string": "whole",
        "schema:long": "9", "token:string": "mark",
    }  # fmt: skip


def test_the_empty_text_is_told_from_the_unknown(tmp_path: Path) -> None:
    write(tmp_path / "out", firm("a", note="", name="甲"), firm("b", name="乙"))
    lines = (tmp_path / "out" / "nodes-Firm.csv").read_bytes().decode().split("\r\n")
    assert lines == ['"firm/a","Firm","a","","甲"', "firm/b,Firm,b,,乙", ""]


def test_only_files_with_line_breaks_are_read_in_the_slow_way(tmp_path: Path) -> None:
    place = Node("place/x", "Place", {"id": "place/x", "cls": "Place", "caption": "一\n二"})
    write(tmp_path / "out", firm("a"), place)
    assert f"--multiline-fields={tmp_path / 'out' / 'nodes-Place.csv'}" in options(tmp_path / "out")
    write(tmp_path / "flat", firm("a"))
    assert not [line for line in options(tmp_path / "flat") if "multiline" in line]
    write(tmp_path / "return", firm("a", note="一\r二"))
    assert [line for line in options(tmp_path / "return") if "multiline" in line]


@pytest.mark.parametrize(
    "props",
    [
        {"order": 2**63},
        {"aliases": []},
        {"aliases": [""]},
        {"aliases": ["a\x1fb"]},
        {"note": {"a": 1}},
        {"note": None},
        {"order": 1.0},
        {"listed": 1},
    ],
)
def test_what_the_import_would_change_is_refused(tmp_path: Path, props: dict[str, Any]) -> None:
    with pytest.raises(OntologyError):
        write(tmp_path / "out", firm("a", order=1, listed=True), firm("b", **props))
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    def members() -> Iterator[Node]:
        yield firm("a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_bulk(members(), tmp_path / "out", STAMP)
    assert list(tmp_path.iterdir()) == []


def test_folders_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "full", tmp_path / "full" / "x", tmp_path / "no" / "out", tmp_path / "a,b"):
        with pytest.raises(BadInput):
            write(folder, firm("a"))
    assert (tmp_path / "full" / "x").read_text(encoding="utf-8") == "mine"
    (tmp_path / "there").mkdir()
    assert write(tmp_path / "there", firm("a")).nodes == {"Firm": 1}


def test_more_members_than_a_piece_and_progress(tmp_path: Path) -> None:
    seen: list[int] = []
    members = (firm(str(i), **({"late": i} if i > 11_000 else {})) for i in range(12_001))
    write_bulk(members, tmp_path / "out", STAMP, progress=seen.append)
    _, rows = table(tmp_path / "out", "nodes-Firm")
    assert [row[0] for row in rows] == [f"firm/{i}" for i in range(12_001)]
    assert (len(rows[0]), rows[-1][-1]) == (3, "12000")
    assert seen == [5000, 10_000, 12_001]


def test_the_command_and_its_steps(tmp_path: Path) -> None:
    folder = Path("/srv/导 入")
    command = import_command(folder, "neo4j")
    assert command == ["bin/neo4j-admin", "database", "import", "full", "neo4j", "@/srv/导 入/import.args"]
    texts = [(step.zh, step.en, step.command) for step in import_steps(folder)]
    assert all(all(text) for text in texts)
    assert "'@/srv/导 入/import.args'" in texts[1][2]
    write_bulk([firm("a")], tmp_path / "out", STAMP, seen_as=folder)
    nodes = "--nodes=Entity:Firm=/srv/导 入/nodes-Firm.header.csv,/srv/导 入/nodes-Firm.csv"
    assert f'"{nodes}"' in options(tmp_path / "out")


def test_the_embedded_engine_warns_above_its_size() -> None:
    assert embedded_advice(EMBEDDED_NODES, EMBEDDED_RELATIONS) is None
    for size in ((EMBEDDED_NODES + 1, 0), (0, EMBEDDED_RELATIONS + 1)):
        advice = embedded_advice(*size)
        assert advice is not None
        assert "LIANPU_NEO4J_URI" in advice.text("zh")
        assert "lianpu bulk" in advice.text("en")
