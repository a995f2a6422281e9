"""Words for verdicts: labels, and each fact as what it says in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from graph.errors import BadInput
from graph.facts import GRADES, STANDINGS
from graph.gaps.facts import (
    Declaration,
    Fact,
    Input,
    Lead,
    Positioned,
    ProjectFact,
    Rate,
    Remark,
    TitleFact,
    Work,
)
from graph.gaps.index import Index
from graph.gaps.models import FactRef, Risk, Status
from graph.ontology import load_ontology
from graph.repository.models import Text

STATUS_LABELS: Final[Mapping[Status, Text]] = {
    "strong": Text(zh="强", en="strong"),
    "weak": Text(zh="弱", en="weak"),
    "missing": Text(zh="缺", en="missing"),
    "recorded": Text(zh="有记录·未定", en="recorded, undecided"),
    "unknown": Text(zh="未知", en="unknown"),
    "partly_unknown": Text(zh="部分未知", en="partly unknown"),
}
RISK_LABELS: Final[Mapping[Risk, Text]] = {
    "single": Text(zh="单点依赖", en="single supplier"),
    "external": Text(zh="外部依赖", en="depends on outside"),
    "broken": Text(zh="断链", en="supply broken"),
    "concentrated": Text(zh="集中", en="concentrated"),
}
_LEADS: Final[Mapping[str, tuple[str, str]]] = {
    "DESIGNATED_CHAIN_LEADER": ("链主", "designated chain leader"),
    "FLAGSHIP_IN": ("龙头", "flagship"),
}
_F = TypeVar("_F", bound=Fact)
#: Facts of a basis that are shown.
MOST_FACTS: Final = 20


@cache
def value_label(cls: str, name: str, value: str) -> Text:
    """The label of an enumerated value of a class's property; a value that is not listed, as it is."""
    ontology = load_ontology()
    try:
        found = ontology.relation(cls) if cls.isupper() else ontology.entity(cls)
    except BadInput:
        return Text(zh=value, en=value)
    values = found.properties[name].values if name in found.properties else ()
    for one in values or ():
        if one.value == value:
            return Text(zh=one.zh, en=one.en)
    return Text(zh=value, en=value)


def strongest(facts: Iterable[_F]) -> list[_F]:
    """Each fact once: verified and of a high grade first, then the later, then by key."""
    once = {fact.key: fact for fact in facts}.values()
    by_key = sorted(once, key=lambda fact: fact.key)
    by_date = sorted(by_key, key=lambda fact: fact.date.last if fact.date else "", reverse=True)
    return sorted(by_date, key=lambda fact: (_rank(STANDINGS, fact.standing), _rank(GRADES, fact.grade)))


def _rank(order: tuple[str, ...], value: str | None) -> int:
    return order.index(value) if value in order else len(order)


def fact_refs(index: Index, facts: Iterable[Fact]) -> list[FactRef]:
    """The facts as shown in a basis, in their order, at most ``MOST_FACTS``."""
    return [fact_ref(index, fact) for fact in list(facts)[:MOST_FACTS]]


def fact_ref(index: Index, fact: Fact) -> FactRef:
    """A fact with what it says, whom it speaks of, its date, standing, grade and sources."""
    for cls, (kind, about, says) in _KINDS.items():
        if isinstance(fact, cls):
            entity = about(fact)
            return FactRef(
                key=fact.key,
                kind=kind,
                says=says(index, fact),
                about=index.ref(entity) if entity else None,
                date=fact.date.given if fact.date else None,
                standing=fact.standing,
                grade=fact.grade or None,
                sources=list(fact.sources),
            )
    raise TypeError(f"no words for a fact of class {type(fact).__name__}")


def _line(*parts: str | Text | None) -> Text:
    """The parts that are known, joined: ``A，B`` and ``A, B``."""
    known = [p if isinstance(p, Text) else Text(zh=p, en=p) for p in parts if p]
    return Text(zh="，".join(p.zh for p in known), en=", ".join(p.en for p in known))


