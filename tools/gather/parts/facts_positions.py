"""What parks, places and zones are meant for."""

from tools.gather.facts import carried, decided, parts
from tools.gather.gathered import Gathered
from tools.gather.tables import Tables


def build(tables: Tables, gathered: Gathered) -> None:
    """Add POSITIONED_FOR by positions.csv: every source of a decision towards every target."""
    for row, decision in decided(gathered, "positions.csv"):
        common = carried(gathered, row)
        for source in parts(decision["source"]):
            for target in parts(decision["target"]):
                tables.relate(
                    "positioned_for",
                    row,
                    source,
                    target,
                    role=decision["role"],
                    text=decision["text"],
                    **common,
                )
