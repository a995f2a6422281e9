"""Values kept while the graph stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from graph.gaps.kept import Kept
from graph.store import MetaState

STAMP = MetaState("store", 1, "whole", 1)


class Maker:
    """Makes texts and counts how often."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def of(self, text: str) -> Callable[[], Awaitable[str]]:
        async def make() -> str:
            await asyncio.sleep(0)
            self.made.append(text)
            return text

        return make


async def test_a_value_is_made_once_even_when_asked_for_twice_at_once() -> None:
    kept, maker = Kept[str](len, 100), Maker()
    answers = await asyncio.gather(*(kept.get(STAMP, ("a",), maker.of("x")) for _ in range(5)))
    assert (set(answers), maker.made) == ({"x"}, ["x"])
    assert await kept.get(STAMP, ("b",), maker.of("y")) == "y"


@pytest.mark.parametrize(
    "changed", [replace(STAMP, revision=2), replace(STAMP, token="other"), replace(STAMP, store_id="other")]
)
async def test_a_changed_graph_makes_it_anew(changed: MetaState) -> None:
    kept, maker = Kept[str](len, 100), Maker()
    await kept.get(STAMP, ("a",), maker.of("old"))
    assert await kept.get(changed, ("a",), maker.of("new")) == "new"
    assert await kept.get(changed, ("a",), maker.of("newer")) == "new"


@pytest.mark.parametrize("stamp", [None, replace(STAMP, state="applying")])
async def test_nothing_is_kept_of_a_graph_without_a_stamp_or_in_change(stamp: MetaState | None) -> None:
    kept, maker = Kept[str](len, 100), Maker()
    for text in ("one", "two"):
        assert await kept.get(stamp, ("a",), maker.of(text)) == text


async def test_the_least_used_is_forgotten_first_and_the_newest_never() -> None:
    kept, maker = Kept[str](len, 4), Maker()
    for key in ("aa", "bb", "aa", "cc", "aa", "bb"):
        await kept.get(STAMP, (key,), maker.of(key))
    assert maker.made == ["aa", "bb", "cc", "bb"]
    large = "x" * 99
    await kept.get(STAMP, ("large",), maker.of(large))
    assert await kept.get(STAMP, ("large",), maker.of("again")) == large


async def test_a_failure_is_not_kept() -> None:
    kept, maker = Kept[str](len, 100), Maker()

    async def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await kept.get(STAMP, ("a",), fail)
    assert await kept.get(STAMP, ("a",), maker.of("x")) == "x"
