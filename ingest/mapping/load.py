"""Reading a mapping file: YAML in which every scalar is text, checked key by key."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from ingest.mapping.model import Mapping
from ingest.mapping.places import part_lines
from ingest.mapping.told import told, wrong

#: Largest mapping file, in bytes.
_LIMIT = 1_000_000
_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FOLDER = files("data") / "mappings"

#: Levels of lists and mappings within one another.
_DEEPEST = 40


class _Loader(_Base):  # type: ignore[misc]
    """YAML of texts, lists and mappings only; a repeated key is an error."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in seen:
            what = "a key that is no text" if not isinstance(key, yaml.ScalarNode) else f"{key.value!r} twice"
            raise yaml.constructor.ConstructorError(None, None, what, key.start_mark)
        seen.add(key.value)
    return {key.value: loader.construct_object(value, deep=True) for key, value in node.value}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_mapping(path: Path | Traversable) -> Mapping:
    """The mapping in ``path``, not yet checked against an ontology (see ``bind``).

    Raises
    ------
    BadInput
        The file cannot be read, is no YAML, or has a wrong key or value: tells file, line, key, what was
        found and what was expected, with the nearest key that exists.
    """
    text = _text(path)
    _see_shape(path.name, text)
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 (builds texts, lists and mappings only)
    except yaml.YAMLError as error:
        raise _no_yaml(path.name, error) from error
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise wrong(path.name, "", repr(data), "键和值（title: …）", "keys and values (title: …)")
    for key in ("origin", "lines"):
        if key in data:
            raise wrong(path.name, key, str(data[key]), "没有这个键", "no such key")
    try:
        mapping = Mapping.model_validate(data)
    except ValidationError as error:
        raise told(path.name, part_lines(node), error) from error
    return mapping.model_copy(update={"origin": path.name, "lines": part_lines(node)})


def find_mapping(name: str) -> Mapping:
    """The mapping that a user names: a file, or one that comes with the program (``ckg``).

    Raises
    ------
    BadInput
        There is neither such a file nor such a mapping, or the file is wrong.
    """
    path = Path(name).expanduser()
    return shipped_mapping(name) if name in shipped_mappings() and not path.is_file() else load_mapping(path)


def shipped_mappings() -> list[str]:
    """Names of the mappings that come with the program, without ``.yml``."""
    return sorted(f.name.removesuffix(".yml") for f in _FOLDER.iterdir() if f.name.endswith(".yml"))


def shipped_mapping(name: str) -> Mapping:
    """A mapping that comes with the program; ``BadInput`` when there is none of that name."""
    known = shipped_mappings()
    if name not in known:
        listed = ", ".join(known)
        raise wrong(name, "", name, f"自带的映射之一（{listed}）", f"a mapping of the program ({listed})")
    return load_mapping(_FOLDER / f"{name}.yml")


def _text(path: Path | Traversable) -> str:
    try:
        with path.open("rb") as handle:
            data = handle.read(_LIMIT + 1)
    except OSError as error:
        raise wrong(
            path.name, "", error.strerror or str(error), "可读的文件", "a file that can be read"
        ) from error
    if len(data) > _LIMIT:
        raise wrong(path.name, "", "> 1 MB", "至多 1 MB 的映射文件", "a mapping file of at most 1 MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.start}"
        raise wrong(path.name, "", found, "UTF-8 文字", "UTF-8 text") from error


def _see_shape(file: str, text: str) -> None:
    """Refuse what could take long to read: aliases, and deep nesting; read only as far as that."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Base):
            if isinstance(event, yaml.AliasEvent):
                raise wrong(file, "", "*alias", "没有别名（*）的 YAML", "YAML without aliases (*)")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                zh, en = f"至多嵌套 {_DEEPEST} 层", f"at most {_DEEPEST} levels of nesting"
                raise wrong(file, "", f"> {_DEEPEST}", zh, en, line=_line(event.start_mark))
    except yaml.YAMLError as error:
        raise _no_yaml(file, error) from error


def _line(mark: Any) -> int:
    """The 1-based line of a place in YAML, 0 if it is not known."""
    return 0 if mark is None else int(mark.line) + 1


def _no_yaml(file: str, error: yaml.YAMLError) -> Exception:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return wrong(file, "", problem, "有效的 YAML", "valid YAML", line=_line(mark))
