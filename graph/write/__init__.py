"""Writing changes to an engine in batches."""

from graph.write.batches import ROWS
from graph.write.changes import Change, RemoveNode, RemoveRelation
from graph.write.writer import Progress, write_changes

__all__ = ["ROWS", "Change", "Progress", "RemoveNode", "RemoveRelation", "write_changes"]
