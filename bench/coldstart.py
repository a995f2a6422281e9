"""Cold start: from a fresh copy of the repository to the first page, as a newcomer sees it.

``make run`` is run in a clean export of the committed tree with an empty data directory; downloads of the
pinned packages are part of it (pip's own cache is used as it is found).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIMIT_S = 600.0


def measure_cold_start() -> dict[str, object]:
    """Seconds from ``make run`` to the answer of the home page; then everything is stopped again."""
    with tempfile.TemporaryDirectory(prefix="lianpu-cold-", ignore_cleanup_errors=True) as folder:
        tree, home = Path(folder) / "tree", Path(folder) / "home"
        tree.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(tree)], input=archive, check=True)
        port = _free_port()
        environment = {**os.environ, "LIANPU_HOME": str(home)}
        begun = time.perf_counter()
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=tree,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            size = _first_page(process, f"http://127.0.0.1:{port}/", begun)
            seconds = time.perf_counter() - begun
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=60)
    return {"make_run_to_first_page_s": round(seconds, 1), "first_page_bytes": size, "goal_s": 90}


def _first_page(process: subprocess.Popen[bytes], url: str, begun: float) -> int:
    while time.perf_counter() - begun < LIMIT_S:
        if process.poll() is not None:
            raise RuntimeError(f"make run ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return len(answer.read())
        except OSError:  # refused, or not answered yet
            time.sleep(0.25)
    raise RuntimeError(f"no page within {LIMIT_S:g} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
