"""``lianpu version``: versions of the program and of what it stands on."""

from __future__ import annotations

import platform
from importlib.metadata import version

import typer

from lianpu.app import command
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import console, print_json

PANEL = "about"
_PARTS = ("lianpu", "arcadedb-embedded", "neo4j", "fastapi", "pydantic")


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, PANEL, "version", "显示版本", "Show versions")
    def show(json: Json = False) -> None:
        versions = {name: version(name) for name in _PARTS}
        if json:
            print_json({**versions, "python": platform.python_version(), "system": platform.platform()})
            return
        rest = ", ".join(f"{name} {number}" for name, number in versions.items() if name != "lianpu")
        console().print(f"{t('链谱', 'Lianpu')} {versions['lianpu']}")
        console().print(f"[dim]Python {platform.python_version()}, {rest}[/]")
