"""``lianpu draw``: the chain neighbourhood of a firm as one HTML file that opens without a network."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import BadInput
from graph.repository import FirmNeighbourhood, PlaceLevel
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import LANG, t
from lianpu.options import AsOf, Entity, Json, Limit
from lianpu.out import console, print_json
from lianpu.progress import working
from lianpu.resolve import resolve
from lianpu.session import open_session

PANEL = "ask"
PLACE = 50


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "draw",
        "把一家企业的链上邻域画成一个网页文件，断网可看",
        "Draw the chain neighbourhood of a firm as one HTML file that needs no network",
    )
    def draw(
        firm: Entity,
        *,
        output: Annotated[
            Path,
            typer.Option("--output", "-o", metavar="FILE.html", help=t("写到哪个文件", "The file to write")),
        ],
        as_of: AsOf = None,
        level: Annotated[
            PlaceLevel,
            typer.Option("--level", help=t("同业企业取到哪一级地区", "How wide to look for other firms")),
        ] = "city",
        limit: Limit = None,
        force: Annotated[
            bool, typer.Option("--force", "-f", help=t("文件已存在也覆盖", "Overwrite an existing file"))
        ] = False,
        json: Json = False,
    ) -> None:
        _refuse(output, force=force)
        html, answer = asyncio.run(_draw(firm, as_of, level, limit, quiet=json))
        output.write_text(html, encoding="utf-8", newline="\n")
        told = {
            "file": str(output.resolve()),
            "bytes": output.stat().st_size,
            "firm": answer.firm.id,
            "as_of": answer.as_of,
            "nodes": len(answer.nodes),
            "edges": len(answer.edges),
            "truncated": answer.truncated,
        }
        if json:
            print_json(told)
            return
        console().print(
            t(
                f"已画 {answer.firm.caption}：节点 {told['nodes']}，关系 {told['edges']}，见 {output}",
                f"Drew {answer.firm.caption}: {told['nodes']} nodes, {told['edges']} relations, in {output}",
            ),
            markup=False,
        )
        if answer.truncated:
            console().print(t("有的列表没有画全；--limit 可多画", "Some lists were cut; --limit draws more"))


def _refuse(output: Path, *, force: bool) -> None:
    if output.is_dir():
        raise BadInput(t(f"{output} 是文件夹", f"{output} is a folder"), file=str(output))
    if not output.parent.is_dir():
        raise BadInput(
            t(f"没有文件夹 {output.parent}", f"There is no folder {output.parent}"), file=str(output)
        )
    if output.exists() and not force:
        raise BadInput(
            t(f"{output} 已存在；加 --force 覆盖", f"{output} exists; add --force to overwrite it"),
            file=str(output),
        )


async def _draw(
    firm: str, as_of: str | None, level: PlaceLevel, limit: int | None, *, quiet: bool
) -> tuple[str, FirmNeighbourhood]:
    from viz.draw import draw_firm  # brings pyvis: only a drawing pays for it
    from viz.evidence import evidence_of

    async with open_session(begin(), quiet=quiet) as session:
        firm_id = await resolve(session, firm, cls="Firm")
        answer = await session.repository.firm_neighbourhood(firm_id, as_of=as_of, level=level, limit=limit)
        evidence = await evidence_of(session.repository, answer)
        with working(t("画图", "Drawing"), quiet=quiet):
            return draw_firm(answer, session.ontology, LANG, evidence), answer
