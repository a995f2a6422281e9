"""应用领域图 and 技术路线图: which segments serve an application or rest on a technology, as recorded."""

from __future__ import annotations

from collections.abc import Sequence

from graph.gaps.list_models import FieldLine
from graph.gaps.models import Cell
from viz.documents.content import Content
from viz.documents.pictures.frame import FOOT, LOOKS, MARGIN, TOP, badge, begin, legend, nothing
from viz.documents.pictures.svg import GREY, LINE, PALE, Drawing, wrapped

APPLICATIONS, TECHNOLOGIES = "应用领域图", "技术路线图"
_POSITIONS = {"upstream": "上游", "midstream": "中游", "downstream": "下游", "support": "配套"}
_ROW, _FIELD = 46.0, 84.0
_LEFT, _RIGHT = 520.0, 620.0


def applications_picture(content: Content) -> str:
    """应用领域图 as SVG; without a record it says so, and how to add some."""
    how = _how(content, "应用领域", "applications.csv（应用领域）", "application/ev", "新能源汽车")
    return _picture(content, APPLICATIONS, content.lists.applications, how)


def technologies_picture(content: Content) -> str:
    """技术路线图 as SVG: technologies by the segments that rest on them, upstream first."""
    how = _how(content, "技术", "technologies.csv（技术）", "technology/solid-state", "固态电池")
    return _picture(content, TECHNOLOGIES, content.lists.technologies, how)


def _how(content: Content, what: str, table: str, key: str, name: str) -> list[str]:
    segment = next((c.segment.id for c in content.panorama.cells if c.leaf), "segment/…")
    return [
        f"{content.chain}产业链的环节还没有记录任何{what}。没有记录不等于没有{what}，这里不作推测。",
        f"怎样添加：在数据文件夹或填报工作簿的 {table} 中写 id、name，",
        f"segments 一栏写它所涉环节的标识（多个用 | 隔开），并写来源，例如：{key}，{name}，{segment}",
        "然后用 lianpu load 读入；再次运行 lianpu deliver 即可画出。",
    ]


def _picture(content: Content, name: str, fields: Sequence[FieldLine], how: list[str]) -> str:
    cells = [c for c in content.panorama.cells if any(c.segment.id in field.segments for field in fields)]
    if not fields or not cells:
        return nothing(content, name, how)
    height = max(_ROW * len(cells), _FIELD * len(fields))
    note = f"有记录的 {len(fields)} 项，涉及 {len(cells)} 个环节；连线即记录，没有连线不等于没有关系"
    drawing = begin(content, name, TOP + 30 + height + FOOT, note)
    legend(drawing, 126, [(LOOKS[key], LOOKS[key].word) for key in LOOKS])
    middle = {cell.segment.id: TOP + 30 + _ROW * (n + 0.4) for n, cell in enumerate(cells)}
    step = height / len(fields)
    for number, field in enumerate(fields):
        y = TOP + 30 + step * (number + 0.5) - 4
        for segment in field.segments:
            if segment in middle:
                _curve(drawing, middle[segment], y)
    for number, field in enumerate(fields):
        _field(drawing, TOP + 30 + step * (number + 0.5) - 4, field)
    for cell in cells:
        _segment(drawing, middle[cell.segment.id], cell)
    return drawing.svg()


def _curve(drawing: Drawing, y1: float, y2: float) -> None:
    x1, x2 = MARGIN + _LEFT, drawing.width - MARGIN - _RIGHT
    half = (x1 + x2) / 2
    drawing.path(
        f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
        fill="none", stroke="#7a98ab", stroke_width=1.8,
    )  # fmt: skip


def _segment(drawing: Drawing, y: float, cell: Cell) -> None:
    look = LOOKS[cell.status.value]
    drawing.rect(MARGIN, y - 19, _LEFT, 38, rx=4, fill=look.pale, stroke=look.colour)
    badge(drawing, MARGIN + 7, y - 12, 24, look)
    drawing.text(MARGIN + 42, y + 6, wrapped(cell.segment.caption, _LEFT - 130, 17, 1)[0], 17)
    position = _POSITIONS.get(cell.position or "", "")
    drawing.text(MARGIN + _LEFT - 12, y + 6, position, 15, fill=GREY, text_anchor="end")


def _field(drawing: Drawing, y: float, field: FieldLine) -> None:
    x = drawing.width - MARGIN - _RIGHT
    drawing.rect(x, y - 34, _RIGHT, 68, rx=6, fill=PALE, stroke=LINE)
    told = wrapped(field.description or "", _RIGHT - 32, 14, 1)[0]
    drawing.text(x + 16, y - 4 if told else y + 7, field.field.caption, 20, font_weight="bold")
    date = f"截至 {field.date}" if field.date else ""
    drawing.text(x + _RIGHT - 16, y - 6, date, 14, fill=GREY, text_anchor="end")
    drawing.text(x + 16, y + 20, told, 14, fill=GREY)
