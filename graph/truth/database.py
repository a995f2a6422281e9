"""The SQLite file of a truth store: opened, read and written in transactions, its troubles told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from graph.errors import Busy, TruthStoreError
from graph.truth.schema import metadata

#: Seconds to wait for another program's transaction.
_WAIT_S = 30.0
_CACHE_KIB = 64 * 1024
_WRITES = "lianpu_writes"


class Database:
    """The file ``path`` (made, with its tables, if absent).

    Raises ``TruthStoreError`` when the file cannot be opened or holds something else, which is then left as
    it is. So do ``reading`` and ``writing``, whenever the file fails.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)  # it may hold what is not for everybody on this machine
        except OSError as error:
            hint = "name a directory that can be written (LIANPU_HOME)"
            raise TruthStoreError(f"{path}: {error}; {hint}", file=str(path)) from error
        url = sa.URL.create("sqlite", database=str(path))  # not a text: a path may hold ? and %
        self._engine = sa.create_engine(url, connect_args={"timeout": _WAIT_S})
        sa.event.listen(self._engine, "connect", _on_connect)
        sa.event.listen(self._engine, "begin", _on_begin)
        try:
            self._make_ready()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self, stage: Path | None = None) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the file from its first read to its end.

        ``stage``: a scratch file, attached as ``stage``; it may be written.
        """
        with self._told(), self._engine.connect() as connection, _attached(connection, stage):
            yield connection

    @contextmanager
    def writing(self, stage: Path | None = None) -> Iterator[sa.Connection]:
        """The only writing transaction of the moment; committed if the block ends without an exception."""
        writer = self._engine.execution_options(**{_WRITES: True})
        with (
            self._told(),
            writer.connect() as connection,
            _attached(connection, stage),
            connection.begin(),
        ):
            yield connection

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of the file, as it is now, to ``target``, which must not exist."""
        with self._told():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM INTO ?", (str(target),))
            finally:
                raw.close()

    def vacuum(self) -> None:
        """Write the file anew, without what was deleted from it, and empty its journal."""
        with self._told():
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                cursor.execute("VACUUM")
                (left,) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[:1]
            finally:
                raw.close()
        if left:
            raise Busy(
                f"{self.path}：已删除，但另一个程序在读，旧内容还留在 {self.path.name}-wal 里，等它结束 · "
                f"{self.path}: deleted, but another program is reading: until it ends, {self.path.name}-wal "
                "holds what was deleted",
                file=str(self.path),
            )

    def _make_ready(self) -> None:
        """Tables made where they lack; a file that is there already is only looked at."""
        with self.reading() as db:
            found = set(db.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        if "assertion" in found:  # an older one's tables are brought up to date by ``migrate``
            return
        if found:
            raise self._not_ours(f"its tables are {', '.join(sorted(found)[:5])}")
        with self._told():
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("PRAGMA journal_mode=WAL")  # stays so; not possible in a transaction
            finally:
                raw.close()
        with self.writing() as db:
            metadata.create_all(db)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise  # a mistake of this program: shown as it is
            raise self._trouble(error) from error

    def _trouble(self, error: DatabaseError) -> TruthStoreError:
        said = str(error.orig)
        if isinstance(error, OperationalError):
            hint = "is the directory writable, is there space on the disk, does another program hold it?"
        elif "malformed" in said:
            hint = "the file is damaged; put a copy in its place"
        else:
            return self._not_ours(said)
        return TruthStoreError(f"{self.path}: {said}; {hint}", file=str(self.path))

    def _not_ours(self, found: str) -> TruthStoreError:
        hint = "it is not a Lianpu truth store; name another data directory (LIANPU_HOME)"
        return TruthStoreError(f"{self.path}: {found}; {hint}", file=str(self.path))


@contextmanager
def _attached(connection: sa.Connection, stage: Path | None) -> Iterator[None]:
    """``stage`` attached while the block lasts; outside of any transaction, as SQLite asks."""
    if stage is None:
        yield
        return
    raw = connection.connection.cursor()
    raw.execute("ATTACH DATABASE ? AS stage", (str(stage),))
    for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
        raw.execute(f"PRAGMA stage.{pragma}")
    try:
        yield
    except BaseException:
        connection.invalidate()  # a statement may be in mid-reading: detaching would fail and hide the error
        raise
    if connection.in_transaction():  # a reading one: only the scratch file was written
        connection.commit()
    raw.execute("DETACH DATABASE stage")


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _on_begin
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{_CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
