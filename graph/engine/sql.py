"""Statements in the embedded engine's own SQL, for what its Cypher cannot say (types that extend a type)."""

from __future__ import annotations

import base64
import http.client
import json

from graph.engine.runfile import WRITER, RunInfo
from graph.errors import EngineUnavailable

_TIMEOUT_S = 60.0


def run_sql(run: RunInfo, script: str, database: str = "neo4j") -> None:
    """Run a script of statements that ``;`` separates, over the engine's HTTP port on loopback. Blocks.

    Raises
    ------
    EngineUnavailable
        If the engine does not answer or refuses the script.
    """
    token = base64.b64encode(f"{WRITER}:{run.writer_password}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
    body = json.dumps({"language": "sqlscript", "command": script})
    connection = http.client.HTTPConnection("127.0.0.1", run.http_port, timeout=_TIMEOUT_S)
    try:
        connection.request("POST", f"/api/v1/command/{database}", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        raise EngineUnavailable(f"The embedded engine did not take its types: {error!r}.") from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise EngineUnavailable(f"The embedded engine refused its types ({answer.status}): {text[:500]}")
