"""Whether a file stayed the same while it was read."""

from __future__ import annotations

from pathlib import Path

from ingest.faults import Fault


class Watch:
    """The state of ``path`` when the reading began: size, time of change, inode."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = _state(path)

    def changed(self) -> Fault | None:
        """The fault if the file is no longer what it was, else ``None``."""
        try:
            now = _state(self.path)
        except OSError as error:
            return self._fault(str(error.strerror or error))
        return None if now == self._before else self._fault(self.path.name)

    def _fault(self, found: str) -> Fault:
        return Fault(
            self.path.name,
            0,
            "",
            found,
            "读的时候不变的文件；它正被别人保存，关掉后再读",
            "a file that stays the same while it is read; it was saved meanwhile: close it and read again",
        )


def _state(path: Path) -> tuple[int, int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino
