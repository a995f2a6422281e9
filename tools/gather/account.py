"""Every gathered row is used or dropped with a reason."""

from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.tables import Tables


def unused(tables: Tables, gathered: Gathered) -> list[GatheredRow]:
    """Gathered rows that are neither the origin of a row nor dropped."""
    used = {origin for _, row in tables.all_rows() for origin in row.origins}
    used.update(drop.origin for drop in tables.drops)
    return [row for row in gathered.all_rows() if row.origin not in used]
