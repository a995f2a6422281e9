"""``lianpu map``: a draft mapping of a table, guessed from its headings and values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import UsageError
from lianpu.app import command
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table

if TYPE_CHECKING:
    from ingest.mapping.draft import Draft

PANEL = "data"
PLACE = 12
#: Meaning of a column → words for a person.
MEANINGS = {
    "uscc": ("统一社会信用代码", "credit code"),
    "stock_code": ("证券代码", "stock code"),
    "name": ("企业名称", "firm's name"),
    "short_name": ("简称", "short name"),
    "name_en": ("英文名", "English name"),
    "aliases": ("别名", "aliases"),
    "former_names": ("曾用名", "former names"),
    "founded": ("成立日期", "founded"),
    "status": ("登记状态", "status"),
    "products": ("产品", "products"),
    "place": ("地区", "place"),
    "park": ("园区", "park"),
    "address": ("地址", "address"),
    "capital": ("注册资本", "registered capital"),
    "scope": ("经营范围", "business scope"),
    "note": ("备注", "note"),
    "supplier": ("供应商", "supplier"),
    "customer": ("客户", "customer"),
    "parent": ("母公司", "parent firm"),
    "owner": ("股东", "owner"),
    "person": ("个人信息", "personal data"),
}
#: Shape of a column's values → words for a person.
SHAPES = {
    "uscc": MEANINGS["uscc"],
    "stock_code": MEANINGS["stock_code"],
    "place_code": ("区划代码", "division code"),
    "date": ("日期", "date"),
    "url": ("网址", "web address"),
    "firm": ("企业名称", "firm's name"),
    "address": MEANINGS["address"],
    "place": MEANINGS["place"],
    "money": ("金额", "amount of money"),
    "quantity": ("数量", "quantity"),
    "number": ("数字", "number"),
    "status": MEANINGS["status"],
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "map",
        "看一个文件的列名和数据，起草把它读成企业的映射（YAML）",
        "Look at the headings and values of a file and draft a mapping (YAML) that reads it as firms",
    )
    def map_(
        file: Annotated[
            Path,
            typer.Argument(
                metavar="FILE",
                show_default=False,
                help=t("CSV、xlsx 或 JSON-lines", "CSV, xlsx or JSON-lines"),
            ),
        ],
        out: Annotated[
            Path | None,
            typer.Option(
                "-o", "--out", metavar="YML", help=t("草稿写到这个新文件", "Write the draft to this new file")
            ),
        ] = None,
        sheet: Annotated[
            str | None,
            typer.Option("--sheet", help=t("哪个工作表（默认第一个）", "Which sheet (default: the first)")),
        ] = None,
        json: Json = False,
    ) -> None:
        from ingest.mapping.draft import draft_mapping

        draft = draft_mapping(file, sheet)
        if out is not None:
            _write(out, draft.text)
        if json:
            print_json(draft.as_json())
            return
        _show(draft)
        if out is None:
            console().print("\n" + cell(draft.text), end="")
        else:
            console(err=True).print(
                t(f"草稿在 {out}；核对后再用", f"The draft is in {out}; check it before use")
            )


def _write(out: Path, text: str) -> None:
    try:
        with out.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError as error:
        raise UsageError(
            f"{out}：已有这个文件，没有改动它；另起名字 · "
            f"{out}: this file exists and was left alone; give another name"
        ) from error


def _show(draft: Draft) -> None:
    grid = table(
        t(f"{draft.file}：看了 {draft.rows} 行", f"{draft.file}: {draft.rows} rows looked at"),
        t("列", "Column"),
        t("看来是", "Seems to be"),
        "#" + t("把握", "Confidence"),
        "#" + t("有值", "Filled"),
        t("例", "Examples"),
    )
    for guess in draft.guesses:
        words = t(*MEANINGS[guess.meaning]) if guess.meaning else "?"
        if not guess.meaning and guess.shape:
            words = f"? ({t(*SHAPES[guess.shape])})"
        sure = f"{guess.confidence:.2f}" if guess.meaning else ""
        examples = t("、", ", ").join(text[:20] for text in guess.samples)
        grid.add_row(cell(guess.column), words, sure, f"{guess.filled:.0%}", cell(examples))
    console().print(grid)
