"""The bulk way onto Neo4j: the graph as files for ``neo4j-admin database import``, and the steps to take."""

from graph.bulk.command import Step, import_command, import_steps
from graph.bulk.files import BulkFiles, write_bulk

__all__ = ["BulkFiles", "Step", "import_command", "import_steps", "write_bulk"]
