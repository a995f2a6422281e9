"""Backups are whole, checked before anything changes, and bring facts and graph back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import Program
from tests.support.small import HOME, load

OTHER = {"firms": [{"id": "firm/late", "name": "后来公司"}]}


def test_a_backup_brings_facts_and_graph_back(alone: Program, tmp_path: Path) -> None:
    file = tmp_path / "saved.zip"
    before = alone("digest", "--json").json["engine"]
    made = alone("backup", str(file), "--json").json
    assert (made["datasets"], made["revision"]) == (1, 1)
    assert alone("backup", str(file), "--json").code == 1
    assert alone("backup", str(file), "--force", "--json").code == 0
    load(alone, "late", OTHER)
    assert alone("restore", str(file), "--json").code == 1  # there is something, and nobody to ask
    done = alone("restore", str(file), "--yes", "--json")
    assert done.code == 0, done.out + done.err
    told = alone("digest", "--json").json
    assert (told["equal"], told["engine"]) == (True, before)
    assert [d["id"] for d in alone("loads", "--json").json["datasets"]] == ["base"]

    kept = Path(done.json["kept"])
    assert kept.parent == tmp_path / HOME
    kept.rename(tmp_path / "kept.sqlite")
    empty = Program({"LIANPU_HOME": str(tmp_path / "empty")}, tmp_path)
    new = empty("restore", str(file), "--json")
    assert (new.code, new.json["kept"]) == (0, None)
    assert empty("digest", "--json").json["engine"] == before
    foreign = Program({"LIANPU_HOME": str(tmp_path / "empty")}, tmp_path)
    assert foreign("show", "firm/one", "--json").code == 0


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("photos.txt", "nothing of ours")


def _text(file: Path) -> None:
    file.write_text("no zip at all")


def _rewritten(file: Path, truth: Callable[[bytes], bytes], manifest: dict[str, object]) -> None:
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("manifest.json")) | manifest
        inside = truth(archive.read("truth.sqlite"))
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(told))
        archive.writestr("truth.sqlite", inside)


def _flipped(file: Path) -> None:
    _rewritten(file, lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:], {})


def _newer(file: Path) -> None:
    _rewritten(file, lambda raw: raw, {"truth_format": 99})


@pytest.fixture(scope="module")
def saved(small: Program) -> Path:
    file = small.cwd / "saved.zip"
    assert small("backup", str(file)).code == 0
    return file


@pytest.mark.parametrize("harm", [_cut, _foreign, _text, _flipped, _newer])
def test_what_is_no_whole_backup_changes_nothing(
    small: Program, saved: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(saved.read_bytes())
    harm(bad)
    truth = small.cwd / HOME / "truth.sqlite"
    before = truth.read_bytes()
    told = small("restore", str(bad), "--yes", "--json")
    assert (told.code, told.json["code"]) == (1, "bad-input")
    assert "bad.zip" in told.json["detail"]
    assert truth.read_bytes() == before
    assert sorted(truth.parent.glob("truth*.sqlite")) == [truth]


def test_a_place_that_cannot_be_written_is_named(small: Program, tmp_path: Path) -> None:
    told = small("backup", str(tmp_path / "nowhere" / "x.zip"), "--json")
    assert (told.code, told.json["code"]) == (1, "bad-input")
    assert "nowhere" in told.json["detail"]
