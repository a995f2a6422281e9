"""Rules as data: all of ``graph/rules``, and what a user's own file puts in place of their thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from graph.errors import NotFound
from graph.gaps.own_rules import Finder, Own, named, read_own
from graph.gaps.rule_model import Rule, Severity, Threshold, Value, Weight
from graph.gaps.rule_parse import parse_rule

__all__ = ["Rule", "Rules", "Severity", "Threshold", "Value", "Weight", "load_rules"]


@dataclass(frozen=True)
class Rules:
    """All rules by id, and a user's own values.

    ``own`` is empty where there is no file of the user's. ``file`` is the name of that file.
    """

    all: Mapping[str, Rule]
    own: Own = field(default_factory=Own)
    file: str | None = None

    def rule(self, rule_id: str) -> Rule:
        """The rule; ``NotFound`` where there is none of that id."""
        if rule_id not in self.all:
            detail = f"没有规则 {rule_id} · there is no rule {rule_id}; known: {', '.join(sorted(self.all))}"
            raise NotFound(detail, rule=rule_id)
        return self.all[rule_id]

    def of_axis(self, axis: str) -> list[Rule]:
        """The rules of an axis, by id."""
        return [rule for _, rule in sorted(self.all.items()) if rule.axis == axis]

    def value(
        self,
        rule_id: str,
        threshold: str,
        chain: str | Iterable[str] | None = None,
        place: str | Sequence[str] | None = None,
    ) -> Value:
        """The value of a threshold that holds for a chain and a place.

        Parameters
        ----------
        chain : its id, or those of several; the first that has a value of its own decides.
        place : id of place or park, or several from the inside out; likewise. A value for a place goes before
            one for a chain, that before one for all.

        Raises
        ------
        NotFound
            No such rule or threshold.
        """
        for ids, values in ((_ids(place), self.own.places), (_ids(chain), self.own.chains)):
            for key in ids:
                if (own := values.get((key, rule_id, threshold))) is not None:
                    return own
        if (own := self.own.everywhere.get((rule_id, threshold))) is not None:
            return own
        thresholds = self.rule(rule_id).thresholds
        if threshold not in thresholds:
            raise NotFound(
                f"规则 {rule_id} 没有阈值 {threshold} · rule {rule_id} has no threshold {threshold}"
            )
        return thresholds[threshold].value

    def number(
        self,
        rule_id: str,
        threshold: str,
        chain: str | Iterable[str] | None = None,
        place: str | Sequence[str] | None = None,
    ) -> float:
        """``value`` of a threshold that is a number."""
        value = self.value(rule_id, threshold, chain, place)
        if not isinstance(value, (int, float)):
            raise TypeError(f"{rule_id}.{threshold} is no number")
        return value

    def texts(
        self,
        rule_id: str,
        threshold: str,
        chain: str | Iterable[str] | None = None,
        place: str | Sequence[str] | None = None,
    ) -> list[str]:
        """``value`` of a threshold that is a list of texts (a single text is a list of one)."""
        value = self.value(rule_id, threshold, chain, place)
        if isinstance(value, list):
            return value
        return [str(value)]

    def named(self, chain: Finder, place: Finder) -> Rules:
        """The rules with the user's chains and places by their ids; ``BadInput`` where there is none such."""
        return replace(self, own=named(self.own, self.file or "", chain, place))

    def weights(self, rule_id: str) -> dict[str, float]:
        """The weights of a rule by part, the user's where given."""
        own = self.own.weights.get(rule_id, {})
        return {name: own.get(name, weight.value) for name, weight in self.rule(rule_id).weights.items()}


def load_rules(own: Path | None = None, *, folder: Path | None = None) -> Rules:
    """All rules.

    Parameters
    ----------
    own : file of the user's own thresholds and weights, if there is one.
    folder : rules from elsewhere instead of the program's own.

    Raises
    ------
    BadInput
        A file that is not as it should be; names file, key, what was found, what was expected, the nearest.
    """
    rules = _built_in() if folder is None else _read(folder)
    if own is None:
        return Rules(rules)
    return Rules(rules, read_own(own, rules), own.name)


@cache
def _built_in() -> Mapping[str, Rule]:
    return _read(files("graph") / "rules")


def _read(folder: Traversable) -> Mapping[str, Rule]:
    found = {f.name: f for f in folder.iterdir() if f.name.endswith((".yml", ".cypher"))}
    names = sorted({name.rpartition(".")[0] for name in found})
    rules = [parse_rule(name, found.get(f"{name}.yml"), found.get(f"{name}.cypher")) for name in names]
    return {rule.id: rule for rule in rules}


def _ids(given: str | Iterable[str] | None) -> Iterable[str]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else given
