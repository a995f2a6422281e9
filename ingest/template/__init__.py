"""The empty workbook that an office fills: one sheet a table, with drop-downs, notes and an example row."""

from ingest.template.names import Names, names_of
from ingest.template.sheets import OFFICE, classes_named
from ingest.template.workbook import write_template

__all__ = ["OFFICE", "Names", "classes_named", "names_of", "write_template"]
