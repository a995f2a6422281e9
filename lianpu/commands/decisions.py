"""``lianpu decisions``: what people, and loads for them, settled: merges, corrections, suppressions."""

from __future__ import annotations

import json as jsons
from typing import Annotated, Any

import typer

from graph.decisions import KINDS, Decision
from graph.errors import UsageError
from graph.truth import VISIBILITIES
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.session import open_truth
from lianpu.visibility import word_of

PANEL = "data"
PLACE = 33
_KIND = {
    "merge": ("合并", "merge"),
    "correct": ("更正", "correct"),
    "suppress": ("不显示", "suppress"),
    "distinct": ("不同", "distinct"),
}


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
            typer.Option("--kind", metavar="KIND", help=t("只看一种：", "One kind only: ") + ", ".join(_KIND)),
        ] = None,
        about: Annotated[
            str | None,
            typer.Option("--about", metavar="ID", help=t("只看提到此标识的", "Only those that name this id")),
        ] = None,
        json: Json = False,
    ) -> None:
        if kind is not None and kind not in KINDS:
            raise UsageError(
                t(f"没有“{kind}”这种决定；应为 ", f'There is no kind "{kind}"; expected ') + ", ".join(_KIND),
                found=kind,
            )
        with open_truth(begin(), quiet=json) as truth:
            found = [
                d
                for d in truth.store.decisions()
                if (everything or d.undone_at is None)
                and kind in (None, d.kind)
                and (about is None or about in (d.payload.get(p) for p in ("keep", "retire", "key", "a", "b")))
            ]
        if json:
            print_json({"decisions": [as_json(d) for d in found]})
            return
        _show(found)


def as_json(d: Decision) -> dict[str, Any]:
    """A decision, JSON-ready."""
    return {
        "id": f"d{d.id}",
        "kind": d.kind,
        "payload": d.payload,
        "reason": d.reason,
        "user": d.user,
        "at": d.created_at,
        "load": d.load,
        "visibility": VISIBILITIES[d.visibility],
        "undone_at": d.undone_at,
        "undone_by": d.undone_by,
    }


def said(d: Decision) -> str:
    """What a decision settles, in a line."""
    p = d.payload
    if d.kind == "merge":
        return f"{p['retire']} → {p['keep']}"
    if d.kind == "distinct":
        return f"{p['a']} ≠ {p['b']}"
    where = f"{p['key']} {p['property']}" if "property" in p else str(p["key"])
    return f"{where} = {jsons.dumps(p['value'], ensure_ascii=False)}" if d.kind == "correct" else where


def _show(found: list[Decision]) -> None:
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
        kind, seen = t(*_KIND[d.kind]), word_of(d.visibility)
        cells = (f"d{d.id}", kind, said(d), d.reason, d.user, d.created_at[:16], d.load, seen, d.undone_at)
        grid.add_row(*(cell(one) for one in cells))
    console().print(grid)
