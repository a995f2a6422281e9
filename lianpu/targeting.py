"""Making and changing entries of the target list: what is typed becomes a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.errors import BadInput
from graph.gaps.gap_ids import ends_of
from graph.planning import Change
from graph.targets import NEW, Book, Entry, change_entry, entry_payload
from graph.targets.entry import KIND
from lianpu.changing import Manner, carry_out
from lianpu.doing import Job
from lianpu.i18n import t
from lianpu.resolve import resolve
from lianpu.session import Session
from lianpu.settling import settling
from lianpu.visibility import level_of


async def target_job(
    session: Session,
    pair: tuple[str, str],
    changes: dict[str, str | None],
    *,
    version: str | None = None,
    reason: str = "",
    level: int = 0,
) -> Job:
    """The job of making the entry of a firm and a gap, or of changing the one that is there.

    Parameters
    ----------
    pair : firm (id or name) and gap (id). changes : fields and their texts.
    version : the decision that the caller has seen (``d7``); if it is no longer the last, nothing is done.
        ``NEW``: it is to be made, and nothing is done where it is there.

    Raises
    ------
    BadInput
        A field or value that does not read, nothing to change, or an entry that should not be there yet.
    ChangedMeanwhile
        Somebody else has changed the entry.
    NotFound
        Firm, park, project, or the segment and place of the gap are not recorded.
    """
    firm = await resolve(session, pair[0], cls="Firm")
    if session.ontology.entity_of_id(firm).name != "Firm":
        raise BadInput(t(f"{firm} 不是企业", f"{firm} is no firm"), found=firm, expected="firm/…")
    for end in (firm, *ends_of(pair[1])):
        await session.repository.node(end)
    book = Book(session.truth.decisions())
    new = Entry(firm=firm, gap=pair[1])
    there = book.get(new.key)
    book.see_unchanged(new.key, version)
    entry = change_entry(there.entry if there else new, changes, session.ontology)
    for name in ("park", "project"):
        linked = getattr(entry, name)
        if linked is not None and name in changes:
            await session.repository.node(linked)
    if there is not None and entry == there.entry:
        raise BadInput(t("没有写要改什么", "Nothing to change was given"), found=list(changes))
    title = t(f"招商目标 {entry.key}", f"Target {entry.key}")
    why = reason or (t("改动", "changed") if there else t("列入", "entered"))

    def told(numbers: list[str]) -> dict[str, Any]:
        return {"decision": numbers[0], "target": entry.key, "entry": entry.model_dump()}

    seen = None if there is None else there.version

    def see_unchanged() -> None:  # again, as the only writer
        now = Book(session.truth.decisions())
        held = now.get(entry.key)
        if (None if held is None else held.version) != seen:
            now.see_unchanged(entry.key, seen or NEW)

    job = settling(
        session,
        [(KIND, entry_payload(entry), why)],
        level,
        title=title,
        told=told,
        done=lambda done: t(
            f"{title}：已记为决定 {done['decision']}；撤销：lianpu undo {done['decision']}",
            f"{title}: recorded as {done['decision']}; to take it back: lianpu undo {done['decision']}",
        ),
    )

    def change() -> Change:
        see_unchanged()
        return job.change()

    return replace(job, change=change)


class TargetDesk:
    """Where the server's visitors change the target list; see ``viz.pages.service.Desk``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def change(
        self, pair: tuple[str, str], changes: dict[str, str | None], *, version: str | None, reason: str
    ) -> str:
        """Make or change an entry; its key."""
        session = self._session
        level = min(session.truth.clearance, level_of("internal"))
        job = await target_job(session, pair, changes, version=version, reason=reason, level=level)
        _, told = await carry_out(session, job.title, job.change, job.act, Manner(yes=True, quiet=True))
        assert told is not None, "a job that is carried out tells what came of it"
        return str(told["target"])
