"""A process that loads a folder and applies it, for tests that kill it.

It prints a line when the load stands in the truth store, and one after each batch written to the graph.

Arguments: JSON of EngineConfig's fields, the truth store's file, the folder, rows a batch.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import graph.apply
from graph.engine import EngineConfig
from graph.ontology import load_ontology
from graph.store import open_store
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load


def _say(done: int, total: int) -> None:
    sys.stdout.write(f"{done} of {total}\n")
    sys.stdout.flush()


async def main(config: EngineConfig, truth_file: Path, folder: Path) -> None:
    ontology = load_ontology()
    truth = TruthStore(truth_file)
    plan = plan_load(folder, truth, ontology)
    async with open_store(config, ontology) as store, store.writing("test", 60):
        commit_load(plan, truth)
        _say(0, 0)
        await graph.apply.bring_up_to_date(
            store, truth, ontology, plan=plan.changes, scratch=plan.scratch, progress=_say
        )
    truth.close()


if __name__ == "__main__":
    fields = json.loads(sys.argv[1])
    graph.apply.BATCH = int(sys.argv[4])
    asyncio.run(
        main(EngineConfig(**{**fields, "home": Path(fields["home"])}), Path(sys.argv[2]), Path(sys.argv[3]))
    )
