"""Products that segments and firms make."""

from tools.gather.firm_names import normal
from tools.gather.gathered import Gathered
from tools.gather.slugs import slugs
from tools.gather.tables import Tables
from tools.gather.trust import provenance


def build(tables: Tables, gathered: Gathered) -> None:
    """Add the products that segments list, once each; a firm makes one when it lists the very same name."""
    named = {normal(name) for row in gathered.rows("segments") for name in row.many("products")}
    ids = slugs("product", named)
    for row in gathered.rows("segments"):
        cited = provenance(gathered, row)
        for name in map(normal, row.many("products")):
            tables.add("products", row, id=ids[name], name=name, **cited)
            tables.relate("makes", row, f"segment/{row['id']}", ids[name], **cited)
    for row in gathered.rows("firms"):
        cited = provenance(gathered, row)
        for name in map(normal, row.many("products")):
            if name in named and f"firm/{row['id']}" not in gathered.organisations:
                tables.relate("makes", row, f"firm/{row['id']}", ids[name], **cited)
