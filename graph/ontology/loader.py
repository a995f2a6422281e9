"""From a folder of files to the model."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from graph.errors import OntologyError
from graph.ontology.checks import check
from graph.ontology.ends import expand
from graph.ontology.model import ColumnName, EntityClass, RelationClass
from graph.ontology.ontology import Ontology
from graph.ontology.source import Document, put_lists, put_names, read, wrong
from graph.values import EnumValue, Property
from graph.values.property import Spec

Model = TypeVar("Model", bound=BaseModel)

_LISTS = "_lists.yml"
_COMMON = "_common.yml"
_MODELS: dict[str, type[EntityClass] | type[RelationClass]] = {
    "entity": EntityClass,
    "relation": RelationClass,
}


class _Lists(Spec):
    kind: Literal["lists"]
    lists: dict[str, tuple[EnumValue, ...]]


class _Common(Spec):
    kind: Literal["common"]
    keys: dict[ColumnName, Property] = Field(min_length=3)
    properties: dict[ColumnName, Property]


def load_ontology(folder: Path | None = None) -> Ontology:
    """The model in ``folder``, or the built-in one (read once per process).

    Parameters
    ----------
    folder : Path, optional
        A folder of ``*.yml``: one file per class, named as the class, and ``_common.yml`` (common
        columns) and ``_lists.yml`` (shared value lists).

    Raises
    ------
    OntologyError
        A file that is not as it should be; names file, key path, what was found and what was expected.
    """
    return _built_in() if folder is None else _load(folder)


@cache
def _built_in() -> Ontology:
    return _load(files("graph.ontology"))


def _load(folder: Traversable) -> Ontology:
    try:
        documents = {file.name: read(file) for file in _files(folder)}
    except OSError as error:
        raise OntologyError(f"{error.filename}: {error.strerror}", file=str(error.filename)) from error
    for name in (_LISTS, _COMMON):
        if name not in documents:
            raise wrong(name, "", "no such file", "the file")
    raw_lists = documents.pop(_LISTS)
    lists = _validated(_LISTS, raw_lists, _Lists).lists
    common = _common(documents.pop(_COMMON), raw_lists["lists"])
    classes = [_class(name, data, raw_lists["lists"]) for name, data in documents.items()]
    entities = [cls for cls in classes if isinstance(cls, EntityClass)]
    groups = [value.value for value in lists.get("class_group", ())]
    entities.sort(key=lambda cls: (groups.index(cls.group) if cls.group in groups else -1, cls.name))
    ontology = Ontology(
        {cls.name: cls for cls in entities},
        {cls.name: cls for cls in classes if isinstance(cls, RelationClass)},
        common.properties,
        common.keys,
        lists,
    )
    check(ontology)
    return expand(ontology)


def _files(folder: Traversable) -> list[Traversable]:
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yml")), key=lambda file: file.name
    )


def _common(data: Document, lists: Document) -> _Common:
    for section in ("keys", "properties"):
        put_names(_COMMON, data, section)
        put_lists(_COMMON, data, section, lists)
    return _validated(_COMMON, data, _Common)


def _class(file: str, data: Document, lists: Document) -> EntityClass | RelationClass:
    kind = data.get("kind")
    if kind not in _MODELS:
        raise wrong(file, "kind", kind, " or ".join(_MODELS))
    if data.get("class") != file.removesuffix(".yml"):
        raise wrong(file, "class", data.get("class"), f"{file.removesuffix('.yml')}, as the file is named")
    put_names(file, data, "properties")
    put_names(file, data, "columns")
    put_lists(file, data, "properties", lists)
    return _validated(file, data, _MODELS[kind])


def _validated(file: str, data: Document, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(json.dumps(data, ensure_ascii=False))
    except ValidationError as error:
        first: Any = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"])
        found = "nothing" if first["type"] == "missing" else first["input"]
        raise wrong(file, path, found, first["msg"]) from error
