"""Looking names up: the best hit of every entity, ranked.

Ranks, best first: the whole name; the usual abbreviation of a short name (江铜 of 江西铜业); the beginning
of a name; of an alias or code; within any of these; the whole pinyin or all initials; their beginning; within
them. Then the class (firms and chains before evidence), then the number of relations, then the id.
"""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from graph.search.normal import grams, normal, span_of
from graph.search.pinyin import LONGEST, syllables

How = Literal["exact", "abbreviation", "prefix", "alias", "substring", "pinyin", "initials"]
#: What each rank is called, in the order of ranks.
HOW: Final[tuple[How, ...]] = (
    "exact", "abbreviation", "prefix", "alias", "substring",
    "pinyin", "initials", "pinyin", "initials", "pinyin", "initials",
)  # fmt: skip
_SUBSTRING: Final = 4

_HITS: Final = """
SELECT n, CASE kind WHEN 'abbreviation' THEN 1 ELSE 0 END AS rank FROM name WHERE normal = :q
UNION ALL SELECT n, CASE kind WHEN 'name' THEN 2 ELSE 3 END FROM name WHERE normal >= :q AND normal < :q_end
UNION ALL SELECT rowid, 4 FROM gram WHERE gram MATCH :within
"""
_SOUNDS: Final = """
UNION ALL SELECT n, 5 FROM name WHERE sound = :q
UNION ALL SELECT n, 6 FROM name WHERE initials = :q
UNION ALL SELECT n, 7 FROM name WHERE sound >= :q AND sound < :q_end
UNION ALL SELECT n, 8 FROM name WHERE initials >= :q AND initials < :q_end
UNION ALL SELECT rowid, 9 FROM gram WHERE gram MATCH :sound
UNION ALL SELECT rowid, 10 FROM gram WHERE gram MATCH :initials
"""
# A bare column beside min() is taken from the row that holds the minimum.
_BEST: Final = """
SELECT e.id, e.cls, e.caption, e.name, e.standing, e.grade, e.degree, min(h.rank) AS rank,
       m.field, m.text, m.normal, count(*) OVER () AS total
FROM ({hits}) AS h JOIN name AS m ON m.n = h.n JOIN entity AS e ON e.n = m.entity
WHERE m.kind <> 'made' AND (:cls IS NULL OR e.cls = :cls)
GROUP BY e.n
ORDER BY rank, e.weight, e.degree DESC, e.id
LIMIT :limit OFFSET :offset
"""


def look_up(
    db: sqlite3.Connection, query: str, cls: str | None, limit: int, offset: int
) -> list[sqlite3.Row]:
    """The hits for ``query``, best first.

    Parameters
    ----------
    query : any text; it is compared in its normal form and never read as an expression.
    cls : only entities of this class, or ``None``.
    """
    q = normal(query)
    if not q:
        return []
    one, two = grams(q)
    within = f'two : "{" ".join(two)}"' if two else f'one : "{one[0]}"'
    params = {"q": q, "q_end": _after(q), "within": within, "cls": cls, "limit": limit, "offset": offset}
    hits = _HITS
    if q.isascii():
        hits += _SOUNDS
        spoken = q[:LONGEST]
        params |= {"sound": f'sound : "{spoken}" *', "initials": f'initials : "{spoken}" *'}
    db.row_factory = sqlite3.Row
    return db.execute(_BEST.format(hits=hits), params).fetchall()


def marked(text: str, query: str, rank: int) -> tuple[int, int]:
    """The part of ``text`` that ``query`` hit, as start and end."""
    name, q = normal(text), normal(query)
    if rank <= _SUBSTRING:
        start = name.find(q)
        return span_of(text, start, start + len(q)) if start >= 0 else (0, 0)
    parts = syllables(name)
    for i in range(len(parts)):
        spelt = ""
        for part in parts[i:]:
            spelt += part.sound if HOW[rank] == "pinyin" else part.initial
            if spelt.startswith(q):
                return span_of(text, parts[i].start, part.end)
            if not q.startswith(spelt):
                break
    return (0, 0)


def _after(q: str) -> str:
    """The least text greater than every text that begins with ``q``."""
    return q + "\U0010ffff"
