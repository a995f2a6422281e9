"""The names under which an entity is found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from graph.ontology import EntityClass

Kind = Literal["name", "abbreviation", "alias", "code", "made"]
#: Properties that are the entity's own name; all other searched ones are aliases or codes.
_NAMES: Final = frozenset({"name", "short_name"})
_CODES: Final = frozenset({"code", "uscc", "stock_code", "doc_no"})
_PLACE_SUFFIX: Final = re.compile(r"(?<=..)(?:省|市|县|区)$")
_TWO_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{4}")
#: Classes a person looks for come first, evidence last; classes not named here stand between.
_WEIGHTS: Final = {
    name: weight
    for weight, names in enumerate(
        (
            ("Firm", "Chain"),
            ("Park", "Place", "Segment", "Cluster"),
            ("Project", "Product", "Person", "Organisation", "Plan", "Zone"),
            (),
            ("Site", "Milestone", "Title"),
            ("Source", "Statement", "Observation", "Coverage", "Index"),
        )
    )
    for name in names
}
_MIDDLE: Final = 3


@dataclass(frozen=True, slots=True)
class Name:
    """One text under which an entity is found; ``field`` is the property it is of.

    A text of kind ``made`` is what a firm makes: the firm is not called so, and a search does not find it.
    """

    field: str
    kind: Kind
    text: str


def names_of(cls: EntityClass, props: Mapping[str, Any]) -> Iterator[Name]:
    """The names of an entity of class ``cls`` with the stored properties ``props``.

    Besides what the class declares as searched: the slug of its id, a place without 省/市/县/区, and the
    usual abbreviation of a firm's short name of two words of two characters (江铜 of 江西铜业), and what a
    firm makes.
    """
    for field in cls.search:
        value = props.get(field)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text:
                yield Name(field, _kind(field), text)
                if cls.name == "Firm" and field == "short_name" and _TWO_WORDS.fullmatch(text):
                    yield Name(field, "abbreviation", text[0] + text[2])
                if cls.name == "Place" and field == "name" and (short := _PLACE_SUFFIX.sub("", text)) != text:
                    yield Name(field, "name", short)
    if cls.name == "Firm":
        for text in props.get("products") or ():
            yield Name("products", "made", text)
    yield Name("id", "code", str(props["id"]).partition("/")[2])


def weight(cls: str) -> int:
    """The place of a class among equally good hits: smaller first."""
    return _WEIGHTS.get(cls, _MIDDLE)


def _kind(field: str) -> Kind:
    if field in _NAMES:
        return "name"
    return "code" if field in _CODES else "alias"
