"""A folder made whole or not at all: written aside, then put in its place."""

from __future__ import annotations

import hashlib
import json
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


def check_folder(path: Path, *, option: str, force: bool = False, never: Sequence[Path] = ()) -> Path:
    """The folder to write, seen to be free before any work is done for it.

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
    if not where.exists():
        return where
    if not where.is_dir():
        raise BadInput(
            t(f"{option} {path}：是文件；应为文件夹", f"{option} {path}: is a file; expected a folder"),
            file=str(path),
        )
    if not any(where.iterdir()):
        return where
    _check_ours(where, path, option)
    if not force:
        raise BadInput(
            t(f"{option} {path}：已有一份交付文件；换一个名字，或加 --force 替换",
              f"{option} {path}: holds documents already; name another folder, or replace them with --force"),
            file=str(path),
        )  # fmt: skip
    return where


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
def whole_folder(where: Path) -> Iterator[Path]:
    """A folder beside ``where`` to write to, which takes its place when the block ends without an exception.

    Raises ``BadInput`` where it cannot be written; then what was at ``where`` is there as it was.
    """
    mark = uuid.uuid4().hex[:8]
    part, old = (where.with_name(f".{where.name}-{mark}{end}") for end in ("", "-old"))
    try:
        part.mkdir()
        yield part
        _put_in_place(part, where, old)
    except OSError as error:
        raise BadInput(
            t(
                f"{where}：写不进去（{error.strerror}）；没有留下半份文件",
                f"{where}: cannot be written ({error.strerror}); no half of it is left",
            ),
            file=str(where),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _put_in_place(part: Path, where: Path, old: Path) -> None:
    """``part`` becomes ``where``; what was there goes only once that is done, and stands aside until then."""
    if where.exists():
        where.rename(old)
        try:
            part.rename(where)
        except BaseException:
            old.rename(where)
            raise
        shutil.rmtree(old, ignore_errors=True)
    else:
        part.rename(where)


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
