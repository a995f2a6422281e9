"""Where a firm works: its sites 生产基地.

A firm without a site gets one, and a row that names a firm where a site is meant means its only site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology
from ingest.faults import Fault
from ingest.reading import Stated

#: What is said of a firm and, where its site is made, of the site too.
CARRIED = ("LOCATED_IN", "IN_PARK")


def made_site(firm: Assertion, ontology: Ontology) -> Iterator[Stated]:
    """``site/<slug>`` of kind ``unspecified`` that the firm operates, as sourced as the firm's row."""
    key, f = site_id(firm.key, ontology), firm
    name = f.props.get("short_name") or f.props.get("name") or f.key
    props = {"name": name, "kind": "unspecified"}
    since = (f.seen_at, f.valid_from, f.valid_to)
    yield (
        Assertion(f.dataset, f.table, f.row, "Site", key, None, None, props, f.sources, *since, f.standing),
        "",
        "",
    )
    rid, ends = relation_id("OPERATES", f.key, key), (f.key, key)
    yield (
        Assertion(f.dataset, f.table, f.row, "OPERATES", rid, *ends, {}, f.sources, *since, f.standing),
        "",
        "",
    )


def site_id(firm: str, ontology: Ontology) -> str:
    """The id of the site that is made for a firm."""
    return f"{ontology.entities['Site'].prefix}/{firm.split('/', 1)[1]}"


def carried(a: Assertion, at: tuple[str, str], ontology: Ontology) -> Stated:
    """The place or park of a firm whose site was made, said of that site."""
    source, target = site_id(str(a.source), ontology), str(a.target)
    return replace(a, key=relation_id(a.cls, source, target), source=source), *at


def with_sites(ontology: Ontology) -> frozenset[str]:
    """The relation classes of which an end may be a site, but no firm."""
    ends = ((cls.name, end) for cls in ontology.relations.values() for end in (cls.source, cls.target))
    return frozenset(name for name, end in ends if "Site" in end and "Firm" not in end)


def needs_site(a: Assertion, ontology: Ontology) -> bool:
    """Whether an end is a firm where a site is meant."""
    return any(_is_firm(end, allowed, ontology) for end, allowed in _ends(a, ontology))


class Sites:
    """Sites by firm, and rows that name a firm where a site is meant put right with them."""

    def __init__(self, operates: Iterable[Assertion], ontology: Ontology) -> None:
        self._ontology = ontology
        self._of: dict[str, set[str]] = defaultdict(set)
        for a in operates:
            if a.source and a.target:
                self._of[a.source].add(a.target)

    def resolve(self, stated: Stated, file: str, sheet: str) -> Stated | Fault:
        """``stated`` with each such firm replaced by its only site, or what is wrong."""
        a, *at = stated
        values: list[str] = []
        for (end, allowed), heading in zip(_ends(a, self._ontology), at, strict=True):
            if not _is_firm(end, allowed, self._ontology):
                values.append(end)
                continue
            found = sorted(self._of.get(end, ()))
            if len(found) != 1:
                zh = "先有该企业" if not found else "注明哪一个基地：" + "、".join(found)
                en = "the firm to be stated" if not found else "one of its sites: " + ", ".join(found)
                return Fault(file, a.row, heading, end, zh, en, sheet)
            values.append(found[0])
        cls = self._ontology.relations[a.cls]
        key = relation_id(a.cls, values[0], values[1], [a.props.get(p) for p in cls.key])
        return replace(a, key=key, source=values[0], target=values[1]), at[0], at[1]


def _ends(a: Assertion, ontology: Ontology) -> list[tuple[str, tuple[str, ...]]]:
    if a.source is None or a.target is None:
        return []
    cls = ontology.relations[a.cls]
    return [(a.source, cls.source), (a.target, cls.target)]


def _is_firm(end: str, allowed: tuple[str, ...], ontology: Ontology) -> bool:
    return "Firm" not in allowed and ontology.entity_of_id(end).name == "Firm"
