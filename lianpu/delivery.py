"""Making a delivery: all answers are asked for, then the documents are written into a folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import Busy
from graph.office_time import office_time
from graph.truth import VISIBILITIES_ZH
from lianpu.delivering import Seen, whole_folder, write_manifest
from lianpu.i18n import t
from lianpu.interrupts import interruptible
from lianpu.session import Session
from lianpu.visibility import held

if TYPE_CHECKING:
    from graph.store import MetaState
    from viz.documents import Content

Report = Callable[[int, int], None]


async def content_of(
    session: Session, chain: str, place: str, as_of: str | None, report: Report | None = None
) -> Content:
    """What the documents of a chain in a place are made from; ``report`` is told how many steps are done.

    Raises ``Busy`` where the visibility level or the data were changed meanwhile, and what the
    questions raise.
    """
    from viz.documents import gather  # brings openpyxl and python-docx

    truth = session.truth
    level, before = truth.clearance, await _shown(session)
    content = await gather(
        session.gaps,
        chain,
        place,
        as_of=as_of,
        made_at=office_time(datetime.now(UTC).isoformat()),
        revision=before[0][0],
        visibility=VISIBILITIES_ZH[held(truth)],
        decisions=truth.decisions(),
        search=session.search,
        report=report,
    )
    if truth.clearance != level:
        raise Busy(
            t("编制时可见范围变了，没有写；请重做", "The visibility level was changed meanwhile; begin again")
        )
    stamp = before[1]
    if await _shown(session) != before or (stamp is not None and stamp.state != "whole"):
        raise Busy(
            t("编制时数据变了或图谱正在改写，没有写；请重做",
              "The data were changed meanwhile, or the graph is being written; begin again")
        )  # fmt: skip
    return content


async def _shown(session: Session) -> tuple[tuple[int, str], MetaState | None]:
    """What facts and graph are at: the mark of the facts, the stamp on the graph."""
    return session.truth.mark, await session.store.meta(session.truth.store_id)


def write_delivery(
    where: Path, content: Content, report: Report | None = None, before: Seen = None
) -> dict[str, Any]:
    """Write the folder ``where``, whole or not at all; what its manifest says, with the entries of its files.

    ``before`` is what it replaces, as ``check_folder`` saw it.

    Raises ``BadInput`` where it cannot be written, and whatever ``report`` raises.
    """
    from viz.documents import write_documents

    with whole_folder(where, before) as folder, interruptible():
        made = write_documents(folder, content, report)
        told: dict[str, Any] = {
            "chain": content.panorama.chain.id,
            "place": content.panorama.place.id,
            "as_of": content.as_of,
            "made_at": content.made_at,
            "revision": content.revision,
            "visibility": content.visibility,
            "gaps": content.gaps.total,
            "lines": made.lines,
            "notes": made.notes,
        }
        files = write_manifest(folder, told)
    return {"folder": str(where), **told, "files": files}
