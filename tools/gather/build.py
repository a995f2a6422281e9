"""The whole run: parts and curated rows, decisions, union, checks."""

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path

from graph.ontology import load_ontology
from tools.gather import parts
from tools.gather.account import unused
from tools.gather.check import problems
from tools.gather.curated import add_curated
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered
from tools.gather.resolve import resolve
from tools.gather.schema import load_schema
from tools.gather.tables import Tables
from tools.gather.unite import unite

HERE = Path(__file__).parent


@dataclass
class Outcome:
    """`tables` as to be written; `united`: rows that went into others; `problems` forbid writing."""

    tables: Tables
    united: int
    problems: list[str]


def build(gathered: Gathered) -> Outcome:
    """Run every part and resolve the result. Raises GatherFault at the first faulty input."""
    ontology = load_ontology()
    tables = Tables(load_schema(ontology))
    for module in sorted(info.name for info in pkgutil.iter_modules(parts.__path__)):
        importlib.import_module(f"{parts.__name__}.{module}").build(tables, gathered)
    add_curated(tables, HERE / "curated")
    resolve(tables, gathered.decisions, gathered.raw_ids)
    grades = {row.cells["id"]: row.cells.get("grade", "") for row in tables.rows["sources"]}
    united = unite(tables, lambda source: grades.get(source, "Z"))
    found = list(problems(tables, ontology))
    found += [f"{row.origin}: neither used nor dropped" for row in unused(tables, gathered)]
    return Outcome(tables, united, found)


def write(outcome: Outcome, folder: Path) -> None:
    """Write the tables. Raises GatherFault when there are problems."""
    if outcome.problems:
        raise GatherFault(f"{len(outcome.problems)} problems, nothing written")
    outcome.tables.write(folder)
