"""What must hold between the rows of a dataset and all that is already known: references and trees."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import sqlalchemy as sa

from graph.ontology import Ontology
from graph.truth import View
from graph.truth import schema as t
from graph.truth.scratch import staged
from graph.truth.view import chunks, cites
from ingest.faults import Fault
from ingest.where import Where

_S = staged.c


def consistency_faults(db: sa.Connection, dataset: str, ontology: Ontology, where: Where) -> Iterator[Fault]:
    """Dangling references, relations of a thing with itself, and cycles in relations that are trees.

    Parameters
    ----------
    where : which file and sheet a table is.
    db : with the scratch file attached that holds what the dataset states.
    dataset : its name; the current assertions of all others are what rows may refer to.
    """
    others = View(db, versions={dataset: None})
    for column, heading in ((_S.source, _S.at_source), (_S.target, _S.at_target)):
        yield from _dangling(db, others, column, heading, where)
    yield from _uncited(db, others, where)
    yield from _selves(db, ontology, where)
    trees = [cls.name for cls in ontology.relations.values() if cls.tree]
    for name in trees:
        yield from _cycles(View(db, stage=dataset), name, dataset, where)


def _stated(others: View, key: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    other = sa.alias(staged)
    here = sa.exists().where(other.c.key == key)
    there = sa.exists().where(others.holds(), t.assertion.c.key == key)
    return sa.or_(here.correlate(staged), there.correlate(staged))


def _dangling(
    db: sa.Connection, others: View, end: sa.Column[str], heading: sa.Column[str], where: Where
) -> Iterator[Fault]:
    query = sa.select(_S.table, _S.row, heading, end).where(end.is_not(None), ~_stated(others, end))
    for table, row, at, found in db.execute(query.distinct().order_by(_S.table, _S.row)):
        yield _unknown(table, row, at, found, where)


def _uncited(db: sa.Connection, others: View, where: Where) -> Iterator[Fault]:
    """Sources cited that nothing states: first which, then where."""
    each = sa.func.json_each(_S.sources).table_valued("value")
    named = set(
        db.execute(sa.select(each.c.value).select_from(sa.join(staged, each, sa.true())).distinct()).scalars()
    )
    for some in chunks(sorted(named)):
        known = {a.key for a in others.of_keys(some)}
        here = sa.select(_S.key).where(_S.key.in_(some)).distinct()
        known.update(db.execute(here).scalars())
        missing = [s for s in some if s not in known]
        query = sa.select(_S.table, _S.row, _S.sources).where(cites(_S.sources, missing)).distinct()
        for table, row, cited in db.execute(query) if missing else ():
            for source in set(cited).intersection(missing):
                yield _unknown(table, row, where.heading(table, "sources"), source, where)


def _unknown(table: str, row: int, heading: str, found: str, where: Where) -> Fault:
    return where.fault((table, row, heading), found, "已有的编号", "an id that some table states")


def _selves(db: sa.Connection, ontology: Ontology, where: Where) -> Iterator[Fault]:
    trees = [cls.name for cls in ontology.relations.values() if cls.tree]
    query = sa.select(_S.table, _S.row, _S.at_target, _S.target)
    for table, row, at, found in db.execute(query.where(_S.source == _S.target, _S.cls.not_in(trees))):
        zh, en = "另一个编号，不是它自己", "another id than its own"
        yield where.fault((table, row, at), found, zh, en)


def _cycles(view: View, cls: str, dataset: str, where: Where) -> Iterator[Fault]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for a in view.of_class(cls):
        graph.add_edge(str(a.source), str(a.target), at=(a.dataset, a.table, a.row))
    loops = [sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1]
    for loop in loops + [[node] for node in nx.nodes_with_selfloops(graph)]:
        steps = nx.find_cycle(graph.subgraph(loop), loop[0])
        own = [at for a, b, *_ in steps if (at := graph.edges[a, b]["at"])[0] == dataset]
        _, table, row = own[-1] if own else graph.edges[steps[-1][:2]]["at"]
        path = " → ".join([steps[0][0], *(step[1] for step in steps)])
        yield where.fault((table, row, ""), path, "无环的树", "a tree without a cycle")
