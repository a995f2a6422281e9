"""``lianpu check``: the data's own quality, counted and listed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from lianpu.app import command
from lianpu.begin import begin
from lianpu.i18n import t
from lianpu.options import Json
from lianpu.out import cell, console, print_json, table
from lianpu.session import open_truth

if TYPE_CHECKING:
    from ingest.check import CheckReport

PANEL = "data"
PLACE = 20
_STANDINGS = {
    "verified": ("已核实", "verified"),
    "unverified": ("待核实", "unverified"),
    "candidate": ("候选", "candidate"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "check",
        "检查数据自身的质量：核实程度、来源等级、缺来源、疑似重复、矛盾、陈旧",
        "Check the data's own quality: standing, grades, missing sources, duplicates, contradictions, age",
    )
    def check(
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
        from ingest.check import check_data  # brings pandas: not paid for by other commands

        with open_truth(begin()) as truth:
            report = check_data(truth.store, truth.ontology, today=date.today(), stale_years=stale_years)
        if json:
            print_json(report.as_json(limit))
        else:
            _show(report, 5 if limit is None else limit)


def _show(report: CheckReport, limit: int) -> None:
    out = console()
    share = report.share_unverified()
    out.print(t(f"待核实的比例：{share:.1%}", f"Share not yet verified: {share:.1%}") + "\n")
    names = {key: t(*label) for key, label in _STANDINGS.items()}
    grades = ("A", "B", "C", "none")
    grid = table(
        t("按类别：核实程度与来源等级", "By class: standing and grade of the best source"),
        t("类别", "Class"),
        *(f"#{label}" for label in names.values()),
        *(f"#{t('无等级', 'no grade') if grade == 'none' else grade}" for grade in grades),
    )
    for cls in sorted(report.standing):
        counts = [report.standing[cls].get(key, 0) for key in names]
        counts += [report.grade.get(cls, {}).get(grade, 0) for grade in grades]
        grid.add_row(cls, *(str(number) if number else "" for number in counts))
    out.print(grid)
    for finding in report.findings:
        title = t(finding.title_zh, finding.title_en)
        out.print(f"\n[bold]{cell(title)}[/]: {len(finding.items)}")
        for item in finding.items[:limit]:
            parts = "; ".join(f"{key}={value}" for key, value in item.items() if value not in (None, "", []))
            out.print(f"  {cell(parts)}")
        if len(finding.items) > limit:
            out.print(f"  [dim]… {t('更多见', 'more with')} --limit / --json[/]")
