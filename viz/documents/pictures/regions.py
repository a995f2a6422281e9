"""区域分布图: where the chain's firms are, by the places directly below: circles where they lie, and bars.

No boundary is drawn: a circle stands at the longitude and latitude that the place is recorded with.
"""

from __future__ import annotations

from math import cos, radians, sqrt

from graph.gaps.models import PlaceCount
from viz.documents.content import Content
from viz.documents.pictures.frame import FOOT, MARGIN, TOP, begin
from viz.documents.pictures.svg import GREY, LINE, PALE, Drawing, width_of

NAME = "区域分布图"
_ROW, _BARS, _LARGEST = 40.0, 660.0, 62.0
_BLUE = "#1f6f8b"


def regions_picture(content: Content) -> str:
    """The picture as SVG."""
    below = sorted(content.panorama.below, key=lambda c: (c.place is None, -c.firms, -c.sites))
    drawing = begin(
        content, NAME, TOP + 80 + _ROW * len(below) + FOOT,
        "圆越大企业越多，圆心为记录的经纬度，空心为没有企业记录（示意，不画界线）；右为各地企业数和基地数",
    )  # fmt: skip
    if not below:
        firms = len(content.lists.firms)
        told = (
            f"{content.place}没有记录下级地区，{firms} 家企业无从分到各地；名单见工作簿《重点企业清单》"
            if firms
            else f"{content.place}没有记录到本链的企业；没有记录不等于没有"
        )
        drawing.text(MARGIN, TOP + 60, told, 24, fill=GREY)
        drawing.text(MARGIN, TOP + 100, "企业所在地录入基地表（sites）的 place 一栏", 19, fill=GREY)
        return drawing.svg()
    _circles(drawing, content, below)
    _bars(drawing, below)
    return drawing.svg()


def _circles(drawing: Drawing, content: Content, below: list[PlaceCount]) -> None:
    left, right = MARGIN, drawing.width - MARGIN - _BARS - 50
    top, bottom = TOP, drawing.height - FOOT - 10
    drawing.rect(left, top, right - left, bottom - top, rx=8, fill=PALE)
    points = {point.place.id: point for point in content.lists.points}
    if not points:
        drawing.text(left + 30, top + 50, "这些地区没有记录经纬度，见右表", 20, fill=GREY)
        return
    shrink = cos(radians(sum(point.lat for point in points.values()) / len(points)))
    xs, ys = [p.lon * shrink for p in points.values()], [-p.lat for p in points.values()]
    pad = _LARGEST + 30
    room = (right - left - 2 * pad, bottom - top - 2 * pad)
    scale = min(room[0] / ((max(xs) - min(xs)) or 1e-9), room[1] / ((max(ys) - min(ys)) or 1e-9), 2_000)
    x0 = (left + right) / 2 - scale * (max(xs) + min(xs)) / 2
    y0 = (top + bottom) / 2 - scale * (max(ys) + min(ys)) / 2
    counted = {count.place.id: count for count in below if count.place}
    most = max([1, *(count.firms for count in counted.values())])
    for key, point in points.items():
        count = counted.get(key)
        x, y = x0 + scale * point.lon * shrink, y0 - scale * point.lat
        firms = count.firms if count else 0
        if not firms:
            drawing.circle(x, y, 6, fill="#ffffff", stroke=GREY)
            drawing.text(x, y + 26, point.place.caption, 15, text_anchor="middle", fill=GREY)
            continue
        radius = max(_LARGEST * sqrt(firms / most), 16.0)
        drawing.circle(x, y, radius, fill=_BLUE, fill_opacity=0.8, stroke=_BLUE)
        drawing.text(x, y + 7, str(firms), 20, text_anchor="middle", fill="#ffffff", font_weight="bold")
        drawing.text(x, y + radius + 20, point.place.caption, 17, text_anchor="middle")


def _bars(drawing: Drawing, below: list[PlaceCount]) -> None:
    x, end = drawing.width - MARGIN - _BARS, drawing.width - MARGIN
    name = max([110.0, *(width_of(_name(count), 18) for count in below)]) + 14
    most = max(count.firms for count in below) or 1
    drawing.text(x, TOP + 20, "地区", 17, fill=GREY)
    drawing.text(x + name, TOP + 20, "企业数（家）", 17, fill=GREY)
    drawing.text(end, TOP + 20, "基地数", 17, fill=GREY, text_anchor="end")
    drawing.line(x, TOP + 32, end, TOP + 32)
    for number, count in enumerate(below):
        y = TOP + 40 + number * _ROW
        drawing.text(x, y + 25, _name(count), 18)
        length = (_BARS - name - 150) * count.firms / most
        looks = (
            {"fill": _BLUE}
            if count.place
            else {"fill": "#ffffff", "stroke": _BLUE, "stroke_dasharray": "5 3"}
        )
        drawing.rect(x + name, y + 7, max(length, 1.5), 24, rx=2, **looks)
        drawing.text(x + name + length + 10, y + 25, str(count.firms), 18)
        drawing.text(end, y + 25, str(count.sites), 18, text_anchor="end", fill=GREY)
    y = TOP + 40 + len(below) * _ROW
    drawing.line(x, y, end, y, stroke=LINE)
    drawing.text(x, y + 24, "同一企业在几地有基地时，各地都计；未落到下级：只记录到本级", 15, fill=GREY)


def _name(count: PlaceCount) -> str:
    return "未落到下级" if count.place is None else count.place.caption
