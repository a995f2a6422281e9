"""What all pictures share: title, day, how verdicts look, legend and foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.gaps.models import Status
from graph.gaps.signs import STATUS_SIGNS
from graph.gaps.words import STATUS_LABELS
from viz.documents.content import Content
from viz.documents.pictures.svg import GREY, INK, LINE, Drawing, width_of

MARGIN = 48.0
#: Where the content of a picture begins, below title and legend, and what is kept free at the foot.
TOP, FOOT = 168.0, 56.0


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict: letter, word, and colours of its badge and box."""

    letter: str
    word: str
    colour: str
    pale: str


_COLOURS: dict[Status, tuple[str, str]] = {
    "strong": ("#1b7837", "#e6f3e9"),
    "weak": ("#b35806", "#fdeedd"),
    "missing": ("#a50f15", "#fbe3e3"),
    "recorded": ("#2b6cb0", "#e8f0f9"),
    "unknown": ("#6b7280", "#f4f5f6"),
    "partly_unknown": ("#5b5384", "#eeecf6"),
}
LOOKS: dict[Status, Look] = {
    status: Look(
        STATUS_SIGNS[status].zh,
        STATUS_LABELS[status].zh + ("（不等于没有）" if status == "unknown" else ""),
        colour,
        pale,
    )
    for status, (colour, pale) in _COLOURS.items()
}


def begin(content: Content, name: str, height: float, note: str) -> Drawing:
    """A drawing with its title, the day and a note under it."""
    drawing = Drawing(f"{content.title} · {name}，截至 {content.as_of}", height)
    drawing.text(MARGIN, 74, f"{content.title} · {name}", 38, font_weight="bold", fill="#1f6f8b")
    drawing.text(drawing.width - MARGIN, 66, f"截至 {content.as_of}", 20, fill=GREY, text_anchor="end")
    drawing.text(MARGIN, 108, note, 17, fill=GREY)
    foot = "依据与来源编号见工作簿《缺口清单》《数据说明》 · 链谱"
    drawing.text(MARGIN, drawing.height - 24, foot, 15, fill=GREY)
    drawing.line(MARGIN, drawing.height - 46, drawing.width - MARGIN, drawing.height - 46, stroke=LINE)
    return drawing


def badge(drawing: Drawing, x: float, y: float, size: float, look: Look) -> None:
    """The square with a verdict's letter; ``x``, ``y``: its upper left corner."""
    drawing.rect(x, y, size, size, rx=3, fill=look.colour)
    drawing.text(
        x + size / 2, y + size * 0.77, look.letter, size * 0.72,
        fill="#ffffff", text_anchor="middle", font_weight="bold",
    )  # fmt: skip


def legend(drawing: Drawing, y: float, entries: Sequence[tuple[Look, str]], rest: str = "") -> None:
    """Badges with their words in one line, and a text behind them."""
    x = MARGIN
    for look, word in entries:
        badge(drawing, x, y, 24, look)
        drawing.text(x + 32, y + 18, word, 16, fill=INK)
        x += 32 + width_of(word, 16) + 24
    drawing.text(x, y + 18, rest, 16, fill=GREY)


def nothing(content: Content, name: str, lines: Sequence[str]) -> str:
    """A picture that says that nothing is recorded, and how to add it."""
    drawing = begin(content, name, 0, "只画有记录的事实")
    drawing.rect(
        MARGIN, TOP, drawing.width - 2 * MARGIN, 90 + 40 * len(lines), rx=8, fill="#f3f6f8", stroke=LINE
    )
    drawing.text(MARGIN + 36, TOP + 62, "没有可画的记录", 30, font_weight="bold")
    drawing.paragraph(MARGIN + 36, TOP + 112, list(lines), 21)
    return drawing.svg()
