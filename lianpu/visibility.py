"""The words for who may see something, in Chinese and English."""

from __future__ import annotations

from graph.errors import UsageError
from graph.truth import VISIBILITIES, VISIBILITIES_ZH, TruthStore
from lianpu.i18n import t


def level_of(word: str) -> int:
    """The level that ``public`` or 公开 names, an index into ``VISIBILITIES``; ``UsageError`` for another."""
    for words in (VISIBILITIES, VISIBILITIES_ZH):
        if word.strip().lower() in words:
            return words.index(word.strip().lower())
    zh, en = "、".join(VISIBILITIES_ZH), ", ".join(VISIBILITIES)
    raise UsageError(t(f"可见范围 {word!r}；应为 {zh}", f"visibility {word!r}; expected one of {en}"))


def word_of(level: int) -> str:
    """The word for a level in the language of this run."""
    return t(VISIBILITIES_ZH[level], VISIBILITIES[level])


def held(truth: TruthStore) -> int:
    """The highest level of what is shown: of the datasets that have a version, and of decisions not undone.

    What is made from it is marked with this level: no lower than any of its facts, and no higher than all.
    """
    levels = [VISIBILITIES.index(one["visibility"]) for one in truth.datasets() if one["current_version"]]
    return max([0, *levels, *(one.visibility for one in truth.decisions() if one.undone_at is None)])
