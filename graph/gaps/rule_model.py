"""What a rule is: names, why it matters, thresholds, weights, and for findings a query with its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from cypher.query import Query
from graph.repository.models import Text

Value = float | int | str | list[str]
Severity = Literal["high", "medium", "low"]
#: Axes of the verdicts, and what else has thresholds.
AXES: Final = ("status", "coverage", "building", "risk", "role", "action", "priority", "finding", "other")
#: Types of the columns of a finding's query.
COLUMN_TYPES: Final[Mapping[str, type | tuple[type, ...]]] = MappingProxyType(
    {"text": str, "texts": list, "number": (int, float), "flag": bool}
)
#: Parameters that every query of a rule may use, besides the rule's own thresholds.
RULE_PARAMS: Final = ("chain", "chains", "places", "day", "limit")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number, a text or a list of texts that a verdict depends on.

    ``low`` and ``high`` bound a number, ``whole`` says that it is counted. ``values`` are the texts allowed,
    where only some are. ``source`` says where the value comes from, if it is not the program's own choice.
    """

    name: str
    value: Value
    label: Text
    low: float = 0.0
    high: float = 1_000_000.0
    whole: bool = False
    values: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """A part of a score and its weight, from 0."""

    name: str
    value: float
    label: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One file of ``graph/rules``.

    Attributes
    ----------
    id : name of the file. axis : one of ``AXES``. name : as shown. why : why it matters.
    severity : of what it finds. source : law, paper or guideline behind it; ``None`` where there is none.
    thresholds, weights : by name. query, output : of a finding, and its columns with their types.
    data : other tables of the rule, whose form its own code checks.
    """

    id: str
    axis: str
    name: Text
    why: Text
    severity: Severity = "medium"
    source: str | None = None
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    weights: Mapping[str, Weight] = field(default_factory=dict)
    query: Query | None = None
    output: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
