"""Sites of firms whose name tells what kind of place they are: mines, works, research institutes."""

import re

from tools.gather.gathered import Gathered
from tools.gather.tables import Tables

_KINDS = (
    (re.compile(r"(?:铜矿|钨矿|铁矿|钽铌矿)(?:有限公司)?$"), "mine"),
    (re.compile(r"冶炼厂$|工厂$|基地(?:$|\()|生产基地"), "base"),
    (re.compile(r"研究所$|研究院"), "rnd"),
)


def build(tables: Tables, gathered: Gathered) -> None:
    """Add one site, where the firm is, for such a firm; all other firms get theirs from the reader."""
    for row in tables.rows["firms"]:
        kind = next((kind for name, kind in _KINDS if name.search(row.cells["name"])), None)
        if kind is None:
            continue
        carried = {
            column: row.cells.get(column) for column in ("place", "park", "sources", "standing", "seen_at")
        }
        tables.add(
            "sites",
            row.origins[0],
            id=f"site/{gathered.decisions.final(row.cells['id']).removeprefix('firm/')}",
            name=row.cells.get("short_name") or row.cells["name"],
            kind=kind,
            firm=row.cells["id"],
            **carried,
        )
