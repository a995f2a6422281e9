"""产业链全景图: every segment of the chain by position, with the letter and colour of its verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.gaps.models import Cell
from graph.gaps.signs import RISK_SIGNS
from graph.gaps.words import RISK_LABELS
from viz.documents.content import Content
from viz.documents.pictures.frame import FOOT, LOOKS, MARGIN, TOP, badge, begin, legend
from viz.documents.pictures.svg import A3, GREY, PALE, Drawing, width_of, wrapped

NAME = "产业链全景图"
_POSITIONS = (
    ("upstream", "上游"),
    ("midstream", "中游"),
    ("downstream", "下游"),
    ("support", "配套"),
    (None, "位置未记载"),
)
#: Columns of boxes over the whole width; gaps between them and between positions.
_COLUMNS, _GAP, _WIDE_GAP = 8, 10.0, 22.0
#: Height of a box at the least and at the most, of a heading, and between two of them.
_BOX, _TALL, _HEADING, _BETWEEN = 50.0, 76.0, 34.0, 6.0


@dataclass(frozen=True, slots=True)
class _Item:
    """A heading (a group) or a box (a leaf segment); ``again``: a heading that goes on in a new column."""

    cell: Cell
    group: str | None = None
    again: bool = False

    def height(self, box: float) -> float:
        """With the room below it, where boxes are ``box`` high."""
        return (box if self.cell.leaf else _HEADING) + _BETWEEN


def panorama_picture(content: Content) -> str:
    """The picture as SVG: its boxes as high as an A3 page allows, the page as high as its boxes need."""
    groups = _by_position(content.panorama.cells)
    heads = {cell.segment.id: cell for cell in content.panorama.cells}
    spans = _spans({key: sum(i.height(_BOX) for i in items) for key, items in groups.items()})
    columns = {key: _split(items, spans[key], heads) for key, items in groups.items()}
    every = [column for several in columns.values() for column in several]
    top, box = TOP + 58, _TALL
    while box > _BOX and top + _tallest(every, box) + FOOT > A3[1]:
        box -= 1
    counts = content.panorama.counts
    told = "，".join(f"{look.word} {counts[key]}" for key, look in LOOKS.items() if counts.get(key))
    drawing = begin(
        content,
        NAME,
        top + _tallest(every, box) + FOOT,
        f"最细一级环节 {sum(counts.values())} 个：{told or '没有环节'}",
    )
    used = [(LOOKS[key], LOOKS[key].word) for key in LOOKS if key != "partly_unknown"]
    legend(
        drawing,
        126,
        used,
        f"家：有在产或状态未记载的企业 · 项：在建与储备项目 · {_risks()}",
    )
    width = (drawing.width - 2 * MARGIN - _WIDE_GAP * max(len(groups) - 1, 0)) / max(sum(spans.values()), 1)
    x = MARGIN
    for key, name in ((k, n) for k, n in _POSITIONS if k in groups):
        _heading(drawing, x, spans[key] * width, name, last=key in ("downstream", "support", None))
        for column in columns[key]:
            _column(drawing, x, top, column, width=width - _GAP, box=box)
            x += width
        x += _WIDE_GAP
    return drawing.svg()


def _risks() -> str:
    return "，".join(f"{sign.zh}：{RISK_LABELS[risk].zh}" for risk, sign in RISK_SIGNS.items())


def _tallest(columns: Sequence[Sequence[_Item]], box: float) -> float:
    return max((sum(item.height(box) for item in column) for column in columns), default=0.0)


def _by_position(cells: Sequence[Cell]) -> dict[str | None, list[_Item]]:
    """Leaves by position, below the heading of the group that they are part of."""
    known = {cell.segment.id: cell for cell in cells}
    found: dict[str | None, dict[str | None, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    places = {key for key, _ in _POSITIONS}
    for cell in cells:
        if cell.leaf:
            position = cell.position if cell.position in places else None
            parent = next((p for p in cell.parents if p in known), None)
            found[position][parent].append(cell)
    return {position: list(_items(found[position], known)) for position, _ in _POSITIONS if position in found}


def _items(groups: dict[str | None, list[Cell]], known: dict[str, Cell]) -> Iterator[_Item]:
    for parent, cells in sorted(groups.items(), key=lambda g: (g[0] is None, g[0] or "")):
        if parent is not None:
            yield _Item(known[parent], parent)
        yield from (_Item(cell, parent) for cell in cells)


def _spans(heights: dict[str | None, float]) -> dict[str | None, int]:
    """How many columns each position gets: one at least, the next always where it is most crowded."""
    spans = dict.fromkeys(heights, 1)
    for _ in range(_COLUMNS - len(spans)):
        fullest = max(spans, key=lambda key: heights[key] / spans[key], default=None)
        if spans:
            spans[fullest] += 1
    return spans


def _split(items: list[_Item], columns: int, heads: dict[str, Cell]) -> list[list[_Item]]:
    """``items`` in columns of about one height; no heading stands last, a group that goes on has another."""
    room = sum(item.height(_BOX) for item in items) / columns
    made: list[list[_Item]] = [[]]
    filled = 0.0
    for number, item in enumerate(items):
        following = items[number + 1].height(_BOX) if not item.cell.leaf and number + 1 < len(items) else 0.0
        if made[-1] and filled + item.height(_BOX) + following > room + _BOX / 2 and len(made) < columns:
            made.append([])
            filled = 0.0
            if item.cell.leaf and item.group is not None:
                made[-1].append(_Item(heads[item.group], item.group, again=True))
                filled = made[-1][0].height(_BOX)
        made[-1].append(item)
        filled += item.height(_BOX)
    return made + [[] for _ in range(columns - len(made))]


def _heading(drawing: Drawing, x: float, width: float, name: str, *, last: bool) -> None:
    """The name of a position in an arrow that points on, or in a box where nothing follows."""
    y, end, tip = TOP, x + width - _GAP, 0.0 if last else 16.0
    drawing.path(
        f"M{x:.1f} {y:.1f}H{end:.1f}L{end + tip:.1f} {y + 21:.1f}L{end:.1f} {y + 42:.1f}H{x:.1f}Z",
        fill="#1f6f8b",
    )
    drawing.text(
        x + (width - _GAP) / 2, y + 29, name, 22, fill="#ffffff", text_anchor="middle", font_weight="bold"
    )


def _column(
    drawing: Drawing, x: float, y: float, items: Sequence[_Item], *, width: float, box: float
) -> None:
    for item in items:
        cell = item.cell
        if cell.leaf:
            _box(drawing, x, y, cell, width=width, height=box)
        else:
            drawing.rect(x, y + 4, width, _HEADING - 4, fill=PALE, rx=3)
            more = "（续）" if item.again else ""
            name = wrapped(cell.segment.caption, width - 16 - width_of(more, 16), 16, 1)[0]
            drawing.text(x + 8, y + 25, name + more, 16, font_weight="bold")
        y += item.height(box)


def _box(drawing: Drawing, x: float, y: float, cell: Cell, *, width: float, height: float) -> None:
    look = LOOKS[cell.status.value]
    dashed = {"stroke_dasharray": "5 3"} if cell.status.value == "unknown" else {}
    drawing.rect(
        x, y, width, height, hint=cell.segment.caption, rx=4, fill=look.pale, stroke=look.colour, **dashed
    )
    badge(drawing, x + 6, y + 6, 26, look)
    told, size = _told(cell), 16.5
    lines = 1 if told and height < 62 else 2
    drawing.paragraph(x + 39, y + 25, wrapped(cell.segment.caption, width - 45, size, lines), size)
    drawing.text(x + 39, y + height - 7, wrapped(told, width - 44, 14, 1)[0], 14, fill=GREY)


def _told(cell: Cell) -> str:
    """Counts and risks in a few characters."""
    parts = [f"{cell.presence.firms}家"] if cell.presence.firms else []
    parts += [f"项{len(cell.building)}"] if cell.building else []
    parts += ["".join(RISK_SIGNS[risk.value].zh for risk in cell.risks)] if cell.risks else []
    parts += ["冲突"] if cell.status.conflict else []
    return " · ".join(parts)
