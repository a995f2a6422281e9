"""Families of relations: how their lines look. Dash and word tell a family apart without its colour."""

from __future__ import annotations

from typing import TypedDict

from viz.words import Lang, translator


class LineLook(TypedDict):
    """One family of lines: its word, colours on light and dark ground, width and dashes (``False``: none)."""

    label: str
    light: str
    dark: str
    width: float
    dashes: list[int] | bool


#: family → (light, dark, width, dashes)
_LOOKS: dict[str, tuple[str, str, float, list[int] | bool]] = {
    "flow": ("#1d4e89", "#7fb0ea", 2.0, False),
    "work": ("#5f6a7b", "#9aa6b6", 1.4, False),
    "capital": ("#7a3e9d", "#c79be6", 1.6, [10, 4]),
    "answer": ("#9c2b1e", "#f0938a", 1.6, [2, 3]),
    "project": ("#a35a00", "#f0b465", 1.6, [8, 3, 2, 3]),
    "place": ("#4c7a5a", "#8fc3a0", 1.2, [4, 4]),
    "other": ("#7b8494", "#8b96a6", 1.2, [1, 3]),
}

_FAMILIES: dict[str, tuple[str, ...]] = {
    "flow": ("INPUT_TO", "SUPPLIES", "MAKES"),
    "work": ("OPERATES", "WORKS_IN", "HAS_SEGMENT", "PART_OF"),
    "capital": (
        "OWNS",
        "SUBSIDIARY_OF",
        "INVESTS_IN",
        "SPONSORS",
        "FUNDS",
        "BROUGHT_IN_BY",
        "COOPERATES_WITH",
    ),
    "answer": (
        "CHIEF_OF",
        "HOLDS",
        "EX_OFFICIO",
        "RESPONSIBLE_FOR",
        "GUIDES",
        "DESIGNATED_CHAIN_LEADER",
        "FLAGSHIP_IN",
    ),
    "project": ("BUILDS", "FILLS", "CO_BUILDS"),
    "place": ("LOCATED_IN", "IN_PARK", "IN_CLUSTER", "WITHIN", "POSITIONED_FOR", "COVERS"),
}
_FAMILY_OF = {cls: family for family, classes in _FAMILIES.items() for cls in classes}


def family(relation: str) -> str:
    """The family of a relation class; a class that no family names is ``other``."""
    return _FAMILY_OF.get(relation, "other")


def line_looks(lang: Lang) -> dict[str, LineLook]:
    """All families with their word in ``lang``."""
    t = translator(lang)
    return {
        name: {
            "label": t(f"picture.line_{name}"),
            "light": light,
            "dark": dark,
            "width": width,
            "dashes": dashes,
        }
        for name, (light, dark, width, dashes) in _LOOKS.items()
    }
