"""One of a list of values, written as its word or as its Chinese or English label."""

from __future__ import annotations

from functools import lru_cache

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import EnumValue, Property
from graph.values.tidy import compact


class Enum(ValueType):
    """An enumeration; the list stands in the ontology file."""

    name = "enum"
    help_zh = "所列值之一，写英文值或中英文标签均可"
    help_en = "one of the values listed, as its word or as either label"

    def clean(self, raw: str, prop: Property) -> str:
        """The stored word of the value meant."""
        wanted = spelling(raw)
        for option in prop.values:
            if wanted in spellings(option):
                return option.value
        zh = "、".join(option.zh for option in prop.values)
        en = ", ".join(option.value for option in prop.values)
        raise ValueFault(raw, f"其中之一：{zh}", f"one of {en}")

    def show(self, value: str, lang: str, prop: Property) -> str:
        """The label of ``value``; the word itself when the list no longer has it."""
        for option in prop.values:
            if option.value == value:
                return option.en if lang == "en" else option.zh
        return value


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """``text`` as compared with the spellings of a value."""
    return compact(text).casefold()


def spellings(option: EnumValue) -> frozenset[str]:
    """All accepted spellings of ``option``."""
    return frozenset(spelling(text) for text in (option.value, option.zh, option.en))
