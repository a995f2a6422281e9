"""Serving the pages and the API on this machine: the address is checked, bound, and told when it answers."""

from __future__ import annotations

import asyncio
import gc
import http.client
import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import ClassVar

import uvicorn
from fastapi import FastAPI

from graph.errors import LianpuError, UsageError
from lianpu.i18n import t

_READY_S = 300.0


class NotLoopback(UsageError):
    """The address asked for can be reached from other machines."""

    code: ClassVar[str] = "not-loopback"
    title_zh: ClassVar[str] = "只能监听本机地址"
    title_en: ClassVar[str] = "Only this machine may be served"


class PortTaken(UsageError):
    """Another program listens on the port."""

    code: ClassVar[str] = "port-taken"
    title_zh: ClassVar[str] = "端口被占用"
    title_en: ClassVar[str] = "The port is taken"


class NotReady(LianpuError):
    """The server started but does not answer as it should."""

    code, exit_code, http_status = "not-ready", 3, 503
    title_zh, title_en = "服务没有就绪", "The server did not get ready"


def loopback(host: str) -> str:
    """The loopback address that ``host`` names. ``NotLoopback`` for any other."""
    if host.lower() == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        address = None
    if address is None or not address.is_loopback:
        raise NotLoopback(
            t(
                f"要监听的是“{host}”。程序还没有登录和权限，谁连得上谁就能看，"
                "所以只接受 127.0.0.1、localhost 或 ::1。",
                f'Asked to listen on "{host}". There are no log-ins yet: whoever can connect could read '
                "everything. So only 127.0.0.1, localhost or ::1 is accepted.",
            ),
            found=host,
            expected=["127.0.0.1", "localhost", "::1"],
        )
    return str(address)


def settle() -> None:
    """Leave what is there now out of later garbage collections.

    What a server holds from its start (modules, ontology, search index) lives as long as it does: going over
    it again holds up every request meanwhile (``gc.freeze`` of the standard library).
    """
    gc.collect()
    gc.freeze()


def bind(host: str, port: int) -> socket.socket:
    """A socket listening on ``host``:``port`` (0: any free port).

    Raises
    ------
    PortTaken
        The port is in use, or may not be used by this user; names the next free one.
    """
    try:
        return _listen(host, port)
    except OSError as error:
        free, why = _next_free(host, port), os.strerror(error.errno) if error.errno else str(error)
        raise PortTaken(
            t(
                f"{host}:{port} 不能用：{why}。下一个空闲端口是 {free}。",
                f"{host}:{port} cannot be used: {why}. The next free port is {free}.",
            ),
            found=port,
            free=free,
        ) from error


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=128)
    listener.set_inheritable(False)
    return listener


def _next_free(host: str, port: int) -> int:
    for candidate in (*range(port + 1, min(port + 51, 65536)), 0):
        try:
            with _listen(host, candidate) as found:
                return int(found.getsockname()[1])
        except OSError:
            continue
    return 0


class _Server(uvicorn.Server):
    """Ends on a signal like uvicorn's own, but lets the caller close what it holds first."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def leave(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)

        names = ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, leave) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def serve(app: FastAPI, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve ``app`` on ``listener`` until a signal ends it; ``ready`` gets the URL once ``/readyz`` answers.

    Raises
    ------
    NotReady
        ``/readyz`` did not answer 200 in time.
    """
    server = _Server(
        uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=5, server_header=False
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    host, port = listener.getsockname()[:2]
    try:
        if await _answers(server, serving, host, port):
            ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving


async def _answers(server: uvicorn.Server, serving: asyncio.Task[None], host: str, port: int) -> bool:
    """Whether the server got ready; False if it was told to end before."""
    last = ""
    try:
        async with asyncio.timeout(_READY_S):
            while not serving.done() and not server.should_exit:
                if server.started:
                    status, last = await asyncio.to_thread(_get, host, port)
                    if status == http.client.OK:
                        return True
                await asyncio.sleep(0.1)
    except TimeoutError as error:
        raise NotReady(
            t(
                f"{_READY_S:g} 秒内 /readyz 没有就绪：{last}",
                f"/readyz was not ready within {_READY_S:g} s: {last}",
            )
        ) from error
    return False


def _get(host: str, port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode("utf-8", "replace")
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()
