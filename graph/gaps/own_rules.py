"""A user's own file: thresholds for all, for a chain or for a place, and weights. Strictly checked.

.. code-block:: yaml

    thresholds: {status: {firms_for_strong: 4}}
    chains: {chain/new-energy: {status: {firms_for_strong: 2}}}
    places: {place/360900: {coverage: {coverage_days: 400}}}
    weights: {priority: {criticality: 0.4, pull: 0.1}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.gaps.rule_files import mapping, number, read_rules, unknown, wrong
from graph.gaps.rule_model import Rule, Value
from graph.gaps.rule_parse import checked_value

_SECTIONS: Final = ("thresholds", "chains", "places", "weights")
_SLUG: Final = r"[a-z0-9-]+(/[a-z0-9-]+)*"
_SCOPES: Final = {
    "chains": (re.compile(rf"chain/{_SLUG}", re.ASCII), "chain/new-energy"),
    "places": (re.compile(rf"(place|park|zone)/{_SLUG}", re.ASCII), "place/360900"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """Values by (chain or place, rule, threshold), by (rule, threshold), and weights by rule and part."""

    chains: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    places: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    everywhere: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def read_own(path: Path, rules: Mapping[str, Rule]) -> Own:
    """The user's file at ``path``, every name and value of which is checked against ``rules``.

    Raises
    ------
    BadInput
        Not readable, an unknown section, rule, threshold or part, a value of the wrong kind or out of bounds,
        a negative weight, or weights that are all zero; names file, key, found, expected, the nearest name.
    """
    file = path.name
    data = read_rules(path, file)
    for key in data:
        if key not in _SECTIONS:
            raise unknown(file, key, key, _SECTIONS)
    scoped = {name: dict(_scoped(file, name, data.get(name, {}), rules)) for name in _SCOPES}
    everywhere = dict(_thresholds(file, "thresholds", data.get("thresholds", {}), rules))
    return Own(scoped["chains"], scoped["places"], everywhere, _weights(file, data.get("weights", {}), rules))


def _scoped(
    file: str, section: str, data: object, rules: Mapping[str, Rule]
) -> Iterator[tuple[tuple[str, str, str], Value]]:
    pattern, example = _SCOPES[section]
    for key, values in mapping(file, section, data).items():
        if not pattern.fullmatch(key):
            raise wrong(file, f"{section}.{key}", key, f"标识，如 {example}", f"an id such as {example}")
        for (rule, name), value in _thresholds(file, f"{section}.{key}", values, rules):
            yield (key, rule, name), value


def _thresholds(
    file: str, at: str, data: object, rules: Mapping[str, Rule]
) -> Iterator[tuple[tuple[str, str], Value]]:
    for rule_id, values in mapping(file, at, data).items():
        thresholds = _rule(file, f"{at}.{rule_id}", rule_id, rules).thresholds
        for name, value in mapping(file, f"{at}.{rule_id}", values).items():
            key = f"{at}.{rule_id}.{name}"
            if name not in thresholds:
                raise unknown(file, key, name, thresholds)
            yield (rule_id, name), checked_value(file, key, value, thresholds[name], thresholds[name].value)


def _weights(file: str, data: object, rules: Mapping[str, Rule]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for rule_id, values in mapping(file, "weights", data).items():
        at = f"weights.{rule_id}"
        found[rule_id] = _parts(file, at, mapping(file, at, values), _rule(file, at, rule_id, rules))
    return found


def _parts(file: str, at: str, values: Mapping[str, Any], rule: Rule) -> dict[str, float]:
    if not rule.weights:
        raise wrong(file, at, rule.id, "有权重的规则", "a rule that has weights")
    own: dict[str, float] = {}
    for name, value in values.items():
        if name not in rule.weights:
            raise unknown(file, f"{at}.{name}", name, rule.weights)
        own[name] = float(number(file, f"{at}.{name}", value, 0, 1000))
    if not any(own.get(name, weight.value) for name, weight in rule.weights.items()):
        raise wrong(file, at, "weights that are all zero", "至少一个大于零的权重", "at least one above zero")
    return own


def _rule(file: str, key: str, rule_id: str, rules: Mapping[str, Rule]) -> Rule:
    if rule_id not in rules:
        raise unknown(file, key, rule_id, rules)
    return rules[rule_id]
