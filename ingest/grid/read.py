"""Reading a file as grids, whatever it is; what cannot be read is one clear fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.faults import Fault
from ingest.grid.delimited import read_delimited
from ingest.grid.model import MAX_BYTES, MAX_TEXT_BYTES, Grid
from ingest.grid.xlsx import read_xlsx

_DELIMITED = (".csv", ".txt", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")
#: Endings of the names of files that can be read.
READABLE = (*_DELIMITED, *_WORKBOOKS)
_ELSEWHERE = {
    ".xls": ("Excel 97-2003", "Excel"),
    ".xlsb": ("Excel 二进制工作簿", "Excel"),
    ".et": ("WPS 表格", "WPS"),
    ".ett": ("WPS 模板", "WPS"),
    ".wps": ("WPS 文字", "WPS"),
    ".ods": ("OpenDocument", "LibreOffice"),
    ".numbers": ("Numbers", "Numbers"),
}


def read_grids(path: Path) -> Iterator[Grid | Fault]:
    """The grids of one file: one for delimited text, one a sheet for a workbook.

    Each grid's lines must be read before the next grid is asked for. Files are read as a stream: memory does
    not grow with their length, except for the shared texts of a workbook, which are bounded.

    Parameters
    ----------
    path : ``.csv``, ``.txt``, ``.tsv``, ``.xlsx`` or ``.xlsm``; anything else gives a fault that says how to
        save it.
    """
    try:
        fault = _unreadable(path)
        if fault is not None:
            yield fault
            return
        yield from read_xlsx(path) if path.suffix.lower() in _WORKBOOKS else read_delimited(path)
    except OSError as error:
        yield Fault(path.name, 0, "", str(error.strerror or error), "可读的文件", "a file that can be read")


def _unreadable(path: Path) -> Fault | None:
    found, zh, en = "", "", ""
    suffix = path.suffix.lower()
    if not path.exists():
        found, zh, en = path.name, "已有的文件", "a file that exists"
    elif not path.is_file():
        found, zh, en = path.name, "普通文件", "a regular file"
    elif suffix in _ELSEWHERE:
        what, program = _ELSEWHERE[suffix]
        found = f"{suffix}（{what}）" if what != program else suffix
        zh = f"xlsx 文件：用 {program} 打开它，「文件 → 另存为 / 导出」，类型选「Excel 工作簿（*.xlsx）」"
        en = f"an xlsx file: open it in {program}, then File → Save as / Export, Excel workbook (*.xlsx)"
    elif suffix not in READABLE:
        found, zh, en = suffix or path.name, f"{'、'.join(READABLE)} 之一", f"one of {', '.join(READABLE)}"
    elif (size := path.stat().st_size) > (limit := MAX_TEXT_BYTES if suffix in _DELIMITED else MAX_BYTES):
        most = limit >> 20
        found = f"{size / 2**20:.0f} MB"
        zh, en = f"至多 {most} MB 的文件；分成几个再载入", f"a file of at most {most} MB; split it"
    elif size == 0:
        found, zh, en = "0 B", "有内容的文件", "a file with something in it"
    return Fault(path.name, 0, "", found, zh, en) if found else None
