"""``lianpu deliver``: the office's documents for a chain in a place, in one folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from lianpu.app import command
from lianpu.begin import begin
from lianpu.delivering import Seen, check_folder
from lianpu.delivery import content_of, write_delivery
from lianpu.i18n import t
from lianpu.options import AsOf, Force, Json, NeededChain, PlaceName
from lianpu.out import cell, console, print_json
from lianpu.progress import progress_bar
from lianpu.session import open_session
from lianpu.settings import Settings

PANEL = "gaps"
PLACE = 90


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "deliver",
        "写出一条链在一地的四图五清单：工作簿、图、简报",
        "Write the documents of a chain in a place: workbook, pictures, brief",
    )
    def deliver(
        *,
        chain: NeededChain,
        place: PlaceName = "江西省",
        as_of: AsOf = None,
        output: Annotated[
            Path,
            typer.Option(
                "--output",
                "-o",
                metavar="DIR",
                show_default=False,
                help=t("写到哪个文件夹（新建）", "The folder to write, a new one"),
            ),
        ],
        force: Force = False,
        json: Json = False,
    ) -> None:
        settings = begin()
        where, before = check_folder(output, option="-o", force=force, never=[settings.home])
        told = asyncio.run(_deliver(settings, (where, before), chain, place, as_of, quiet=json))
        if json:
            print_json(told)
        else:
            _show(told, output)


async def _deliver(
    settings: Settings, free: tuple[Path, Seen], chain: str, place: str, as_of: str | None, *, quiet: bool
) -> dict[str, Any]:
    async with open_session(settings, quiet=quiet) as session:
        with progress_bar(t("查询", "Asking"), quiet=quiet) as asking:
            content = await content_of(session, chain, place, as_of, asking)
    with progress_bar(t("写文件", "Writing"), quiet=quiet) as writing:
        return write_delivery(free[0], content, writing, free[1])


def _show(told: dict[str, Any], output: Path) -> None:
    to = console()
    lines = t("，", ", ").join(f"{name} {count}" for name, count in told["lines"].items())
    to.print(
        cell(t(f"已写 {output}：{len(told['files'])} 个文件", f"Wrote {output}: {len(told['files'])} files"))
    )
    for one in told["files"]:
        to.print(cell(f"  {one['name']}"))
    to.print(cell(t(f"各清单行数：{lines}", f"Lines of the lists: {lines}")))
    for note in told["notes"]:
        to.print(cell(t(f"注意：{note}", f"Note: {note}")))
