"""The built-in model: every class loads, refers to what exists, and can be found."""

from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.ontology import EntityClass, label, load_ontology
from graph.ontology.reference import reference

ROOT = Path(__file__).parents[1]
FILES = sorted(path.stem for path in (ROOT / "graph" / "ontology").glob("[A-Z]*.yml"))

ENTITIES = {
    "Place",
    "Zone",
    "Chain",
    "Segment",
    "Product",
    "Technology",
    "Application",
    "Firm",
    "Site",
    "Park",
    "Cluster",
    "Project",
    "Milestone",
    "Person",
    "Post",
    "Organisation",
    "Plan",
    "Task",
    "Policy",
    "Fund",
    "Platform",
    "Title",
    "Demand",
    "Problem",
    "Event",
    "Factor",
    "Observation",
    "Index",
    "Source",
    "Coverage",
    "Statement",
}
RELATIONS = {
    "HOLDS",
    "EX_OFFICIO",
    "CHIEF_OF",
    "RESPONSIBLE_FOR",
    "GUIDES",
    "DESIGNATED_CHAIN_LEADER",
    "FLAGSHIP_IN",
    "HAS_SEGMENT",
    "PART_OF",
    "INPUT_TO",
    "MAKES",
    "KIND_OF",
    "OPERATES",
    "WORKS_IN",
    "SUPPLIES",
    "OWNS",
    "SUBSIDIARY_OF",
    "INVESTS_IN",
    "COOPERATES_WITH",
    "BROUGHT_IN_BY",
    "LOCATED_IN",
    "IN_PARK",
    "IN_CLUSTER",
    "BUILDS",
    "FILLS",
    "SPONSORS",
    "FUNDS",
    "CO_BUILDS",
    "POSITIONED_FOR",
    "COVERS",
    "TARGETS",
    "RAISED_BY",
    "GROUPED_INTO",
    "ASSIGNED_TO",
    "POSTED_BY",
    "ANSWERED_BY",
    "ALIGNS_WITH",
    "ABOUT",
    "WITHIN",
    "SUCCESSOR_OF",
}


def test_every_file_is_a_class_and_every_class_is_there() -> None:
    ontology = load_ontology()
    assert set(ontology.entities) == ENTITIES
    assert set(ontology.relations) == RELATIONS
    assert set(FILES) == ENTITIES | RELATIONS


@pytest.mark.parametrize("name", FILES)
def test_class_is_found_by_its_tables_and_has_labels(name: str) -> None:
    ontology = load_ontology()
    cls = ontology.entities.get(name) or ontology.relations[name]
    assert ontology.table(cls.table.zh) is cls
    assert ontology.table(cls.table.en) is cls
    assert label(cls, "zh") != label(cls, "en")
    if isinstance(cls, EntityClass):
        assert ontology.entity_of_id(f"{cls.prefix}/a-1/b") is cls


def test_colours_tell_classes_apart() -> None:
    colours = [cls.colour.lower() for cls in load_ontology().entities.values()]
    assert len(set(colours)) == len(colours)


def test_any_stands_for_every_class() -> None:
    ontology = load_ontology()
    assert set(ontology.relation("LOCATED_IN").source) == ENTITIES
    assert set(ontology.relation("ABOUT").target) == ENTITIES


def test_part_of_joins_only_its_pairs() -> None:
    part_of = load_ontology().relation("PART_OF")
    allowed = {(s, t) for s in ENTITIES for t in ENTITIES if part_of.allows(s, t)}
    assert allowed == {
        ("Segment", "Segment"),
        ("Plan", "Plan"),
        ("Task", "Plan"),
        ("Task", "Task"),
        ("Milestone", "Project"),
        ("Park", "Park"),
        ("Chain", "Chain"),
        ("Problem", "Problem"),
    }
    assert part_of.tree
    assert set(part_of.sources_of("Plan")) == {"Plan", "Task"}


def test_columns_know_the_classes_of_their_ids() -> None:
    entities = load_ontology().entities
    assert set(entities["Project"].columns["firms"].ends) == {"Firm"}
    assert set(entities["Post"].columns["chain"].ends) == {"Chain", "Plan"}
    assert set(entities["Observation"].columns["chain"].ends) == {"Chain"}
    assert set(entities["Observation"].columns["about"].ends) == ENTITIES


def test_common_columns_and_keys() -> None:
    ontology = load_ontology()
    assert set(ontology.common) == {
        "sources",
        "standing",
        "seen_at",
        "valid_from",
        "valid_to",
        "confidence",
        "note",
    }
    assert set(ontology.keys) == {"id", "from", "to"}
    assert [option.zh for option in ontology.common["standing"].values] == ["已核实", "待核实", "候选"]


def test_loaded_once() -> None:
    assert load_ontology() is load_ontology()


@pytest.mark.parametrize(
    "bad", ["firm", "firm/", "/x", "firm/Big", "firm/江铜", "firm/a b", "firm/a//b", "nobody/x"]
)
def test_wrong_id_is_refused(bad: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_ontology().entity_of_id(bad)
    assert caught.value.extra["found"] in bad


@pytest.mark.parametrize("call", ["entity", "relation", "table"])
def test_unknown_name_lists_the_known(call: str) -> None:
    with pytest.raises(BadInput) as caught:
        getattr(load_ontology(), call)("nothing-like-it")
    assert caught.value.extra["expected"]


def test_class_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "classes.md").read_text("utf-8")
    assert written == reference(load_ontology())


def test_model_document_names_every_class() -> None:
    text = (ROOT / "docs" / "model.md").read_text("utf-8")
    assert [name for name in FILES if f"`{name}`" not in text] == []
