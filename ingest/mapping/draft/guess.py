"""What a column holds, guessed from its heading and its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from ingest.mapping.draft.shapes import shape_shares
from ingest.mapping.draft.words import heading_scores

#: Texts that mean that nothing is known.
UNKNOWN = frozenset(
    ("-", "--", "—", "——", "/", "无", "暂无", "不详", "未知", "N/A", "n/a", "NULL", "null", "None", "nan")
)
#: A guess below this is only written as a comment.
ENOUGH = 0.5
#: Meaning → shapes of values that speak for it.
_SHAPES = {
    "uscc": ("uscc",), "stock_code": ("stock_code",), "name": ("firm",), "founded": ("date",),
    "status": ("status",), "place": ("place", "place_code"), "address": ("address",), "capital": ("money",),
    "supplier": ("firm",), "customer": ("firm",), "parent": ("firm",), "owner": ("firm",),
}  # fmt: skip
#: Meanings whose values must have the shape; a heading alone is not enough.
_STRICT = frozenset(("uscc", "stock_code", "founded", "status"))
#: Meanings that values alone may tell: shape → meaning, with what is taken off.
_BY_VALUE = {
    "uscc": ("uscc", 0.0),
    "stock_code": ("stock_code", 0.3),
    "firm": ("name", 0.2),
    "address": ("address", 0.25),
}
#: Meanings that a file has once; the best column gets it.
_ONCE = (
    "uscc",
    "name",
    "short_name",
    "name_en",
    "founded",
    "status",
    "address",
    "place",
    "park",
    "capital",
    "scope",
)


@dataclass(frozen=True, slots=True)
class Guess:
    """One column.

    Attributes
    ----------
    column : its heading. meaning : what it seems to hold, empty if nobody knows.
    confidence : 0 to 1. filled : share of the rows looked at in which it is not empty.
    distinct : number of different values by number of values.
    unknown : its texts that mean that nothing is known.
    shape : the shape that most of its values have, empty if none. samples : three of its values.
    """

    column: str
    meaning: str
    confidence: float
    filled: float
    distinct: float
    unknown: tuple[str, ...]
    shape: str
    samples: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return asdict(self)


def guess_columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Guess]:
    """A guess for each heading from the first rows of the file."""
    guesses = [_guess(heading, [row[at] for row in rows]) for at, heading in enumerate(headings)]
    for meaning in _ONCE:
        same = [i for i, guess in enumerate(guesses) if guess.meaning == meaning]
        best = max(same, key=lambda i: (guesses[i].confidence, guesses[i].filled, -i), default=-1)
        for index in same:
            if index != best:
                guesses[index] = replace(guesses[index], meaning="", confidence=0.0)
    return guesses


def _guess(heading: str, cells: Sequence[str]) -> Guess:
    values = [cell for cell in cells if cell and cell not in UNKNOWN]
    shares = shape_shares(values)
    meaning, confidence = _best(heading_scores(heading), shares, empty=not values)
    shape = max(shares, key=lambda name: shares[name], default="")
    return Guess(
        heading,
        meaning,
        round(confidence, 2),
        round(len(values) / len(cells), 3) if cells else 0.0,
        round(len(set(values)) / len(values), 3) if values else 0.0,
        tuple(sorted({cell for cell in cells if cell in UNKNOWN})),
        shape if shares.get(shape, 0) >= ENOUGH else "",
        tuple(dict.fromkeys(value[:60] for value in values))[:3],
    )


def _best(by_heading: dict[str, float], shares: dict[str, float], *, empty: bool) -> tuple[str, float]:
    scores: dict[str, float] = {}
    for meaning, score in by_heading.items():
        share = max((shares.get(shape, 0.0) for shape in _SHAPES.get(meaning, ())), default=None)
        if share is None or empty:
            scores[meaning] = score * (0.8 if share is None else 0.5)
        elif share < ENOUGH and meaning in _STRICT:
            continue
        else:
            scores[meaning] = 0.5 * score + 0.5 * share
    for shape, (meaning, less) in _BY_VALUE.items():
        if meaning not in scores and shares.get(shape, 0) >= 0.8 and not by_heading.keys() & _FIRM_COLUMNS:
            scores[meaning] = shares[shape] - less
    best = max(scores, key=lambda name: scores[name], default="")
    return best, scores.get(best, 0.0)


_FIRM_COLUMNS = frozenset(
    ("supplier", "customer", "parent", "owner", "former_names", "aliases", "short_name", "place")
)
