"""SVG to PNG, with the fonts of the system."""

from __future__ import annotations

from functools import cache

from resvg_py import svg_to_bytes

from viz.documents.pictures.svg import FONTS

#: Dots per inch: readable printed as A3.
DPI = 150.0
_TRIAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text y="32" font-size="32" font-family="{}">{}</text></svg>'
)


def png_of(svg: str) -> bytes:
    """The drawing as PNG. Raises ``ValueError`` for what is no SVG."""
    return bytes(svg_to_bytes(svg_string=svg, dpi=DPI, background="#ffffff"))


@cache
def has_chinese() -> bool:
    """Whether this machine has a font with Chinese characters: without one a PNG would lack them."""
    drawn = {
        bytes(svg_to_bytes(svg_string=_TRIAL.format(FONTS, text))) for text in ("链", "谱", "\U0010fffd")
    }
    return len(drawn) == 3


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
