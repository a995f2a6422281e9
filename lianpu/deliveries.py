"""Deliverables made on the server, one at a time in the background; see ``viz.deliveries.Deliveries``."""

from __future__ import annotations

import asyncio
import shutil
import threading
import uuid
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import structlog

from api.problems import body_of
from graph.errors import LianpuError, NotFound, UsageError
from graph.office_time import OFFICE
from lianpu.delivering import MANIFEST, entry_of
from lianpu.delivery import Report, content_of, write_delivery
from lianpu.i18n import t
from lianpu.interrupts import GivenUpError, in_background
from lianpu.run_folder import FOLDER, run_folder
from lianpu.session import Session
from lianpu.zipped import zipped
from viz.deliveries import Deliverable, DeliveredFile, QueueFull, Step

#: Deliverables that are kept, and those of them that may wait while one is made.
KEPT: Final = 8
WAITING: Final = 3
PATH: Final = "/api/v1/deliverables"
_log = structlog.get_logger(__name__)


@dataclass
class _Job:
    """A deliverable, and the visibility level at which it is made."""

    told: Deliverable
    level: int
    stem: str = "deliverable"

    def tell(self, **what: Any) -> None:
        """How it is now."""
        self.told = self.told.model_copy(update=what)

    def report(self, step: Step, stop: threading.Event | None = None) -> Report:
        """Tells of the steps done; raises ``GivenUpError`` once ``stop`` is set."""
        self.tell(step=step, done=0, total=0)

        def told(done: int, total: int) -> None:
            if stop is not None and stop.is_set():
                raise GivenUpError
            self.tell(done=done, total=total)

        return told

    @property
    def open(self) -> bool:
        """Whether it waits or is being made."""
        return self.told.state in ("queued", "running")


