"""Grids of texts: any CSV file or workbook as lines of cells, with what was noticed on the way."""

from ingest.grid.model import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_LINES,
    MAX_TEXT_BYTES,
    Grid,
    GridNote,
    Line,
    letter,
)
from ingest.grid.read import READABLE, read_grids

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_LINES",
    "MAX_TEXT_BYTES",
    "READABLE",
    "Grid",
    "GridNote",
    "Line",
    "letter",
    "read_grids",
]
