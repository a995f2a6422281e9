"""The wheel holds all that the program needs, and runs where the source tree is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
#: What is no code and still has to be in the wheel: folder → endings.
CARRIED = {
    "data/jiangxi": (".csv",),
    "data/mappings": (".yml",),
    "cypher": (".cypher",),
    "graph/ontology": (".yml",),
    "graph/rules": (".yml", ".cypher"),
    "viz/templates": (".html",),
    "viz/static": (".css", ".js"),
    "viz/words": (".yml",),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source tree."""
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("lianpu-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed, without its dependencies (which are here already)."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


@pytest.mark.parametrize("folder", sorted(CARRIED))
def test_the_wheel_carries_every_file_of(folder: str, wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.suffix in CARRIED[folder]
    }
    assert wanted
    assert wanted <= inside


def test_the_wheel_holds_the_rooms_the_licences_and_nothing_else(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in inside}
    (info,) = {top for top in tops if top.endswith(".dist-info")}
    assert tops - {info} == {"lianpu", "graph", "ingest", "cypher", "api", "viz", "data"}
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/data/LICENSE"} <= set(inside)
    assert not [name for name in inside if "__pycache__" in name or name.endswith((".pyc", ".log"))]


def test_the_installed_wheel_reads_its_own_built_in_data(installed: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(installed), "LIANPU_HOME": str(tmp_path / "home")}
    where = subprocess.run(
        [sys.executable, "-c", "import lianpu, data; print(lianpu.__file__); print(data.__file__)"],
        cwd=tmp_path, env=environ, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert all(Path(line).is_relative_to(installed) for line in where)
    done = subprocess.run(
        [sys.executable, "-m", "lianpu", "load", "builtin", "--plan-only", "--json"],
        cwd=tmp_path, env=environ, check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    plan = json.loads(done.stdout)
    assert plan["rejected"] == []
    assert {"chain/electronics", "chain/furniture"} <= set(plan["added"])
