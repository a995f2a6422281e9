"""Two firms compared: how likely they are one, why, and whether that is certain."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from stdnum.cn import uscc as uscc_number

from ingest.match.evidence import BASE, Named, contradict, names, place, probability, products, rare_there
from ingest.match.index import MatchIndex
from ingest.match.normal import name_parts
from ingest.match.record import FirmRecord

#: Scores that an agreement gives at least, and a contradiction leaves at most.
AT_LEAST = {"uscc": 1.0, "stock": 0.99, "name": 0.98, "other-name": 0.95,
            "short-name": 0.85, "short-name-only": 0.6, "core": 0.75}  # fmt: skip
AT_MOST = {"branch-differs": 0.6, "stock-differs": 0.5, "uscc-differs": 0.25}
#: What a contradicted agreement of the whole name leaves: enough to ask a person.
_NAME_AGAINST_CODE = 0.5


@dataclass(slots=True)
class Firm:
    """A record with its names taken apart."""

    record: FirmRecord
    names: list[Named] = field(default_factory=list)

    @classmethod
    def of(cls, record: FirmRecord, index: MatchIndex) -> Firm:
        """Take the names of ``record`` apart; the first is its own."""
        texts = dict.fromkeys((record.name, *record.names))
        return cls(record, [Named.of(name_parts(text, index.words)) for text in texts])


@dataclass(frozen=True, slots=True)
class Comparison:
    """``score`` 0 to 1, what it is made of by reason code, and whether the two are certainly one firm."""

    score: float
    weights: dict[str, float]
    certain: bool


def compare(a: Firm, b: Firm, index: MatchIndex) -> Comparison:
    """Compare two firms; the order does not matter."""
    agreed = _agreements(a, b)
    against = _contradictions(a, b)
    weights = {**_best_names(a, b, index), **products(a.record.products, b.record.products)}
    score = probability(BASE + sum(weights.values()))
    for code in agreed:
        if code == "core" and "place-differs" in weights:
            continue
        score = max(score, AT_LEAST[code])
        weights[code] = AT_LEAST[code] * 10
    for code in against:
        score = min(score, AT_MOST[code])
        weights[code] = -10 * (1 - AT_MOST[code])
    if "uscc" in agreed:
        score = 1.0
    elif "uscc-differs" in against and agreed & {"name", "other-name", "stock"}:
        score = _NAME_AGAINST_CODE
    return Comparison(round(score, 4), weights, _certain(a, b, agreed, against))


def _certain(a: Firm, b: Firm, agreed: set[str], against: set[str]) -> bool:
    if "uscc" in agreed:
        return True
    if "uscc-differs" in against:
        return False
    if "stock" in agreed:
        return True
    return "name" in agreed and not against and not contradict(a.record.places, b.record.places)


def _agreements(a: Firm, b: Firm) -> set[str]:
    found = set()
    if a.record.uscc and a.record.uscc == b.record.uscc and _valid(a.record.uscc):
        found.add("uscc")
    if set(a.record.stock_codes) & set(b.record.stock_codes):
        found.add("stock")
    first, second = a.names[0].parts, b.names[0].parts
    fulls = {n.parts.full: n.parts for n in a.names}
    shared = [fulls[n.parts.full] for n in b.names if n.parts.full in fulls]
    if first.full == second.full and first.is_legal:
        found.add("name")
    elif any(parts.is_legal for parts in shared):
        found.add("other-name")
    elif shared:
        found.add("short-name-only" if first.is_legal and second.is_legal else "short-name")
    elif first.key and first.key == second.key and first.branch == second.branch:
        found.add("core")
    return found


def _contradictions(a: Firm, b: Firm) -> set[str]:
    found = set()
    if a.record.uscc != b.record.uscc and _valid(a.record.uscc) and _valid(b.record.uscc):
        found.add("uscc-differs")
    exchanges = [{code.rpartition(".")[2] for code in firm.record.stock_codes} for firm in (a, b)]
    if exchanges[0] & exchanges[1] and not set(a.record.stock_codes) & set(b.record.stock_codes):
        found.add("stock-differs")
    if a.names[0].parts.branch != b.names[0].parts.branch:
        found.add("branch-differs")
    return found


def _best_names(a: Firm, b: Firm, index: MatchIndex) -> dict[str, float]:
    """The likeliest pair of names; where the records give no places, those in the names count."""
    best: dict[str, float] = {}
    most = float("-inf")
    for first in a.names:
        for second in b.names:
            found = names(first, second, index)
            if a.record.places and b.record.places:
                agreement, agreed = place(a.record.places, b.record.places)
                if agreed:
                    share = min(map(index.share, agreed))
                    agreement["place"] = max(agreement["place"], rare_there(found, share))
            else:
                agreement, _ = place(first.parts.places, second.parts.places)
            found |= agreement
            if (total := sum(found.values())) > most:
                best, most = found, total
    return best


@lru_cache(maxsize=50_000)
def _valid(uscc: str) -> bool:
    return bool(uscc) and bool(uscc_number.is_valid(uscc))
