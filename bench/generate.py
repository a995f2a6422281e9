"""``python -m bench.generate DIR``: a folder of Lianpu tables of any size, the same for the same seed.

Degrees are skewed (Zipf); one place, one product and some firms are hubs of up to a 25th of all relations;
some pairs of firms have up to 500 relations each; names are as long as registered names are. A share of the
rows has a fault; ``__faults.jsonl`` beside the tables lists each: file, row, column, what stands there, kind.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from bench.generated.tables import Generated, Size, write_tables

FAULTS_FILE = "__faults.jsonl"


def generate(folder: Path, size: Size, seed: int) -> Generated:
    """Write the tables and the list of their faults into ``folder``, which is made; returns what was written.

    Raises
    ------
    ValueError
        ``folder`` holds files already, or the size cannot be had.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ValueError(f"{folder} is not empty")
    done = write_tables(folder, size, seed)
    with (folder / FAULTS_FILE).open("w", encoding="utf-8") as file:
        for fault in done.faults:
            file.write(json.dumps(fault.as_json(), ensure_ascii=False) + "\n")
    return done


def main() -> int:
    """Generate, and print what was written as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--firms", type=int, default=1_000_000)
    parser.add_argument(
        "--relations", type=int, default=5_000_000, help="in all; one a firm is that to its place"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.001, help="share of faulty rows")
    options = parser.parse_args()
    begun = time.perf_counter()
    try:
        done = generate(options.folder, Size(options.firms, options.relations, options.faults), options.seed)
    except ValueError as error:
        parser.error(str(error))
    told = {"rows": done.rows, "relations": done.relations, "faults": len(done.faults)}
    print(json.dumps({**told, "seconds": round(time.perf_counter() - begun, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
