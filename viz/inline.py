"""Our scripts and style sheets inside one file, and the policy that lets only these run."""

from __future__ import annotations

import base64
import hashlib
import re

from markupsafe import Markup

from viz.assets import VIS_SCRIPT, assets

PICTURE_STYLES = ("css/base.css", "css/picture.css")
#: In the order in which they need each other.
PICTURE_SCRIPTS = (
    VIS_SCRIPT,
    *(
        f"js/picture/{name}.js"
        for name in ("dom", "glyphs", "cards", "scene", "slots", "panel", "expand", "list", "save", "main")
    ),
)
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def inline_style(name: str) -> Markup:
    """A style sheet as it may stand in ``<style>``. Raises ``ValueError`` if it would end the element."""
    return _inside(assets()[name].text, "style")


def inline_script(name: str) -> Markup:
    """A script as it may stand in ``<script>``, without a source map's address."""
    return _inside(_SOURCE_MAP.sub("", assets()[name].text), "script")


def policy(scripts: list[Markup], styles: list[Markup]) -> str:
    """A Content-Security-Policy under which exactly these run and nothing is fetched."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _inside(text: str, element: str) -> Markup:
    if re.search(f"</{element}|<!--", text, re.IGNORECASE):
        raise ValueError(f"the text would end or hide its <{element}>")
    return Markup(text)  # noqa: S704 - our own file, checked above


def _hashes(texts: list[Markup]) -> str:
    digests = (hashlib.sha256(str(t).encode()).digest() for t in texts)
    return " ".join(f"'sha256-{base64.b64encode(d).decode()}'" for d in digests)
