"""The graphs that are loaded: the built-in data, and one of ChainKnowledgeGraph's size.

ChainKnowledgeGraph is a public graph of listed firms, products and industries (100,650 nodes, 173,112 edges).
Its files are no part of the project: ``LIANPU_CKG`` names a folder with its tables as CSV; without it a graph
of the same numbers and skewed degrees is generated.
"""

from __future__ import annotations

import csv
import os
import random
import tempfile
from pathlib import Path

from graph.model import Graph, Node, Relation, relation_id
from graph.ontology import load_ontology
from graph.projection import project
from graph.truth import TruthStore
from ingest.inputs import BUILTIN
from ingest.load import commit_load, plan_load

_CKG_RELATIONS = (
    ("company_product.csv", "MAKES", ("code", "Firm"), ("product", "Product")),
    ("company_industry.csv", "FLAGSHIP_IN", ("code", "Firm"), ("industry_code", "Chain")),
    ("industry_industry.csv", "PART_OF", ("from_code", "Chain"), ("to_code", "Chain")),
    ("product_product.csv", "INPUT_TO", ("to_product", "Product"), ("from_product", "Product")),
)


def builtin_graph() -> Graph:
    """The projection of the built-in data."""
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        truth = TruthStore(Path(folder) / "truth.sqlite")
        commit_load(plan_load(BUILTIN, truth, ontology), truth)
        graph = project(truth.current(), truth.decisions(), ontology)
        truth.close()
    return graph


def ckg_graph() -> tuple[Graph, str]:
    """A graph of ChainKnowledgeGraph's size and the word for where it came from."""
    folder = os.environ.get("LIANPU_CKG")
    if folder and Path(folder).is_dir():
        return _read_ckg(Path(folder)), "ChainKnowledgeGraph"
    return _generated(), "generated, ChainKnowledgeGraph's size"


def _node(cls: str, number: str, name: str) -> Node:
    key = f"{cls.lower()}/{number}"
    return Node(key, cls, {"id": key, "cls": cls, "caption": name, "name": name, "standing": "unverified"})


def _link(graph: Graph, cls: str, source: str, target: str) -> None:
    if source in graph.nodes and target in graph.nodes and source != target:
        rid = relation_id(cls, source, target)
        graph.relations[rid] = Relation(rid, cls, source, target, {"rid": rid, "standing": "unverified"})


def _read_ckg(folder: Path) -> Graph:
    graph = Graph()
    ids: dict[tuple[str, str], str] = {}
    for file, cls, key, name in (
        ("companies.csv", "Firm", "code", "name"),
        ("industries.csv", "Chain", "code", "name"),
        ("products.csv", "Product", "name", "name"),
    ):
        for number, row in enumerate(_rows(folder / file)):
            node = _node(cls, str(number), row[name])
            graph.nodes[node.id] = node
            ids[cls, row[key]] = node.id
    for file, relation, (source, source_cls), (target, target_cls) in _CKG_RELATIONS:
        for row in _rows(folder / file):
            a, b = ids.get((source_cls, row[source])), ids.get((target_cls, row[target]))
            if a and b:
                _link(graph, relation, a, b)
    return graph


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _generated() -> Graph:
    rng = random.Random(1269)
    graph = Graph()
    for cls, number in (("Firm", 4586), ("Chain", 511), ("Product", 95_553)):
        for i in range(number):
            node = _node(cls, str(i), f"{cls}{i}有限公司")
            graph.nodes[node.id] = node

    def skewed(cls: str, number: int) -> str:
        return f"{cls}/{min(int(rng.paretovariate(0.6)) - 1, number - 1)}"

    while len(graph.relations) < 63_000:
        _link(graph, "MAKES", f"firm/{rng.randrange(4586)}", skewed("product", 95_553))
    while len(graph.relations) < 173_112:
        _link(graph, "INPUT_TO", f"product/{rng.randrange(95_553)}", f"product/{rng.randrange(95_553)}")
    return graph
