"""Reading anybody's tables by a mapping: which columns make which rows of the ontology's tables."""

from ingest.mapping.bind import bind
from ingest.mapping.ids import hashed_slug
from ingest.mapping.load import find_mapping, load_mapping, shipped_mapping, shipped_mappings
from ingest.mapping.model import Mapping
from ingest.mapping.read import files_used, read_mapped

__all__ = [
    "Mapping",
    "bind",
    "files_used",
    "find_mapping",
    "hashed_slug",
    "load_mapping",
    "read_mapped",
    "shipped_mapping",
    "shipped_mappings",
]
