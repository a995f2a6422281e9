"""From the files of a rule (``<id>.yml``, and ``<id>.cypher`` of a finding) to the rule, strictly checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Any, Final

from cypher.header import parse_query
from cypher.query import Query, QueryError
from graph.gaps.rule_files import mapping, number, read_rules, text, texts, unknown, wrong
from graph.gaps.rule_model import AXES, COLUMN_TYPES, RULE_PARAMS, Rule, Severity, Threshold, Value, Weight
from graph.repository.models import Text

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,59}", re.ASCII)
_KEYS: Final = (
    "rule", "axis", "name", "why", "severity", "source", "thresholds", "weights", "output", "data",
)  # fmt: skip
_THRESHOLD: Final = ("value", "label", "min", "max", "whole", "values", "source")
_WEIGHT: Final = ("value", "label")
_SEVERITIES: Final[Mapping[str, Severity]] = {"high": "high", "medium": "medium", "low": "low"}


def parse_rule(name: str, yml: Traversable | None, cypher: Traversable | None) -> Rule:
    """The rule ``name`` from its two files; ``BadInput`` names what is wrong in which."""
    file = f"{name}.yml"
    if yml is None:
        raise wrong(f"{name}.cypher", "", "no .yml beside it", f"同名的 {file}", f"{file} of the same name")
    data = read_rules(yml, file)
    _known(file, "", data, _KEYS)
    if data.get("rule") != name or not _ID.fullmatch(name):
        raise wrong(file, "rule", data.get("rule"), f"{name}，与文件同名", f"{name}, as the file is named")
    axis = text(file, "axis", data.get("axis"))
    if axis not in AXES:
        raise unknown(file, "axis", axis, AXES)
    severity = text(file, "severity", data.get("severity", "medium"))
    if severity not in _SEVERITIES:
        raise unknown(file, "severity", severity, _SEVERITIES)
    thresholds = {
        key: _threshold(file, key, value) for key, value in _entries(file, "thresholds", data).items()
    }
    output = {key: _column(file, key, kind) for key, kind in _entries(file, "output", data).items()}
    return Rule(
        id=name,
        axis=axis,
        name=_both(file, "name", data.get("name")),
        why=_both(file, "why", data.get("why")),
        severity=_SEVERITIES[severity],
        source=text(file, "source", data["source"]) if "source" in data else None,
        thresholds=thresholds,
        weights={key: _weight(file, key, value) for key, value in _entries(file, "weights", data).items()},
        query=_query(name, cypher, output, thresholds),
        output=output,
        data=mapping(file, "data", data.get("data", {})),
    )


def _entries(file: str, section: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    entries = mapping(file, section, data.get(section, {}))
    for key in entries:
        if not _NAME.fullmatch(key):
            raise wrong(file, f"{section}.{key}", key, "小写字母、数字、下划线的名字", "a lower-case name")
    return entries


def _known(file: str, at: str, data: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in data:
        if key not in keys:
            raise unknown(file, f"{at}.{key}".lstrip("."), key, keys)


def _both(file: str, key: str, value: object) -> Text:
    both = mapping(file, key, value)
    _known(file, key, both, ("zh", "en"))
    return Text(zh=text(file, f"{key}.zh", both.get("zh")), en=text(file, f"{key}.en", both.get("en")))


def _threshold(file: str, name: str, value: object) -> Threshold:
    at = f"thresholds.{name}"
    entry = mapping(file, at, value)
    _known(file, at, entry, _THRESHOLD)
    threshold = Threshold(
        name=name,
        value=0,
        label=_both(file, f"{at}.label", entry.get("label")),
        low=number(file, f"{at}.min", entry.get("min", 0), -1e12, 1e12),
        high=number(file, f"{at}.max", entry.get("max", 1_000_000), -1e12, 1e12),
        whole=entry.get("whole") is True,
        values=tuple(texts(file, f"{at}.values", entry["values"])) if "values" in entry else (),
        source=text(file, f"{at}.source", entry["source"]) if "source" in entry else None,
    )
    given = entry.get("value")
    like: Value = given if isinstance(given, (str, list)) else 0
    return _with_value(threshold, checked_value(file, f"{at}.value", given, threshold, like))


def _with_value(threshold: Threshold, value: Value) -> Threshold:
    return Threshold(
        threshold.name, value, threshold.label, threshold.low, threshold.high, threshold.whole,
        threshold.values, threshold.source,
    )  # fmt: skip


def checked_value(file: str, key: str, value: object, threshold: Threshold, like: Value) -> Value:
    """``value`` as one of ``threshold``, of the kind of ``like``."""
    if isinstance(like, (int, float)):
        return number(file, key, value, threshold.low, threshold.high, whole=threshold.whole)
    found = [text(file, key, value)] if isinstance(like, str) else texts(file, key, value)
    for one in found:
        if threshold.values and one not in threshold.values:
            raise unknown(file, key, one, threshold.values)
    return found[0] if isinstance(like, str) else found


def _weight(file: str, name: str, value: object) -> Weight:
    at = f"weights.{name}"
    entry = mapping(file, at, value)
    _known(file, at, entry, _WEIGHT)
    return Weight(
        name,
        float(number(file, f"{at}.value", entry.get("value"), 0, 1000)),
        _both(file, f"{at}.label", entry.get("label")),
    )


def _column(file: str, name: str, kind: object) -> str:
    found = text(file, f"output.{name}", kind)
    if found not in COLUMN_TYPES:
        raise unknown(file, f"output.{name}", found, COLUMN_TYPES)
    return found


def _query(
    name: str, file: Traversable | None, output: Mapping[str, str], thresholds: Mapping[str, Threshold]
) -> Query | None:
    """The query of a finding, whose columns are those of ``output`` and which only reads."""
    shown = f"{name}.cypher"
    if file is None:
        if output:
            raise wrong(
                shown, "", "no such file", "有 output 的规则的查询", "the query of a rule with output"
            )
        return None
    try:
        query = parse_query(name, file.read_text("utf-8"))
    except (QueryError, UnicodeDecodeError) as error:
        raise wrong(shown, "", str(error), "合约与正文相符的查询", "a query that keeps its header") from error
    if query.writes or query.placeholders:
        raise wrong(
            shown, "", "a query that writes or has placeholders", "只读的查询", "a query that only reads"
        )
    columns = [column.name for column in query.returns]
    for column in columns:
        if column not in output:
            raise unknown(shown, f"returns {column}", column, output)
    for column in output:
        if column not in columns:
            raise wrong(
                shown, f"returns {column}", "no such column", f"{name}.yml 的列", f"as {name}.yml says"
            )
    for param in query.params:
        if param.name not in (*RULE_PARAMS, *thresholds):
            raise unknown(shown, f"param {param.name}", param.name, (*RULE_PARAMS, *thresholds))
    return query
