"""``lianpu find``: entities by name, alias, code, pinyin or initials."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.markup import escape

from graph.search import Found, Hit
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json, Limit
from lianpu.out import cell, console, print_json, table
from lianpu.progress import working
from lianpu.render.words import of_total, standing, text
from lianpu.resolve import class_named
from lianpu.session import open_session, open_truth, search_index, stamp_of
from lianpu.settings import Settings

PANEL = "ask"
PLACE = 10
_HOW = {
    "exact": ("全名", "exact"),
    "prefix": ("开头", "beginning"),
    "alias": ("别名", "alias"),
    "substring": ("包含", "within"),
    "pinyin": ("拼音", "pinyin"),
    "initials": ("首字母", "initials"),
    "abbreviation": ("缩写", "abbreviation"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "find",
        "按名称、别名、代码、拼音或首字母查找；一个字也可以",
        "Find by name, alias, code, pinyin or initials; one character is enough",
    )
    def find(
        words: Annotated[
            str, typer.Argument(metavar="TEXT", help=t("要找的文字", "What to look for"), show_default=False)
        ],
        cls: Annotated[
            str | None,
            typer.Option(
                "--cls",
                metavar="CLASS",
                help=t("只找这一类，如 园区 或 Park", "Only this class, such as Park"),
            ),
        ] = None,
        limit: Limit = None,
        after: Annotated[
            str | None,
            typer.Option("--after", metavar="NEXT", help=t("从上一页的 next 接着", "Go on from next")),
        ] = None,
        json: Json = False,
    ) -> None:
        found = asyncio.run(_find(begin(), words, cls, limit, after, quiet=json))
        if json:
            print_json(found)
        else:
            _show(found)


async def _find(
    settings: Settings, words: str, cls: str | None, limit: int | None, after: str | None, *, quiet: bool
) -> Found:
    """Ask the index alone where it shows the newest facts; else let the graph be brought up first."""
    with open_truth(settings, quiet=quiet) as truth:
        cls = None if cls is None else class_named(truth.ontology, cls)
        index = search_index(settings, truth.ontology)
        current = index.stamp() == stamp_of(truth.store)
    if current:
        return index.look_for(words, cls=cls, limit=limit, after=after)
    async with open_session(settings, quiet=quiet) as session:
        with working(t("建检索索引", "Building the search index"), quiet=quiet):
            return await session.search.find(words, cls=cls, limit=limit, after=after)


def _show(found: Found) -> None:
    if not found.hits.items:
        console().print(t(f"没有找到“{escape(found.query)}”", f'Nothing found for "{escape(found.query)}"'))
        return
    grid = table(
        t("找到 ", "Found ") + of_total(found.hits),
        t("名称", "Name"),
        t("类别", "Class"),
        t("标识", "Id"),
        t("命中", "Hit by"),
        t("核实", "Standing"),
        "#" + t("关系", "Relations"),
    )
    for hit in found.hits.items:
        grid.add_row(
            cell(hit.caption),
            text(hit.label),
            cell(hit.id),
            f"{t(*_HOW[hit.matched.how])}: {_marked(hit)}",
            standing(hit.standing, hit.grade),
            str(hit.degree),
        )
    console().print(grid)
    if found.hits.next:
        console().print(f"[dim]{t('下一页', 'Next page')}: --after {escape(found.hits.next)}[/]")


def _marked(hit: Hit) -> str:
    name, start, end = hit.matched.text, hit.matched.start, hit.matched.end
    return f"{escape(name[:start])}[bold]{escape(name[start:end])}[/]{escape(name[end:])}"