class DeliveryRoom:
    """Makes and keeps the deliverables of one server; its files go with it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._jobs: dict[str, _Job] = {}
        self._wake = asyncio.Event()
        self._stack = ExitStack()
        self._folder: Path | None = None
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Remove what servers left that were ended hard, and begin to work."""
        parent = self._session.settings.home / FOLDER
        self._folder = await asyncio.to_thread(self._stack.enter_context, run_folder(parent))
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give up what is being made, and remove all files."""
        if self._worker is not None:
            self._worker.cancel()
            with suppress(asyncio.CancelledError):
                await self._worker
        self._folder = None
        self._jobs.clear()
        await asyncio.to_thread(self._stack.close)

    async def start(self, chain: str, place: str, as_of: str | None) -> Deliverable:
        """Begin one, or give the same one that waits or is made."""
        look = await self._session.gaps.look(place, chain=chain, as_of=as_of)
        if self._folder is None:
            raise UsageError(t("服务正在结束", "The server is ending"))
        self._forget_hidden()
        about = {"chain": look.index.ref(look.chains[0]), "place": look.place, "as_of": look.index.day}
        for job in self._jobs.values():
            if job.open and all(getattr(job.told, name) == value for name, value in about.items()):
                return job.told
        self._see_room()
        key, now = uuid.uuid4().hex[:12], _now()
        made = Deliverable.model_validate({"id": key, "state": "queued", "asked_at": now, **about})
        ended = [key for key, job in self._jobs.items() if not job.open]
        for old in ended[: max(0, len(self._jobs) + 1 - KEPT)]:
            self._drop(old)
        self._jobs[key] = _Job(made, self._session.truth.clearance)
        self._wake.set()
        return made

    def _see_room(self) -> None:
        waiting = [job.told for job in self._jobs.values() if job.told.state == "queued"]
        if len(waiting) < WAITING:
            return
        running = [job.told for job in self._jobs.values() if job.told.state == "running"]
        named = [f"{one.chain.caption} {one.place.caption} {one.as_of}" for one in (*running, *waiting)]
        raise QueueFull(
            t(f"正在做或排队的已有：{'；'.join(named)}。等一份做完再来",
              f"Being made or waiting: {'; '.join(named)}. Come back when one is done"),
            running=[one.id for one in running], queued=[one.id for one in waiting],
        )  # fmt: skip

    def all(self) -> list[Deliverable]:
        """Those that are kept, newest first."""
        self._forget_hidden()
        return [job.told for job in reversed(self._jobs.values())]

    def get(self, key: str) -> Deliverable:
        """One of them."""
        self._forget_hidden()
        job = self._jobs.get(key)
        if job is None:
            raise NotFound(
                t(f"没有交付文件 {key[:40]}；只留最近的 {KEPT} 份",
                  f"There is no deliverable {key[:40]}; only the last {KEPT} are kept"),
                found=key[:40],
            )  # fmt: skip
        return job.told

    async def file(self, key: str, name: str) -> bytes:
        """A file of one that is done."""
        folder = self._done(key)
        if name not in {one.name for one in self.get(key).files}:
            raise NotFound(t(f"{key} 里没有文件 {name}", f"{key} has no file {name}"), found=name)
        try:
            return await asyncio.to_thread((folder / name).read_bytes)
        except FileNotFoundError as error:
            raise self._gone(key) from error

    async def archive(self, key: str) -> tuple[str, bytes]:
        """A zip file of one that is done."""
        folder, told = self._done(key), self.get(key)
        stem, names = self._jobs[key].stem, [one.name for one in told.files]
        try:
            return f"{stem}.zip", await asyncio.to_thread(zipped, folder, names, stem)
        except FileNotFoundError as error:
            raise self._gone(key) from error

    def _done(self, key: str) -> Path:
        told = self.get(key)
        if told.state != "done" or self._folder is None:
            raise NotFound(t(f"{key} 还没有文件（{told.state}）", f"{key} has no files ({told.state})"),
                           found=told.state)  # fmt: skip
        return self._folder / key

    def _gone(self, key: str) -> NotFound:
        self._jobs.pop(key, None)
        return NotFound(t(f"交付文件 {key} 已移除", f"The deliverable {key} was removed"), found=key)

    def _forget_hidden(self) -> None:
        """Remove those made at a visibility level that is no longer shown."""
        level = self._session.truth.clearance
        for key in [key for key, job in self._jobs.items() if job.level > level and not job.open]:
            self._drop(key)

    def _drop(self, key: str) -> None:
        del self._jobs[key]
        if self._folder is not None:
            shutil.rmtree(self._folder / key, ignore_errors=True)

    async def _work(self) -> None:
        while True:
            job = next((job for job in self._jobs.values() if job.told.state == "queued"), None)
            if job is None:
                self._wake.clear()
                await self._wake.wait()
            else:
                await self._make(job)

    async def _make(self, job: _Job) -> None:
        from viz.documents.bundle import file_stem  # brings openpyxl and python-docx

        assert self._folder is not None, "only an open room works"
        where, key = self._folder / job.told.id, job.told.id
        job.level = self._session.truth.clearance
        job.tell(state="running")
        try:
            told = job.told
            content = await content_of(
                self._session, told.chain.id, told.place.id, told.as_of, job.report("asking")
            )
            job.stem = file_stem(content)
            made = await in_background(
                lambda stop: write_delivery(where, content, job.report("writing", stop))
            )
            manifest = await asyncio.to_thread(entry_of, where / MANIFEST)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            if isinstance(error, LianpuError):
                _log.warning("deliverable-failed", key=key, code=error.code, detail=error.detail)
            else:
                _log.exception("deliverable-failed", key=key)
            job.tell(state="failed", ended_at=_now(), problem=body_of(f"{PATH}/{key}", error))
            return
        files = [DeliveredFile.model_validate(one) for one in (*made["files"], manifest)]
        what = {name: made[name] for name in ("revision", "visibility", "gaps", "lines", "notes")}
        job.tell(state="done", ended_at=_now(), step=None, files=files, **what)


def _now() -> str:
    return datetime.now(OFFICE).isoformat(timespec="seconds")
