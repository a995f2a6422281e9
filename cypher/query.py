"""A Cypher query as its file states it: what it answers, its contract and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_ENTITY: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,39}", re.ASCII)
_RELATION: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*", re.ASCII)
_COLUMN: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
#: No path in any query is longer than this, whatever the settings say.
MAX_DEPTH: Final = 8

Filling = str | int | Sequence[str]


class QueryError(ValueError):
    """A query file is wrong, or is used against its contract."""


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter (``$name``): its type and what it means."""

    name: str
    type: str
    help: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned column and what it holds."""

    name: str
    help: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A hole ``{{NAME}}`` in the text and the kind of word that may fill it (a key of ``KINDS``)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Query:
    """One ``.cypher`` file.

    Attributes
    ----------
    name : file name without its ending.
    title_zh, title_en : one line for people.
    answers : the question it answers.
    params, returns, placeholders : its contract; every one of them occurs in ``text`` and no other does.
    text : the Cypher, without the header.
    writes : whether it changes the graph.
    """

    name: str
    title_zh: str
    title_en: str
    answers: str
    params: tuple[Param, ...]
    returns: tuple[Returned, ...]
    placeholders: tuple[Placeholder, ...]
    text: str
    writes: bool

    def fill(self, **words: Filling) -> str:
        """The text with every placeholder filled.

        Parameters
        ----------
        **words : class names, ``|``-joined class names, depths or lists of property names by placeholder
            name. They come from the ontology and the settings; values of people never come here, they
            travel as parameters.

        Raises
        ------
        QueryError
            A placeholder is missing or unknown, or a word is not of its kind.
        """
        known = {p.name: p.kind for p in self.placeholders}
        if set(words) != set(known):
            raise QueryError(f"{self.name}: placeholders are {sorted(known)}, given were {sorted(words)}")
        text = self.text
        for name, word in words.items():
            if not KINDS[known[name]](word):
                raise QueryError(f"{self.name}: {word!r} is not a word for {{{{{name}}}}} ({known[name]})")
            text = text.replace("{{" + name + "}}", _written(word, known[name]))
        return text


def _matches(pattern: re.Pattern[str], *, several: bool = False) -> Callable[[Filling], bool]:
    def check(word: Filling) -> bool:
        if not isinstance(word, str):
            return False
        parts = word.split("|") if several else [word]
        return all(pattern.fullmatch(part) for part in parts)

    return check


def _is_depth(word: Filling) -> bool:
    return isinstance(word, int) and not isinstance(word, bool) and 0 < word <= MAX_DEPTH


def _are_columns(word: Filling) -> bool:
    if isinstance(word, (str, int)) or not word or len(set(word)) < len(word):
        return False
    return all(_COLUMN.fullmatch(name) for name in word)


def _written(word: Filling, kind: str) -> str:
    """``word`` as it stands in the text; columns become the entries of a map, read from a row ``r``."""
    if isinstance(word, (str, int)):
        return str(word)
    return ", ".join(f"`{name}`: r[{i}]" for i, name in enumerate(word, _FIRST_COLUMN[kind]))


#: Where the values of the columns begin in a row: a relation's row begins with the ids of its ends.
_FIRST_COLUMN: Final[Mapping[str, int]] = {"columns of a node": 0, "columns of a relation": 2}
#: What may fill a placeholder, by the kind named in the header.
KINDS: Final[Mapping[str, Callable[[Filling], bool]]] = {
    "entity class": _matches(_ENTITY),
    "relation class": _matches(_RELATION),
    "relation classes": _matches(_RELATION, several=True),
    "depth": _is_depth,
    "end": lambda word: word in ("a", "b"),
    "arrow": lambda word: word in ("", "<", ">"),
    **dict.fromkeys(_FIRST_COLUMN, _are_columns),
}
