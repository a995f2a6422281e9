"""A data directory that holds the small dataset ``base`` and nothing else, so that commands are quick."""

from __future__ import annotations

from pathlib import Path

from graph.ontology import load_ontology
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from lianpu.session import TRUTH_FILE
from tests.support.folders import SMALL, write_folder
from tests.support.program import Program

HOME = "home"


def small_home(folder: Path) -> Program:
    """The program with ``folder/home`` as its data directory, into which ``SMALL`` was loaded as ``base``."""
    truth = TruthStore(folder / HOME / TRUTH_FILE)
    try:
        commit_load(plan_load(write_folder(folder / "base", SMALL), truth, load_ontology()), truth)
    finally:
        truth.close()
    return Program({"LIANPU_HOME": str(folder / HOME)}, folder)


def load(program: Program, name: str, tables: dict[str, list[dict[str, str]]], *options: str) -> int:
    """Load tables as the dataset ``name``; the number of the load."""
    folder = write_folder(program.cwd / name, tables)
    told = program("load", str(folder), "--yes", "--json", *options)
    assert told.code == 0, told.out + told.err
    entries = program("loads", "--json").json["loads"]
    return int(entries[-1]["id"])
