"""Where the server's visitors change the target list."""

from __future__ import annotations

from graph.targets import Book, Entry
from lianpu.changing import Manner, carry_out
from lianpu.session import Session
from lianpu.target_project import make_project
from lianpu.targeting import target_job
from lianpu.visibility import level_of

_MANNER = Manner(yes=True, quiet=True)


class TargetDesk:
    """Where the server's visitors change the target list; see ``viz.pages.service.Desk``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def change(
        self,
        pair: tuple[str, str],
        changes: dict[str, str | None],
        *,
        version: str | None,
        reason: str = "",
        by: str = "",
    ) -> str:
        """Make or change an entry; its key."""
        session, level = self._session, max(self._level(), self._held(pair))
        job = await target_job(session, pair, changes, version=version, reason=reason, by=by, level=level)
        _, told = await carry_out(session, job.title, job.change, job.act, _MANNER)
        assert told is not None, "a job that is carried out tells what came of it"
        return str(told["target"])

    async def make_project(
        self, pair: tuple[str, str], *, version: str, name: str = "", reason: str = "", by: str = ""
    ) -> tuple[str, int | None]:
        """Make a project of a target that was signed, and link it in the entry; its id and the load."""
        made = await make_project(
            self._session,
            pair,
            name=name.strip() or None,
            version=version,
            reason=reason,
            by=by,
            level=self._level(),
            manner=_MANNER,
        )
        return made.project, made.load

    def _held(self, pair: tuple[str, str]) -> int:
        """The level of the entry that is there: what is secret is not told to more by a change."""
        decisions = self._session.truth.decisions()
        held = Book(decisions).get(Entry(firm=pair[0], gap=pair[1]).key)
        return 0 if held is None else next(d.visibility for d in decisions if f"d{d.id}" == held.version)

    def _level(self) -> int:
        return min(self._session.truth.clearance, level_of("internal"))
