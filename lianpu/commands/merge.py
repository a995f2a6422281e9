"""``lianpu merge``: two entities are the same; the one reads as the other from now on."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.truth import Merge, View
from ingest.identify import with_site
from lianpu.app import command
from lianpu.doing import Job
from lianpu.i18n import t
from lianpu.session import Session
from lianpu.settling import pair_command, settling

PANEL = "data"
PLACE = 35


_RETIRE = Annotated[
    str, typer.Argument(metavar="RETIRE", show_default=False, help=t("并入的那一个", "The one that goes"))
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    command(
        app,
        PANEL,
        "merge",
        "两个条目是同一个：第二个并入第一个，两边的事实都留着；lianpu split 可分开",
        "Two entities are the same: the second reads as the first, the facts of both stay; "
        "lianpu split parts them",
    )(pair_command(_job, other_is=_RETIRE))


def _job(session: Session, pair: tuple[str, str], why: str, level: int) -> Job:
    kept, gone = pair
    merges = _merges(session, Merge(kept, gone, why))
    made = [("merge", {"keep": m.keep, "retire": m.retire}, m.reason) for m in merges]
    return settling(
        session,
        made,
        level,
        title=t(f"把 {gone} 并入 {kept}", f"Merge {gone} into {kept}"),
        told=lambda numbers: {"decisions": numbers, "merged": [payload for _, payload, _ in made]},
        done=t(
            f"{gone} 现在读作 {kept}；分开：lianpu split {gone}",
            f"{gone} now reads as {kept}; to part them: lianpu split {gone}",
        ),
    )


def _merges(session: Session, one: Merge) -> list[Merge]:
    """The merge, and that of the firm's own site where it goes along."""
    if session.ontology.entity_of_id(one.keep).name != "Firm":
        return [one]
    with session.truth.looking() as db:
        view = View(db, decisions=session.truth.decisions())
        return with_site(one, view, view, session.ontology)
