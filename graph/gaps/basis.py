"""The basis of a verdict about a segment in a place: its rule, thresholds, facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.gaps.facts import Fact
from graph.gaps.index import Index
from graph.gaps.models import Basis
from graph.gaps.rules import Rules
from graph.gaps.words import fact_refs, strongest
from graph.repository.models import Ref, Text

#: Names given in a sentence; of more the number is told.
_NAMES: Final = 5


@dataclass(frozen=True, slots=True)
class Grounds:
    """What verdicts about ``segment`` in ``place`` rest on: the facts and the rules as they hold there."""

    index: Index
    rules: Rules
    segment: str
    place: str

    def number(self, rule: str, threshold: str) -> float:
        """A threshold of ``rule`` that is a number, as it holds here."""
        return self.rules.number(rule, threshold, *self._scope())

    def texts(self, rule: str, threshold: str) -> list[str]:
        """A threshold of ``rule`` that is a list of texts, as it holds here."""
        return self.rules.texts(rule, threshold, *self._scope())

    def basis(
        self, rule: str, because: Text, facts: Iterable[Fact] = (), would_change: Text | None = None
    ) -> Basis:
        """The basis of a verdict by ``rule``, the strongest facts first."""
        known = self.rules.rule(rule)
        ordered = strongest(facts)
        return Basis(
            rule=rule,
            rule_name=known.name,
            because=because,
            thresholds={name: self.rules.value(rule, name, *self._scope()) for name in known.thresholds},
            facts=fact_refs(self.index, ordered),
            fact_count=len(ordered),
            as_of=self.index.day,
            would_change=would_change,
        )

    def _scope(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.index.chains_of(self.segment), self.index.around(self.place)


def names(refs: Sequence[Ref]) -> Text:
    """The captions of ``refs`` for a sentence, the first few of them and how many there are."""
    shown = [ref.caption for ref in refs[:_NAMES]]
    if len(refs) > _NAMES:
        return Text(
            zh=f"{'、'.join(shown)}等 {len(refs)} 项",
            en=f"{', '.join(shown)} and {len(refs) - _NAMES} more",
        )
    return Text(zh="、".join(shown), en=", ".join(shown))
