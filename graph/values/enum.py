"""One of a list of values, written as its word or as its Chinese or English label."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import EnumValue, Property
from graph.values.tidy import compact

#: How alike two words are (0 to 1) of which one may be meant by the other: more than one sign of two.
_ALIKE = 0.55
#: What turns a word round or puts it off: 未开工 is not 开工, and 拟签约 not 签约.
_TURNS = frozenset("未不非无没拟待将")


class Enum(ValueType):
    """An enumeration; the list stands in the ontology file."""

    name = "enum"
    help_zh = "所列值之一，写英文值或中英文标签均可"
    help_en = "one of the values listed, as its word or as either label"

    def clean(self, raw: str, prop: Property) -> str:
        """The stored word of the value meant.

        Raises ``ValueFault`` that lists the words, and says which one is meant where the list knows it
        (``also``), or which one is near.
        """
        wanted = spelling(raw)
        for option in prop.values:
            if wanted in spellings(option):
                return option.value
        zh = "、".join(option.zh for option in prop.values)
        en = ", ".join(option.value for option in prop.values)
        for option in prop.values:
            if wanted in map(spelling, option.also):
                raise ValueFault(
                    raw, f"「{option.zh}」；可写的有：{zh}", f"{option.value}; the words are: {en}"
                )
        near = _nearest(wanted, prop.values)
        asked = (f"；是否「{near.zh}」？", f"; did you mean {near.value!r}?") if near else ("", "")
        raise ValueFault(raw, f"其中之一：{zh}{asked[0]}", f"one of {en}{asked[1]}")

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


def _nearest(wanted: str, options: Iterable[EnumValue]) -> EnumValue | None:
    """The one value whose label stands in ``wanted``; where none does, that of the most similar spelling."""
    those = [o for o in options if not _TURNS & (set(wanted) - set(o.zh))]
    inside = [o for o in those if spelling(o.zh) in wanted]
    if inside:
        return inside[0] if len(inside) == 1 else None
    near = [(_alike(wanted, option), option) for option in those]
    best = max(near, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _ALIKE else None


def _alike(wanted: str, option: EnumValue) -> float:
    return max(SequenceMatcher(None, wanted, word).ratio() for word in spellings(option))
