"""Reading a query file: comment lines at the top are its contract, checked against its text."""

from __future__ import annotations

import re
from typing import Final

from cypher.query import KINDS, Param, Placeholder, Query, QueryError, Returned

_PARAM: Final = re.compile(r"\$([A-Za-z_]\w*)", re.ASCII)
_PLACEHOLDER: Final = re.compile(r"\{\{(\w+)\}\}", re.ASCII)
_TYPE_END: Final = re.compile(r",(?![^{]*\})")
_STATED: Final = re.compile(r"\{\{(\w+)\}\}\s+([a-z ]+)", re.ASCII)
_WRITES: Final = re.compile(r"\b(MERGE|CREATE|SET|DELETE|REMOVE)\b", re.ASCII)
_COMMENT_OR_TEXT: Final = re.compile(r"//[^\n]*|'[^']*'|\"[^\"]*\"")


def parse_query(name: str, content: str) -> Query:
    """The query in a file's ``content``.

    Raises
    ------
    QueryError
        A header line is missing, unknown or said twice, or header and text differ in their parameters,
        placeholders or returned columns.
    """
    header, text = _split(name, content)
    single: dict[str, str] = {}
    params: list[Param] = []
    returns: list[Returned] = []
    placeholders: list[Placeholder] = []
    for line in header:
        key, _, rest = line.partition(":")
        word, _, subject = key.strip().partition(" ")
        rest = rest.strip()
        if word == "param" and subject:
            kind, *help_ = _TYPE_END.split(rest, maxsplit=1)
            params.append(Param(subject, kind.strip(), "".join(help_).strip()))
        elif word == "returns" and subject:
            returns.append(Returned(subject, rest))
        elif word == "placeholders" and not subject:
            placeholders += [Placeholder(n, kind.strip()) for n, kind in _STATED.findall(rest)]
        elif word in ("title_zh", "title_en", "answers") and not subject and word not in single:
            single[word] = rest
        else:
            raise QueryError(f"{name}.cypher: unexpected header line {line!r}")
    if missing := {"title_zh", "title_en", "answers"} - {k for k, v in single.items() if v}:
        raise QueryError(f"{name}.cypher: header lacks {', '.join(sorted(missing))}")
    bare = _COMMENT_OR_TEXT.sub("", text)
    query = Query(
        name=name,
        **single,
        params=tuple(params),
        returns=tuple(returns),
        placeholders=tuple(placeholders),
        text=text,
        writes=bool(_WRITES.search(bare)),
    )
    _agree(query, bare)
    return query


def _split(name: str, content: str) -> tuple[list[str], str]:
    lines = content.strip().splitlines()
    size = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    text = "\n".join(lines[size:]).strip()
    if not size or not text:
        raise QueryError(f"{name}.cypher: a header of // lines and a query are expected")
    return [line.removeprefix("//").strip() for line in lines[:size]], text


def _agree(query: Query, bare: str) -> None:
    for what, stated, used in (
        ("parameters", [p.name for p in query.params], set(_PARAM.findall(bare))),
        ("placeholders", [p.name for p in query.placeholders], set(_PLACEHOLDER.findall(bare))),
        ("returned columns", [r.name for r in query.returns], _returned(bare)),
    ):
        if len(stated) != len(set(stated)) or set(stated) != used:
            raise QueryError(
                f"{query.name}.cypher: header states {what} {sorted(stated)}, text has {sorted(used)}"
            )
    if unknown := {p.kind for p in query.placeholders} - set(KINDS):
        raise QueryError(f"{query.name}.cypher: unknown kind of placeholder {sorted(unknown)}")


def _returned(bare: str) -> set[str]:
    """Aliases of the last RETURN (each returned column is named with AS)."""
    tail = re.split(r"\bRETURN\b", bare)
    if len(tail) == 1:
        return set()
    columns = re.split(r"\b(?:ORDER BY|SKIP|LIMIT)\b", tail[-1])[0]
    return set(re.findall(r"\bAS\s+(\w+)\s*(?=,|$)", columns.strip(), re.ASCII))
