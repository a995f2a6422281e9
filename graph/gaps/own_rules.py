"""A user's own file: thresholds for all, for a chain or for a place, and weights. Strictly checked.

.. code-block:: yaml

    thresholds: {status: {firms_for_strong: 4}}
    chains: {新能源: {status: {firms_for_strong: 2}}}
    places: {place/360900: {coverage: {coverage_days: 400}}}
    weights: {priority: {criticality: 0.4, pull: 0.1}}

Chains and places are given by id or name; which they are, the graph tells (``named``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from graph.errors import BadInput, NotFound
from graph.gaps.rule_files import mapping, number, read_rules, unknown, wrong
from graph.gaps.rule_model import Rule, Value
from graph.gaps.rule_parse import checked_value
from graph.repository.models import Ref

_SECTIONS: Final = ("thresholds", "chains", "places", "weights")
#: What the keys of a section are, in Chinese and English.
_SCOPES: Final = {
    "chains": ("图中产业链的标识或名称", "id or name of a chain in the graph"),
    "places": ("图中地区、园区或板块的标识或名称", "id or name of a place, park or zone in the graph"),
}
Scoped = Mapping[tuple[str, str, str], Value]
#: Finds a chain or place by id or name; raises ``NotFound`` or ``BadInput`` with ``near`` ones.
Finder = Callable[[str], Ref]


@dataclass(frozen=True, slots=True)
class Own:
    """Values by (chain or place, rule, threshold), by (rule, threshold), and weights by rule and part."""

    chains: Scoped = field(default_factory=dict)
    places: Scoped = field(default_factory=dict)
    everywhere: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def scoped(self) -> bool:
        """Whether a chain or place is named."""
        return bool(self.chains or self.places)


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


def named(own: Own, file: str, chain: Finder, place: Finder) -> Own:
    """The user's values with each chain and place under the id that its finder gives for it.

    Raises
    ------
    BadInput
        There is none of that id or name, or several, or two keys mean the same; names file, key, near ones.
    """
    chains, places = _by_id(file, "chains", own.chains, chain), _by_id(file, "places", own.places, place)
    return replace(own, chains=chains, places=places)


def _by_id(file: str, section: str, values: Scoped, find: Finder) -> Scoped:
    keys: dict[str, str] = {}
    for given in dict.fromkeys(key for key, _, _ in values):
        at, (zh, en) = f"{section}.{given}", _SCOPES[section]
        try:
            found = find(given).id
        except (BadInput, NotFound) as error:
            near = ", ".join(error.extra.get("near") or ())
            zh, en = (f"{zh}，如 {near}", f"{en}, such as {near}") if near else (zh, en)
            raise wrong(file, at, given, zh, en) from error
        if found in keys.values():
            raise wrong(file, at, f"{found} twice", "每个只写一次", "each but once")
        keys[given] = found
    return {(keys[given], rule, name): value for (given, rule, name), value in values.items()}


def _scoped(
    file: str, section: str, data: object, rules: Mapping[str, Rule]
) -> Iterator[tuple[tuple[str, str, str], Value]]:
    for key, values in mapping(file, section, data).items():
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
