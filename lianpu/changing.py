"""Doing something to the facts, and bringing the graph after: planned, shown, asked, done, as one writer."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import typer

from graph.changes import planned
from graph.errors import BadInput
from graph.planned import Planned
from graph.planning import Change
from graph.truth import Scratch
from lianpu.i18n import t
from lianpu.interrupts import GivenUpError, in_background, interruptible
from lianpu.out import cell, console, table
from lianpu.session import Session, bring_up, writing

T = TypeVar("T")
#: Nameless entities told one by one; ``--json`` has more.
_STUBS = 10
#: What is done to the graph, in Chinese and English.
ACTION_WORDS = {"added": ("新增", "added"), "changed": ("修改", "changed"), "removed": ("移除", "removed")}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a change is made: shown only, without asking, without anything but the result on the screen."""

    plan_only: bool = False
    yes: bool = False
    quiet: bool = False


async def carry_out(
    session: Session,
    title: str,
    change: Callable[[], Change],
    act: Callable[[Planned], T],
    manner: Manner,
) -> tuple[Planned, T | None]:
    """Plan ``change``, show it, ask, ``act``, and write the graph; all under the writers' lock.

    Returns what was planned, and what ``act`` gave (``None`` where only the plan was wanted).

    Raises
    ------
    BadInput
        Something would be removed and nobody can be asked.
    """
    async with writing(session, title):
        with session.truth.scratch() as scratch:
            plan = await _planned(session, scratch, change())
            if manner.plan_only:
                return plan, None
            confirm(plan, title, manner)
            done = act(plan)
            await bring_up(session, title, plan=plan, scratch=scratch, quiet=manner.quiet)
            return plan, done


async def _planned(session: Session, scratch: Scratch, change: Change) -> Planned:
    """The plan of ``change``, made in a thread, which is given up where Ctrl-C is pressed."""

    def work(stop: threading.Event) -> Planned:
        def report(_done: int, _total: int) -> None:
            if stop.is_set():
                raise GivenUpError

        return planned(session.truth, scratch, change, session.ontology, report)

    return await in_background(work)


def confirm(plan: Planned, title: str, manner: Manner, *, shown: bool = False) -> None:
    """Ask whether to go on, where something changes and somebody is there; ``shown``: it was shown."""
    if manner.yes or not len(plan):
        return
    if sys.stdin.isatty() and not manner.quiet:
        if not shown:
            show_changes(plan, title)
        with interruptible():
            go_on = typer.confirm(t("继续吗？", "Go on?"), err=True)
        if not go_on:
            console(err=True).print(t("没有改动任何东西", "Nothing was changed"))
            raise typer.Exit(BadInput.exit_code)
        return
    if removed := plan.counts["removed"]:
        raise BadInput(
            t(
                f"{title} 会移除{counted(*plan.parted('removed'))}；先用 --plan-only 看，确定后加 --yes",
                f"{title} would remove{counted(*plan.parted('removed'))}; look with --plan-only, "
                "then add --yes",
            ),
            removed=removed,
        )


def show_changes(plan: Planned, title: str) -> None:
    """A table of what comes, changes and goes."""
    grid = table(
        title, t("变化", "Change"), "#" + t("实体", "Entities"), "#" + t("关系", "Relations"),
        t("例", "For example"),
    )  # fmt: skip
    for action, words in ACTION_WORDS.items():
        some = [plan.captions[key] for key in plan.keys[action] if key in plan.captions]
        grid.add_row(t(*words), *map(str, plan.parted(action)), cell(some))
    console().print(grid)
    show_stubs(plan)


def effect_of(plan: Planned) -> str:
    """What comes, changes and goes, entities and relations apart, in one line."""
    told = [f"{t(*words)}{counted(*plan.parted(a))}" for a, words in ACTION_WORDS.items()]
    return t("图谱：", "Graph: ") + t("；", "; ").join(told)


def counted(entities: int, relations: int) -> str:
    """So many entities and relations, in words; those of which there is none are not named."""
    things = [t(f"{entities} 个实体", _many(entities, "entity", "entities"))] if entities else []
    things += [t(f"{relations} 条关系", _many(relations, "relation", "relations"))] if relations else []
    return " " + t("、", ", ").join(things) if things else t("：无", " nothing")


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def show_stubs(plan: Planned) -> None:
    """On stderr: entities that would be left without a name, since other datasets name them still."""
    if not plan.stubs:
        return
    head = t(
        f"{len(plan.stubs)} 个条目将只剩标识，没有名称：别的数据集的关系还指向它们",
        f"left with an id and no name, since relations of other datasets name them: {len(plan.stubs)}",
    )
    out = console(err=True)
    out.print(f"[yellow]{t('注意', 'Note')}[/]: {head}")
    for one in plan.stubs[:_STUBS]:
        out.print(f"  {cell(one.caption)} {cell(one.id)} ← {cell(one.named_by)}")
