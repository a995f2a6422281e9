"""Making and changing entries of the target list: what is typed becomes a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.errors import BadInput, NotFound
from graph.gaps.gap_ids import ends_of
from graph.planning import Change
from graph.targets import NEW, Book, Entry, NotAllShown, change_entry, entry_payload, names_of
from graph.targets.entry import KIND, LINKED, read_by
from graph.truth import VISIBILITIES, VISIBILITIES_ZH, TruthStore
from lianpu.doing import Job
from lianpu.i18n import t
from lianpu.resolve import resolve
from lianpu.session import Session
from lianpu.settling import settling


async def target_job(
    session: Session,
    pair: tuple[str, str],
    changes: dict[str, str | None],
    *,
    version: str | None = None,
    reason: str = "",
    by: str = "",
    level: int = 0,
) -> Job:
    """The job of making the entry of a firm and a gap, or of changing the one that is there.

    Parameters
    ----------
    pair : firm (id or name) and gap (id). changes : fields and their texts.
    version : the decision that the caller has seen (``d7``); if it is no longer the last, nothing is done.
        ``NEW``: it is to be made, and nothing is done where it is there.
    by : whom the caller names as 经办人; kept as said, never taken for who was at work.

    An entry that is there can be changed also when its firm or gap is no longer recorded: the firm then goes
    by its id or by the name that it had.

    Raises
    ------
    BadInput
        A field or value that does not read, nothing to change, or an entry that should not be there yet.
    ChangedMeanwhile
        Somebody else has changed the entry.
    NotFound
        Firm, park, project, or the segment and place of the gap are not recorded.
    NotAllShown
        The entry has a later state, or exists, above the clearance: this would be written over it.
    """
    book, by = Book(session.truth.decisions()), read_by(by)
    firm = await firm_meant(session, book, pair)
    if session.ontology.entity_of_id(firm).name != "Firm":
        raise BadInput(t(f"{firm} 不是企业", f"{firm} is no firm"), found=firm, expected="firm/…")
    new, ends = Entry(firm=firm, gap=pair[1]), (firm, *ends_of(pair[1]))
    there = book.get(new.key)
    for end in ends if there is None else ():
        await session.repository.node(end)
    see_all_shown(session.truth, new.key)
    book.see_unchanged(new.key, version)
    entry = change_entry(there.entry if there else new, changes, session.ontology)
    for name in LINKED:
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
    names = await names_of(session.repository, [there] if there else [], ends)
    called = {end: caption for end in ends if (caption := names.caption(end)) != end}

    def see_unchanged() -> None:  # again, as the only writer
        see_all_shown(session.truth, entry.key)
        now = Book(session.truth.decisions())
        held = now.get(entry.key)
        if (None if held is None else held.version) != seen:
            now.see_unchanged(entry.key, seen or NEW)

    job = settling(
        session,
        [(KIND, entry_payload(entry, called, by), why)],
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


def see_all_shown(truth: TruthStore, key: str) -> None:
    """See that the entry of a key, shown or not there, is the one that holds above the clearance too.

    Raises ``NotAllShown``, which tells nothing of what is above it.
    """
    held = [Book(truth.decisions(hidden=hidden)).get(key) for hidden in (False, True)]
    shown, whole = (None if one is None else one.version for one in held)
    if shown != whole:
        zh, en = VISIBILITIES_ZH[truth.clearance], VISIBILITIES[truth.clearance]
        raise NotAllShown(
            f"{key} 有此数据目录不显示的记录（只显示到{zh}），在此改动会盖掉它；先用 lianpu clearance 放宽 · "
            f"of {key} there is more than this data directory shows (up to {en}), which a change would "
            "write over; first raise it: lianpu clearance",
            found=key,
        )


async def firm_meant(session: Session, book: Book, pair: tuple[str, str]) -> str:
    """The id of the firm of a pair as it was typed: recorded, or that of an entry for the gap.

    Raises as ``resolve``.
    """
    typed, gap = pair[0].strip(), pair[1]
    try:
        return await resolve(session, typed, cls="Firm")
    except NotFound:
        there = [one for one in book.all() if one.entry.gap == gap]
        firms = [(one.entry.firm, one.names.get(one.entry.firm)) for one in there]
        meant = {firm for firm, name in firms if typed in (firm.removeprefix("firm/"), name)}
        if len(meant) != 1:
            raise
        return meant.pop()
