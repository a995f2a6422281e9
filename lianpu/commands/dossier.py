"""``lianpu dossier``: the pack for visiting a firm on behalf of a park, as a document."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import UsageError
from graph.gaps.dossier import Dossier, dossier
from graph.office_time import office_time
from graph.truth import VISIBILITIES_ZH
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import AsOf, Force, Json
from lianpu.out import cell, console, print_json
from lianpu.outfile import check_target, written
from lianpu.resolve import resolve
from lianpu.session import open_session
from lianpu.settings import Settings
from lianpu.visibility import held

PANEL = "gaps"
PLACE = 45


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "dossier",
        "写一份拜访材料：企业是谁、做什么、与本地的往来、能补的缺口、园区能给什么、要问什么，逐条注明来源",
        "Write a visiting pack: who the firm is, what it makes, whom it deals with here, which gaps it would "
        "fill, what the park offers, what to ask; each line with its sources",
    )
    def pack(
        firm: Annotated[
            str, typer.Argument(metavar="FIRM", help=t("企业名称或编号", "The firm, by name or id"))
        ],
        *,
        park: Annotated[
            str,
            typer.Option(
                "--park",
                metavar="PARK",
                show_default=False,
                help=t("为哪个园区或地区：名称或编号", "For which park or place, by name or id"),
            ),
        ],
        as_of: AsOf = None,
        output: Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                metavar="FILE.docx",
                show_default=False,
                help=t("写到哪个文件；只要 --json 时可不写", "The file to write; not needed with --json"),
            ),
        ] = None,
        force: Force = False,
        json: Json = False,
    ) -> None:
        settings = begin()
        if output is None and not json:
            raise UsageError(t("要写到哪个文件：-o FILE.docx", "Name the file: -o FILE.docx"))
        if output is not None:
            check_target(output, option="-o", force=force, never=[settings.home])
        answer = asyncio.run(_pack(settings, firm, park, as_of, output, quiet=json))
        if json:
            print_json(answer)
        else:
            _show(answer, str(output))


async def _pack(
    settings: Settings, firm: str, park: str, as_of: str | None, output: Path | None, *, quiet: bool
) -> Dossier:
    async with open_session(settings, quiet=quiet) as session:
        key = await resolve(session, firm, cls="Firm")
        answer = await dossier(session.gaps, key, park, as_of=as_of, search=session.search)
        if output is not None:
            from viz.documents.dossier import DossierDocument  # brings python-docx

            made_at = office_time(datetime.now(UTC).isoformat())
            level = VISIBILITIES_ZH[held(session.truth)]
            with written(output) as part:
                DossierDocument(answer, session.ontology, made_at, level).write(part)
    return answer


def _show(answer: Dossier, where: str) -> None:
    to = console()
    to.print(cell(t(f"已写 {where}", f"Wrote {where}")))
    counts = (
        ("本地往来", "Dealings here", answer.dealing_count),
        ("能补的缺口", "Gaps it would fill", answer.gap_count),
        ("要问的", "Questions", len(answer.questions)),
        ("来源", "Sources", len(answer.cited)),
    )
    told = t("，", ", ").join(f"{t(zh, en)} {count}" for zh, en, count in counts)
    to.print(cell(told))
