"""Which merge is meant by what a person types: the retired id, the one it reads as, or a name of either."""

from __future__ import annotations

from collections.abc import Collection

from graph.decisions import Decision, redirects
from graph.errors import NotFound
from graph.search.named import NOT_NAMES, Ambiguous
from lianpu.i18n import t
from lianpu.pairs import came_with
from lianpu.resolve import resolve
from lianpu.session import Session


async def merge_meant(session: Session, typed: str) -> Decision:
    """The merge that holds and is meant by ``typed``: an id, an id without prefix, or an exact name.

    Raises
    ------
    NotFound
        Nothing goes by it, or what does takes part in no merge.
    Ambiguous
        Several entities were merged into what is meant; they are listed.
    """
    typed = typed.strip()
    held = [d for d in session.truth.decisions() if d.kind == "merge" and d.undone_at is None]
    step = {str(d.payload["retire"]): d for d in held}
    if typed in step:
        return step[typed]
    moved = redirects(held)
    bearing = _bearing(session, typed, moved)
    try:
        meant = await _heads(session, typed)
    except NotFound:
        if not bearing:
            raise
        meant = set()
    found = bearing | {old for old, new in moved.items() if new in meant}
    for one in list(found):  # a site that came with its firm goes with it
        found -= {str(d.payload["retire"]) for d in came_with(step[one], held, session.ontology)}
    if not found:
        raise NotFound(
            t(
                f"“{typed}”没有并入别的条目，也没有条目并入它；合并过的见 lianpu decisions --kind merge",
                f'"{typed}" is not merged into anything, nor is anything into it; for what is: '
                "lianpu decisions --kind merge",
            ),
            found=typed,
        )
    if len(found) > 1:
        some = sorted(found)
        lines = "\n".join(f"{old} → {moved[old]}" for old in some)
        raise Ambiguous(
            t(
                f"“{typed}”牵涉不止一次合并；写明要分开哪一个：\n{lines}",
                f'More than one merge goes with "{typed}"; name the id that is to be parted:\n{lines}',
            ),
            found=typed,
            candidates=[{"id": old, "merged_into": moved[old]} for old in some],
        )
    return step[found.pop()]


async def _heads(session: Session, typed: str) -> set[str]:
    try:
        return {await resolve(session, typed)}
    except Ambiguous as several:
        return {one["id"] for one in several.extra["candidates"]}


def _bearing(session: Session, typed: str, retired: Collection[str]) -> set[str]:
    """The retired ids that are stated under the name ``typed``, or are it without their prefix."""
    found = {one for one in retired if one.partition("/")[2] == typed.lower()}
    for one in retired:
        names = [p for p in session.ontology.entity_of_id(one).search if p not in NOT_NAMES]
        for a in session.truth.assertions_of(one):
            said = [a.props.get(name) for name in names]
            if any(typed == v or (isinstance(v, list) and typed in v) for v in said):
                found.add(one)
    return found
