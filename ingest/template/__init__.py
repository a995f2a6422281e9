"""The empty workbook that an office fills: one sheet a table, with drop-downs, notes and an example row."""

from ingest.template.names import Names, names_of
from ingest.template.sheets import OFFICE, classes_named, with_sources
from ingest.template.workbook import write_template

__all__ = ["OFFICE", "Names", "classes_named", "names_of", "with_sources", "write_template"]
