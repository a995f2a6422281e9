"""What a change would do to relations that are trees (``WITHIN``, ``PART_OF``): no circle may come of it.

A load is checked row by row elsewhere; merges, undos and other decisions move relations that stand already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx
import sqlalchemy as sa

from graph.decisions import Held
from graph.errors import BadInput
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.truth import View
from graph.truth import schema as t
from graph.truth.scratch import touched
from graph.truth.view import chunks


def tree_classes(ontology: Ontology) -> list[str]:
    """The relation classes that may have no cycles."""
    return [cls.name for cls in ontology.relations.values() if cls.tree]


def see_trees(db: sa.Connection, after: View, ontology: Ontology) -> None:
    """Refuse a planned change that closes a circle in a tree.

    Parameters
    ----------
    db : with the scratch file attached in which the plan has written what becomes of each member.
    after : the facts after the change.

    Raises
    ------
    BadInput
        Names the relation, and the ids of the circle in their order (also in ``extra["path"]``).
    """
    held = Held(after.decisions, ontology)
    c = touched.c
    for cls in tree_classes(ontology):
        query = sa.select(c.source, c.target).where(c.cls == cls, c.action == "added", c.source != c.target)
        added = [(str(source), str(target)) for source, target in db.execute(query)]
        if not added:
            continue
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_edges_from(_above(after, held, cls, {target for _, target in added}))
        graph.add_edges_from(added)
        for source, target in added:
            if nx.has_path(graph, target, source):
                path = [source, *nx.shortest_path(graph, target, source)]
                raise _circle(cls, path, ontology)


def _above(view: View, held: Held, cls: str, start: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The relations of ``cls`` by which one gets up from ``start``, as they read under the decisions."""
    c = t.assertion.c
    known: set[str] = set()
    ids = set(start)
    while ids:
        known |= ids
        stated = sorted(set().union(*(held.clusters.get(i, {i}) for i in ids)))
        ids = set()
        for some in chunks(stated):
            found: Iterable[Assertion] = view.where(sa.and_(c.source.in_(some), c.cls == cls))
            for a in held.read(found):
                yield str(a.source), str(a.target)
                ids.add(str(a.target))
        ids -= known


def _circle(cls: str, path: list[str], ontology: Ontology) -> BadInput:
    label, way = ontology.relations[cls].label, " → ".join(path)
    return BadInput(
        f"不能这样改：会在“{label.zh}”里绕成一圈：{way}；"
        "先不显示其中错的一条：lianpu fix 关系标识 --suppress · "
        f'this would close a circle in "{label.en}": {way}; first leave out the one that is wrong: '
        "lianpu fix RELATION-ID --suppress",
        relation=cls,
        path=path,
    )
