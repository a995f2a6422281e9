"""What two firms' names and facts say about their being the same, in log odds.

The weights are rounded from a logistic regression: old full names of listed firms against the likeliest 20 of
4,427 firms, and names of 1,500 firms that had no pair among them (docs/matching.md has what came of it).
Every measure is symmetric.
Source of the method: I. Fellegi, A. Sunter, A Theory for Record Linkage, JASA 64 (1969) 1183–1210.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.match.grams import grams
from ingest.match.index import MatchIndex
from ingest.match.normal import NameParts
from ingest.places.records import city_of, contains, level_of

BASE = -4.2
BRAND, BRAND_LIKE, HEAD, START, CORE_LIKE, TRADE = 1.05, 0.6, 1.25, 1.1, 2.2, 1.5
#: For each e-fold of the firms that have the rarest pair of characters shared; beyond as many as the
#: regression saw, each one more is one more that it may be as well.
COMMON, COMMON_BEYOND, SEEN = -2.0, -1.0, 20
#: By how fine a place is that agrees. The regression saw provinces and cities; the finer ones are set.
PLACE = {"province": 1.1, "city": 1.5, "county": 2.0, "town": 2.0}
PLACE_DIFFERS = -1.7
PRODUCTS = 1.5
#: Characters of a common beginning beyond which more tells no more.
_HEAD = 4

Places = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a firm taken apart, with what is asked of it again and again."""

    parts: NameParts
    pairs: frozenset[int]

    @classmethod
    def of(cls, parts: NameParts) -> Named:
        """Count the pairs of the name's key."""
        return cls(parts, frozenset(grams(parts.key)))


def names(a: Named, b: Named, index: MatchIndex) -> dict[str, float]:
    """Log odds by reason code, of two names alone, without place."""
    common = min(index.commonness(list(a.pairs & b.pairs)), default=0) or len(index)
    first, second = a.parts, b.parts
    brand_a, brand_b = first.brand or first.key, second.brand or second.key
    core = fuzz.ratio(first.key, second.key) / 100
    found = {
        "head": HEAD * min(_beginning(first.key, second.key), _HEAD) / _HEAD,
        "common": rarity(common),
        "brand": BRAND_LIKE * fuzz.ratio(brand_a, brand_b) / 100,
    }
    # 太原化工 and 太原重工 have no brand: that both begin with a place is told by the place
    if first.brand or second.brand or core == 1:
        if brand_a and brand_b and (brand_a in brand_b or brand_b in brand_a):
            found["brand"] += BRAND
        if first.key[:2] in second.key or second.key[:2] in first.key:
            found["start"] = START
    found["core" if core == 1 else "alike"] = CORE_LIKE * core
    if first.trade and second.trade:
        trade = TRADE * (fuzz.ratio("".join(first.trade), "".join(second.trade)) / 100 - 0.5)
        found["trade" if trade > 0 else "trade-differs"] = trade
    return found


def rarity(common: float) -> float:
    """Log odds of sharing what ``common`` firms have."""
    return COMMON * math.log(min(max(common, 1), SEEN)) + COMMON_BEYOND * math.log(max(common / SEEN, 1))


def place(a: Places, b: Places) -> tuple[dict[str, float], Places]:
    """Log odds of two lists of place codes, and the places in which they agree.

    They agree if one lies in the other, and differ if all are of different provinces.
    """
    inland = [(x, y) for x in a for y in b if level_of(x) != "country" and level_of(y) != "country"]
    agreed = tuple(x if contains(x, y) else y for x, y in inland if contains(x, y) or contains(y, x))
    if agreed:
        return {"place": max(PLACE[level_of(outer)] for outer in agreed)}, agreed
    if inland and all(x[:2] != y[:2] for x, y in inland):
        return {"place-differs": PLACE_DIFFERS}, ()
    return {}, ()


def rare_there(found: dict[str, float], share: float) -> float:
    """Log odds of agreeing in a place with that ``share`` of all firms, given those of ``names``.

    Firms of one place that share a brand are far fewer than all that share it: what counts is how many are
    expected to share both, rather than all and the place apart.
    """
    common = found.get("common", 0.0)
    seen = COMMON * math.log(SEEN)
    firms = math.exp(common / COMMON) if common > seen else SEEN * math.exp((common - seen) / COMMON_BEYOND)
    return rarity(firms * share) - common


def contradict(a: Places, b: Places) -> bool:
    """Whether two firms' places cannot be of one: all of different cities (or provinces)."""
    pairs = [(x, y) for x in a for y in b]
    return bool(pairs) and not any(
        contains(x, y) or contains(y, x) or city_of(x) == city_of(y) for x, y in pairs
    )


def products(a: tuple[str, ...], b: tuple[str, ...]) -> dict[str, float]:
    """Log odds of products worded the same, as a part of the shorter list."""
    shared = len(set(a) & set(b))
    return {"products": PRODUCTS * shared / min(len(set(a)), len(set(b)))} if shared else {}


def probability(log_odds: float) -> float:
    """0 to 1."""
    return 1 / (1 + math.exp(-max(min(log_odds, 50.0), -50.0)))


def _beginning(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count
