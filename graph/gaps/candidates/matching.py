"""Matches: the clues of one firm, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from graph.gaps.candidate_models import Match
from graph.gaps.candidates.citing import Evidence, shown
from graph.gaps.candidates.clues import Clue
from graph.gaps.candidates.homes import Home
from graph.gaps.candidates.scores import Scores
from graph.gaps.candidates.words import HOW_LABELS

#: Matches shown of one candidate.
MOST_MATCHES: Final = 5
_ORDER: Final = {how: at for at, how in enumerate(HOW_LABELS)}


def best_of(scores: Scores, clues: Iterable[Clue]) -> Clue:
    """The clue that is worth most; of equals the surest way, then by what is wanted and found."""
    return min(clues, key=lambda c: _key(scores, c))


def evidence_of(home: Home, clues: Iterable[Clue], like: Clue) -> list[Evidence]:
    """The facts of all clues that say the same as ``like``."""
    same = (c for c in clues if (c.how, c.wanted, c.found) == (like.how, like.wanted, like.found))
    return [fact for c in same for fact in ((home.fact,) if c.by_name else c.facts)]


def matches_of(scores: Scores, home: Home, clues: Iterable[Clue]) -> list[Match]:
    """What says that the firm makes what is wanted, best first; of each thing found the best match."""
    by_found: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        by_found[clue.found].append(clue)
    best = sorted((best_of(scores, same) for same in by_found.values()), key=lambda c: _key(scores, c))
    return [
        Match(
            how=clue.how,
            label=HOW_LABELS[clue.how],
            value=round(scores.clue(clue.how, clue.status), 6),
            wanted=clue.wanted,
            found=clue.found,
            facts=shown(evidence_of(home, by_found[clue.found], clue)),
        )
        for clue in best[:MOST_MATCHES]
    ]


def _key(scores: Scores, clue: Clue) -> tuple[float, int, str, str]:
    return (-scores.clue(clue.how, clue.status), _ORDER[clue.how], clue.wanted, clue.found)
