"""How the local supply net of a chain hangs together, and who could stand in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import networkx as nx

from graph.gaps.index import Index
from graph.gaps.net import Net
from graph.gaps.whatif import MOST_STEPS
from graph.gaps.whatif_models import Alternative, Loss, Resilience
from graph.repository.models import Text

#: Losses, and makers elsewhere for a link, that are named.
_LOSSES, _ALTERNATIVES = 20, 3


def resilience(index: Index, chain: str, place: str) -> Resilience:
    """The net of ``chain`` in ``place``.

    Notes
    -----
    What the loss of a firm breaks is counted exactly, firm by firm: links that it alone is recorded in, the
    required inputs cut by that, and all links downstream. Articulation points and bridges of the undirected
    net come from depth-first search [1]_, as networkx has it; the longest chain of inputs is the longest path
    of the net with circles taken as one node (strongly connected components, [2]_).

    References
    ----------
    .. [1] J. Hopcroft, R. Tarjan, "Algorithm 447: efficient algorithms for graph manipulation",
       Communications of the ACM 16 (6), 372–378, 1973.
    .. [2] R. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1 (2),
       146–160, 1972.
    """
    leaves = [s for s in index.segments_of(chain) if index.is_leaf(s)]
    net = Net.of(index, place, leaves)
    directed = net.graph()
    plain = directed.to_undirected()
    losses = sorted(_losses(net), key=lambda one: (-one.reached, -len(one.alone_in), one.firm.id))
    inputs, unrecorded = net.unrecorded()
    return Resilience(
        chain=index.ref(chain),
        place=index.ref(place),
        as_of=index.facts.day,
        links=directed.number_of_nodes(),
        edges=directed.number_of_edges(),
        losses=losses[:_LOSSES],
        cut_links=[index.ref(s) for s in sorted(nx.articulation_points(plain))],
        bridges=[(index.ref(a), index.ref(b)) for a, b in sorted(_bridges(directed))],
        longest=[index.ref(s) for s in _longest(directed)],
        alternatives=[
            a for s, firms in sorted(net.firms.items()) if len(firms) == 1 for a in _others(index, s, place)
        ],
        inputs=inputs,
        unrecorded=unrecorded,
        notes=_notes(inputs, unrecorded),
    )


def _losses(net: Net) -> list[Loss]:
    every = sorted({firm for firms in net.firms.values() for firm in firms})
    out = []
    for firm in every:
        alone = [s for s, firms in net.firms.items() if firms == {firm}]
        reached = net.downstream(alone, MOST_STEPS)
        cut = sum(1 for s in net.firms for i in net.required(s) if i.source in alone)
        refs = [net.index.ref(s) for s in alone]
        out.append(Loss(firm=net.index.ref(firm), alone_in=refs, cut_inputs=cut, reached=len(reached)))
    return [one for one in out if one.alone_in]


def _bridges(directed: nx.DiGraph[str]) -> list[tuple[str, str]]:
    """Inputs whose loss parts the net, each from the input to its user."""
    plain: Any = directed.to_undirected()  # the stubs take nodes for pairs here
    found: Iterable[tuple[str, str]] = nx.bridges(plain)
    return [(a, b) if directed.has_edge(a, b) else (b, a) for a, b in found]


def _longest(directed: nx.DiGraph[str]) -> list[str]:
    if not directed:
        return []
    condensed = nx.condensation(directed)
    path: list[int] = nx.dag_longest_path(condensed, weight=None, default_weight=1)
    return [min(condensed.nodes[one]["members"]) for one in path] if len(path) > 1 else []


def _others(index: Index, segment: str, place: str) -> list[Alternative]:
    """Makers of a segment outside a place, nearest first."""
    here = set(index.firms(index.at_work(segment, place)))
    found: dict[str, Alternative] = {}
    for work in index.facts.works:
        if work.segment != segment or work.status not in ("operating", "unknown"):
            continue
        where = work.places[0] if work.places else None
        km = None if where is None else index.facts.places.kilometres(where, _anchor(index, place))
        for firm in work.firms:
            if firm in here or firm in found:
                continue
            found[firm] = Alternative(
                segment=index.ref(segment),
                firm=index.ref(firm),
                place=index.ref(where) if where else None,
                near=_near(index, where, place),
                km=None if km is None else round(km, 1),
            )
    order = {"city": 0, "province": 1, "elsewhere": 2, "unknown": 3}
    ranked = sorted(
        found.values(), key=lambda a: (order[a.near], math.inf if a.km is None else a.km, a.firm.id)
    )
    return ranked[:_ALTERNATIVES]


def _anchor(index: Index, place: str) -> str:
    """The place of a park, or the place itself."""
    park = index.facts.parks.get(place)
    return park.places[0] if park is not None and park.places else place


def _near(index: Index, where: str | None, place: str) -> str:
    """Whether a place shares its city (or county) or only its province with another."""
    if where is None:
        return "unknown"
    shared = index.facts.places.shared_level(where, _anchor(index, place))
    return "city" if shared in ("city", "county") else "province" if shared == "province" else "elsewhere"


def _notes(inputs: int, unrecorded: int) -> list[Text]:
    notes = [
        Text(
            zh="网络由有记录的企业和环节间的投入组成；没有记录的供应关系不在其中",
            en="it is made of recorded firms and inputs between links; what is not recorded is not in it",
        )
    ]
    if unrecorded:
        notes.append(
            Text(
                zh=f"{inputs} 项必需投入中有 {unrecorded} 项在本地没有记录的企业",
                en=f"{unrecorded} of {inputs} required inputs have nobody recorded here",
            )
        )
    return notes
