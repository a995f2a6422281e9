"""A backup: one zip file with a whole copy of the truth store and a manifest; and reading one back."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import BadInput, TruthStoreError
from graph.truth import TruthStore
from graph.truth.schema import SCHEMA_VERSION
from lianpu.i18n import t

FORMAT = 1
_MANIFEST, _TRUTH = "manifest.json", "truth.sqlite"
_BLOCK = 1 << 20
_MANIFEST_MOST = 1 << 20


class Manifest(BaseModel):
    """What a backup says of itself; ``sha256`` and ``size`` (bytes) are of the truth store's copy."""

    model_config = ConfigDict(strict=True, frozen=True)

    format: int
    program: str
    made_at: str
    store_id: str
    truth_format: int
    revision: int
    datasets: int
    assertions: int
    decisions: int
    loads: int
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(gt=0)


def write_backup(truth: TruthStore, target: Path) -> Manifest:
    """Write a backup of ``truth`` to ``target``, which is replaced only when the new file is whole.

    Raises ``BadInput`` where ``target`` cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".lianpu-backup-", dir=target.parent) as folder:
            copy, made = Path(folder) / _TRUTH, Path(folder) / "backup.zip"
            truth.copy_to(copy)
            manifest = _manifest(copy)
            with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                archive.writestr(_MANIFEST, manifest.model_dump_json(indent=2))
                archive.write(copy, _TRUTH)
            with made.open("rb+") as handle:
                os.fsync(handle.fileno())
            made.replace(target)
    except OSError as error:
        told = t(f"写不了 {target}：{error.strerror}", f"{target} cannot be written: {error.strerror}")
        raise BadInput(told, file=str(target)) from error
    return manifest


@contextmanager
def opened_backup(file: Path, folder: Path) -> Iterator[tuple[Path, Manifest]]:
    """The truth store in a backup, unpacked into ``folder`` while the block lasts, and the manifest.

    An older store is brought to this program's format.

    Raises
    ------
    BadInput
        The file is no backup, is damaged, or was made by a newer program. Nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=folder) as inside:
        copy = Path(inside) / _TRUTH
        manifest = _unpack(file, copy)
        _check_database(file, copy)
        try:
            store = TruthStore(copy)
        except TruthStoreError as error:
            raise _damaged(file, error.detail) from error
        try:
            if store.store_id != manifest.store_id:
                raise _damaged(file, f"store id {store.store_id} / {manifest.store_id}")
        finally:
            store.close()
        yield copy, manifest


def replace_content(copy: Path, target: Path) -> None:
    """Make the store in ``target`` what ``copy`` holds: in one transaction of that file, or not at all."""
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(target, timeout=30.0)) as db:
        try:
            source.backup(db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise TruthStoreError(f"{target}: {error}", file=str(target)) from error


def _manifest(copy: Path) -> Manifest:
    with closing(sqlite3.connect(copy)) as db:
        store_id, revision = db.execute("SELECT store_id, revision FROM state").fetchone()
        count = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 (our own names)
            for name in ("dataset", "assertion", "decision", "load")
        }
    with copy.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return Manifest(
        format=FORMAT,
        program=version("lianpu"),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        store_id=store_id,
        truth_format=SCHEMA_VERSION,
        revision=revision,
        datasets=count["dataset"],
        assertions=count["assertion"],
        decisions=count["decision"],
        loads=count["load"],
        sha256=digest,
        size=copy.stat().st_size,
    )


def _unpack(file: Path, copy: Path) -> Manifest:
    if not file.is_file():
        raise BadInput(t(f"没有文件 {file}", f"there is no file {file}"), file=str(file))
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(archive.namelist())
            if names != [_MANIFEST, _TRUTH]:
                raise _foreign(file, ", ".join(names[:5]))
            if archive.getinfo(_MANIFEST).file_size > _MANIFEST_MOST:
                raise _foreign(file, f"{_MANIFEST}: {archive.getinfo(_MANIFEST).file_size} B")
            manifest = _read_manifest(file, archive.read(_MANIFEST))
            if archive.getinfo(_TRUTH).file_size != manifest.size:
                raise _damaged(file, f"{_TRUTH}: {archive.getinfo(_TRUTH).file_size} / {manifest.size} B")
            with archive.open(_TRUTH) as packed, copy.open("wb") as out:
                digest = _copied(packed, out)
    except (zipfile.BadZipFile, EOFError, RuntimeError, zlib.error, lzma.LZMAError) as error:
        raise _damaged(file, str(error)) from error
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or error}", file=str(file)) from error
    if digest != manifest.sha256:
        raise _damaged(file, f"sha256 {digest[:12]}… / {manifest.sha256[:12]}…")
    return manifest


def _copied(packed: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := packed.read(_BLOCK):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()


def _read_manifest(file: Path, raw: bytes) -> Manifest:
    try:
        found: Any = json.loads(raw)
        manifest = Manifest.model_validate(found)
    except (ValueError, ValidationError) as error:
        raise _foreign(file, _MANIFEST) from error
    if manifest.format > FORMAT or manifest.truth_format > SCHEMA_VERSION:
        found_format, known = (manifest.format, manifest.truth_format), (FORMAT, SCHEMA_VERSION)
        raise BadInput(
            t(
                f"{file} 是较新的链谱（{manifest.program}）作的备份，格式 {found_format}，"
                f"本程序读到 {known}；先升级程序",
                f"{file} was made by a newer Lianpu ({manifest.program}), format {found_format}; "
                f"this one reads up to {known}. Update the program first",
            ),
            file=str(file),
            found=list(found_format),
            expected=list(known),
        )
    return manifest


def _check_database(file: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(copy)) as db:
            said = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        said = str(error)
    if said != "ok":
        raise _damaged(file, str(said))


def _damaged(file: Path, what: str) -> BadInput:
    told = t(f"备份 {file} 已损坏（{what}）；什么都没有改", f"the backup {file} is damaged ({what}); "
             "nothing was changed")  # fmt: skip
    return BadInput(told, file=str(file), found=what)


def _foreign(file: Path, found: str) -> BadInput:
    told = t(
        f"{file} 不是 lianpu backup 作的备份（里面有：{found}）；什么都没有改",
        f"{file} is no backup made by lianpu backup (it holds: {found}); nothing was changed",
    )
    return BadInput(told, file=str(file), found=found)
