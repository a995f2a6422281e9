"""From the names of firms on the command line and in a file to their ids."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.errors import BadInput
from lianpu.i18n import t
from lianpu.resolve import resolve
from lianpu.session import Session

#: Firms in a list of those not wanted, and bytes of its file.
_MOST, _MOST_BYTES = 2_000, 1_000_000


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
