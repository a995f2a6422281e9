"""A drawing: shapes and texts put into an SVG tree, which escapes whatever it is given."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from graph.safe_text import visible

#: Fonts with Chinese characters of the three systems; any other that has them is taken where none is there.
FONTS = (
    "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
INK, GREY, PALE, LINE = "#1d2733", "#5a6470", "#f3f6f8", "#c3ccd4"
#: Width and height of A3 across, four units a millimetre.
A3 = (1680, 1188)


class Drawing:
    """An SVG as wide as A3 across; ``height`` in quarters of a millimetre, at least that of A3."""

    def __init__(self, title: str, height: float = A3[1]) -> None:
        self.width, self.height = float(A3[0]), float(max(height, A3[1]))
        self._root = Xml.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width:g} {self.height:g}",
                "width": f"{self.width / 4:g}mm",
                "height": f"{self.height / 4:g}mm",
                "role": "img",
                "font-family": FONTS,
                "fill": INK,
            },
        )
        Xml.SubElement(self._root, "title").text = visible(title)
        self.rect(0, 0, self.width, self.height, fill="#ffffff")

    def rect(
        self, x: float, y: float, width: float, height: float, *, hint: str = "", **looks: str | float
    ) -> None:
        """A rectangle; ``looks`` are presentation attributes, ``_`` for ``-``; ``hint`` is shown on it."""
        element = self._add("rect", x=x, y=y, width=width, height=height, **looks)
        if hint:
            Xml.SubElement(element, "title").text = visible(hint)

    def line(self, x1: float, y1: float, x2: float, y2: float, **looks: str | float) -> None:
        """A straight line."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": LINE, "stroke_width": 1.5, **looks})

    def path(self, d: str, **looks: str | float) -> None:
        """A path of numbers and commands."""
        self._add("path", d=d, **looks)

    def circle(self, x: float, y: float, radius: float, **looks: str | float) -> None:
        """A circle."""
        self._add("circle", cx=x, cy=y, r=radius, **looks)

    def text(self, x: float, y: float, text: str, size: float = 16, **looks: str | float) -> None:
        """A line of text that begins (``text_anchor``: is centred, ends) at ``x``, on the base line ``y``."""
        element = self._add("text", x=x, y=y, font_size=size, **looks)
        element.text = visible(text)

    def paragraph(self, x: float, y: float, lines: list[str], size: float = 16, **looks: str | float) -> None:
        """Lines below each other, the first on the base line ``y``."""
        for number, line in enumerate(lines):
            self.text(x, y + number * size * 1.3, line, size, **looks)

    def svg(self) -> str:
        """The drawing as SVG text."""
        return Xml.tostring(self._root, encoding="unicode", short_empty_elements=True)

    def _add(self, name: str, **looks: str | float) -> Xml.Element:
        named = {
            key.rstrip("_").replace("_", "-"): value
            if isinstance(value, str)
            else f"{value:.2f}".rstrip("0").rstrip(".")
            for key, value in looks.items()
        }
        return Xml.SubElement(self._root, name, named)


def width_of(text: str, size: float) -> float:
    """About how wide a text is in a font of ``size``: Chinese characters are as wide as high."""
    return sum(size if ord(char) > 0x2E80 else size * 0.56 for char in text)


#: What never begins a line: it hangs over the end of the one before.
_HANGING = "、，。；：）)”》"


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """``text`` in lines no wider than ``width``, ``most`` at most; the last ends with … if there is more.

    A word in Latin letters is broken only where it alone is too wide.
    """
    lines, line = [], ""
    for char in text:
        if line and char not in _HANGING and width_of(line + char, size) > width:
            word = re.search(r"[(（]?[A-Za-z0-9]*$", line) if char.isascii() and char.isalnum() else None
            cut = word.start() if word and word.start() else len(line)
            lines.append(line[:cut].rstrip())
            line = line[cut:]
        line += char
    lines.append(line)
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    while kept[-1] and width_of(kept[-1] + "…", size) > width:
        kept[-1] = kept[-1][:-1]
    kept[-1] += "…"
    return kept
