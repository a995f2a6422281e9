"""Who may ask for a change: the headers that a browser sends, against the host that was asked."""

from __future__ import annotations

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from api.guard import Guard

HERE = "http://127.0.0.1:8000"


async def _changed(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def status(headers: dict[str, str], base: str = HERE) -> int:
    transport = httpx.ASGITransport(Guard(_changed, ["127.0.0.1", "localhost", "[::1]"]))
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        return (await client.post("/", headers=headers)).status_code


@pytest.mark.parametrize("origin", [
    "http://[", "http://127.0.0.1:99999", "http://127.0.0.1:x", "http://[::1", "", "127.0.0.1:8000", "file://",
    "https://elsewhere.example", "http://127.0.0.1:3000", "http://127.0.0.1", "http://localhost:8000",
    "ftp://127.0.0.1:8000", "http://u@127.0.0.1:8000", "http://127.0.0.1:0",
    "null",
])  # fmt: skip
async def test_another_origin_is_refused(origin: str) -> None:
    assert await status({"Origin": origin}) == 403
    assert await status({"Origin": origin, "Sec-Fetch-Site": "none"}) == 403
    assert await status({"Origin": origin, "Sec-Fetch-Site": "cross-site"}) == 403


@pytest.mark.parametrize(("base", "origin"), [
    (HERE, HERE), (HERE, "HTTP://127.0.0.1:8000"), ("http://[::1]:8000", "http://[::1]:8000"),
    ("http://localhost", "http://localhost"), ("http://localhost", "http://localhost:80"),
    ("http://localhost", "https://localhost"),
])  # fmt: skip
async def test_the_origin_that_was_asked_may_change(base: str, origin: str) -> None:
    assert await status({"Origin": origin}, base) == 204


async def test_a_host_with_a_port_of_thousands_of_digits_is_no_failure() -> None:
    assert await status({"Origin": HERE, "Host": f"127.0.0.1:{'1' * 5000}"}) == 403


async def test_what_the_browser_calls_its_own_and_what_is_no_page_may_change() -> None:
    assert await status({}) == 204
    assert await status({"Sec-Fetch-Site": "none"}) == 204
    for origin in ("null", HERE):
        assert await status({"Origin": origin, "Sec-Fetch-Site": "same-origin"}) == 204
    for origin in ("http://[", "https://elsewhere.example"):
        assert await status({"Origin": origin, "Sec-Fetch-Site": "same-origin"}) == 403
