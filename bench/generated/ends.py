"""The ends of relations: Zipf degrees, one hub, pairs that repeat, nothing stated twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
#: Draws after which the tables are said to be too small for so many different relations.
_DRAWS = 60


@dataclass(frozen=True, slots=True)
class Ends:
    """Relations as indexes: where each starts and ends, and which of its class's texts tells it apart."""

    source: Ints
    target: Ints
    text: Ints

    def __len__(self) -> int:
        return len(self.source)


def zipf(rng: np.random.Generator, many: int, count: int, exponent: float) -> Ints:
    """``count`` ranks below ``many``; rank r has a weight of about (r+1)**-exponent (0 < exponent < 1).

    By the inverse of the continuous distribution's cumulative function.
    """
    power = 1.0 - exponent
    drawn = (rng.random(count) * ((many + 1.0) ** power - 1.0) + 1.0) ** (1.0 / power)
    ranks: Ints = np.minimum(drawn.astype(np.int64) - 1, many - 1)
    return ranks


def draw_ends(
    rng: np.random.Generator,
    count: int,
    sources: Ints,
    targets: Ints,
    *,
    texts: int = 1,
    hub: int = 0,
    pairs: int = 0,
    repeats: int = 0,
) -> Ends:
    """``count`` different relations between two sets of things, none with itself.

    Parameters
    ----------
    sources, targets : numbers of the things a relation may start and end at, in the order of their degrees;
        one number is one thing, in either.
    texts : how many texts tell apart relations between the same two; 1 where the class has no such key.
    hub : relations that end at the first of ``targets``.
    pairs, repeats : pairs of things with ``repeats`` relations each.

    Raises
    ------
    ValueError
        There are not so many different relations.
    """
    hub = min(hub, len(sources) - 1, count)
    repeats = min(repeats, texts)
    parts = [
        Ends(rng.permutation(sources)[:hub], np.full(hub, targets[0]), rng.integers(0, texts, hub)),
        Ends(
            np.repeat(rng.permutation(sources)[:pairs], repeats),
            np.repeat(rng.permutation(targets)[:pairs], repeats),
            np.tile(np.arange(repeats), pairs),
        ),
    ]
    for _ in range(_DRAWS):
        size = int((count - sum(map(len, parts))) * 1.2) + 100
        parts.append(
            Ends(
                sources[zipf(rng, len(sources), size, 0.6)],
                targets[zipf(rng, len(targets), size, 0.9)],
                rng.integers(0, texts, size),
            )
        )
        parts = [_different(parts)]
        if len(parts[0]) >= count:
            order = rng.permutation(count)
            whole = parts[0]
            return Ends(whole.source[order], whole.target[order], whole.text[order])
    raise ValueError(f"there are no {count} different relations between so few things; ask for fewer")


def _different(parts: list[Ends]) -> Ends:
    """All parts as one, without self-loops and repetitions, the first of each kept in order."""
    source, target, text = (
        np.concatenate([getattr(p, name) for p in parts]) for name in ("source", "target", "text")
    )
    key = (source * (int(target.max(initial=0)) + 1) + target) * (int(text.max(initial=0)) + 1) + text
    first = np.zeros(len(key), dtype=bool)
    first[np.unique(key, return_index=True)[1]] = True
    first &= source != target
    return Ends(source[first], target[first], text[first])
