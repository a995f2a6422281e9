"""All documents of a delivery, written into a folder that is there and empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from viz.documents.brief import no_target, write_brief
from viz.documents.content import Content, Numbers
from viz.documents.explained import explained_sheet
from viz.documents.gap_lists import gap_sheet
from viz.documents.html import pictures_html
from viz.documents.lists import recorded_sheets
from viz.documents.pictures.fields import (
    APPLICATIONS,
    TECHNOLOGIES,
    applications_picture,
    technologies_picture,
)
from viz.documents.pictures.panorama import NAME as PANORAMA
from viz.documents.pictures.panorama import panorama_picture
from viz.documents.pictures.png import has_chinese, png_of
from viz.documents.pictures.regions import NAME as REGIONS
from viz.documents.pictures.regions import regions_picture
from viz.documents.sheet import Sheet
from viz.documents.target_list import target_sheet
from viz.documents.unknown_list import unknown_sheet
from viz.documents.workbook import write_workbook

Draw = Callable[[Content], str]
#: The pictures by name, in the order in which they are handed in.
PICTURES: Final[dict[str, Draw]] = {
    PANORAMA: panorama_picture,
    APPLICATIONS: applications_picture,
    TECHNOLOGIES: technologies_picture,
    REGIONS: regions_picture,
}
#: Those that the brief shows.
_IN_BRIEF: Final = (PANORAMA, REGIONS)
#: Steps told to ``report``: pictures, their page, workbook, brief.
STEPS: Final = 2 * len(PICTURES) + 3
_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
_NO_PNG: Final = "本机没有含中文的字体，未生成 PNG；SVG 和《图集.html》不受影响"


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: names of files, lines by sheet, and what the reader has to be told."""

    files: list[str]
    lines: dict[str, int]
    notes: list[str]


def write_documents(folder: Path, content: Content, report: Callable[[int, int], None] | None = None) -> Made:
    """Write workbook, pictures, their page and the brief into ``folder``.

    Parameters
    ----------
    report : told how many of all steps are done.

    Raises
    ------
    OSError
        The folder cannot be written to; what was written so far is there.
    """
    steps = _Steps(report)
    stem = file_stem(content)
    notes = [] if has_chinese() else [_NO_PNG]
    drawn: dict[str, str] = {}
    pngs: dict[str, bytes] = {}
    for name, draw in PICTURES.items():
        drawn[name] = draw(content)
        steps.write(folder / f"{name}.svg", drawn[name].encode())
        if notes:
            steps.done += 1
        else:
            pngs[name] = png_of(drawn[name])
            steps.write(folder / f"{name}.png", pngs[name])
    steps.write(folder / "图集.html", pictures_html(content, drawn).encode())
    numbers = Numbers(content)
    sheets = sheets_of(content, numbers, notes)
    steps.wrote(
        folder / f"{stem}-清单.xlsx", lambda path: write_workbook(path, content.title, content.as_of, sheets)
    )
    shown = {
        name: pngs[name] for name in _IN_BRIEF if name in pngs and (name != REGIONS or content.panorama.below)
    }
    steps.wrote(folder / f"{stem}-简报.docx", lambda path: write_brief(path, content, numbers, shown))
    return Made(steps.files, {sheet.name: len(sheet.lines) for sheet in sheets}, notes)


def sheets_of(content: Content, numbers: Numbers, notes: list[str]) -> list[Sheet]:
    """The nine sheets; the last explains the others and lists the sources that they number."""
    sheets = [
        *recorded_sheets(content, numbers),
        gap_sheet(content, numbers),
        replace(target_sheet(content, numbers), empty=no_target(content)),
        unknown_sheet(content, numbers),
    ]
    return [*sheets, explained_sheet(content, numbers, sheets, notes)]


def file_stem(content: Content) -> str:
    """Place and chain as they may stand in the name of a file on any system."""
    return _UNFIT.sub("_", f"{content.place}-{content.chain}")[:80].strip("._") or "deliver"


class _Steps:
    def __init__(self, report: Callable[[int, int], None] | None) -> None:
        self.files: list[str] = []
        self.done = 0
        self._report = report

    def write(self, path: Path, data: bytes) -> None:
        self.wrote(path, lambda where: where.write_bytes(data))

    def wrote(self, path: Path, make: Callable[[Path], object]) -> None:
        make(path)
        self.files.append(path.name)
        self.done += 1
        if self._report is not None:
            self._report(self.done, STEPS)
