"""Lines of a table that are no rows: totals, examples, remarks, titles of groups, headings repeated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from graph.values import Property
from graph.values.quantity_text import read_quantity
from graph.values.units import multiplier, read_unit
from ingest.grid import Grid, GridNote, Line
from ingest.headings import Headings

#: What the first cell of an example row begins with; ``lianpu template`` writes it.
EXAMPLE = "例："
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|total|subtotal|grandtotal|sum)(?:[:(].{0,20})?", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"(?:示例|样例|例|example|e\.g\.)[::]|[(\[【](?:示例|样例|例|example)[)\]】]", re.IGNORECASE
)
_REMARK = re.compile(
    r"(?:注|备注|说明|附注|填表人|填报人|填报单位|制表|审核|联系人|数据来源|note|notes)\d?[::]", re.IGNORECASE
)
#: What any of these may begin with: a line whose first cell does not is a row, without a closer look.
_MAYBE = re.compile(
    r"[\s(\[（［【]*[合小总共例示样注备说附填制审联数tgsenＴＧＳＥＮｔｇｓｅｎ]", re.IGNORECASE
)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
#: 2000-01-01 to 2049-12-31 as Excel counts days; beyond, five digits are more likely a slip of the finger.
_SERIALS = (36526, 54788)
_UNITLESS = re.compile(r".*\d[十百千万亿]*", re.ASCII | re.DOTALL)


def not_a_row(line: Line, headings: Headings, grid: Grid) -> GridNote | None:
    """A note that says why ``line`` is no row of data; ``None`` if it is one."""
    filled = [text for text in line.cells if text]
    if not filled:
        return None
    own = next((text for text, name in zip(line.cells, headings.names, strict=False) if name and text), "")
    maybe = _MAYBE.match(filled[0]) or _MAYBE.match(own) or filled[0] in headings.cells
    if filled[0] != filled[-1] and not maybe:
        return None
    firsts = {_compact(text) for text in (filled[0], own)}
    shown = filled[0][:20]
    alone = len(set(filled)) == 1
    if filled == [text for text in headings.cells if text]:
        told = ("headings-repeated", "重复的表头", "headings repeated")
    elif any(_TOTAL.fullmatch(first) for first in firsts):
        told = ("totals", f"合计行「{shown}」", f"row of totals {shown!r}")
    elif any(_EXAMPLE.match(first) for first in firsts):
        told = ("example", "示例行", "example row")
    elif alone and any(_REMARK.match(first) for first in firsts):
        told = ("remark", f"表下说明「{shown}」", f"remark {shown!r}")
    elif alone and len(filled) > 2:
        told = ("group-title", f"分组标题「{shown}」", f"title of a group {shown!r}")
    else:
        return None
    kind, zh, en = told
    return grid.noticed(kind, f"{zh}，没有读", f"{en}, not read", line.number)


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def with_unit(text: str, unit: str | None, usual: str | None) -> str:
    """A number that lacks a unit with the one that is meant; anything else as it is.

    Parameters
    ----------
    text : the cell. unit : the unit that the heading gives. usual : the unit of the property.

    A bare number takes the unit of the heading: 12.5 under 总投资（亿元） is 12.5亿元. One with a multiplier
    alone takes the plain unit: 3000万 there is 3000万元, and so it is without a unit in the heading.
    """
    if unit is None and usual is None:
        return text
    compact = _compact(text)
    if not _UNITLESS.fullmatch(compact):
        return text
    found = read_quantity(compact)
    if found is None or found.unit.base:
        return text
    if found.unit.factor == 1:
        return text + (unit or "")
    return text + multiplier(unit or usual or "")[1]


def as_meant(prop: Property | None, text: str, unit: str | None = None) -> str:
    """A cell of ``prop`` with the unit that is meant; ``unit`` as the heading gives it, if there is one."""
    return with_unit(text, unit, prop.unit if prop is not None and prop.type == "quantity" else None)


def day_of(text: str, grid: Grid) -> str | None:
    """The ISO day that an Excel serial number of a column of dates means; ``None`` if it is none."""
    if not _SERIAL.fullmatch(text) or not _SERIALS[0] <= int(text[:5]) <= _SERIALS[1]:
        return None
    start = CALENDAR_MAC_1904 if grid.date_1904 else CALENDAR_WINDOWS_1900
    return f"{start + timedelta(days=int(text[:5])):%Y-%m-%d}"


def title_unit(lines: Sequence[Line]) -> str | None:
    """The one unit that a line above the headings names: 单位：亿元."""
    for line in lines:
        for text in line.cells:
            match = re.search(
                r"单位\s*[::]\s*([^\s,,、;;)）]+)\s*[)）]?$", unicodedata.normalize("NFKC", text)
            )
            unit = read_unit(match.group(1)) if match else None
            if match and unit is not None and unit.dimension:  # not 填报单位：某局
                return match.group(1)
    return None
