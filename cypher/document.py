"""The catalogue as a page: ``python -m cypher > docs/queries.md``."""

from __future__ import annotations

from collections.abc import Iterable

from cypher.query import Query

_HEAD = """# Queries

Every question is one file in `cypher/`, with its contract in its header; this page is made from those headers
by `python -m cypher`. Values travel as parameters only. Class names and depths are filled from the ontology
and the settings. Each query runs unchanged on the embedded engine and on Neo4j 5.
"""


def document(queries: Iterable[Query]) -> str:
    """Markdown: one section a query with its question, parameters, placeholders and columns."""
    return "\n".join([_HEAD, *(_section(q) for q in queries)])


def _section(query: Query) -> str:
    lines = [f"## {query.name}", "", f"{query.title_zh} · {query.title_en}", "", f"{query.answers}.", ""]
    lines += [f"- `${p.name}` {p.type}" + (f": {p.help}" if p.help else "") for p in query.params]
    lines += [f"- `{{{{{p.name}}}}}` {p.kind}" for p in query.placeholders]
    lines += [f"- → `{r.name}`: {r.help}" for r in query.returns]
    return "\n".join([*lines, ""])
