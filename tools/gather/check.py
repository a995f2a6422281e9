"""What must hold of the finished tables: references exist, of the right class; cells fit their type."""

from collections.abc import Iterator

from graph.errors import BadInput
from graph.ontology import Ontology
from graph.values import ValueFault, clean_cell
from tools.gather.tables import Tables

# A site's column may name the firm instead, when the firm has one site.
_STANDS_FOR = {"Site": "Firm"}


def problems(tables: Tables, ontology: Ontology) -> Iterator[str]:
    """One line per faulty cell: where the row comes from, table, column, what is wrong."""
    known = {row.cells["id"] for schema, row in tables.all_rows() if schema.is_entity}
    for schema, row in tables.all_rows():
        where = f"{', '.join(row.origins)}: table {schema.table}, column"
        for column in sorted(schema.references):
            for reference in row.parts(column):
                if reference not in known:
                    yield f"{where} {column}: {reference} does not exist"
                elif fault := _wrong_class(ontology, reference, schema.ends[column]):
                    yield f"{where} {column}: {fault}"
        for column in sorted(schema.properties.keys() - schema.references):
            try:
                clean_cell(schema.properties[column], row.cells.get(column, ""))
            except ValueFault as fault:
                yield f"{where} {column}: found {fault.found!r}, expected {fault.expected('en')}"


def _wrong_class(ontology: Ontology, reference: str, ends: tuple[str, ...]) -> str:
    try:
        found = ontology.entity_of_id(reference).name
    except BadInput as fault:
        return str(fault)
    allowed = {*ends, *(_STANDS_FOR[end] for end in ends if end in _STANDS_FOR)}
    return "" if found in allowed else f"{reference} is a {found}, expected one of {sorted(allowed)}"
