"""优先级 of a gap: a weighted mean of five parts, those that are not known left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

from graph.errors import BadInput
from graph.gaps.basis import Grounds, names
from graph.gaps.index import Index
from graph.gaps.models import Priority, PriorityPart, RiskVerdict, RoleVerdict, StatusVerdict
from graph.gaps.rules import Rules
from graph.gaps.supply import at_work_of
from graph.gaps.words import value_label
from graph.repository.models import Text

_RULE: Final = "priority"
_Name = Literal["criticality", "pull", "availability", "urgency", "role"]
_Scored = tuple[float | None, Text]
#: Values of INPUT_TO.criticality, the most pressing first.
_CRITICALITY: Final = ("required", "common", "optional")
_URGENT: Final = ("single", "external", "broken")


def priority_of(
    index: Index,
    rules: Rules,
    segment: str,
    place: str,
    *,
    status: StatusVerdict,
    role: RoleVerdict,
    risks: Sequence[RiskVerdict],
    candidates: int | None = None,
) -> Priority:
    """The priority of a segment in a place.

    Parameters
    ----------
    status, role, risks : of the same cell. candidates : how many firms could fill it; ``None``: not counted.

    Raises
    ------
    BadInput
        A weight is negative, or all are zero.
    """
    grounds = Grounds(index, rules, segment, place)
    scored: dict[_Name, _Scored] = {
        "criticality": _criticality(grounds),
        "pull": _pull(grounds),
        "availability": _availability(grounds, candidates, at_least=False),
        "urgency": _urgency(grounds, status, risks),
        "role": _role(grounds, role),
    }
    return weighed(rules, scored)


def with_candidates(
    grounds: Grounds, priority: Priority, candidates: int, *, at_least: bool = False
) -> Priority:
    """``priority`` of the cell of ``grounds``, with the part 可得性 of so many candidates or more."""
    scored: dict[_Name, _Scored] = {part.name: (part.value, part.because) for part in priority.parts}
    return weighed(grounds.rules, scored | {"availability": _availability(grounds, candidates, at_least)})


def weighed(rules: Rules, scored: dict[_Name, _Scored]) -> Priority:
    """The weighted mean of the parts that are known, and the share of all weights that these have.

    There is no mean where that share is below the threshold ``known_share``.
    """
    weights = rules.weights(_RULE)
    if any(weight < 0 for weight in weights.values()) or not any(weights.values()):
        raise BadInput(
            "优先级的权重不能为负，也不能都是零 · weights of a priority cannot be negative nor all zero",
            found=weights,
            expected="at least one weight above zero",
        )
    labels = rules.rule(_RULE).weights
    parts = [
        PriorityPart(
            name=n, label=labels[n].label, value=scored[n][0], weight=weights[n], because=scored[n][1]
        )
        for n in get_args(_Name)
    ]
    known = sum(part.weight for part in parts if part.value is not None)
    total = sum(part.weight * part.value for part in parts if part.value is not None)
    share = known / sum(weights.values())
    enough = known > 0 and share >= rules.number(_RULE, "known_share")
    return Priority(value=total / known if enough else None, known=share, parts=parts)


def _criticality(grounds: Grounds) -> _Scored:
    """By the most pressing need of a segment that is at work here."""
    index, place = grounds.index, grounds.place
    here = [one for one in index.users(grounds.segment) if at_work_of(index, one.target, place)]
    for kind in _CRITICALITY:
        users = [one.target for one in here if one.criticality == kind]
        if users:
            who, word = (
                names([index.ref(user) for user in dict.fromkeys(users)]),
                value_label("INPUT_TO", "criticality", kind),
            )
            because = Text(
                zh=f"它是本地在做的{who.zh}的{word.zh}投入", en=f"{word.en} for {who.en}, at work here"
            )
            return grounds.number(_RULE, kind), because
    return None, Text(
        zh="没有记录本地在做的环节需要它", en="Not recorded as needed by any segment at work here"
    )


def _pull(grounds: Grounds) -> _Scored:
    """By the leading firms at work here in segments that take it."""
    index, place = grounds.index, grounds.place
    users = dict.fromkeys(one.target for one in index.users(grounds.segment))
    if not users:
        return None, Text(zh="没有记录哪些环节用它", en="No segment is recorded that takes it")
    firms = sorted(
        {lead.firm for user in users for one in index.below(user) for lead in index.leads(one, place)}
    )
    if not firms:
        return None, Text(
            zh="用它的环节在本地没有链主、龙头的记录", en="No leading firm is recorded here among its users"
        )
    who = names([index.ref(firm) for firm in firms])
    value = min(1.0, len(firms) / grounds.number(_RULE, "leaders_full"))
    return value, Text(zh=f"本地的链主、龙头需要它：{who.zh}", en=f"Leading firms here need it: {who.en}")


def _availability(grounds: Grounds, candidates: int | None, at_least: bool) -> _Scored:
    if candidates is None:
        return None, Text(zh="候选未数", en="Candidates not counted")
    value = min(1.0, candidates / grounds.number(_RULE, "candidates_full"))
    zh, en = ("至少 ", "at least ") if at_least else ("", "")
    return value, Text(zh=f"候选{zh or ' '}{candidates} 家", en=f"Candidates: {en}{candidates}")


def _urgency(grounds: Grounds, status: StatusVerdict, risks: Sequence[RiskVerdict]) -> _Scored:
    urgent = [risk.label for risk in risks if risk.value in _URGENT]
    if urgent:
        because = Text(zh="、".join(t.zh for t in urgent), en=", ".join(t.en for t in urgent))
        return grounds.number(_RULE, "at_risk"), because
    if status.value in ("missing", "weak"):
        return grounds.number(_RULE, status.value), status.label
    return None, Text(zh="没有可据以判断的现状或风险", en="Neither status nor risk tells how urgent it is")


def _role(grounds: Grounds, role: RoleVerdict) -> _Scored:
    if role.value == "none":
        return None, role.basis.because
    return grounds.number(_RULE, f"role_{role.value}"), role.basis.because
