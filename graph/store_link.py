"""Connections to an engine: the drivers, how they are opened, found again and closed."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Protocol

from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncSession
from neo4j.exceptions import DriverError, Neo4jError

from graph.engine import EngineConfig
from graph.engine.launcher import Attachment, attach, running
from graph.engine.runfile import READER, WRITER, RunInfo
from graph.errors import EngineUnavailable
from graph.store_errors import translate

CONNECT_S = 10.0
_CLOSE_S = 5.0
#: Seconds in which passing refusals are tried again: a new leader takes longer than a conflict.
_RETRY_NEO4J_S, _RETRY_EMBEDDED_S = 8.0, 2.0
_FIRST_RETRY_S = 0.1
_POOL = 32


class Link(Protocol):
    """An open connection to one engine."""

    engine: str

    def session(self, *, write: bool, fetch_size: int = 1000) -> AsyncSession:
        """A new session for reading or writing; at most ``fetch_size`` rows travel at once."""

    async def renew(self) -> bool:
        """After the engine went away: whether there is a new connection to try."""

    async def close(self) -> None:
        """Let go of the engine."""


async def open_link(config: EngineConfig) -> Neo4jLink | EmbeddedLink:
    """Connect to the engine of ``config`` and see that it answers.

    Raises
    ------
    EngineUnavailable, EngineLocked, WrongPassword
        If it cannot be had; the text says what to do.
    """
    link = EmbeddedLink(config) if config.embedded else Neo4jLink(config)
    try:
        await link.open()
    except BaseException:
        await link.close()
        raise
    return link


class Neo4jLink:
    """Neo4j: one driver, reads routed by access mode, reads after writes ordered by bookmarks."""

    def __init__(self, config: EngineConfig) -> None:
        self.engine = f"The Neo4j at {config.neo4j_uri} (database {config.neo4j_database})"
        self._config = config
        self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        auth = None if config.neo4j_password is None else (config.neo4j_user, config.neo4j_password)
        self._driver = _driver(str(config.neo4j_uri), auth, config, _RETRY_NEO4J_S)

    async def open(self) -> None:
        """See that it answers."""
        await _probe(self.session(write=False), self.engine)

    def session(self, *, write: bool, fetch_size: int = 1000) -> AsyncSession:
        """See ``Link``."""
        return self._driver.session(
            database=self._config.neo4j_database,
            default_access_mode=WRITE_ACCESS if write else READ_ACCESS,
            bookmark_manager=self._bookmarks,
            fetch_size=fetch_size,
        )

    async def renew(self) -> bool:
        """The driver itself reconnects; nothing to do."""
        return False

    async def close(self) -> None:
        """See ``Link``."""
        await _close(self._driver)


class EmbeddedLink:
    """The embedded engine: this process's hold on it, one driver for each of its two users."""

    def __init__(self, config: EngineConfig) -> None:
        self.engine = f"The embedded engine on {config.engine_dir}"
        self.directory = config.engine_dir
        self._config = config
        self._attachment: Attachment | None = None
        self._drivers: dict[str, AsyncDriver] = {}
        self._renewing = asyncio.Lock()
        self._closed = False

    @property
    def run(self) -> RunInfo:
        """The running engine's ``RunInfo``."""
        if self._attachment is None:
            raise EngineUnavailable(f"{self.engine}: there is no connection now.")
        return self._attachment.run

    async def open(self) -> None:
        """Hold the engine, starting it if need be, and see that it answers."""
        try:
            try:
                await self._connect()
            except EngineUnavailable:
                if self._attachment is None or not await self._ends(self._attachment.run):
                    raise
                await self._let_go()
                await self._connect()
        except BaseException:
            await self._let_go()
            raise

    async def _ends(self, run: RunInfo) -> bool:
        """Whether that engine has ended. Its lock is given back a moment after its last answer."""
        for _ in range(20):
            if running(self.directory) != run:
                return True
            await asyncio.sleep(0.05)
        return False

    async def _connect(self) -> None:
        self._attachment = await _attach(self._config)
        uri = f"bolt://127.0.0.1:{self.run.bolt_port}"
        passwords = {WRITER: self.run.writer_password, READER: self.run.reader_password}
        self._drivers = {
            user: _driver(uri, (user, password), self._config, _RETRY_EMBEDDED_S)
            for user, password in passwords.items()
        }
        await _probe(self.session(write=False), self.engine)

    def session(self, *, write: bool, fetch_size: int = 1000) -> AsyncSession:
        """See ``Link``."""
        if not self._drivers:
            raise EngineUnavailable(f"{self.engine}: there is no connection now.")
        return self._drivers[WRITER if write else READER].session(database="neo4j", fetch_size=fetch_size)

    async def renew(self) -> bool:
        """Start the engine again if its process has ended; True if there is another to try."""
        failed = self._attachment
        async with self._renewing:
            if self._closed:
                return False
            if self._attachment is not failed:  # another task did it meanwhile
                return self._attachment is not None
            if failed is not None and not await self._ends(failed.run):
                return False
            await self._let_go()
            await self.open()
            return True

    async def close(self) -> None:
        """See ``Link``."""
        self._closed = True
        await self._let_go()

    async def _let_go(self) -> None:
        drivers, self._drivers = list(self._drivers.values()), {}
        attachment, self._attachment = self._attachment, None
        try:
            for driver in drivers:
                await _close(driver)
        finally:
            if attachment is not None:
                attachment.release()


def _driver(uri: str, auth: tuple[str, str] | None, config: EngineConfig, retry_s: float) -> AsyncDriver:
    return AsyncGraphDatabase.driver(
        uri,
        auth=auth,
        connection_timeout=CONNECT_S / 2,
        connection_acquisition_timeout=config.timeout_s,
        max_connection_pool_size=_POOL,
        max_transaction_retry_time=retry_s,
        initial_retry_delay=_FIRST_RETRY_S,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )


async def _probe(session: AsyncSession, engine: str) -> None:
    """An open port is not a ready database: ask something."""
    try:
        async with asyncio.timeout(CONNECT_S), session, await session.begin_transaction() as transaction:
            await (await transaction.run("RETURN 1")).consume()
    except TimeoutError as error:
        raise EngineUnavailable(
            f"{engine} accepts connections but gave no answer within {CONNECT_S:g} s.", reason="no-answer"
        ) from error
    except (DriverError, Neo4jError, OSError) as error:
        known = translate(error, engine, CONNECT_S)
        if known is None:
            raise
        raise known from error


async def _close(driver: AsyncDriver) -> None:
    # A dead engine cannot be told good-bye; its sockets are closed all the same.
    with contextlib.suppress(TimeoutError, DriverError, OSError):
        async with asyncio.timeout(_CLOSE_S):
            await driver.close()


async def _attach(config: EngineConfig) -> Attachment:
    """``attach`` in a thread; if this task is cancelled meanwhile, nothing stays held."""
    cancelled = threading.Event()
    waiting = asyncio.get_running_loop().run_in_executor(None, attach, config, cancelled)
    try:
        return await asyncio.shield(waiting)
    except asyncio.CancelledError:
        cancelled.set()
        with contextlib.suppress(EngineUnavailable):
            (await waiting).release()
        raise
