"""Who is this firm? Asked of an index, one record or many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.match.answer import Answer, Candidate, Kind, reason
from ingest.match.compare import Comparison, Firm, compare
from ingest.match.index import MatchIndex
from ingest.match.record import FirmRecord

#: From this score on a person is asked; docs/matching.md has precision and recall by threshold.
PERHAPS = 0.3
#: Candidates kept in an answer, and compared for one name.
MOST, COMPARED = 5, 20
_TOLD = 0.2


class Matcher:
    """Answers for one index.

    Parameters
    ----------
    index : the firms that are known.
    threshold : score from which on an answer is "perhaps" rather than "new".
    most : how many candidates an answer has at most.
    compared : how many firms of similar names are looked at for each name of a record.
    """

    def __init__(
        self, index: MatchIndex, *, threshold: float = PERHAPS, most: int = MOST, compared: int = COMPARED
    ) -> None:
        self._index, self._threshold, self._most, self._compared = index, threshold, most, compared

    def match(self, record: FirmRecord) -> Answer:
        """Who ``record`` is. A firm of the same id is not its own candidate."""
        firm = Firm.of(record, self._index)
        best: dict[str, Comparison] = {}
        for number in self._numbers(firm):
            known = self._index.record(number)
            if known.id != record.id:
                comparison = compare(firm, Firm.of(known, self._index), self._index)
                if known.id not in best or _rank(comparison) > _rank(best[known.id]):
                    best[known.id] = comparison
        scored = sorted(best.items(), key=lambda entry: (not entry[1].certain, -entry[1].score, entry[0]))
        kind, several = self._kind(scored)
        kept = scored[: self._most]
        return Answer(record.id, kind, tuple(_candidate(i, c, several and c.certain) for i, c in kept))

    def match_many(self, records: Iterable[FirmRecord]) -> Iterator[Answer]:
        """An answer for each record, in order, as they are read."""
        for record in records:
            yield self.match(record)

    def _numbers(self, firm: Firm) -> list[int]:
        """Firms worth comparing: those that share a code or a whole name, and those of similar names."""
        index, record = self._index, firm.record
        numbers = dict.fromkeys(index.with_uscc(record.uscc))
        for code in record.stock_codes:
            numbers.update(dict.fromkeys(index.with_code(code)))
        for name in firm.names:
            numbers.update(dict.fromkeys(index.with_name(name.parts)[: self._compared]))
            numbers.update(dict.fromkeys(index.near(name.parts, record.places, self._compared)))
        return list(numbers)

    def _kind(self, scored: list[tuple[str, Comparison]]) -> tuple[Kind, bool]:
        """The kind, and whether several firms are certain alike."""
        certain = [c for _, c in scored if c.certain]
        if len(certain) > 1:
            by_code = [c for c in certain if "uscc" in c.weights]
            return ("same", False) if len(by_code) == 1 else ("perhaps", True)
        if certain:
            return "same", False
        best = scored[0][1].score if scored else 0.0
        return ("perhaps" if best >= self._threshold else "new"), False


def match(record: FirmRecord, index: MatchIndex) -> Answer:
    """``Matcher(index).match(record)`` with the settings that come along."""
    return Matcher(index).match(record)


def match_many(records: Iterable[FirmRecord], index: MatchIndex) -> Iterator[Answer]:
    """``Matcher(index).match_many(records)`` with the settings that come along."""
    return Matcher(index).match_many(records)


def _rank(comparison: Comparison) -> tuple[bool, float]:
    return comparison.certain, comparison.score


def _candidate(known: str, comparison: Comparison, several: bool) -> Candidate:
    weights = {code: w for code, w in comparison.weights.items() if abs(w) >= _TOLD}
    if several:
        weights["several"] = -5.0
    reasons = sorted((reason(code, w) for code, w in weights.items()), key=lambda r: (-abs(r.weight), r.code))
    return Candidate(known, comparison.score, tuple(reasons))
