"""Where a firm works: its sites 生产基地.

A firm without a site gets one, and a row that names a firm where a site is meant means its only site.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.facts import Assertion
from graph.model import relation_id
from graph.ontology import Ontology
from ingest.faults import Fault

_CARRIED = ("LOCATED_IN", "IN_PARK")


def with_sites(
    assertions: list[Assertion], known: Iterable[Assertion], ontology: Ontology
) -> tuple[list[Assertion], list[Fault]]:
    """``assertions`` with sites made and firms' places of work resolved.

    Parameters
    ----------
    assertions : of the dataset being read.
    known : the current assertions of all other datasets, whose OPERATES relations count too.

    Returns
    -------
    (assertions, faults)
        A firm for which no OPERATES is stated has ``site/<slug>`` of kind ``unspecified`` at the firm's own
        place and park, with the firm row's sources and standing. A relation that starts at a site but names a
        firm starts at the firm's only site; with several sites it is a fault that lists them.
    """
    sites: dict[str, set[str]] = defaultdict(set)
    for a in (*assertions, *known):
        if a.cls == "OPERATES" and a.source and a.target:
            sites[a.source].add(a.target)
    made = [m for a in assertions if a.cls == "Firm" and a.key not in sites for m in _site(a, ontology)]
    site_made = {a.source: a.target for a in made if a.source and a.target}
    for firm, site in site_made.items():
        sites[firm].add(site)
    lone = {firm: next(iter(found)) for firm, found in sites.items() if len(found) == 1}
    carried = [
        _carried(a, a.target, site_made[a.source])
        for a in assertions
        if a.cls in _CARRIED and a.source in site_made and a.target
    ]
    faults: list[Fault] = []
    resolved = [_resolve(a, sites, lone, ontology, faults) for a in assertions]
    return [a for a in resolved if a is not None] + made + carried, faults


def _site(firm: Assertion, ontology: Ontology) -> list[Assertion]:
    slug = firm.key.split("/", 1)[1]
    site_id = f"{ontology.entities['Site'].prefix}/{slug}"
    name = firm.props.get("short_name") or firm.props["name"]
    site = replace(
        firm, cls="Site", key=site_id, props={"name": name, "kind": "unspecified"}, note=None, confidence=None
    )
    rid = relation_id("OPERATES", firm.key, site_id)
    return [site, replace(site, cls="OPERATES", key=rid, source=firm.key, target=site_id, props={})]


def _carried(a: Assertion, place: str, site: str) -> Assertion:
    """The place or park of a firm whose site was made, said of that site."""
    return replace(a, key=relation_id(a.cls, site, place), source=site)


def _resolve(
    a: Assertion, sites: dict[str, set[str]], lone: dict[str, str], ontology: Ontology, faults: list[Fault]
) -> Assertion | None:
    if a.source is None or a.target is None:
        return a
    ends = (ontology.relations[a.cls].source, ontology.relations[a.cls].target)
    values = [a.source, a.target]
    for i, (end, allowed) in enumerate(zip((a.source, a.target), ends, strict=True)):
        if ontology.entity_of_id(end).name != "Firm" or "Firm" in allowed:
            continue
        if end not in lone:
            found = sorted(sites.get(end, ()))
            what_zh = "先有该企业" if not found else "注明哪一个基地:" + "、".join(found)
            what_en = "the firm to be stated" if not found else "one of its sites: " + ", ".join(found)
            faults.append(Fault(a.table, a.row, ("from", "to")[i], end, what_zh, what_en))
            return None
        values[i] = lone[end]
    if values == [a.source, a.target]:
        return a
    key = relation_id(a.cls, values[0], values[1], [a.props.get(p) for p in ontology.relations[a.cls].key])
    return replace(a, key=key, source=values[0], target=values[1])
