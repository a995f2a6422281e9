"""Figures: gathered numbers as observations, each with metric, kind, unit, period and definition."""

import hashlib
import re
from collections import Counter

from graph.ontology import load_ontology
from tools.gather.fact_subjects import Names, split_refs, subject_refs
from tools.gather.facts import Decision, carried, chain_refs, cited, decided, parts, row_key, segment_refs
from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.tables import Tables

_NUMBER = re.compile(r"[\d.]+")
_KINDS = {"target": "目标", "forecast": "预测", "cumulative": "累计", "actual": ""}


def build(tables: Tables, gathered: Gathered) -> None:
    """Add observations by observations.csv; a figure that is curated only adds its sources there."""
    metric = load_ontology().entity("Observation").properties["metric"]
    metrics = {value.value: value.zh for value in metric.values}
    names = Names(gathered)
    figures = list(decided(gathered, "observations.csv"))
    several = {key for key, count in Counter(row_key(row) for row, _ in figures).items() if count > 1}
    for row, decision in figures:
        if decision["id"]:
            tables.add("observations", row, id=decision["id"], **cited(gathered, row))
        else:
            whole = row["value"] if row_key(row) in several and not _NUMBER.fullmatch(row["value"]) else ""
            _add(tables, gathered, row, decision, names=names, metrics=metrics, statement=whole)


def _add(
    tables: Tables,
    gathered: Gathered,
    row: GatheredRow,
    decision: Decision,
    *,
    names: Names,
    metrics: dict[str, str],
    statement: str,
) -> None:
    refs = parts(decision["about"]) or subject_refs(row)
    chains, segments = chain_refs(decision["chain"], decision["segment"]), segment_refs(decision["segment"])
    inside, others = split_refs(refs)
    common = carried(gathered, row, decision["reason"])
    if decision["standing"]:
        common["standing"] = decision["standing"]
    subject = "、".join(names.of(ref) for ref in refs) + "、".join(
        names.of(ref) for ref in (segments or chains)
    )
    tables.add(
        "observations",
        row,
        id=observation_id([gathered.decisions.final(ref) for ref in refs], chains, segments, decision),
        name=observation_name(subject, metrics[decision["metric"]], decision),
        metric=decision["metric"],
        kind=decision["kind"],
        value=decision["value"],
        period=decision["period"],
        scope=decision["scope"],
        statement=statement,
        about=others,
        place=inside,
        chain=chains,
        segment=segments,
        **common,
    )


def observation_id(refs: list[str], chains: list[str], segments: list[str], decision: Decision) -> str:
    """An id from what is measured and what was found: the same figure named twice gets the same id."""
    about = refs[0].split("/", 1)[1]
    what = (segments or chains or ["all"])[0].split("/")[-1]
    told = [decision[column] for column in ("metric", "kind", "value", "period", "scope")]
    digest = hashlib.sha256("\n".join([*refs, *chains, *segments, *told]).encode()).hexdigest()[:6]
    when = decision["period"].replace("/", "-").lower()
    metric = decision["metric"].replace("_", "-")
    return "-".join(filter(None, (f"observation/{about}/{what}/{metric}", when, digest)))


def observation_name(subject: str, metric: str, decision: Decision) -> str:
    """A name that can be read alone: whose, which metric, definition, period, and target or forecast."""
    named = "" if decision["metric"] == "other" else metric
    scope = decision["scope"]
    text = f"{subject}{named}（{scope}）" if named and scope else f"{subject}{named or scope}"
    return " ".join(filter(None, (text, decision["period"], _KINDS[decision["kind"]])))
