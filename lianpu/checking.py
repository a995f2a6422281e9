"""Checking something to load without loading it."""

from __future__ import annotations

from pathlib import Path

import typer

from graph.errors import BadInput
from ingest.load import LoadPlan
from lianpu.coverage_age import with_old_coverages
from lianpu.i18n import t
from lianpu.loading import planned_load
from lianpu.out import cell, console, print_json
from lianpu.outfile import check_target, written
from lianpu.render.load import show_load
from lianpu.session import open_truth
from lianpu.settings import Settings


def check_input(
    what: str,
    settings: Settings,
    *,
    name: str | None,
    mapping: Path | None,
    report: Path | None,
    force: bool,
    json: bool,
) -> None:
    """Print what is wrong in ``what`` and what loading it would change; exit 1 where something is wrong.

    ``report``: a workbook to write, a copy with the faulty cells marked; ``force`` replaces one that is
    there.
    """
    if report is not None:
        never = [Path(what).expanduser(), settings.home]
        check_target(report, option="--report", force=force, never=never)
    with open_truth(settings, quiet=json) as truth:
        plan = planned_load(what, truth.store, truth.ontology, name=name, mapping=mapping, quiet=json)
        plan = with_old_coverages(plan, truth.store, truth.ontology, settings)
    if report is not None and plan.faults:
        _write_copy(Path(what).expanduser(), plan, report)
    if json:
        copy = str(report) if report is not None and plan.faults else None
        print_json({**plan.as_json(), "report": copy})
    else:
        show_load(plan, report)
        if report is not None and not plan.faults:
            console().print(t("没有错处，没有写副本", "No faults: no copy was written"))
        if not plan.refused:
            _tell_next(plan)
    if plan.refused:
        raise typer.Exit(BadInput.exit_code)


def _write_copy(source: Path, plan: LoadPlan, report: Path) -> None:
    from ingest.workbook_report import write_marked_copy  # brings openpyxl, as few commands need it

    with written(report) as part:
        write_marked_copy(source, plan.faults, part)


def _tell_next(plan: LoadPlan) -> None:
    call = plan.input.call("load")
    told = t(
        f"可以载入；检查不写入任何东西。载入：{call}",
        f"It can be loaded; the check has written nothing. To load it: {call}",
    )
    console().print(cell(told))
