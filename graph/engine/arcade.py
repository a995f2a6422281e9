"""ArcadeDB's settings and start, inside the engine's own process."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, TypeAlias

from graph.engine.runfile import READER, WRITER

#: Objects of the JVM have no Python types.
Java: TypeAlias = Any

DATABASE = "neo4j"
_GROUP = "lianpu_reader"
_HOST = "127.0.0.1"
_BOLT = "Neo4j-Bolt"


def start_server(data: Path, heap: str, timeout_ms: int) -> tuple[Java, dict[str, Any]]:
    """Start the engine on ``data`` with fresh passwords.

    Parameters
    ----------
    data : Path
        The engine's directory; made ready and writable by the caller.
    heap : str
        Largest Java heap, e.g. ``512m``.
    timeout_ms : int
        Milliseconds after which the engine stops a statement.

    Returns
    -------
    server, run
        The running server, and the fields of ``RunInfo`` that it decides: both ports and passwords.

    Raises
    ------
    ImportError
        If the engine's package, or a JVM for this platform, is not there.
    Exception
        Whatever the engine says when the directory is locked, damaged or full.
    """
    _write_groups(data / "config" / "server-groups.json")
    os.environ["ARCADEDB_JVM_ERROR_FILE"] = str(data / "log" / "hs_err_pid%p.log")
    from arcadedb_embedded.server import ArcadeDBServer

    writer, reader = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    server = ArcadeDBServer(
        str(data),
        writer,
        {
            "host": _HOST,
            "http_port": "0",
            "bolt_port": 0,
            "mode": "development",  # production mode replaces every error message by a general one
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server_defaultDatabases": f"{DATABASE}[{WRITER}]",
            "bolt_defaultDatabase": DATABASE,
        },
        jvm_kwargs={"heap_size": heap, "jvm_args": _jvm_arguments(data / "log", timeout_ms)},
    )
    server.start()
    server.get_database(DATABASE).query("sql", "SELECT 1")
    security = server._java_server.getSecurity()
    _set_password(security, WRITER, writer, "admin")
    _set_password(security, READER, reader, _GROUP)
    run = {
        "bolt_port": _bolt_port(server),
        "http_port": _http_port(server),
        "writer_password": writer,
        "reader_password": reader,
    }
    return server, run


def _jvm_arguments(log: Path, timeout_ms: int) -> list[str]:
    settings = {
        "server.logsDirectory": log,
        "txWalFlush": 2,  # fsync at each commit: nothing acknowledged is lost
        "command.timeout": timeout_ms,
        "bolt.maxMessageSize": 134217728,
        "queryMaxHeapElementsAllowedPerOp": 2000000,
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
    }
    return ["-XX:+UseSerialGC", *(f"-Darcadedb.{key}={value}" for key, value in settings.items())]


def _write_groups(path: Path) -> None:
    """The security groups: everything for the writer, reading alone for the reader."""
    unlimited = {"resultSetLimit": -1, "readTimeout": -1}
    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "admin": {
            **unlimited,
            "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
            "types": {"*": {"access": everything}},
        },
        _GROUP: {**unlimited, "access": [], "types": {"*": {"access": ["readRecord"]}}},
        "*": {**unlimited, "access": [], "types": {"*": {"access": []}}},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"databases": {"*": {"groups": groups}}, "version": 2}
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _set_password(security: Java, name: str, password: str, group: str) -> None:
    import jpype

    user = {"name": name, "password": str(security.encodePassword(password)), "databases": {"*": [group]}}
    described = jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(user))
    if security.existsUser(name):
        security.updateUser(described)
    else:
        security.createUser(described)


def _bolt_port(server: Java) -> int:
    for plugin in server._java_server.getPlugins():
        if str(plugin.getName()) == _BOLT:
            return int(plugin.getPort())
    raise RuntimeError("the engine started without its Bolt listener")


def _http_port(server: Java) -> int:
    """The port drawn for HTTP; the engine itself only tells the one that was asked for (0)."""
    http = server._java_server.getHttpServer()
    field = http.getClass().getDeclaredField("undertow")
    field.setAccessible(True)
    return int(field.get(http).getListenerInfo().get(0).getAddress().getPort())
