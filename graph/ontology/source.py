"""Reading ontology files: YAML without surprises, names put in, shared lists put in place."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

import yaml

from graph.errors import OntologyError

#: A parsed file; ``Any`` because its shape is what the models check.
Document = dict[str, Any]
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def wrong(file: str, path: str, found: object, expected: str) -> OntologyError:
    """The error for ``file`` at key ``path``: what was found and what was expected."""
    shown = found if isinstance(found, str) else repr(found)
    shown = shown if len(shown) <= 120 else shown[:119] + "…"
    detail = f"{file}: {path or '(whole file)'}: found {shown}; expected {expected}"
    return OntologyError(detail, file=file, key=path, found=shown, expected=expected)


class _Loader(_Base):  # type: ignore[misc]
    """Safe YAML in which a repeated key is an error and a date stays text."""


def _mapping(loader: yaml.constructor.SafeConstructor, node: yaml.MappingNode) -> Document:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key!r} is not text", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} twice", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", yaml.constructor.SafeConstructor.construct_yaml_str)


def read(file: Traversable) -> Document:
    """The mapping in ``file``; ``OntologyError`` when it is not UTF-8, not YAML or not a mapping."""
    try:
        data = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader, extended)
    except UnicodeDecodeError as error:
        raise wrong(file.name, "", f"byte {error.start} that is not UTF-8", "UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise wrong(file.name, where, getattr(error, "problem", None) or str(error), "valid YAML") from error
    if not isinstance(data, dict):
        raise wrong(file.name, "", data, "a mapping")
    return data


def put_names(file: str, data: Document, section: str) -> None:
    """Give each entry of ``section`` its key as ``name``; a ``name`` of its own is refused."""
    entries = data.get(section)
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict):
            raise wrong(file, f"{section}.{key}", entry, "a mapping")
        if "name" in entry:
            raise wrong(
                file, f"{section}.{key}.name", entry["name"], "no such key: the name is the key above"
            )
        entry["name"] = key


def put_lists(file: str, data: Document, section: str, lists: Document) -> None:
    """Replace ``values: NAME`` by the shared list of that name."""
    entries = data.get(section)
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        values = entry.get("values")
        if not isinstance(values, str):
            continue
        if values not in lists:
            raise wrong(
                file, f"{section}.{key}.values", values, f"a list, or one of {', '.join(sorted(lists))}"
            )
        entry["values"] = lists[values]
