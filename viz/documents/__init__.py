"""The documents of an office 四图五清单: workbook, pictures and brief for a chain in a place, in Chinese."""

from viz.documents.bundle import STEPS, Made, write_documents
from viz.documents.content import Content, Surroundings
from viz.documents.gather import gather

__all__ = ["STEPS", "Content", "Made", "Surroundings", "gather", "write_documents"]
