"""A folder made whole or not at all: written aside, then put in its place."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from graph.errors import BadInput
from lianpu.i18n import t

#: The list of what a delivery holds. A folder that has it, and nothing besides what it lists, is ours.
MANIFEST: Final = "manifest.json"
#: A folder as it was seen, by its number in the file system and what is in it: names, sizes in bytes and
#: times of change (ns); ``None``: there was none.
Seen = tuple[int, frozenset[tuple[str, int, int]]] | None
#: End of the name of a folder that stands aside while another takes its place.
_ASIDE: Final = "-old"


def check_folder(
    path: Path, *, option: str, force: bool = False, never: Sequence[Path] = ()
) -> tuple[Path, Seen]:
    """The folder to write, seen to be free before any work is done for it, and how it was seen.

    Parameters
    ----------
    option : what names the folder in the call.
    force : whether an earlier delivery may be replaced. Nothing else is ever replaced.
    never : folders that are never written to or into, such as the data directory.

    Raises ``BadInput``.
    """
    where = path.expanduser().resolve()
    if any(
        where == kept.resolve() or kept.resolve() in where.parents or where in kept.resolve().parents
        for kept in never
    ):
        raise BadInput(
            t(f"{option} {path}：是数据目录，或在其中、或包含它；换一个文件夹",
              f"{option} {path}: is the data directory, in it or around it; name another folder"),
            file=str(path),
        )  # fmt: skip
    if not where.parent.is_dir():
        raise BadInput(
            t(
                f"{option} {path}：没有文件夹 {where.parent}",
                f"{option} {path}: there is no folder {where.parent}",
            ),
            file=str(path),
        )
    _see_none_aside(where)
    before = seen(where)
    if before is None:
        return where, None
    if not where.is_dir():
        raise BadInput(
            t(f"{option} {path}：是文件；应为文件夹", f"{option} {path}: is a file; expected a folder"),
            file=str(path),
        )
    if not before[1]:
        return where, before
    _check_ours(where, path, option)
    if not force:
        raise BadInput(
            t(f"{option} {path}：已有一份交付文件；换一个名字，或加 --force 替换",
              f"{option} {path}: holds documents already; name another folder, or replace them with --force"),
            file=str(path),
        )  # fmt: skip
    return where, before


def seen(where: Path) -> Seen:
    """How a folder is now; of a file that it is one."""
    try:
        return where.stat().st_ino, frozenset(map(_entry_seen, where.iterdir()))
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return where.stat().st_ino, frozenset()


def _entry_seen(one: Path) -> tuple[str, int, int]:
    told = one.lstat()
    return one.name, told.st_size, told.st_mtime_ns


def _see_none_aside(where: Path) -> None:
    """``BadInput`` that names a folder which an earlier run put aside and could not put back."""
    name = re.compile(rf"\.{re.escape(where.name)}-[0-9a-f]{{8}}{_ASIDE}")
    for one in sorted(where.parent.iterdir()):
        if name.fullmatch(one.name):
            raise BadInput(
                t(f"{one}：是以前写 {where} 时移到一边、没有移回的那一份；看过后改回原名，或删去，再来",
                  f"{one}: was put aside when {where} was written, and not put back; "
                  "look at it, rename or remove it, and begin again"),
                file=str(one),
            )  # fmt: skip


def _check_ours(where: Path, path: Path, option: str) -> None:
    known = _listed(where)
    foreign = sorted(one.name for one in where.iterdir() if one.name not in known or not one.is_file())
    if foreign:
        named = ", ".join(foreign[:5])
        raise BadInput(
            t(f"{option} {path}：里面有不是本命令写的东西（{named}），不会替换；换一个文件夹",
              f"{option} {path}: holds what this command did not write ({named}) and is not replaced; "
              "name another folder"),
            file=str(path), found=foreign[:20],
        )  # fmt: skip


def _listed(where: Path) -> set[str]:
    """What the manifest of a folder lists, itself included; nothing where there is none."""
    try:
        told = json.loads((where / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    files = told.get("files") if isinstance(told, dict) else None
    if not isinstance(files, list):
        return set()
    return {
        MANIFEST,
        *(one["name"] for one in files if isinstance(one, dict) and isinstance(one.get("name"), str)),
    }


@contextmanager
def whole_folder(where: Path, before: Seen = None) -> Iterator[Path]:
    """A folder beside ``where`` to write to, which takes its place when the block ends without an exception.

    Parameters
    ----------
    before : what is replaced, as it was seen before the work. Where something else is there by
        then, that stays and the new folder goes: of two that write to one place, the second is told.

    Raises ``BadInput`` where it cannot be written; then what was at ``where`` is there as it was.
    """
    mark = uuid.uuid4().hex[:8]
    part, old = (where.with_name(f".{where.name}-{mark}{end}") for end in ("", _ASIDE))
    try:
        part.mkdir()
        yield part
        _put_in_place(part, where, old, before)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise _taken(where) from error
        raise BadInput(
            t(
                f"{where}：写不进去（{error.strerror}）；没有留下半份文件",
                f"{where}: cannot be written ({error.strerror}); no half of it is left",
            ),
            file=str(where),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put_in_place(part: Path, where: Path, old: Path, before: Seen) -> None:
    """``part`` becomes ``where``; what was there goes only once that is done, and stands aside until then.

    A folder takes no place that holds something: of two that come at once the file system lets one in.
    """
    if before is None:
        if where.exists():
            raise _taken(where)
        part.rename(where)
        return
    where.rename(old)
    try:
        if seen(old) != before:
            raise _taken(where)
        part.rename(where)
    except BaseException:
        try:
            old.rename(where)
        except OSError as error:
            raise _aside(where, old) from error
        raise
    shutil.rmtree(old, ignore_errors=True)


def _aside(where: Path, old: Path) -> BadInput:
    return BadInput(
        t(f"{where}：这一份没有写；原来的那一份移到了 {old}，移不回去（位置被占或改不了名），请自己移回",
          f"{where}: nothing was written; what was there stands in {old} and could not be put back "
          "(something else took its place, or it cannot be renamed); put it back yourself"),
        file=str(old),
    )  # fmt: skip


def _taken(where: Path) -> BadInput:
    return BadInput(
        t(f"{where}：编制时有人在这里写了东西，没有动它，这一份没有写；看过再做，或换一个文件夹",
          f"{where}: somebody wrote there meanwhile; that was left alone and nothing was written. "
          "Look at it and begin again, or name another folder"),
        file=str(where),
    )  # fmt: skip


def entry_of(path: Path) -> dict[str, Any]:
    """Name, size in bytes and SHA-256 of a file."""
    data = path.read_bytes()
    return {"name": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write_manifest(folder: Path, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Write the manifest: ``told``, and every file of the folder with its size in bytes and SHA-256.

    Returns the entries of the files.
    """
    files = [entry_of(one) for one in sorted(folder.iterdir())]
    text = json.dumps({**told, "files": files}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
    return files
