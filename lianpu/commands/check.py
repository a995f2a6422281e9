"""``lianpu check``: the data's own quality, counted and listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.office_time import office_today
from graph.ontology import Ontology, load_ontology
from ingest.identity import REASONS
from lianpu.app import command
from lianpu.begin import begin
from lianpu.checking import check_input
from lianpu.i18n import LANG, t
from lianpu.labels import class_label
from lianpu.options import DatasetName, Force, Json, MappingFile
from lianpu.out import cell, console, print_json, table
from lianpu.progress import working
from lianpu.render.words import STANDINGS
from lianpu.session import open_truth

if TYPE_CHECKING:
    from ingest.check import CheckReport

PANEL = "data"
PLACE = 20


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "check",
        "检查一个文件或文件夹能否载入；不给路径则检查已有数据的质量",
        "Check whether a file or folder can be loaded; without a path, the quality of the data that is there",
    )
    def check(
        what: Annotated[
            str | None,
            typer.Argument(
                metavar="PATH",
                show_default=False,
                help=t(
                    "文件夹、工作簿或 CSV；不写入任何东西", "A folder, workbook or CSV; nothing is written"
                ),
            ),
        ] = None,
        *,
        name: DatasetName = None,
        mapping: MappingFile = None,
        report: Annotated[
            Path | None,
            typer.Option(
                "--report",
                metavar="FILE.xlsx",
                help=t("写一份标出错处的副本", "Write a copy with the faulty cells marked"),
            ),
        ] = None,
        force: Force = False,
        stale_years: Annotated[
            int,
            typer.Option(
                "--stale-years",
                min=1,
                max=100,
                help=t("几年未更新算陈旧", "Years after which a fact counts as old"),
            ),
        ] = 5,
        limit: Annotated[
            int | None,
            typer.Option(
                "--limit",
                min=0,
                max=100_000,
                help=t(
                    "每类最多列几条（默认：表格 5 条，JSON 全部）",
                    "Most items listed of a finding (default: 5, all in JSON)",
                ),
            ),
        ] = None,
        json: Json = False,
    ) -> None:
        settings = begin()
        if what is not None:
            check_input(what, settings, name=name, mapping=mapping, report=report, force=force, json=json)
            return
        from ingest.check import check_data  # brings pandas: not paid for by other commands

        with open_truth(settings, quiet=json) as truth, working(t("检查", "Checking"), quiet=json):
            found = check_data(truth.store, truth.ontology, today=office_today(), stale_years=stale_years)
        if json:
            print_json(found.as_json(limit))
        else:
            _show(found, 5 if limit is None else limit)


def _show(report: CheckReport, limit: int) -> None:
    out = console()
    share = report.share_unverified()
    out.print(t(f"待核实的比例：{share:.1%}", f"Share not yet verified: {share:.1%}") + "\n")
    names = {key: t(*label) for key, label in STANDINGS.items()}
    grades = ("A", "B", "C", "none")
    grid = table(
        t("按类别：核实程度与来源等级", "By class: standing and grade of the best source"),
        t("类别", "Class"),
        *(f"#{label}" for label in names.values()),
        *(f"#{t('无等级', 'no grade') if grade == 'none' else grade}" for grade in grades),
    )
    ontology = load_ontology()
    for cls in sorted(report.standing):
        counts = [report.standing[cls].get(key, 0) for key in names]
        counts += [report.grade.get(cls, {}).get(grade, 0) for grade in grades]
        grid.add_row(_class(cls, ontology), *(str(number) if number else "" for number in counts))
    out.print(grid)
    for finding in report.findings:
        title = f"{t(finding.title_zh, finding.title_en)}: {len(finding.items)}"
        out.print()
        if not finding.items[:limit]:
            out.print(f"[bold]{cell(title)}[/]")
            continue
        grid = table(
            cell(title), t("类别", "Class"), t("名称", "Name"), t("标识", "Id"), t("说明", "Details")
        )
        for item in finding.items[:limit]:
            grid.add_row(*_cells(item, ontology))
        out.print(grid)
        if len(finding.items) > limit:
            more = t("--limit 多列，--json 列出全部", "--limit lists more, --json lists all")
            out.print(f"  [dim]… {limit} / {len(finding.items)}; {more}[/]")


def _class(name: str, ontology: Ontology) -> str:
    return cell(class_label(name, ontology))


def _cells(item: dict[str, object], ontology: Ontology) -> tuple[str, str, str, str]:
    """Class, name, id and what else a finding tells of one item."""
    key = str(item.get("id", ""))
    cls = str(item.get("cls") or (ontology.entity_of_id(key).name if "/" in key else ""))
    return (
        cell(class_label(cls, ontology)),
        cell(item.get("caption")),
        cell(key),
        cell(_details(item, cls, ontology)),
    )


def _details(item: dict[str, object], cls: str, ontology: Ontology) -> str:
    told: list[str] = []
    if seen := item.get("seen_last"):
        told.append(f"{t('最后见于', 'last seen')} {seen}")
    if other := item.get("other"):
        told.append(f"{t('与', 'and')} {item.get('other_caption')} {other}")
    if prop := item.get("property"):
        told.append(_label(str(prop), cls, ontology))
    values = item.get("values")
    if isinstance(values, dict):
        told.append(" ≠ ".join(str(v) for v in (values.values() if "property" not in item else values)))
    reasons = item.get("reasons")
    for reason in reasons if isinstance(reasons, list) else []:
        kind, _, text = str(reason).partition(": ")
        told.append(f"{t(*REASONS[kind]) if kind in REASONS else kind}: {text}")
    return "; ".join(told)


def _label(prop: str, cls: str, ontology: Ontology) -> str:
    """Label of a property; without a class (a relation's finding names none), of any class that has it."""
    known = ontology.entities.get(cls) or ontology.relations.get(cls)
    for one in [known] if known else ontology.relations.values():
        if prop in one.properties:
            return one.properties[prop].label.text(LANG)
    return prop
