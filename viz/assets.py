"""The style sheets, scripts and icons of the pages: our own and vis-network's.

vis-network is not copied into the project: it is read from the installed ``pyvis`` distribution.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

VIS_SCRIPT = "vis/vis-network.min.js"
_VIS_FILES = ("vis-network.min.js", "vis-network.css")
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_TEXT = frozenset(_MEDIA_TYPES.values())


@dataclass(frozen=True, slots=True)
class Asset:
    """One file that the pages may ask for: its bytes, media type and a short digest of the bytes."""

    content: bytes
    media_type: str
    digest: str

    @property
    def text(self) -> str:
        """The content as text with Unix line ends (browsers hash inline scripts in that form)."""
        return self.content.decode("utf-8").replace("\r\n", "\n")


@cache
def assets() -> dict[str, Asset]:
    """All assets by their path below ``/static/``. Nothing outside this table is ever served."""
    found = {name: _asset(name, file.read_bytes()) for name, file in _walk(files("viz") / "static", "")}
    for name, content in _vis_files().items():
        found[f"vis/{name}"] = _asset(name, content)
    return found


def asset_path(name: str) -> str:
    """``/static/<name>?v=<digest>``; raises ``KeyError`` for a name that is not an asset."""
    return f"/static/{name}?v={assets()[name].digest}"


def _asset(name: str, content: bytes) -> Asset:
    media_type = _MEDIA_TYPES.get(PurePosixPath(name).suffix) or mimetypes.guess_type(name)[0]
    media_type = media_type or "application/octet-stream"
    if media_type in _TEXT:
        media_type += "; charset=utf-8"
    return Asset(content, media_type, hashlib.sha256(content).hexdigest()[:12])


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            found += _walk(entry, f"{prefix}{entry.name}/")
        elif not entry.name.startswith("."):
            found.append((prefix + entry.name, entry))
    return found


def _vis_files() -> dict[str, bytes]:
    """vis-network's script and style sheet, of the newest version that the distribution carries."""
    newest: dict[str, tuple[tuple[int, ...], bytes]] = {}
    dist = distribution("pyvis")
    for entry in dist.files or []:
        version = _vis_version(entry.parent.name)
        if entry.name not in _VIS_FILES or "templates" not in entry.parts or version is None:
            continue
        if entry.name not in newest or newest[entry.name][0] < version:
            newest[entry.name] = (version, entry.locate().read_bytes())  # type: ignore[attr-defined]
    if missing := set(_VIS_FILES) - set(newest):
        raise FileNotFoundError(f"pyvis {dist.version} does not carry {', '.join(sorted(missing))}")
    return {name: content for name, (_, content) in newest.items()}


def _vis_version(folder: str) -> tuple[int, ...] | None:
    prefix, _, version = folder.partition("-")
    parts = version.split(".")
    return tuple(map(int, parts)) if prefix == "vis" and all(p.isdigit() for p in parts) else None
