"""How a question command runs: settings, session, one question, then JSON or text."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from rich.console import Console

from lianpu.begin import begin
from lianpu.out import console, print_json
from lianpu.session import Session, open_session

T = TypeVar("T")


def ask(
    question: Callable[[Session], Awaitable[T]], show: Callable[[T, Console], None], *, json: bool = False
) -> None:
    """Ask ``question`` in a session of its own and print the answer, as JSON or by ``show``."""
    answer: Any = asyncio.run(_answer(question, quiet=json))
    if json:
        print_json(answer)
    else:
        show(answer, console())


async def _answer(question: Callable[[Session], Awaitable[T]], *, quiet: bool) -> T:
    async with open_session(begin(), quiet=quiet) as session:
        return await question(session)
