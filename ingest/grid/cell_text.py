"""A cell of a workbook as a person sees it: numbers, percentages, dates, codes, results of formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from ingest.grid.sheet_xml import XmlCell

#: Excel keeps 15 digits: from here on a whole number may have lost its last ones.
_LOST = Decimal(10) ** 15
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_ZEROS = re.compile(r"0{2,20}")
_PERCENT = re.compile(r"[#,0?.\s]*%")
#: A plain number with a unit in quotes behind it; formats that scale (0!.0,"万") do not fit.
_UNIT = re.compile(r'(?:#,##)?0(?:\.[0#?]+)?\s*"([^"]{1,10})"(?:_.)?')


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a cell: what was found and what was expected."""

    found: str
    zh: str
    en: str


class CellTexts:
    """Texts of the cells of a workbook.

    Parameters
    ----------
    shared : its shared texts.
    formats : the number format of each style.
    epoch : the day from which serial numbers count.
    """

    def __init__(self, shared: Sequence[str], formats: Sequence[str], epoch: datetime) -> None:
        self._shared, self._formats, self._epoch = shared, formats, epoch
        self._is_date = [is_date_format(f) for f in formats]

    def text(self, cell: XmlCell) -> str | Wrong:
        """The text of ``cell``, stripped; empty for an empty one. Of a formula, its stored result."""
        raw = cell.value
        if cell.formula is not None and not raw and cell.type != "str":
            return Wrong(
                f"={cell.formula}"[:200],
                "一个值；公式没有存下结果：在 Excel 里打开算好再存，或粘贴为数值",
                "a value; the formula has no stored result: open it in Excel and save, or paste as values",
            )
        if not raw:
            return ""
        match cell.type:
            case "s":
                return self._shared_text(raw)
            case "str" | "inlineStr":
                return unescaped(raw).strip()
            case _:
                return self._other(cell.type, raw.strip(), cell.style)

    def _other(self, kind: str, raw: str, style: int) -> str | Wrong:
        match kind:
            case "b":
                return "TRUE" if raw == "1" else "FALSE"
            case "e":
                return Wrong(raw[:60], "一个值，不是出错的公式", "a value, not the error of a formula")
            case "d":
                return raw.removesuffix("T00:00:00")
            case _:
                return self._number(raw, style)

    def _shared_text(self, raw: str) -> str | Wrong:
        if not raw.strip().isdecimal() or len(raw) > 9 or int(raw) >= len(self._shared):
            return Wrong(
                raw[:30], "工作簿里有的文字（文件已损坏）", "a text the workbook has (the file is damaged)"
            )
        return unescaped(self._shared[int(raw)]).strip()

    def _number(self, raw: str, style: int) -> str | Wrong:
        try:
            number = Decimal(raw) if len(raw) <= 400 else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or abs(number.adjusted()) > 300:
            return Wrong(raw[:60], "一个数（文件已损坏）", "a number (the file is damaged)")
        if abs(number) >= _LOST:
            return Wrong(
                format(number, "f")[:40],
                "文字：超过 15 位的号码被 Excel 当成数，末几位已丢失；把单元格设为文本再重新输入",
                "text: Excel took a code of over 15 digits for a number and lost the last ones; "
                "format the cell as text and type it again",
            )
        form = self._formats[style] if style < len(self._formats) else "General"
        if style < len(self._is_date) and self._is_date[style]:
            return self._date(float(number), raw, form)
        return shown_number(number, form)

    def _date(self, serial: float, raw: str, form: str) -> str | Wrong:
        try:
            value = from_excel(serial, self._epoch)
        except (ValueError, OverflowError):
            return Wrong(raw, "日期（此数不是 Excel 的日期）", "a date (this number is none in Excel)")
        return shown_date(value, form)


def unescaped(text: str) -> str:
    """``text`` with Excel's ``_xHHHH_`` turned back into characters (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\r\n", "\n")


def shown_number(number: Decimal, form: str = "General") -> str:
    """``number`` as digits: 12.0 is 12, 0.1+0.2 is 0.3, a percent format gives per cent, 000000 a code."""
    first = form.partition(";")[0]
    if _PERCENT.fullmatch(first):
        return f"{_plain(number * 100)}%"
    text = _plain(number)
    if _ZEROS.fullmatch(first) and text.isdecimal():
        return text.zfill(len(first))
    unit = _UNIT.fullmatch(first)
    return text + unit.group(1).strip() if unit else text


def _plain(number: Decimal) -> str:
    rounded = Decimal(format(float(number), ".15g"))
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown_date(value: object, form: str) -> str:
    """A date cell in ISO form, as precise as its format shows: yyyy"年"m"月" is ``2024-06``."""
    letters = set(_QUOTED.sub("", form.partition(";")[0]).lower())
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, time) or (isinstance(value, datetime) and not letters & {"y", "d", "m", "e"}):
        return value.strftime("%H:%M:%S").removesuffix(":00")
    assert isinstance(value, date)
    if "d" not in letters and letters & {"y", "e"}:
        return f"{value:%Y-%m}" if "m" in letters else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"
