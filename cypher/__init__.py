"""One ``.cypher`` file per query, with its contract in its header."""

from cypher.catalogue import catalogue, load_query
from cypher.query import Param, Placeholder, Query, QueryError, Returned

__all__ = ["Param", "Placeholder", "Query", "QueryError", "Returned", "catalogue", "load_query"]
