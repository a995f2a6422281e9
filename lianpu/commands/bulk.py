"""``lianpu bulk``: the graph as files for Neo4j's own import, the quick way to fill or refill a Neo4j."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from graph.apply import form_of
from graph.bulk import BulkFiles, import_command, import_steps, write_bulk
from graph.errors import Busy
from graph.members import Member, projected
from graph.store_meta import MetaState
from graph.truth import TruthStore, View
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json, NoInput
from lianpu.out import cell, console, print_json, table
from lianpu.progress import progress_bar
from lianpu.session import Truth, open_truth

PANEL = "data"
PLACE = 45


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "bulk",
        "把整个图谱写成 neo4j-admin 的导入文件，并说明怎样导入（大图首次装入或重建时用）",
        "Write the whole graph as files for neo4j-admin's import, and tell how to import them",
    )
    def run(
        out: Annotated[
            Path,
            typer.Argument(
                metavar="OUT_DIR",
                show_default=False,
                help=t(
                    "要新建的文件夹（已有的须是空的）", "The folder to make; one that exists must be empty"
                ),
            ),
        ],
        *,
        seen_as: Annotated[
            Path | None,
            typer.Option(
                "--seen-as",
                metavar="DIR",
                help=t(
                    "这个文件夹在 Neo4j 那台机器上的路径（要拷过去时写）",
                    "That folder's path on Neo4j's machine, if the files are copied there",
                ),
            ),
        ] = None,
        json: Json = False,
        no_input: NoInput = False,
    ) -> None:
        settings = begin()
        quiet = json or no_input
        with open_truth(settings, quiet=quiet) as truth:
            files, stamp = _write(truth, out, seen_as, quiet=quiet)
        _tell(files, seen_as or files.folder, settings.neo4j_database, stamp.revision, json=json)


def _write(truth: Truth, out: Path, seen_as: Path | None, *, quiet: bool) -> tuple[BulkFiles, MetaState]:
    store, ontology = truth.store, truth.ontology
    revision, token = mark = store.mark
    stamp = MetaState(store.store_id, revision, "imported", form_of(ontology), token)
    with store.looking() as db, progress_bar(t("写导入文件", "Writing files"), quiet=quiet) as bar:
        view = View(db, decisions=store.decisions())
        total = 0 if bar is None else view.count()
        files = write_bulk(
            _unchanged(projected(view, ontology), store, mark),
            out,
            stamp,
            progress=None if bar is None else lambda done: bar(min(done, total), total),
            seen_as=seen_as,
        )
    return files, stamp


def _unchanged(members: Iterable[Member], store: TruthStore, mark: tuple[int, str]) -> Iterator[Member]:
    """``members``; at their end the facts must still be those that the stamp names."""
    yield from members
    if store.mark != mark:
        raise Busy(
            "写文件时事实库被改了；再运行一次 · The facts were changed meanwhile; run this again",
            found=store.mark[0],
            expected=mark[0],
        )


def _tell(files: BulkFiles, where: Path, database: str, revision: int, *, json: bool) -> None:
    where = Path(PurePosixPath(where))
    steps = import_steps(where, database)
    if json:
        print_json(
            {
                "folder": str(files.folder),
                "revision": revision,
                "nodes": files.nodes,
                "relations": files.relations,
                "bytes": files.size,
                "command": import_command(where, database),
                "steps": [{"zh": s.zh, "en": s.en, "command": s.command} for s in steps],
            }
        )
        return
    to = console()
    grid = table("", t("写了什么", "Written"), "#" + t("条数", "Count"))
    grid.add_row(t("实体", "Entities"), str(sum(files.nodes.values())))
    grid.add_row(t("关系", "Relations"), str(sum(files.relations.values())))
    grid.add_row("MB", f"{files.size / 1e6:.1f}")
    to.print(grid)
    to.print(cell(str(files.folder)))
    to.print(t("接下来：", "Next:"))
    for number, step in enumerate(steps, start=1):
        to.print(f"{number}. {cell(t(step.zh, step.en))}")
        to.print(f"     [bold]{cell(step.command)}[/]")
    note = t(
        "这些文件里有全部事实（也有内部的）：导入后删掉。",
        "The files hold all facts, internal ones too: delete them after the import.",
    )
    to.print(f"[dim]{cell(note)}[/]")
