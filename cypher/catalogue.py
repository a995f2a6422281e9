"""All queries of the package, by name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from cypher.header import parse_query
from cypher.query import Query, QueryError

_SUFFIX = ".cypher"


@cache
def load_query(name: str) -> Query:
    """The query of the file ``<name>.cypher``; raises ``QueryError`` if there is none or it is wrong."""
    if not name.isidentifier() or not (path := files("cypher") / f"{name}{_SUFFIX}").is_file():
        raise QueryError(f"there is no query {name!r}")
    return parse_query(name, path.read_text(encoding="utf-8"))


def catalogue() -> tuple[Query, ...]:
    """Every query, in the order of their names."""
    names = sorted(
        p.name.removesuffix(_SUFFIX) for p in files("cypher").iterdir() if p.name.endswith(_SUFFIX)
    )
    return tuple(load_query(name) for name in names)
