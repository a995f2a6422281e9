"""How the local supply net of a chain hangs together, and who could stand in."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graph.gaps.facts import Work
from graph.gaps.index import Index
from graph.gaps.net import Net
from graph.gaps.whatif import MOST_STEPS
from graph.gaps.whatif_models import Alternative, Loss, Resilience
from graph.repository.models import Text

if TYPE_CHECKING:
    import networkx as nx

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
    import networkx as nx

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
        alternatives=_alternatives(index, [s for s, firms in net.firms.items() if len(firms) == 1], place),
        inputs=inputs,
        unrecorded=unrecorded,
        notes=_notes(inputs, unrecorded),
    )


def _losses(net: Net) -> list[Loss]:
    alone_in: dict[str, list[str]] = defaultdict(list)
    for segment, firms in net.firms.items():
        if len(firms) == 1:
            alone_in[next(iter(firms))].append(segment)
    out = []
    for firm, alone in sorted(alone_in.items()):
        reached = net.downstream(alone, MOST_STEPS)
        cut = sum(len(net.cuts(segment, alone)) for segment in net.firms)
        refs = [net.index.ref(s) for s in alone]
        out.append(Loss(firm=net.index.ref(firm), alone_in=refs, cut_inputs=cut, reached=len(reached)))
    return out


def _bridges(directed: nx.DiGraph[str]) -> list[tuple[str, str]]:
    """Inputs whose loss parts the net, each from the input to its user."""
    import networkx as nx

    plain: Any = directed.to_undirected()  # the stubs take nodes for pairs here
    found: Iterable[tuple[str, str]] = nx.bridges(plain)
    return [(a, b) if directed.has_edge(a, b) else (b, a) for a, b in found]


def _longest(directed: nx.DiGraph[str]) -> list[str]:
    import networkx as nx

    if not directed:
        return []
    condensed = nx.condensation(directed)
    path: list[int] = nx.dag_longest_path(condensed, weight=None, default_weight=1)
    return [min(condensed.nodes[one]["members"]) for one in path] if len(path) > 1 else []


def _alternatives(index: Index, segments: Iterable[str], place: str) -> list[Alternative]:
    """Makers of some segments outside a place, of each the nearest first."""
    works: dict[str, list[Work]] = {segment: [] for segment in sorted(segments)}
    for work in index.facts.works:
        if work.segment in works and index.is_at_work(work):
            works[work.segment].append(work)
    return [one for segment, some in works.items() for one in _others(index, segment, some, place)]


def _others(index: Index, segment: str, works: Iterable[Work], place: str) -> list[Alternative]:
    """The firms of some works that are not at work in the place, each where it is nearest."""
    here, anchor = set(index.makers(index.at_work(segment, place))), _anchor(index, place)
    every = [
        _alternative(index, segment, firm, where, anchor)
        for work in works
        for firm in index.makers([work])
        if firm not in here
        for where in work.places or (None,)
    ]
    order = {"city": 0, "province": 1, "elsewhere": 2, "unknown": 3}
    every.sort(key=lambda a: (order[a.near], math.inf if a.km is None else a.km, a.firm.id))
    nearest: dict[str, Alternative] = {}
    for one in every:
        nearest.setdefault(one.firm.id, one)
    return list(nearest.values())[:_ALTERNATIVES]


def _alternative(index: Index, segment: str, firm: str, where: str | None, anchor: str) -> Alternative:
    km = None if where is None else index.facts.places.kilometres(where, anchor)
    return Alternative(
        segment=index.ref(segment),
        firm=index.ref(firm),
        place=index.ref(where) if where else None,
        near=_near(index, where, anchor),
        km=None if km is None else round(km, 1),
    )


def _anchor(index: Index, place: str) -> str:
    """The place of a park, or the place itself."""
    park = index.facts.parks.get(place)
    return park.places[0] if park is not None and park.places else place


def _near(index: Index, where: str | None, anchor: str) -> str:
    """Whether a place shares its city (or county) or only its province with another."""
    if where is None:
        return "unknown"
    shared = index.facts.places.shared_level(where, anchor)
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
