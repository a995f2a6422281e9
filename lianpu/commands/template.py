"""``lianpu template``: the empty workbook that an office fills."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from graph.errors import BadInput
from graph.ontology import load_ontology
from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import LANG, t
from lianpu.options import Json
from lianpu.out import cell, console, print_json
from lianpu.session import open_truth

PANEL = "data"
PLACE = 5
#: Where the workbook is written if no file is named.
DEFAULT = Path(t("链谱填报.xlsx", "lianpu-template.xlsx"))


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "template",
        "写一个空的填报工作簿：下拉、批注、示例行",
        "Write the empty workbook to fill: drop-downs, notes, example rows",
    )
    def template(
        file: Annotated[
            Path,
            typer.Argument(metavar="FILE.xlsx", help=t("写到哪个文件", "File to write"), show_default=True),
        ] = DEFAULT,
        *,
        only: Annotated[
            str | None,
            typer.Option(
                "--for",
                metavar="TABLES",
                help=t(
                    "只要哪些表，逗号隔开，如 项目,企业；「来源」总在",
                    "Only these tables, by commas, e.g. projects,firms; sources is always there",
                ),
            ),
        ] = None,
        every: Annotated[
            bool,
            typer.Option("--all", help=t("全部的表，不只是常填的", "All tables, not only the usual ones")),
        ] = False,
        lang: Annotated[
            Literal["zh", "en"],
            typer.Option("--lang", help=t("工作簿的语言", "Language of the workbook")),
        ] = LANG,
        force: Annotated[
            bool, typer.Option("--force", help=t("已有同名文件也写", "Write over a file of that name"))
        ] = False,
        json: Json = False,
    ) -> None:
        from ingest.template import OFFICE, classes_named, names_of, with_sources, write_template

        _check(file, force=force)
        settings = begin()
        ontology = load_ontology()
        if only is not None:
            classes = classes_named(only.replace("，", ",").replace("、", ",").split(","), ontology)
        elif every:
            classes = [*ontology.entities.values(), *ontology.relations.values()]
        else:
            classes = classes_named(OFFICE, ontology)
        if not classes:
            raise BadInput(t("--for 没有写表名；如 项目,企业", "--for names no table; e.g. projects,firms"))
        classes = with_sources(classes, ontology)
        with open_truth(settings, quiet=json) as truth:
            names = names_of(truth.store.current())
        write_template(file, ontology, names, classes, lang)
        sheets = [cls.table.en if lang == "en" else cls.table.zh for cls in classes]
        if json:
            print_json({"file": str(file), "sheets": sheets})
            return
        listed = t("、", ", ").join(sheets)
        console().print(cell(t(f"已写 {file}：{listed}", f"Wrote {file}: {listed}")))
        console().print(
            cell(
                t(
                    f"填好后先看会改什么：lianpu load {file} --plan-only",
                    f"Fill it, then see what it would change: lianpu load {file} --plan-only",
                )
            )
        )


def _check(file: Path, *, force: bool) -> None:
    if file.suffix.lower() != ".xlsx":
        raise BadInput(
            t(f"{file}：应以 .xlsx 结尾", f"{file}: expected a name that ends in .xlsx"), file=str(file)
        )
    if file.exists() and not force:
        raise BadInput(
            t(
                f"{file}：已有这个文件；换个名字或加 --force",
                f"{file}: the file exists; choose another name or add --force",
            ),
            file=str(file),
        )
    if not file.absolute().parent.is_dir():
        raise BadInput(
            t(f"{file.parent}：没有这个文件夹", f"{file.parent}: there is no such folder"), file=str(file)
        )
