"""One function a kind of finding; each gives the items found, in a stable order.

An item is a JSON-ready mapping with ``id`` and ``caption`` and what else explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pandas as pd

from graph.facts import Assertion
from graph.model import Graph, Props
from graph.ontology import Ontology
from graph.values import date_max, show_value
from ingest.check.frames import Frames

Item = dict[str, object]

#: Classes whose facts age: what they say was so on a day.
_AGEING = ("Statement", "Observation", "Site", "Firm")


def _items(nodes: pd.DataFrame) -> list[Item]:
    return [
        {"id": str(i), "cls": r["cls"], "caption": r["caption"]} for i, r in nodes.sort_index().iterrows()
    ]


def unsourced(frames: Frames) -> list[Item]:
    """Entities and relations for which no source is cited (sources themselves need none)."""
    nodes = frames.nodes[~frames.nodes["sourced"].astype(bool) & (frames.nodes["cls"] != "Source")]
    relations = frames.relations[~frames.relations["sourced"].astype(bool)].sort_index()
    return _items(nodes) + [
        {"id": str(rid), "cls": r["cls"], "caption": f"{r['source']} → {r['target']}"}
        for rid, r in relations.iterrows()
    ]


def firms_without_identifier(frames: Frames) -> list[Item]:
    """Firms with neither 统一社会信用代码 nor stock code."""
    firms = frames.of_class("Firm")
    known = [bool({"uscc", "stock_code"} & frames.graph.nodes[str(i)].props.keys()) for i in firms.index]
    return _items(firms[[not k for k in known]])


def orphans(frames: Frames) -> list[Item]:
    """Entities without any relation, and sources that nothing cites."""
    cited = {s for m in _members(frames.graph) for s in _list(m.get("sources"))}
    related = set(frames.relations["source"]) | set(frames.relations["target"]) | cited
    return _items(frames.nodes[~frames.nodes.index.isin(list(related))])


def segments_without_input(frames: Frames) -> list[Item]:
    """Segments without parts of their own that no INPUT_TO reaches."""
    return _items(_leaves(frames, frames.ends("INPUT_TO", "target")))


def segments_without_firm(frames: Frames) -> list[Item]:
    """Segments without parts of their own where no site is recorded at work (unknown, not missing)."""
    return _items(_leaves(frames, frames.ends("WORKS_IN", "target")))


def _leaves(frames: Frames, without: set[str]) -> pd.DataFrame:
    segments = frames.of_class("Segment")
    parents = frames.ends("PART_OF", "target")
    return segments[~segments.index.isin(list(parents | without))]


def stale(frames: Frames, today: date, years: int) -> list[Item]:
    """Facts last seen more than ``years`` years before ``today``."""
    limit = today.replace(year=today.year - years, day=min(today.day, 28)).isoformat()
    found: list[Item] = []
    for n in frames.graph.nodes.values():
        seen = n.props.get("seen_last")
        if n.cls in _AGEING and isinstance(seen, str) and date_max(seen) < limit:
            found.append({"id": n.id, "cls": n.cls, "caption": n.props["caption"], "seen_last": seen})
    for r in frames.graph.relations.values():
        seen = r.props.get("seen_last")
        if r.cls == "WORKS_IN" and isinstance(seen, str) and date_max(seen) < limit:
            caption = f"{_caption(frames.graph, r.source)} → {_caption(frames.graph, r.target)}"
            found.append({"id": r.rid, "cls": r.cls, "caption": caption, "seen_last": seen})
    return sorted(found, key=lambda i: (str(i["seen_last"]), str(i["id"])))


def contradictions(frames: Frames, assertions: Iterable[Assertion], ontology: Ontology) -> list[Item]:
    """Properties for which the assertions of one entity or relation state different values.

    ``assertions`` as they read under the decisions: what was corrected contradicts no longer.
    """
    values: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for a in assertions:
        cls = ontology.entities.get(a.cls) or ontology.relations[a.cls]
        for name, value in a.props.items():
            values[a.key, name][show_value(cls.properties[name], value, "zh")] |= set(a.sources)
    return [
        {
            "id": key,
            "caption": _caption(frames.graph, key),
            "property": name,
            "values": {value: sorted(sources) for value, sources in sorted(stated.items())},
        }
        for (key, name), stated in sorted(values.items())
        if len(stated) > 1
    ]


def contradicting_figures(frames: Frames) -> list[Item]:
    """Observations of one metric, kind, period and 口径 about the same things with different values."""
    about: dict[str, set[str]] = defaultdict(set)
    for r in frames.graph.relations.values():
        if r.cls == "ABOUT":
            about[r.source].add(r.target)
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for n in frames.graph.nodes.values():
        if n.cls == "Observation" and n.props.get("period") and n.props.get("metric") != "other":
            p = n.props
            same = (p["metric"], p.get("kind"), p["period"], p.get("scope"), p.get("value_unit"))
            groups[(*same, frozenset(about[n.id]))].append(n.id)
    found: list[Item] = []
    for ids in groups.values():
        values = {i: str(frames.graph.nodes[i].props.get("value")) for i in sorted(ids)}
        if len(set(values.values())) > 1:
            first = min(values)
            found.append({"id": first, "caption": _caption(frames.graph, first), "values": values})
    return sorted(found, key=lambda i: str(i["id"]))


def _members(graph: Graph) -> Iterable[Props]:
    yield from (n.props for n in graph.nodes.values())
    yield from (r.props for r in graph.relations.values())


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _caption(graph: Graph, key: str) -> str:
    if key in graph.nodes:
        return str(graph.nodes[key].props["caption"])
    if key in graph.relations:
        relation = graph.relations[key]
        return f"{_caption(graph, relation.source)} → {_caption(graph, relation.target)}"
    return key
