"""Coverage declarations of a planned load that will have no effect, told before the load."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.facts import Assertion
from graph.gaps.rules import load_rules
from graph.office_time import office_today
from graph.ontology import Ontology
from graph.truth import TruthStore
from graph.truth.scratch import staged
from graph.truth.view import stated
from graph.values import flatten_value
from ingest.inputs import BUILTIN
from ingest.load import LoadPlan
from ingest.notices import Notice
from lianpu.i18n import t
from lianpu.settings import Settings

_RULE, _DAYS = "coverage", "coverage_days"


def with_old_coverages(plan: LoadPlan, truth: TruthStore, ontology: Ontology, settings: Settings) -> LoadPlan:
    """The plan, with a notice for each coverage that will have no effect.

    It is not said whether the list is complete, or the date is missing, to come, or older than the threshold
    ``coverage_days`` today. A list that is said to be incomplete is meant so.

    Where one's own rules have several values of it, the longest counts.
    """
    if plan.input.dataset == BUILTIN:
        return plan
    days = _longest(settings)
    with truth.looking(plan.scratch) as db:
        found = stated(db, plan.input.dataset, staged.c.cls == "Coverage")
    told = [notice for a in found if (notice := _notice(a, days, ontology))]
    return replace(plan, notices=[*plan.notices, *told])


def _longest(settings: Settings) -> int:
    rules = load_rules(settings.gap_rules)
    scoped = [
        value
        for values in (rules.own.places, rules.own.chains)
        for (_, rule, name), value in values.items()
        if (rule, name) == (_RULE, _DAYS) and isinstance(value, (int, float))
    ]
    return int(max(rules.number(_RULE, _DAYS), *scoped, 0))


def _notice(a: Assertion, days: int, ontology: Ontology) -> Notice | None:
    properties, as_of = ontology.entities["Coverage"].properties, a.props.get("as_of")
    complete = a.props.get("complete")
    if complete is False:
        return None
    kind, about, why = "coverage-idle", "complete" if complete is None else "as_of", t("没有填", "left empty")
    if complete is True and as_of is not None:
        first = flatten_value(properties["as_of"], as_of)["as_of_min"]
        age = (office_today() - date.fromisoformat(str(first))).days
        if 0 <= age <= days:
            return None
        why = t("还没有到", "to come")
        if age > days:
            kind, why = "coverage-old", t(f"已超过 {days} 天", f"more than {days} days ago")
    label = properties[about].label
    return Notice(
        kind, a.table, a.row, a.key, str(a.props.get("name", a.key)), label.zh, label.en,
        str(a.props.get(about, "")), why,
    )  # fmt: skip
