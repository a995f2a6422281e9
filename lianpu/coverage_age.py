"""Coverage declarations of a planned load that are too old to have an effect, told before the load."""

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
    """The plan, with a notice for each complete coverage whose date is older than ``coverage_days`` today.

    Where one's own rules have several values of it, the longest counts.
    """
    if plan.input.dataset == BUILTIN:
        return plan
    days = _longest(settings)
    with truth.looking(plan.scratch) as db:
        found = stated(db, plan.input.dataset, staged.c.cls == "Coverage")
    told = [_notice(a, days, ontology) for a in found if _is_old(a, days, ontology)]
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


def _is_old(a: Assertion, days: int, ontology: Ontology) -> bool:
    as_of = a.props.get("as_of")
    if as_of is None or a.props.get("complete") is not True:
        return False
    first = flatten_value(ontology.entities["Coverage"].properties["as_of"], as_of)["as_of_min"]
    return (office_today() - date.fromisoformat(str(first))).days > days


def _notice(a: Assertion, days: int, ontology: Ontology) -> Notice:
    label = ontology.entities["Coverage"].properties["as_of"].label
    return Notice(
        "coverage-old", a.table, a.row, a.key, str(a.props.get("name", a.key)), label.zh, label.en,
        str(a.props["as_of"]), t(f"已超过 {days} 天", f"more than {days} days ago"),
    )  # fmt: skip
