"""``python -m bench.matching``: how fast a million firms are matched, and how well old names find new ones.

``LIANPU_ER`` names a folder with ``*.csv`` of renamed firms (code, name and full name before and after) and
``LIANPU_LISTED`` one with a table of listed firms, which are the distractors; without them only speed is
measured. Neither is part of the project.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.firm_names import firms, questions
from bench.machine import machine
from bench.renames import measure_renames
from ingest.match import Matcher, MatchIndex
from ingest.places import china


def main() -> int:
    """Run both measurements; exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--firms", type=int, default=1_000_000, help="0: leave speed out")
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--json", type=Path, help="file for the results")
    options = parser.parse_args()
    results: dict[str, Any] = {"machine": machine()}
    er, listed = os.environ.get("LIANPU_ER"), os.environ.get("LIANPU_LISTED")
    if er and listed:
        results |= measure_renames(Path(er), Path(listed))
    else:
        sys.stderr.write("LIANPU_ER and LIANPU_LISTED not set: old and new names are not compared\n")
    if options.firms:
        results["speed"] = [measure_speed(options.firms, options.rows)]
        results["answers"] = results["speed"][0].pop("answers")
    for title, rows in results.items():
        if isinstance(rows, list):
            _show(title, rows)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def measure_speed(count: int, rows: int) -> dict[str, Any]:
    """Seconds by the clock and of the processor, peak memory, and how ``rows`` questions were answered."""
    begun, worked = time.perf_counter(), time.process_time()
    for _ in firms(count):
        pass
    making, making_cpu = time.perf_counter() - begun, time.process_time() - worked
    begun, worked = time.perf_counter(), time.process_time()
    index = MatchIndex.build(firms(count), china())
    built, built_cpu = time.perf_counter() - begun - making, time.process_time() - worked - making_cpu
    step = max(1, count // rows)
    asked = list(questions([index.record(i) for i in range(0, count, step)][:rows]))
    matcher = Matcher(index)
    begun, worked = time.perf_counter(), time.process_time()
    answers = list(matcher.match_many(record for _, record in asked))
    matched, matched_cpu = time.perf_counter() - begun, time.process_time() - worked
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for (kind, _), number, answer in zip(asked, islice(range(0, count, step), rows), answers, strict=True):
        first = answer.candidates[0].id if answer.candidates else ""
        tally[kind][answer.kind] += 1
        tally[kind]["right firm first"] += first == f"firm/{number + 1}"
        tally[kind]["right firm listed"] += any(c.id == f"firm/{number + 1}" for c in answer.candidates)
    columns = ("same", "perhaps", "new", "right firm first", "right firm listed")
    return {
        "firms": count,
        "index_s": round(built, 1),
        "index_cpu_s": round(built_cpu, 1),
        "rows": len(asked),
        "match_s": round(matched, 1),
        "match_cpu_s": round(matched_cpu, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "answers": [{"question": k, **{c: tally[k][c] for c in columns}} for k in tally],
    }


def _show(title: str, rows: list[dict[str, Any]]) -> None:
    table = Table(title=title)
    for column in rows[0]:
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console(width=120).print(table)


if __name__ == "__main__":
    sys.exit(main())
