"""The numbers that candidates are scored by: the rule ``candidates``, as it holds for a chain and a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from graph.gaps.candidate_models import How, PartName
from graph.gaps.rules import Rules

RULE: Final = "candidates"
PARTS: Final[tuple[PartName, ...]] = get_args(PartName)
HOWS: Final[tuple[How, ...]] = get_args(How)


@dataclass(frozen=True, slots=True)
class Scores:
    """``rules`` for chains and a place with what lies around it (the nearest first)."""

    rules: Rules
    chains: tuple[str, ...]
    around: Sequence[str]
    _known: dict[str, float] = field(default_factory=dict)

    def number(self, name: str) -> float:
        """The threshold ``name``."""
        if name not in self._known:
            self._known[name] = float(self.rules.number(RULE, name, self.chains, self.around))
        return self._known[name]

    def texts(self, name: str) -> list[str]:
        """The threshold ``name`` that is a list."""
        return self.rules.texts(RULE, name, self.chains, self.around)

    def match(self, how: How) -> float:
        """How well a firm fits that was found by ``how``."""
        return self.number(f"match_{how}")

    def clue(self, how: How, status: str | None) -> float:
        """``match``, times what work of that ``status`` counts for, where it was found by work."""
        return self.match(how) * (1.0 if status is None else self.number(f"work_{status}"))
