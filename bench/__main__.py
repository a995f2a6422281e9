"""``python -m bench``: measure, print a table, and write JSON with the machine's name."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.candidates import measure_candidates
from bench.coldstart import measure_cold_start
from bench.deliver import measure_deliver
from bench.gaps import measure_gaps
from bench.graphs import builtin_graph, ckg_graph
from bench.latency import measure_latency
from bench.machine import engine, machine
from bench.projection import measure_projection, measure_shape
from bench.shapes import shapes
from bench.verdicts import measure_verdicts

PARTS = ("projection", "shapes", "latency", "gaps", "verdicts", "candidates", "deliver", "coldstart")
#: The parts that ask questions of a graph of their own.
QUESTIONS = {
    "latency": measure_latency,
    "gaps": measure_gaps,
    "verdicts": measure_verdicts,
    "candidates": measure_candidates,
    "deliver": measure_deliver,
}


def main() -> int:
    """Run the parts asked for; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[], help="default: all")
    parser.add_argument("--engine", action="append", choices=("embedded", "neo4j"), help="default: both")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement; the best counts")
    parser.add_argument("--json", type=Path, help="file for the results")
    options = parser.parse_args()
    engines = options.engine or ["embedded", "neo4j"]
    results: dict[str, Any] = {"machine": machine()}
    for part in options.parts or PARTS:
        results[part] = _run(part, engines, options.rounds)
        _show(part, results[part])
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _run(part: str, engines: list[str], rounds: int) -> list[dict[str, Any]]:
    if part == "coldstart":
        return [measure_cold_start()]
    rows: list[dict[str, Any]] = []
    for name in engines:
        with engine(name) as config:
            if measure := QUESTIONS.get(part):
                rows += [{"engine": name, **row} for row in asyncio.run(measure(config, rounds))]
                continue
            if part == "shapes":
                for what, graph in shapes():
                    shape = asyncio.run(measure_shape(config, graph, rounds))
                    rows.append({"engine": name, "graph": what, **shape})
                continue
            for graph, what in ((builtin_graph(), "built-in data"), ckg_graph()):
                measured = asyncio.run(measure_projection(config, graph, rounds))
                rows.append({"engine": name, "graph": what, **measured})
    return rows


def _show(title: str, rows: list[dict[str, Any]]) -> None:
    table = Table(title=title)
    for column in rows[0]:
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
