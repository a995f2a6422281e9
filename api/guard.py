"""The outermost layer: who may ask, the headers of every answer, and errors that nobody expected."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import of_unexpected, problem
from viz.pages.errors import error_page, wants_page

_log = logging.getLogger(__name__)

#: Set unless the answer says otherwise: nothing from elsewhere, no framing, no guessing of types.
HEADERS: Final = {
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}
#: Methods that change nothing.
_READING: Final = ("GET", "HEAD", "OPTIONS")
#: The port of an origin or a Host header that tells none.
_PORTS: Final = {"http": 80, "https": 443}


class Guard:
    """ASGI layer around the application.

    Parameters
    ----------
    app : the application.
    hosts : host names that requests may be addressed to, without port; IPv6 in brackets.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = frozenset(h.lower() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse other hosts, add the headers, and answer unexpected errors without telling them."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        path = scope["path"]
        refusal = self._refusal(path, scope["method"], Headers(scope=scope))
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            _log.exception("unexpected error at %s %s", scope["method"], path)
            if started:
                raise
            request = Request(scope, receive)
            answer = error_page(request, error, 500) if wants_page(request) else of_unexpected(path, error)
            await answer(scope, receive, sending)

    def _refusal(self, path: str, method: str, headers: Headers) -> ASGIApp | None:
        """The answer to a request that must not go on."""
        host = _host_name(headers.get("host", ""))
        if host not in self._hosts:
            return problem(
                path,
                status=400,
                code="unknown-host",
                title="主机名不被接受 · The host name is not accepted",
                detail=f"Host {host[:80]!r}; expected {', '.join(sorted(self._hosts))}",
            )
        if method not in _READING and not self._from_here(headers):
            return problem(
                path,
                status=403,
                code="foreign-origin",
                title="别的网页不能改这里的数据 · Pages from elsewhere change nothing here",
                detail=f"Origin {headers.get('origin', '')[:80]!r}",
            )
        return None

    def _from_here(self, headers: Headers) -> bool:
        """Whether a request that changes something comes from our own pages or from no page at all."""
        site = headers.get("sec-fetch-site")
        if site not in ("same-origin", "none", None):
            return False
        origin = headers.get("origin")
        if origin == "null":  # so browsers send it of our own forms, since our pages tell no referrer
            return site == "same-origin"
        return origin is None or self._ours(
            origin, None if site == "same-origin" else headers.get("host", "")
        )

    def _ours(self, origin: str, host: str | None) -> bool:
        """Whether an origin has one of our names and, if a Host header is given, its name and port."""
        try:
            parts = urlsplit(origin)
            usual = _PORTS.get(parts.scheme)
            name, port = _host_name(parts.netloc), usual if parts.port is None else parts.port
            if usual is None or name not in self._hosts:
                return False
            if host is None:  # the browser has compared it, whatever stands between it and us
                return True
            told = host.strip()[len(_host_name(host)) :].removeprefix(":")
            return (name, port) == (_host_name(host), int(told) if told else usual)
        except ValueError:  # no address at all, or no port
            return False


def _host_name(host: str) -> str:
    """The name in a Host header, without its port, in lower case."""
    name, colon, port = host.strip().lower().rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host.strip().lower()
