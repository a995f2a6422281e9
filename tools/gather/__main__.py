"""Command line: python -m tools.gather GATHERED_DIR [--out FOLDER] [--report FILE] [--despite-problems]."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tools.gather.build import HERE, Outcome, build, write
from tools.gather.csvfile import write_csv
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered

DEFAULT_OUT = HERE.parent.parent / "data" / "jiangxi"


def main() -> int:
    """Build and write the tables; 0 when all is well, 1 when the input or a decision is wrong."""
    parser = argparse.ArgumentParser(prog="tools.gather", description="Make the built-in tables.")
    parser.add_argument("gathered", type=Path, help="folder with the gathered folders")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, help="where the tables are written")
    parser.add_argument("--report", type=Path, help="CSV to write the dropped rows to")
    parser.add_argument("--despite-problems", action="store_true", help="write even with dangling references")
    options = parser.parse_args()
    try:
        outcome = build(Gathered(options.gathered))
        say(outcome)
        if options.despite_problems:
            outcome.problems.clear()
        write(outcome, options.out)
    except GatherFault as fault:
        sys.stderr.write(f"error: {fault}\n")
        return 1
    if options.report:
        drops = [vars(drop) for drop in sorted(outcome.tables.drops, key=lambda drop: drop.origin)]
        write_csv(options.report, ("origin", "what", "reason"), drops)
    return 0


def say(outcome: Outcome) -> None:
    """Print counts by table, drops by reason, and problems."""
    for name, rows in sorted(outcome.tables.rows.items()):
        if rows:
            sys.stdout.write(f"{name:28} {len(rows):6}\n")
    sys.stdout.write(f"{outcome.united} rows united, {len(outcome.tables.drops)} dropped\n")
    for reason, count in Counter(drop.reason for drop in outcome.tables.drops).most_common():
        sys.stdout.write(f"  {count:5} {reason}\n")
    for problem in outcome.problems:
        sys.stderr.write(f"{problem}\n")


if __name__ == "__main__":
    sys.exit(main())
