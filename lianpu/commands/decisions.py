"""``lianpu decisions``: what people, and loads for them, settled: merges, corrections, suppressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from graph.decisions import KINDS, Decision
from graph.errors import UsageError
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import one_language, t
from lianpu.names import names_of
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.render.decision import KIND_WORDS, as_json, said
from lianpu.session import open_truth
from lianpu.visibility import word_of

PANEL = "data"
PLACE = 33


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "decisions",
        "列出决定：合并、更正、不显示、不同；撤销用 lianpu undo d编号",
        "List the decisions: merges, corrections, suppressions, distinctions; lianpu undo dN takes one back",
    )
    def decisions(
        *,
        everything: Annotated[
            bool, typer.Option("--all", help=t("连已撤销的", "Also those that were undone"))
        ] = False,
        kind: Annotated[
            str | None,
            typer.Option(
                "--kind", metavar="KIND", help=t("只看一种：", "One kind only: ") + ", ".join(KIND_WORDS)
            ),
        ] = None,
        about: Annotated[
            str | None,
            typer.Option("--about", metavar="ID", help=t("只看提到此标识的", "Only those that name this id")),
        ] = None,
        json: Json = False,
    ) -> None:
        if kind is not None and kind not in KINDS:
            raise UsageError(
                t(f"没有“{kind}”这种决定；应为 ", f'There is no kind "{kind}"; expected ')
                + ", ".join(KIND_WORDS),
                found=kind,
            )
        with open_truth(begin(), quiet=json) as truth:
            found = [
                d
                for d in truth.store.decisions()
                if (everything or d.undone_at is None)
                and kind in (None, d.kind)
                and (about is None or about.strip() in d.names())
            ]
            names = {} if json else names_of(truth.store, (key for d in found for key in d.names()))
        if json:
            print_json({"decisions": [as_json(d) for d in found]})
            return
        _show(found, names)


def _show(found: list[Decision], names: Mapping[str, str]) -> None:
    if not found:
        console().print(t("没有决定", "There are no decisions"))
        return
    grid = table(
        t(f"{len(found)} 个决定", f"{len(found)} decisions"),
        t("编号", "Number"),
        t("种类", "Kind"),
        t("内容", "What"),
        t("理由", "Reason"),
        t("谁", "Who"),
        t("何时", "When"),
        t("随载入", "By load"),
        t("可见", "Visible to"),
        t("撤销于", "Undone at"),
    )
    for d in found:
        kind, seen = t(*KIND_WORDS[d.kind]), word_of(d.visibility)
        cells = (
            f"d{d.id}",
            kind,
            said(d, names),
            one_language(d.reason),
            d.user,
            d.created_at[:16].replace("T", " "),
            d.load,
            seen,
            d.undone_at,
        )
        grid.add_row(*(cell(one) for one in cells))
    console().print(grid)
