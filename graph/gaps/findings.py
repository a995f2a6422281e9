"""What the rules with a query find: one finding for each segment and subject, with the facts it rests on.

A rule is two files of ``graph/rules``; every such query returns the columns of ``Row``, one row a fact. Its
``data.says`` is the sentence, in which ``{segment}``, ``{subject}`` and ``{count}`` (of facts) are filled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from pydantic import ConfigDict, TypeAdapter, ValidationError

from graph.gaps.models import Basis, FactRef, Finding
from graph.gaps.rule_files import wrong
from graph.gaps.rules import Rule, Rules
from graph.ontology import Ontology
from graph.repository.models import Model, Ref, Text
from graph.repository.reader import Reader

#: Rows of a rule, and facts shown of a finding.
_MOST_ROWS: Final = 2000
_MOST_FACTS: Final = 20
_SEVERITIES: Final = ("high", "medium", "low")


class Row(Model):
    """A row of a rule's query; texts are empty where nothing is recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    segment: str
    segment_name: str
    subject: str
    subject_name: str
    fact: str
    fact_kind: str
    fact_says: str
    fact_date: str
    fact_standing: str
    fact_grade: str
    fact_sources: list[str]


_ROWS: Final = TypeAdapter(list[Row])


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is asked about, and by which rules."""

    rules: Rules
    chain: str
    places: list[str]
    day: str
    around: Sequence[str]
    most: int

    def thresholds(self, rule: Rule) -> dict[str, Any]:
        """The thresholds of ``rule`` as they hold for the chain and the place asked for."""
        return {name: self.rules.value(rule.id, name, self.chain, self.around) for name in rule.thresholds}

    def params(self) -> dict[str, Any]:
        """The parameters that every rule's query may use."""
        scope = {"chain": self.chain, "chains": [self.chain], "places": self.places}
        return {**scope, "day": self.day, "limit": self.most + 1}


class Found(NamedTuple):
    """What rules find; ``notes`` name the rules that answered more rows than are read."""

    items: list[Finding]
    notes: list[Text]


async def findings(
    reader: Reader,
    rules: Rules,
    chain: str,
    places: list[str],
    day: str,
    *,
    around: Sequence[str] | None = None,
    most: int = _MOST_ROWS,
) -> Found:
    """What the rules find for a chain in a place on a day, the most severe first.

    Parameters
    ----------
    chain : its id. places : ids of the place asked for (first) and of all places and parks in it.
    around : the place and all that surely holds it, the nearest first: whose thresholds hold; without it the
        place alone. most : rows of a rule that are read; the rest is left out, and told.

    Raises
    ------
    BadInput
        A rule whose query returns other columns, or other types, than the model.
    ReadTooLarge, ReadTimeout, EngineUnavailable
        From the store.
    """
    asked = [rule for rule in rules.of_axis("finding") if rule.query is not None]
    scope = _Scope(rules, chain, places, day, places[:1] if around is None else around, most)
    found = await asyncio.gather(*(_ask(reader, rule, scope) for rule in asked))
    items = [one for some in found for one in some.items]
    notes = [note for some in found for note in some.notes]
    return Found(sorted(items, key=lambda f: _SEVERITIES.index(f.severity)), notes)


async def _ask(reader: Reader, rule: Rule, scope: _Scope) -> Found:
    query = rule.query
    if query is None:
        return Found([], [])
    _check_columns(rule)
    thresholds = scope.thresholds(rule)
    known = scope.params() | thresholds
    params = {param.name: known[param.name] for param in query.params}
    answered = await reader.store.read(query.text, params, max_rows=scope.most + 1)
    try:
        rows = _ROWS.validate_python(answered)
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise wrong(
            f"{rule.id}.cypher", at, first["input"], "列的类型如 yml 所写", str(first["msg"])
        ) from error
    grouped = groupby(sorted(rows[: scope.most], key=_group), key=_group)
    items = [_finding(rule, thresholds, list(some), scope.day, reader.ontology) for _, some in grouped]
    return Found(items, [_cut(rule, scope.most)] if len(rows) > scope.most else [])


def _cut(rule: Rule, most: int) -> Text:
    return Text(
        zh=f"规则“{rule.name.zh}”查到的超过 {most} 行，只取前 {most} 行：所列的发现和其依据不全",
        en=f"The rule “{rule.name.en}” answered more than {most} rows; only the first {most} are read, and "
        "what it finds is not all there is",
    )


def _group(row: Row) -> tuple[str, str]:
    return row.segment, row.subject


def _check_columns(rule: Rule) -> None:
    wanted = Row.model_fields
    for column in wanted:
        if column not in rule.output:
            raise wrong(f"{rule.id}.yml", "output", f"no {column}", f"列 {column}", f"the column {column}")
    for column in rule.output:
        if column not in wanted:
            known = ", ".join(wanted)
            raise wrong(f"{rule.id}.yml", f"output.{column}", column, f"其中之一：{known}", f"one of {known}")


def _finding(
    rule: Rule, thresholds: Mapping[str, Any], rows: list[Row], day: str, ontology: Ontology
) -> Finding:
    facts = list({row.fact: row for row in rows}.values())
    first = rows[0]
    words = {"segment": first.segment_name, "subject": first.subject_name, "count": len(facts)}
    says = _says(rule, words)
    return Finding(
        rule=rule.id,
        rule_name=rule.name,
        severity=rule.severity,
        segment=_ref(ontology, first.segment, first.segment_name),
        subject=_ref(ontology, first.subject, first.subject_name),
        says=says,
        basis=Basis(
            rule=rule.id,
            rule_name=rule.name,
            because=says,
            thresholds=dict(thresholds),
            facts=[_fact(ontology, row) for row in facts[:_MOST_FACTS]],
            fact_count=len(facts),
            as_of=day,
        ),
    )


def _says(rule: Rule, words: Mapping[str, object]) -> Text:
    says = rule.data.get("says")
    try:
        return Text(zh=says["zh"].format(**words), en=says["en"].format(**words))  # type: ignore[index]
    except (TypeError, KeyError, ValueError, IndexError, AttributeError) as error:
        expected = "zh 和 en 两句，只用 {segment}、{subject}、{count}"
        raise wrong(
            f"{rule.id}.yml", "data.says", says, expected, "zh and en with {segment}, {subject}, {count} only"
        ) from error


def _fact(ontology: Ontology, row: Row) -> FactRef:
    return FactRef(
        key=row.fact,
        kind=row.fact_kind,
        says=Text(zh=row.fact_says, en=row.fact_says),
        about=_ref(ontology, row.fact, row.fact_says),
        date=row.fact_date or None,
        standing=row.fact_standing or None,
        grade=row.fact_grade or None,
        sources=row.fact_sources,
    )


def _ref(ontology: Ontology, key: str, caption: str) -> Ref | None:
    """The entity, or ``None`` for the rid of a relation or nothing at all."""
    if "/" not in key:
        return None
    return Ref(id=key, cls=ontology.entity_of_id(key).name, caption=caption)
