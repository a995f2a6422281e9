"""From what a person types to the id of a gap, and to a list of firms."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from graph.errors import BadInput
from graph.gaps.gap_ids import ends_of, gap_id
from graph.gaps.where import resolve_place
from graph.repository.days import day_of
from lianpu.i18n import t
from lianpu.resolve import resolve
from lianpu.session import Session

#: Firms in a list of those not wanted, and bytes of its file.
_MOST, _MOST_BYTES = 2_000, 1_000_000
_SEGMENT: Final = "segment/"


async def gap_named(session: Session, typed: str, as_of: str | None) -> str:
    """The id of the gap meant by ``typed``: an id, or ``SEGMENT@PLACE`` by their names (``电解液@宜春``).

    Raises
    ------
    BadInput
        No ``@`` in it; the first name is that of no segment; several go by a name.
    NotFound
        Nothing goes by a name; near names are named.
    """
    segment, at, place = (part.strip() for part in typed.rpartition("@"))
    if not at or not segment or not place:
        ends_of(typed)  # says what is expected
    if not segment.isascii():
        segment = await resolve(session, segment, cls="Segment")
        if not segment.startswith(_SEGMENT):
            raise BadInput(
                t(f"{segment} 不是环节", f"{segment} is no segment"), found=segment, expected="segment/…"
            )
    if not place.isascii():
        place = (await resolve_place(session.gaps.reader, place, day_of(as_of))).id
    return gap_id(segment, place)


async def firms_named(session: Session, typed: Iterable[str], file: Path | None) -> list[str]:
    """The ids of firms named one by one, and of those in ``file``, one a line (``#`` begins a remark).

    Raises
    ------
    BadInput
        The file cannot be read or names too many.
    NotFound
        Nothing goes by a name.
    """
    names = [*typed, *([] if file is None else _lines(file))]
    return [await resolve(session, name, cls="Firm") for name in dict.fromkeys(names)]


def _lines(file: Path) -> list[str]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _unreadable(file, t("大于 1 MB", "larger than 1 MB"))
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, str(error)) from error
    lines = [name for line in text.splitlines() if (name := line.partition("#")[0].strip())]
    if len(lines) > _MOST:
        raise _unreadable(file, t(f"{len(lines)} 行", f"{len(lines)} lines"))
    return lines


def _unreadable(file: Path, found: str) -> BadInput:
    detail = t(
        f"排除名单 {file} 读不了：{found}；应为每行一家企业，最多 {_MOST} 行",
        f"The exclusion list {file} cannot be read: {found}; one firm a line is expected, {_MOST} at most",
    )
    return BadInput(detail, file=str(file), found=found)