def _names(index: Index, keys: Iterable[str]) -> str:
    return "、".join(index.ref(key).caption for key in keys)


def _work(index: Index, w: Work) -> Text:
    site = w.site_name or index.ref(w.site).caption
    firms = "、".join(name for f in w.firms if (name := index.ref(f).caption) not in site)
    who = f"{firms}（{site}）" if firms else site
    status = value_label("WORKS_IN", "status", w.status)
    made = Text(zh=f"产能 {w.capacity}", en=f"capacity {w.capacity}") if w.capacity else None
    segment = index.ref(w.segment).caption
    return _line(who, segment, w.product if w.product != segment else None, status, made)


def _remark(index: Index, r: Remark) -> Text:
    kind = value_label("Statement", "gap_kind", r.gap_kind) if r.gap_kind and r.kind != "strength" else None
    if kind is None and r.kind:
        kind = value_label("Statement", "kind", r.kind)
    by = Text(zh=f"由{r.filled_by}补上", en=f"filled by {r.filled_by}") if r.filled_by else None
    on = r.filled_on.given if r.filled_on else None
    when = Text(zh=f"{on} 补上", en=f"filled {on}") if on else None
    where = _names(index, (*r.places, *r.parks, *r.zones, *r.firms))
    return _line(kind, where, r.text or r.name, by, when)


def _declaration(index: Index, d: Declaration) -> Text:
    zh, en = (
        ("名单已查全", "the list is complete") if d.complete else ("名单未查全", "the list is not complete")
    )
    what = f"{_names(index, d.places)}：{_names(index, (*d.segments, *d.chains))}"
    return _line(d.by or d.name, what, Text(zh=zh, en=en))


def _input(index: Index, i: Input) -> Text:
    way = f"{index.ref(i.source).caption} → {index.ref(i.target).caption}"
    need = value_label("INPUT_TO", "criticality", i.criticality) if i.criticality else None
    return _line(way, i.input, need)


def _project(_: Index, p: ProjectFact) -> Text:
    status = value_label("Project", "status", p.status) if p.status else None
    return _line(p.name, status, p.investment)


def _lead(index: Index, fact: Lead) -> Text:
    about = index.ref(fact.about).caption
    zh, en = _LEADS.get(fact.cls, (fact.cls, fact.cls))
    called = f"“{fact.called}”" if fact.called else None
    return _line(index.ref(fact.firm).caption, Text(zh=f"{about}{zh}", en=f"{en} of {about}"), called)


def _title(_: Index, t: TitleFact) -> Text:
    status = value_label("Title", "status", t.status) if t.status else None
    return _line(t.name, t.level, status)


def _positioned(index: Index, p: Positioned) -> Text:
    role = value_label("POSITIONED_FOR", "role", p.role) if p.role else None
    return _line(p.subject_name or p.subject, index.ref(p.about).caption, role, p.text)


def _rate(_: Index, r: Rate) -> Text:
    kind = value_label("Observation", "kind", r.kind) if r.kind else None
    return _line(r.name, r.value, kind)


#: Class of fact → kind, the entity it speaks of, and its words. ``Any``: each takes its own class.
_KINDS: Final[Mapping[type[Fact], tuple[str, Callable[[Any], str], Callable[[Index, Any], Text]]]] = {
    Work: ("work", lambda w: w.firms[0] if len(w.firms) == 1 else w.site, _work),
    Remark: ("statement", lambda r: r.key, _remark),
    Declaration: ("coverage", lambda d: d.key, _declaration),
    Input: ("input", lambda i: i.source, _input),
    ProjectFact: ("project", lambda p: p.key, _project),
    Lead: ("lead", lambda lead: lead.firm, _lead),
    TitleFact: ("title", lambda t: t.firm, _title),
    Positioned: ("position", lambda p: p.subject, _positioned),
    Rate: ("rate", lambda r: r.key, _rate),
}
