"""The projected graph as two data frames, the form that the checks count in."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from graph.model import Graph

_COMMON = ("standing", "grade", "seen_first", "seen_last")


@dataclass(frozen=True, slots=True)
class Frames:
    """``nodes`` (index id: cls, caption, standing, grade, seen_first, seen_last, sourced) and ``relations``
    (index rid: cls, source, target and the same)."""

    graph: Graph
    nodes: pd.DataFrame
    relations: pd.DataFrame

    def ends(self, cls: str, column: str) -> set[str]:
        """Ids that stand at one end (``source`` or ``target``) of the relations of class ``cls``."""
        return set(self.relations.loc[self.relations["cls"] == cls, column])

    def of_class(self, cls: str) -> pd.DataFrame:
        """The nodes of one class."""
        return self.nodes[self.nodes["cls"] == cls]


def frames_of(graph: Graph) -> Frames:
    """Both frames of ``graph``; a standing or grade that is not known is the empty text."""

    def row(props: dict[str, object]) -> dict[str, object]:
        return {name: props.get(name, "") for name in _COMMON} | {"sourced": bool(props.get("sources"))}

    nodes = pd.DataFrame(
        [
            {"id": n.id, "cls": n.cls, "caption": n.props["caption"], **row(dict(n.props))}
            for n in graph.nodes.values()
        ],
        columns=["id", "cls", "caption", *_COMMON, "sourced"],
    ).set_index("id")
    relations = pd.DataFrame(
        [
            {"rid": r.rid, "cls": r.cls, "source": r.source, "target": r.target, **row(dict(r.props))}
            for r in graph.relations.values()
        ],
        columns=["rid", "cls", "source", "target", *_COMMON, "sourced"],
    ).set_index("rid")
    return Frames(graph, nodes, relations)
