"""Policies, plans, tasks, events, platforms, funds and single titles that gathered facts name."""

from tools.gather.facts import carried, cited, decided, row_key
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered
from tools.gather.tables import Tables

FILES = ("facts_policies.csv", "facts_platforms.csv", "facts_funds.csv", "facts_titles.csv")
_OWN = ("row", "found", "table")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add the rows that the decisions spell out, and drop the facts that fact_drops.csv leaves out.

    A decision gives the output table and its cells; a note stands in place of the gathered evidence. With
    an id alone it adds its sources to what is stated elsewhere.
    Raises GatherFault when a fact is both used and left out, or a reason is missing.
    """
    used = set()
    for file in FILES:
        for row, decision in decided(gathered, file):
            used.add(row_key(row))
            cells = {name: cell for name, cell in decision.items() if cell and name not in _OWN}
            alone = set(cells) == {"id"}
            common = cited(gathered, row) if alone else carried(gathered, row)
            tables.add(decision["table"], row, **(common | cells))
    _drop(tables, gathered, used)


def _drop(tables: Tables, gathered: Gathered, used: set[str]) -> None:
    for row, decision in decided(gathered, "fact_drops.csv"):
        if row_key(row) in used or not decision["reason"]:
            raise GatherFault(f"fact_drops.csv: {row_key(row)}: used elsewhere, or without a reason")
        tables.drop(row, decision["reason"])
