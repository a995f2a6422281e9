"""Ctrl-C, heard at once: while a person is asked, while this thread works, while another one does."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
#: Seconds given to work in the background to end by itself when it is interrupted.
_GRACE_S = 0.5


class GivenUpError(Exception):
    """What worked in the background was told to stop, and did."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C raises ``KeyboardInterrupt`` inside the block, also where an event loop runs around it.

    The loop would hear it only at the next ``await``, which a question to a person never reaches.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


async def in_background(work: Callable[[threading.Event], T]) -> T:
    """What ``work`` gives, done in a thread of its own.

    Where this is cancelled, ``work`` is told so by its event. A thread that does not hear it is left behind:
    it may only read, and write what is thrown away; the end of the program is its end.
    """
    stop, loop = threading.Event(), asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(result)  # type: ignore[arg-type]
        else:
            done.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = work(stop)
        except BaseException as raised:
            error = raised
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:  # the loop has ended: nobody waits for it any more
            return

    threading.Thread(target=run, daemon=True).start()
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([done], timeout=_GRACE_S)
        done.cancelled() or (done.done() and done.exception())  # heard: it was given up
        raise
