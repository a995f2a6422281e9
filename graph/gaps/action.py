"""对策: what to do about a segment in a place, by the table in ``graph/rules/action.yml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

from graph.gaps.basis import Grounds, names
from graph.gaps.facts import Fact
from graph.gaps.index import Index
from graph.gaps.models import Action, ActionVerdict, RiskVerdict, Role, RoleVerdict, Status, StatusVerdict
from graph.gaps.rule_files import mapping, text, unknown, wrong
from graph.gaps.rules import Rule, Rules
from graph.gaps.supply import at_work_of
from graph.repository.models import Ref, Text

_RULE: Final = "action"
_LABELS: Final[dict[Action, Text]] = {
    "fill": Text(zh="补链", en="fill"),
    "strengthen": Text(zh="强链", en="strengthen"),
    "extend": Text(zh="延链", en="extend"),
    "secure": Text(zh="固链", en="secure"),
    "verify": Text(zh="先核实", en="verify first"),
}
_KEYS: Final = ("when", "action", "last", "because")
_CONDITIONS: Final = ("status", "role", "risk", "at_work", "users_here")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the table; see the comment in the file."""

    when: Mapping[str, Any]
    action: Action
    last: bool
    because: Text


@dataclass(frozen=True, slots=True)
class _State:
    """What the conditions of the table are about. ``idle_users``: segments that take it, none at work here;
    empty where some are at work or none is recorded."""

    status: Status
    role: Role
    risk: bool
    at_work: bool
    idle_users: list[Ref]

    def fits(self, when: Mapping[str, Any]) -> bool:
        """Whether all conditions hold."""
        facts = {"risk": self.risk, "at_work": self.at_work, "users_here": not self.idle_users}
        return all(
            getattr(self, key) in wanted if key in ("status", "role") else facts[key] == wanted
            for key, wanted in when.items()
        )


def actions_of(
    index: Index,
    rules: Rules,
    segment: str,
    place: str,
    *,
    status: StatusVerdict,
    role: RoleVerdict,
    risks: Sequence[RiskVerdict],
) -> list[ActionVerdict]:
    """What to do, in the order of the table; ``status``, ``role``, ``risks`` are those of the same cell.

    Raises ``BadInput`` for a table that has not the form its file tells.
    """
    grounds = Grounds(index, rules, segment, place)
    here = at_work_of(index, segment, place)
    idle = _idle_users(index, segment, place)
    state = _State(status.value, role.value, bool(risks), bool(here), idle)
    found: dict[Action, ActionVerdict] = {}
    for line in _table(rules.rule(_RULE)):
        if line.action in found or not state.fits(line.when):
            continue
        facts: list[Fact] = list(here) if line.action in ("extend", "secure", "strengthen") else []
        because = _because(line, role, risks, idle)
        basis = grounds.basis(_RULE, because, facts)
        found[line.action] = ActionVerdict(value=line.action, label=_LABELS[line.action], basis=basis)
        if line.last:
            break
    return list(found.values())


def _because(line: _Line, role: RoleVerdict, risks: Sequence[RiskVerdict], idle: list[Ref]) -> Text:
    """The sentence of the line, with what it is about here."""
    more: Text | None = None
    if line.action == "extend":
        more = names(idle)
    elif line.action == "secure":
        more = Text(zh="、".join(r.label.zh for r in risks), en=", ".join(r.label.en for r in risks))
    elif role.value == "unfit" and "role" in line.when:
        more = role.basis.because
    if more is None:
        return line.because
    return Text(zh=f"{line.because.zh}：{more.zh}", en=f"{line.because.en}: {more.en}")


def _idle_users(index: Index, segment: str, place: str) -> list[Ref]:
    """The segments that take this one, if none of them is at work here."""
    own = set(index.below(segment))
    users = [u for u in dict.fromkeys(one.target for one in index.users(segment)) if u not in own]
    if any(at_work_of(index, user, place) for user in users):
        return []
    return [index.ref(user) for user in users]


def _table(rule: Rule) -> list[_Line]:
    """The table of the rule, checked."""
    file, lines = f"{rule.id}.yml", rule.data.get("table")
    if not isinstance(lines, list) or not lines:
        raise wrong(file, "data.table", lines, "至少一行的表", "a table of at least one line")
    return [_line(file, f"data.table.{i}", line) for i, line in enumerate(lines)]


def _line(file: str, at: str, line: object) -> _Line:
    data = mapping(file, at, line)
    for key in data:
        if key not in _KEYS:
            raise unknown(file, f"{at}.{key}", key, _KEYS)
    when = mapping(file, f"{at}.when", data.get("when"))
    allowed = {"status": get_args(Status), "role": get_args(Role)}
    for key, wanted in when.items():
        if key not in _CONDITIONS:
            raise unknown(file, f"{at}.when.{key}", key, _CONDITIONS)
        if key not in allowed and not isinstance(wanted, bool):
            raise wrong(file, f"{at}.when.{key}", wanted, "true 或 false", "true or false")
        for one in wanted if key in allowed else ():
            if one not in allowed[key]:
                raise unknown(file, f"{at}.when.{key}", str(one), allowed[key])
    action = next((one for one in _LABELS if one == data.get("action")), None)
    if action is None:
        raise unknown(file, f"{at}.action", str(data.get("action")), _LABELS)
    because = mapping(file, f"{at}.because", data.get("because"))
    return _Line(
        when=when,
        action=action,
        last=data.get("last") is True,
        because=Text(
            zh=text(file, f"{at}.because.zh", because.get("zh")),
            en=text(file, f"{at}.because.en", because.get("en")),
        ),
    )
