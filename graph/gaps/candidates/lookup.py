"""Products and firms whose product names match, looked up in the search index (SQLite, FTS5)."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.errors import TruthStoreError
from graph.gaps.candidate_models import How
from graph.gaps.candidates.texts import SHORTEST, how_alike, tails
from graph.search import LiveSearch
from graph.search.normal import grams, normal
from graph.search.schema import opened

#: Names looked at for each term, of the very name and of those that are alike in one way: what lies beyond is
#: not seen, and that is told. Longer ends of a name are not looked for.
MOST_SAME: Final = 2_000
MOST_ALIKE: Final = 400
_LONGEST_TAIL: Final = 40
#: A product node under one of its names, or a firm under the name of one of its products.
_OF_PRODUCTS: Final = (
    "(e.cls = 'Product' AND m.field <> 'id' OR e.cls = 'Firm' AND m.kind = 'made') "
    "ORDER BY e.cls DESC, length(m.normal), e.id LIMIT :limit"
)
_COLUMNS: Final = "SELECT e.id, e.cls, e.caption, m.text, m.normal FROM"
_NAMED: Final = (
    f"{_COLUMNS} name AS m JOIN entity AS e ON e.n = m.entity WHERE m.normal = :q AND {_OF_PRODUCTS}"
)
_WITHIN: Final = (
    f"{_COLUMNS} gram JOIN name AS m ON m.n = gram.rowid JOIN entity AS e ON e.n = m.entity "
    f"WHERE gram MATCH :q AND {_OF_PRODUCTS}"
)


@dataclass(frozen=True, slots=True)
class TextHit:
    """An entity (``Product`` or ``Firm``) under a name that matches the ``term``."""

    id: str
    cls: str
    caption: str
    text: str
    term: str
    how: How


@dataclass(frozen=True, slots=True)
class TextHits:
    """All of them; ``cut`` are terms for which there were more names than are looked at."""

    hits: tuple[TextHit, ...] = ()
    cut: tuple[str, ...] = ()


async def look_up_terms(search: LiveSearch | None, terms: Sequence[str], similar_from: float) -> TextHits:
    """What matches one of ``terms``, on the graph as it is now; nothing without an index to look it up in.

    Raises ``TruthStoreError`` if the index cannot be read.
    """
    if search is None:
        return TextHits()
    await search.refresh()
    return await asyncio.to_thread(_look_up, search.index.path, terms, similar_from)


def _look_up(path: Path, terms: Sequence[str], similar_from: float) -> TextHits:
    try:
        if not path.is_file():
            return TextHits()  # nothing was ever written: there is nothing to be found
        with opened(path) as db:
            db.row_factory = sqlite3.Row
            hits: dict[tuple[str, str], TextHit] = {}
            cut: list[str] = []
            for term in terms:
                for rows, most in _asked(db, normal(term)):
                    if len(rows) == most:
                        cut.append(term)
                    for hit in _hits(rows, term, similar_from):
                        hits.setdefault((hit.id, hit.text + "\0" + term), hit)
            return TextHits(tuple(hits.values()), tuple(dict.fromkeys(cut)))
    except sqlite3.Error as error:
        detail = f"检索索引不可用 · the search index {path} cannot be used: {error}"
        raise TruthStoreError(detail, path=str(path)) from error


def _asked(db: sqlite3.Connection, term: str) -> Iterator[tuple[list[sqlite3.Row], int]]:
    """The names that may match, asked for in several ways, each with how many are looked at."""

    def ask(query: str, q: str, most: int = MOST_ALIKE) -> tuple[list[sqlite3.Row], int]:
        return db.execute(query, {"q": q, "limit": most}).fetchall(), most

    if not term:
        return
    yield ask(_NAMED, term, MOST_SAME)
    if len(term) < SHORTEST:
        return
    for tail in tails(term)[-_LONGEST_TAIL:]:
        yield ask(_NAMED, tail)
    two = grams(term)[1]
    yield ask(_WITHIN, f'two : "{" ".join(two)}"')
    *before, last = dict.fromkeys(two)
    if before:  # similar: the same last pair, which tells what the thing is, and another one
        others = " OR ".join(f'"{pair}"' for pair in before[:_LONGEST_TAIL])
        yield ask(_WITHIN, f'two : ("{last}" AND ({others}))')


def _hits(rows: Iterable[sqlite3.Row], term: str, similar_from: float) -> Iterator[TextHit]:
    wanted = normal(term)
    for row in rows:
        how = how_alike(wanted, row["normal"], similar_from)
        if how is not None:
            yield TextHit(row["id"], row["cls"], row["caption"], row["text"], term, how)
