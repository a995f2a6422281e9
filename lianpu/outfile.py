"""Files that a command writes where its user says: nothing there is overwritten unasked, nothing is half."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from graph.errors import BadInput
from lianpu.i18n import t


def check_target(path: Path, *, option: str, force: bool = False, never: Sequence[Path] = ()) -> None:
    """See that a file may be written at ``path``, before any work is done for it.

    Parameters
    ----------
    option : what names the file in the call.
    force : whether an existing file may be replaced.
    never : files and folders that are never written to or into, such as what is read.

    Raises ``BadInput``.
    """
    where = path.expanduser().resolve()
    for kept in never:
        inside = kept.resolve()
        if where == inside or (inside.is_dir() and inside in where.parents):
            raise BadInput(
                t(f"{option} {path}：不会写到要读的数据上；换一个文件名",
                  f"{option} {path}: what is read is never written to; name another file")
            )  # fmt: skip
    if where.is_dir():
        raise BadInput(
            t(f"{option} {path}：是文件夹；应为文件名", f"{option} {path}: is a folder; expected a file name")
        )
    if not where.parent.is_dir():
        raise BadInput(
            t(
                f"{option} {path}：没有文件夹 {where.parent}",
                f"{option} {path}: there is no folder {where.parent}",
            )
        )
    if where.exists() and not force:
        raise BadInput(
            t(f"{option} {path}：已有这个文件；换一个名字，或加 --force 替换",
              f"{option} {path}: the file exists; name another, or replace it with --force")
        )  # fmt: skip


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to, which becomes ``path`` when the block ends without an exception.

    Raises ``BadInput`` where it cannot be written.
    """
    where = path.expanduser().resolve()
    part = where.with_name(f".{where.stem}-{uuid.uuid4().hex[:8]}{where.suffix}")
    try:
        yield part
        part.replace(where)
    except OSError as error:
        raise BadInput(
            t(f"{path}：写不进去（{error.strerror}）", f"{path}: cannot be written ({error.strerror})"),
            file=str(path),
        ) from error
    finally:
        part.unlink(missing_ok=True)
