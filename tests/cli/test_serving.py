"""The server as a process: ready when it says so, on this machine only, and shared with other commands."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.program import Program


@contextmanager
def serving(program: Program) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The server on a free port, once it says that it is ready: process and port."""
    process = program.start("serve", "--port", "0")
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        assert found, (line, process.stderr and process.stderr.read() if process.poll() is not None else "")
        yield process, int(found.group(1))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def get(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_it_is_ready_when_it_says_so_and_answers_like_the_command_line(cli: Program) -> None:
    with serving(cli) as (_, port):
        assert get(port, "/readyz")[0] == 200
        status, body = get(port, "/")
        assert (status, b"<html" in body) == (200, True)
        status, body = get(port, "/api/v1/chains/electronics?as_of=2024-07-01")
        assert status == 200
        assert json.loads(body) == cli("chain", "electronics", "--as-of", "2024-07-01", "--json").json


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(cli: Program, number: signal.Signals) -> None:
    with serving(cli) as (process, port):
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert "Traceback" not in errors
        with pytest.raises(ConnectionRefusedError):
            get(port, "/healthz")


def test_a_taken_port_is_refused_with_the_next_free_one(bare: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = bare("serve", "--port", str(port), LIANPU_LANG="en")
    assert told.code == 2
    assert f"127.0.0.1:{port}" in told.err
    free = re.search(r"next free port is (\d+)", told.err)
    assert free
    assert int(free.group(1)) != port


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_any_address_but_loopback_is_refused_with_the_reason(bare: Program, host: str) -> None:
    told = bare("serve", "--host", host, LIANPU_LANG="en")
    assert told.code == 2
    assert host in told.err
    assert "no log-ins" in told.err
    assert told.out == ""
