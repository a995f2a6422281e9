"""A wrong ontology file is refused with its name, the key path, what was found and what was expected."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import graph.ontology
from graph.errors import OntologyError
from graph.ontology import load_ontology

BUILT_IN = Path(graph.ontology.__file__).parent
WORDS = {"zh": "词", "en": "word"}
Files = dict[str, Any]


def small() -> Files:
    """A model of one class of things and one of relations, besides the columns of every table."""
    thing = {
        "class": "Thing",
        "kind": "entity",
        "group": "only",
        "prefix": "thing",
        "table": {"en": "things", "zh": "物"},
        "label": WORDS,
        "help": WORDS,
        "colour": "#112233",
        "caption": ["name"],
        "search": ["name"],
        "properties": {
            "name": {"type": "name", "required": True, "label": {"zh": "名称", "en": "Name"}},
            "born": {"type": "date", "label": {"zh": "生日", "en": "Born"}},
            "kind": {"type": "enum", "label": {"zh": "类", "en": "Kind"}, "values": "kinds"},
        },
        "columns": {"next": {"relation": "LINKS", "label": {"zh": "下一个", "en": "Next"}}},
    }
    links = {
        "class": "LINKS",
        "kind": "relation",
        "table": {"en": "links", "zh": "连"},
        "label": WORDS,
        "inverse": WORDS,
        "help": WORDS,
        "source": ["Thing"],
        "target": ["Thing"],
        "key": [],
        "tree": True,
        "properties": {},
    }
    values = [{"value": "a", "zh": "甲", "en": "A-kind"}, {"value": "b", "zh": "乙", "en": "B-kind"}]
    only = [{"value": "only", "zh": "唯一", "en": "the only"}]
    lists = yaml.safe_load((BUILT_IN / "_lists.yml").read_text("utf-8"))["lists"]
    return {
        "_common.yml": yaml.safe_load((BUILT_IN / "_common.yml").read_text("utf-8")),
        "_lists.yml": {
            "kind": "lists",
            "lists": {"class_group": only, "kinds": values, "standing": lists["standing"]},
        },
        "Thing.yml": thing,
        "LINKS.yml": links,
    }


def load(folder: Path, files: Files) -> graph.ontology.Ontology:
    for name, content in files.items():
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (folder / name).write_text(text, "utf-8")
    return load_ontology(folder)


def at(*path: str, value: object) -> Callable[[Files], None]:
    """A change of one key; ``None`` takes it away."""

    def change(files: Files) -> None:
        place = files
        for key in path[:-1]:
            place = place[key]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value

    return change


def another(name: str, like: str, **changes: object) -> Callable[[Files], None]:
    """One more class, like an existing one except for the changes."""

    def change(files: Files) -> None:
        files[f"{name}.yml"] = copy.deepcopy(files[f"{like}.yml"]) | {"class": name} | changes

    return change


THING, LINKS = "Thing.yml", "LINKS.yml"
SECOND = {"prefix": "second", "table": {"en": "seconds", "zh": "二"}, "columns": {}}
PROP = {"type": "text", "label": {"zh": "新", "en": "New"}}
BROKEN: dict[str, tuple[Callable[[Files], None], str, str]] = {
    "not yaml": (at(THING, value="class: [Thing"), THING, "line"),
    "key twice": (at(THING, value="class: Thing\nclass: Thing\n"), THING, "line 2"),
    "not a mapping": (at(THING, value="- Thing"), THING, ""),
    "unknown key": (at(THING, "color", value="#000000"), THING, "color"),
    "key missing": (at(THING, "prefix", value=None), THING, "prefix"),
    "wrong kind": (at(THING, "kind", value="node"), THING, "kind"),
    "class is not the file": (at(THING, "class", value="Other"), THING, "class"),
    "label not Cypher": (another("T`X", "Thing", **SECOND), "T`X.yml", "class"),
    "type not Cypher": (another("LINKS-TO", "LINKS", table={"en": "l", "zh": "l2"}), "LINKS-TO.yml", "class"),
    "text for a truth value": (at(LINKS, "tree", value="yes"), LINKS, "tree"),
    "number for text": (at(THING, "prefix", value=3), THING, "prefix"),
    "colour": (at(THING, "colour", value="blue"), THING, "colour"),
    "property no mapping": (at(THING, "properties", "born", value="date"), THING, "properties.born"),
    "property renamed": (at(THING, "properties", "born", "name", value="x"), THING, "properties.born.name"),
    "property type": (at(THING, "properties", "born", "type", value="day"), THING, "properties.born.type"),
    "property name": (at(THING, "properties", "Bad Name", value=PROP), THING, "properties"),
    "many dates": (at(THING, "properties", "born", "many", value=True), THING, "properties.born.many"),
    "marks that part one value": (
        at(THING, "properties", "born", "separators", value="、"),
        THING,
        "properties.born.separators",
    ),
    "condition that is no boolean": (
        at(THING, "properties", "born", "only_if", value="kind"),
        THING,
        "properties.born.only_if",
    ),
    "condition that is no property": (
        at(THING, "properties", "born", "only_if", value="none"),
        THING,
        "properties.born.only_if",
    ),
    "enum without values": (
        at(THING, "properties", "kind", "values", value=None),
        THING,
        "properties.kind.values",
    ),
    "unknown list": (
        at(THING, "properties", "kind", "values", value="sorts"),
        THING,
        "properties.kind.values",
    ),
    "values on text": (
        at(THING, "properties", "new", value=PROP | {"values": "kinds"}),
        THING,
        "properties.new.values",
    ),
    "value twice": (
        at(
            "_lists.yml",
            "lists",
            "kinds",
            value=[
                {"value": "a", "zh": "甲", "en": "x"},
                {"value": "b", "zh": "甲", "en": "y"},
            ],
        ),
        "_lists.yml",
        "lists.kinds",
    ),
    "unit unknown": (
        at(THING, "properties", "new", value=PROP | {"type": "quantity", "unit": "哩哩"}),
        THING,
        "properties.new.unit",
    ),
    "unit on text": (
        at(THING, "properties", "new", value=PROP | {"unit": "吨"}),
        THING,
        "properties.new.unit",
    ),
    "bounds on text": (
        at(THING, "properties", "new", value=PROP | {"minimum": 1}),
        THING,
        "properties.new.minimum",
    ),
    "bounds crossed": (
        at(THING, "properties", "new", value=PROP | {"type": "integer", "minimum": 2, "maximum": 1}),
        THING,
        "properties.new.minimum",
    ),
    "common name": (at(THING, "properties", "note", value=PROP), THING, "properties.note"),
    "stored name": (at(THING, "properties", "caption", value=PROP), THING, "properties.caption"),
    "grade outside sources": (at(THING, "properties", "grade", value=PROP), THING, "properties.grade"),
    "flattened common name": (
        at(THING, "properties", "valid_from_min", value=PROP),
        THING,
        "properties.valid_from_min",
    ),
    "flattened own name": (at(THING, "properties", "born_max", value=PROP), THING, "properties.born_max"),
    "header twice": (
        at(THING, "properties", "new", value=PROP | {"label": {"zh": "名称", "en": "New"}}),
        THING,
        "properties.new",
    ),
    "column named as property": (
        at(THING, "columns", "name", value={"relation": "LINKS", "label": {"zh": "别", "en": "X"}}),
        THING,
        "columns.name",
    ),
    "column relation": (
        at(THING, "columns", "next", "relation", value="JOINS"),
        THING,
        "columns.next.relation",
    ),
    "column ends": (at(THING, "columns", "next", "ends", value=["Place"]), THING, "columns.next.ends"),
    "column of others": (
        another(
            "Second",
            "Thing",
            **SECOND | {"columns": {"x": {"relation": "LINKS", "label": {"zh": "叉", "en": "X"}}}},
        ),
        "Second.yml",
        "columns.x.relation",
    ),
    "relation end": (at(LINKS, "target", value=["Nobody"]), LINKS, "target"),
    "any with others": (at(LINKS, "target", value=["any", "Thing"]), LINKS, "target"),
    "no ends": (at(LINKS, "source", value=[]), LINKS, "source"),
    "relation key": (at(LINKS, "key", value=["product"]), LINKS, "key"),
    "pairs of others": (at(LINKS, "pairs", value={"Nobody": ["Thing"]}), LINKS, "pairs"),
    "prefix twice": (another("Second", "Thing", **SECOND | {"prefix": "thing"}), "Thing.yml", "prefix"),
    "table twice": (
        another("Second", "Thing", **SECOND | {"table": {"en": "seconds", "zh": "物"}}),
        "Thing.yml",
        "table.zh",
    ),
    "table of a relation": (at(LINKS, "table", "en", value="things"), LINKS, "table.en"),
    "label as relation type": (another("Links", "Thing", **SECOND), LINKS, "class"),
    "label of the store": (another("Entity", "Thing", **SECOND), "Entity.yml", "class"),
    "caption": (at(THING, "caption", value=["title"]), THING, "caption"),
    "caption may be empty": (at(THING, "caption", value=["kind"]), THING, "caption"),
    "search": (at(THING, "search", value=["born"]), THING, "search"),
    "group": (at(THING, "group", value="others"), THING, "group"),
    "common column gone": (at("_common.yml", "properties", "note", value=None), "_common.yml", "properties"),
    "key column gone": (at("_common.yml", "keys", "to", value=None), "_common.yml", "keys"),
    "no lists": (at("_lists.yml", value=None), "_lists.yml", ""),
}


def test_the_small_model_is_right(tmp_path: Path) -> None:
    ontology = load(tmp_path, small())
    assert ontology.entity_of_id("thing/1").name == "Thing"
    assert ontology.relation("LINKS").allows("Thing", "Thing")


@pytest.mark.parametrize("case", BROKEN)
def test_broken_file_names_file_and_key(case: str, tmp_path: Path) -> None:
    change, file, path = BROKEN[case]
    files = small()
    change(files)
    with pytest.raises(OntologyError) as caught:
        load(tmp_path, files)
    error = caught.value
    assert error.extra["file"] == file
    assert error.extra["key"].startswith(path)
    assert error.extra["found"]
    assert error.extra["expected"]
    assert file in error.detail


def test_not_utf8(tmp_path: Path) -> None:
    load(tmp_path, small())
    (tmp_path / THING).write_bytes("class: 物".encode("gb18030"))
    with pytest.raises(OntologyError, match=r"Thing\.yml.*UTF-8"):
        load_ontology(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        load_ontology(tmp_path / "nowhere")
