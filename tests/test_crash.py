"""kill -9 of the application in mid-apply, at many moments, on the engine under test.

At the next start the load is finished: the graph is whole and equal to what the truth store projects.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.apply import bring_up_to_date, is_current
from graph.digest import digest_of, digest_of_graph
from graph.engine import EngineConfig
from graph.ontology import load_ontology
from graph.projection import project
from graph.store import Store
from graph.stored import stored_members
from graph.truth import TruthStore
from tests.support.folders import SMALL, write_folder

ROOT = Path(__file__).parents[1]
#: Batches that each load has written when its process is killed.
MOMENTS = [0, 1, 2, 7, 13, 21, 30]


def big(number: int, word: str) -> dict[str, list[dict[str, str]]]:
    """``SMALL`` with ``number`` more firms, each supplying the next; ``word`` is in every name."""
    firms = [
        {"id": f"firm/f{i}", "name": f"{word}{i}", "place": "place/360900", "sources": "source/a"}
        for i in range(number)
    ]
    supplies = [{"from": f"firm/f{i}", "to": f"firm/f{i + 1}", "what": word} for i in range(number - 1)]
    return {**SMALL, "firms": [*SMALL["firms"], *firms], "supplies": supplies}


def killed_load(config: EngineConfig, truth_file: Path, folder: Path, batches: int) -> None:
    fields = {
        "home": str(config.home), "neo4j_uri": config.neo4j_uri, "neo4j_user": config.neo4j_user,
        "neo4j_password": config.neo4j_password,
    }  # fmt: skip
    command = [
        sys.executable, "-m", "tests.support.apply_in_process", json.dumps(fields), str(truth_file),
        str(folder), "20",
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(batches + 1):
            assert " of " in process.stdout.readline()
        process.kill()


@pytest.mark.timeout(240)
async def test_killed_loads_are_finished(store: Store, engine_config: EngineConfig, tmp_path: Path) -> None:
    ontology = load_ontology()
    truth_file = tmp_path / "truth.sqlite"
    for turn, moment in enumerate(MOMENTS):
        word = "甲" if turn % 2 else "乙"
        folder = write_folder(tmp_path / str(turn) / "big", big(150 + 10 * turn, word))
        killed_load(engine_config, truth_file, folder, moment)
        truth = TruthStore(truth_file)
        assert truth.revision == turn + 1
        meta = await store.meta(expected_store_id=truth.store_id)
        assert moment == 0 or (meta is not None and meta.state == "applying")
        async with store.writing("test", 60):
            await bring_up_to_date(store, truth, ontology)
        assert await is_current(store, truth, ontology)
        stored = digest_of([m async for m in stored_members(store)])
        wanted = digest_of_graph(project(truth.current(), truth.decisions(), ontology))
        assert stored.as_json() == wanted.as_json()
        truth.close()
