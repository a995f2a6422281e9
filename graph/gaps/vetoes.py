"""Rules by which something may not be built in a place, or only after a check (``graph/rules/veto-*.yml``).

The form of their ``data``: ``effect`` (unfit or note), ``match`` (all or any of a segment's codes),
``natures`` of segments it is about, ``park`` (type and level of the park that is needed), ``says`` and
``unless``, in two languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.gaps.basis import Grounds
from graph.gaps.facts import ParkFact
from graph.gaps.rule_files import unknown, wrong
from graph.gaps.rules import Rule
from graph.gaps.supply import at_work_of
from graph.repository.models import Text

_EFFECTS: Final = ("unfit", "note")
_MATCHES: Final = {"all": all, "any": any}
_KEYS: Final = ("effect", "match", "natures", "park", "says", "unless")


@dataclass(frozen=True, slots=True)
class Veto:
    """What a rule says of a segment in a place. ``forbids``: it may not be built there."""

    rule: str
    forbids: bool
    says: Text
    unless: Text | None = None


def vetoes_of(grounds: Grounds) -> list[Veto]:
    """What the rules of the axis ``role`` that have an effect say here, those that forbid first.

    Where somebody is at work already, what would forbid only says so: the list of parks may be incomplete.

    Raises ``BadInput`` for a rule file whose ``data`` has not the form told above.
    """
    rules = [rule for rule in grounds.rules.of_axis("role") if rule.data]
    found = [veto for rule in rules if (veto := _veto(grounds, rule)) is not None]
    return sorted(found, key=lambda veto: (not veto.forbids, veto.rule))


def _veto(grounds: Grounds, rule: Rule) -> Veto | None:
    data = _checked(rule)
    segment = grounds.index.facts.segments.get(grounds.segment)
    if segment is None or not segment.gb4754 or segment.nature not in data["natures"]:
        return None
    codes = tuple(grounds.texts(rule.id, "gb4754"))
    if not _MATCHES[data["match"]](code.startswith(codes) for code in segment.gb4754):
        return None
    if "park" in data and _has_park(grounds, rule, data["park"]):
        return None
    says, unless = _text(data["says"]), data.get("unless")
    forbids = data["effect"] == "unfit"
    if forbids and at_work_of(grounds.index, grounds.segment, grounds.place):
        says = Text(
            zh=f"{says.zh}；但本地已有企业在做，新建能否落地待核实",
            en=f"{says.en}; yet somebody is at work here, so whether it may be built is to be verified",
        )
        forbids = False
    return Veto(rule.id, forbids, says, _text(unless) if unless else None)


def _has_park(grounds: Grounds, rule: Rule, wanted: Mapping[str, str]) -> bool:
    """Whether a park of the wanted kind is here; where too few are on record, it may be."""
    index, place = grounds.index, grounds.place
    kind = [
        park
        for park in index.facts.parks.values()
        if park.type == wanted["type"] and park.level == wanted["level"]
    ]
    if len(kind) < grounds.number(rule.id, "min_recorded"):
        return True
    here = index.facts.parks.get(place)
    return any(
        index.inside(park.places, (park.id,), place) or (here is not None and _beside(park, here))
        for park in kind
    )


def _beside(park: ParkFact, here: ParkFact) -> bool:
    """Whether a park lies in the same place: it may be a part of that other one."""
    return not set(park.places).isdisjoint(here.places)


def _checked(rule: Rule) -> Mapping[str, Any]:
    file, data = f"{rule.id}.yml", rule.data
    for key in data:
        if key not in _KEYS:
            raise unknown(file, f"data.{key}", key, _KEYS)
    for key, allowed in (("effect", _EFFECTS), ("match", tuple(_MATCHES))):
        if data.get(key) not in allowed:
            raise unknown(file, f"data.{key}", str(data.get(key)), allowed)
    for key in ("natures", "says"):
        if not data.get(key):
            raise wrong(file, f"data.{key}", data.get(key), "不空", "something there")
    return data


def _text(data: Mapping[str, str]) -> Text:
    return Text(zh=data["zh"], en=data["en"])
