"""``lianpu show-load``: one load whole: what it brought and took away, its merges, if it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any

import typer

from graph.changes import brought
from graph.decisions import Decision
from graph.described import described
from graph.errors import BadInput
from graph.ontology import Ontology
from graph.planning import plan_change
from graph.truth import View
from graph.truth.loads import no_load, to_undo
from ingest.identify import answered_merges
from lianpu.app import command
from lianpu.begin import begin
from lianpu.changing import ACTION_WORDS, counted
from lianpu.commands.loads import kind_of, versions_of
from lianpu.i18n import one_language, t
from lianpu.labels import class_label
from lianpu.names import both, names_of
from lianpu.options import Json, Limit
from lianpu.out import cell, console, detail_of, print_json, table
from lianpu.session import Truth, open_truth

PANEL = "data"
PLACE = 31
_FEW = 20


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "show-load",
        "一次载入的全部：带来、改了、移走什么，合并了哪些企业，能不能撤销",
        "One load whole: what it brought, changed and removed, which firms it merged, whether it can be "
        "undone",
    )
    def show_load(
        number: Annotated[
            int,
            typer.Argument(
                metavar="N", show_default=False, help=t("lianpu loads 里的编号", "A load's number")
            ),
        ],
        limit: Limit = None,
        json: Json = False,
    ) -> None:
        with open_truth(begin(), quiet=json) as truth:
            told = _told(truth, number, limit or _FEW)
        if json:
            print_json(told)
        else:
            _show(told, truth.ontology)


def _told(truth: Truth, number: int, limit: int) -> dict[str, Any]:
    store = truth.store
    one = next((x for x in store.loads() if x.id == number), None)
    if one is None:
        raise no_load(number)
    change = brought(store, one)
    with store.scratch() as scratch, store.looking(scratch) as db:
        plan = plan_change(db, change, truth.ontology)
        named = described(db, change, truth.ontology, limit)
        try:
            to_undo(db, number)
            why_not = None
        except BadInput as error:
            why_not = detail_of(error)
        stated = View(db, versions={one.dataset: one.after})
        answered = answered_merges(stated, one.dataset, store.decisions())
    merges = [d for d in store.decisions() if d.load == number and d.kind == "merge"]
    ids = (str(d.payload[end]) for d in (*merges, *answered) for end in ("retire", "keep"))
    return {
        "load": asdict(one),
        "kind": kind_of(one),
        "versions": versions_of(one),
        "counts": plan.counts,
        "relations": plan.relations,
        **{action: [asdict(member) for member in some] for action, some in named.items()},
        "merges": [_merge(d) for d in merges],
        "merged_by_answers": [_merge(d) for d in answered],
        "names": names_of(store, ids),
        "can_be_undone": why_not is None,
        "why_not": why_not,
    }


def _merge(d: Decision) -> dict[str, Any]:
    return {"id": f"d{d.id}", **d.payload, "reason": d.reason, "undone": d.undone_at is not None}


def _show(told: dict[str, Any], ontology: Ontology) -> None:
    one, out = told["load"], console()
    out.print(
        cell(
            t(f"第 {one['id']} 条：{told['kind']}，数据集 {one['dataset']}，版本 {told['versions']}",
              f"Entry {one['id']}: {told['kind']}, dataset {one['dataset']}, version {told['versions']}")
        )
    )  # fmt: skip
    out.print(cell(f"{one['at']}  {one['user']}  {one['origin']}"))
    for action, words in ACTION_WORDS.items():
        some, count = told[action], told["counts"][action]
        if not count:
            continue
        relations = told["relations"][action]
        title = f"{t(*words)}{counted(count - relations, relations)}" + (
            t(f"，前 {len(some)} 条", f", the first {len(some)}") if count > len(some) else ""
        )
        grid = table(title, t("类", "Class"), t("名称", "Caption"), t("标识", "Id"))
        for member in some:
            label = class_label(member["cls"], ontology)
            grid.add_row(cell(label), cell(member["caption"]), cell(member["key"]))
        out.print(grid)
    _show_merges(t("随它合并的", "Merges it made"), told["merges"], told["names"])
    _show_merges(t("按您的回答合并", "Merged by your answers"), told["merged_by_answers"], told["names"])
    if told["can_be_undone"]:
        out.print(t(f"可以撤销：lianpu undo {one['id']}", f"It can be undone: lianpu undo {one['id']}"))
    else:
        out.print(t("不能撤销：", "It cannot be undone: ") + cell(told["why_not"]))


def _show_merges(title: str, merges: list[dict[str, Any]], names: Mapping[str, str]) -> None:
    if not merges:
        return
    grid = table(title, "#", t("并入", "Merge"), t("理由", "Reason"), t("已撤销", "Undone"))
    for m in merges:
        what = f"{both(m['retire'], names)} → {both(m['keep'], names)}"
        grid.add_row(m["id"], cell(what), cell(one_language(m["reason"])), cell(m["undone"]))
    console().print(grid)
