"""A real Neo4j Community 5.26 for tests and benchmarks, without a container and without root.

    python -m tests.neo4j_server -- CMD ARGS…

gets the server from Maven Central (once; needs ``mvn`` and Java 17 or later), starts it on a free loopback
port with a throw-away database, runs CMD with ``LIANPU_TEST_ENGINE=neo4j`` and
``LIANPU_TEST_NEO4J_URI/USER/PASSWORD`` set, stops the server and ends with CMD's exit code. Where
``LIANPU_TEST_NEO4J_URI`` is set already, CMD runs against that server instead.

``LIANPU_TEST_CACHE`` names the folder for the downloaded files; the repository's ``.cache`` unless set.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import fasteners
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).with_name("neo4j.pom.xml")
VERSION = "5.26.25"
START_S = 120.0
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")


@dataclass(frozen=True)
class Server:
    """Where a running Neo4j is, and how to log in."""

    uri: str
    user: str
    password: str

    def environment(self) -> dict[str, str]:
        """The variables by which the tests find it."""
        return {
            "LIANPU_TEST_ENGINE": "neo4j",
            "LIANPU_TEST_NEO4J_URI": self.uri,
            "LIANPU_TEST_NEO4J_USER": self.user,
            "LIANPU_TEST_NEO4J_PASSWORD": self.password,
        }


@contextmanager
def neo4j_server(import_file: Path | None = None) -> Iterator[Server]:
    """A fresh Neo4j for the length of a ``with`` block.

    ``import_file`` names a file of arguments with which ``neo4j-admin database import full`` fills its
    database before the start; RuntimeError with what it said if that fails.
    """
    jars = _jars()
    home = Path(tempfile.mkdtemp(prefix="lianpu-neo4j-"))
    try:
        port = _free_port()
        _configure(home, port)
        if import_file is not None:
            _import(jars, home, import_file)
        with (home / "console.log").open("ab") as log:
            process = subprocess.Popen(
                _command(jars, home), stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home
            )
        try:
            yield _log_in(process, home, port)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _jars() -> Path:
    """The server's jars, fetched by Maven unless they are in the cache."""
    root = Path(os.environ.get("LIANPU_TEST_CACHE") or Path(__file__).parents[1] / ".cache")
    wanted = root / f"neo4j-{VERSION}"
    root.mkdir(parents=True, exist_ok=True)
    with fasteners.InterProcessLock(root / f"neo4j-{VERSION}.lock"):
        if wanted.exists():
            return wanted
        for tool in ("mvn", "java"):
            if shutil.which(tool) is None:
                raise SystemExit(
                    f"{tool} is not installed: the tests on Neo4j need Maven and Java 17 or later."
                )
        partial = Path(tempfile.mkdtemp(prefix="neo4j-", dir=root))
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={partial}", "-DincludeScope=runtime"]
        subprocess.run(["mvn", "-q", "-B", "-f", str(POM), *goal], check=True, timeout=900)
        partial.replace(wanted)
    return wanted


def _configure(home: Path, port: int) -> None:
    (home / "conf").mkdir()
    settings = {
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "256m",
        "dbms.usage_report.enabled": "false",
        "db.tx_log.rotation.retention_policy": "1 files",
        "db.tx_log.preallocate": "false",
    }
    text = "".join(f"{key}={value}\n" for key, value in settings.items())
    (home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def _command(jars: Path, home: Path) -> list[str]:
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED]
    where = [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
    memory = ["-Xms256m", "-Xmx1g", "-XX:+UseSerialGC"]
    return ["java", *memory, "-cp", f"{jars}/*", *opened, "org.neo4j.server.CommunityEntryPoint", *where]


def _import(jars: Path, home: Path, import_file: Path) -> None:
    """What ``bin/neo4j-admin database import full neo4j @FILE`` does in an installed server."""
    opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED]
    tool = ["java", "-Xmx1g", "-cp", f"{jars}/*", *opened, "org.neo4j.cli.AdminTool"]
    done = subprocess.run(
        [*tool, "database", "import", "full", "neo4j", f"@{import_file}"],
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        cwd=home,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The import failed with {done.returncode}:\n{done.stdout}\n{done.stderr}")


def _log_in(process: subprocess.Popen[bytes], home: Path, port: int) -> Server:
    """Wait until the server answers, and give it a password."""
    server = Server(f"bolt://127.0.0.1:{port}", "neo4j", secrets.token_urlsafe(12))
    deadline = time.monotonic() + START_S
    while True:
        try:
            with GraphDatabase.driver(
                server.uri, auth=("neo4j", "neo4j"), max_transaction_retry_time=0
            ) as driver:
                change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new"
                driver.execute_query(change, new=server.password, database_="system")
            return server
        except (DriverError, Neo4jError) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                tail = (home / "console.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"Neo4j did not start: {error}\n{tail}") from error
        time.sleep(0.25)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _interrupted(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(arguments: Sequence[str]) -> int:
    """Run the command line's CMD with a Neo4j beside it; returns its exit code."""
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if not command:
        raise SystemExit(__doc__)
    signal.signal(signal.SIGTERM, _interrupted)  # so that the server is stopped then, too
    if os.environ.get("LIANPU_TEST_NEO4J_URI"):
        return subprocess.run(
            command, env={**os.environ, "LIANPU_TEST_ENGINE": "neo4j"}, check=False
        ).returncode
    with neo4j_server() as server:
        return subprocess.run(command, env={**os.environ, **server.environment()}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
