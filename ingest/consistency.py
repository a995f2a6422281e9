"""What must hold between the rows of a dataset and all that is already known: references and trees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx
import sqlalchemy as sa

from graph.decisions import Held
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.trees import tree_classes
from graph.truth import View
from graph.truth import schema as t
from graph.truth.reader import read_decisions
from graph.truth.scratch import staged
from graph.truth.view import chunks, cites
from ingest.faults import Fault
from ingest.where import Where

_S = staged.c


def consistency_faults(
    db: sa.Connection, dataset: str, ontology: Ontology, where: Where, gone: Sequence[str] | None = None
) -> Iterator[Fault]:
    """Dangling references, relations of a thing with itself, and cycles in relations that are trees.

    Parameters
    ----------
    where : which file and sheet a table is.
    db : with the scratch file attached that holds what the dataset states.
    dataset : its name; the current assertions of all others are what rows may refer to.
    gone : ids that were taken out since this was last asked; references to them alone are looked at then,
        and cycles.
    """
    others = View(db, versions={dataset: None})
    trees = tree_classes(ontology)
    if gone is None or gone:
        for column, heading in ((_S.source, _S.at_source), (_S.target, _S.at_target)):
            yield from _dangling(db, others, (column, heading), gone, where)
        yield from _uncited(db, others, gone, where)
    if gone is None:
        yield from _selves(db, trees, where)
    view = View(db, stage=dataset, decisions=read_decisions(db))
    for name in db.execute(sa.select(_S.cls).where(_S.cls.in_(trees)).distinct()).scalars().all():
        yield from _cycles(view, name, ontology, dataset, where)


def _stated(others: View, key: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    other = sa.alias(staged)
    here = sa.exists().where(other.c.key == key)
    there = sa.exists().where(others.holds(), t.assertion.c.key == key)
    return sa.or_(here.correlate(staged), there.correlate(staged))


def _one_of(column: sa.ColumnElement[str], gone: Sequence[str] | None) -> sa.ColumnElement[bool]:
    """Whether ``column`` is among ``gone``; true where that is ``None``."""
    if gone is None:
        return sa.true()
    each = sa.func.json_each(json.dumps(gone)).table_valued("value")
    return column.in_(sa.select(each.c.value))


def _dangling(
    db: sa.Connection,
    others: View,
    end: tuple[sa.Column[str], sa.Column[str]],
    gone: Sequence[str] | None,
    where: Where,
) -> Iterator[Fault]:
    ref, heading = end
    query = sa.select(_S.table, _S.row, heading, ref).where(ref.is_not(None), _one_of(ref, gone))
    query = query.where(~_stated(others, ref)).distinct().order_by(_S.table, _S.row)
    for table, row, at, found in db.execute(query):
        yield _unknown(table, row, at, found, where)


def _uncited(db: sa.Connection, others: View, gone: Sequence[str] | None, where: Where) -> Iterator[Fault]:
    """Sources cited that nothing states: first which, then where."""
    lists = sa.select(_S.sources).distinct().subquery()
    each = sa.func.json_each(lists.c.sources).table_valued("value")
    cited = sa.select(each.c.value).select_from(sa.join(lists, each, sa.true())).distinct()
    named = sorted(db.execute(cited).scalars())
    if gone is not None:
        named = sorted(set(named).intersection(gone))
    for some in chunks(named):
        known = {a.key for a in others.of_keys(some)}
        here = sa.select(_S.key).where(_S.key.in_(some)).distinct()
        known.update(db.execute(here).scalars())
        missing = [s for s in some if s not in known]
        query = sa.select(_S.table, _S.row, _S.sources).where(cites(_S.sources, missing)).distinct()
        for table, row, cited_here in db.execute(query) if missing else ():
            for source in set(cited_here).intersection(missing):
                yield _unknown(table, row, where.heading(table, "sources"), source, where)


def _unknown(table: str, row: int, heading: str, found: str, where: Where) -> Fault:
    return where.fault((table, row, heading), found, "已有的编号", "an id that some table states")


def _selves(db: sa.Connection, trees: list[str], where: Where) -> Iterator[Fault]:
    query = sa.select(_S.table, _S.row, _S.at_target, _S.target)
    for table, row, at, found in db.execute(query.where(_S.source == _S.target, _S.cls.not_in(trees))):
        zh, en = "另一个编号，不是它自己", "another id than its own"
        yield where.fault((table, row, at), found, zh, en)


def _cycles(view: View, cls: str, ontology: Ontology, dataset: str, where: Where) -> Iterator[Fault]:
    """The cycles among the relations as they are stated; where there is none, as the decisions read them."""
    held = Held(view.decisions, ontology)
    found = list(_cycles_of(view.of_class(cls), dataset, where))
    if not found and held.moved:
        found = list(_cycles_of(held.read(view.of_class(cls)), dataset, where))
    yield from found


def _cycles_of(relations: Iterable[Assertion], dataset: str, where: Where) -> Iterator[Fault]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for a in relations:
        graph.add_edge(str(a.source), str(a.target), at=(a.dataset, a.table, a.row))
    loops = [sorted(c) for c in nx.strongly_connected_components(graph) if len(c) > 1]
    for loop in loops + [[node] for node in nx.nodes_with_selfloops(graph)]:
        steps = nx.find_cycle(graph.subgraph(loop), loop[0])
        own = [at for a, b, *_ in steps if (at := graph.edges[a, b]["at"])[0] == dataset]
        _, table, row = own[-1] if own else graph.edges[steps[-1][:2]]["at"]
        path = " → ".join([steps[0][0], *(step[1] for step in steps)])
        yield where.fault((table, row, ""), path, "无环的树", "a tree without a cycle")
