"""A target that was signed becomes a project: a row of a dataset of its level, loaded as any other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from graph.decisions import Decision
from graph.errors import BadInput, LianpuError
from graph.facts import Assertion
from graph.gaps.gap_ids import ends_of
from graph.office_time import office_day
from graph.targets import STATUSES, Book, Step, Target
from graph.targets.entry import SIGNED, Entry, read_by
from graph.truth import VISIBILITIES, VISIBILITIES_ZH, TruthStore, View
from graph.truth import schema as stored
from ingest.faults import refuse
from ingest.inputs import Input
from ingest.load import LoadPlan, commit_load, plan_input
from lianpu.changing import Manner, carry_out, confirm
from lianpu.doing import check_level
from lianpu.i18n import t
from lianpu.interrupts import in_background
from lianpu.resolve import resolve
from lianpu.session import Session, bring_up, writing
from lianpu.targeting import see_all_shown, target_job

#: The datasets of projects made from targets, by level, what they are called, and where they come from.
#: One for each level, so that none is seen by more, or by fewer, than its target is. (Those that were made
#: when there was only one are in ``targets``, and stay there.)
DATASETS: Final = tuple(f"targets-{word}" for word in VISIBILITIES)
TITLE: Final = "招商目标转项目"
ORIGIN: Final = "lianpu target --make-project"
_OWN: Final = ("name", "status", "status_date", "contract_capital", "paid_in")
#: Relation classes as columns, and whether the project is their source.
_LINKS: Final = {"BUILDS": ("firms", False), "FILLS": ("segments", True), "LOCATED_IN": ("place", True),
                 "IN_PARK": ("park", True)}  # fmt: skip
_COLUMNS: Final = ("id", *_OWN, *(name for name, _ in _LINKS.values()), "standing", "seen_at", "note")
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class MadeProject:
    """What came of it: the project's id; load and decision where they were made.

    ``plan`` is that of the load; ``None`` where the project was there already and needs the link alone.
    """

    plan: LoadPlan | None
    project: str
    load: int | None = None
    decision: str | None = None


async def make_project(
    session: Session,
    pair: tuple[str, str],
    *,
    name: str | None,
    reason: str,
    level: int,
    manner: Manner,
    version: str | None = None,
    by: str = "",
) -> MadeProject:
    """Make a project of the target of a firm and a gap, and link it in the entry.

    Parameters
    ----------
    pair : firm (id or name) and gap (id). name : of the project; else firm, link and place.
    level : from which on project and decision are seen; never lower than that of the target.
    version : the decision that the caller has seen; if it is no longer the last, nothing is done.
    by : whom the caller names as 经办人.

    Raises
    ------
    BadInput
        The target is not signed, has a project already; or the dataset of its level is shown to others than
        those of that level, or holds what is not from here.
    ChangedMeanwhile
        Somebody else has changed the target.
    NotFound
        There is no such target, or its firm, segment or place is no longer recorded.
    NotAllShown
        The target has a later state above the clearance.

    An error after the load names the load. The next try then finds the project and makes the link alone.
    """
    truth = session.truth
    check_level(level, truth)
    by = read_by(by)
    firm = await resolve(session, pair[0], cls="Firm")
    key = Entry(firm=firm, gap=pair[1]).key
    title = t(f"招商目标 {key} 转为项目", f"Make a project of target {key}")
    async with writing(session, title):
        see_all_shown(truth, key)
        decisions = truth.decisions()
        book = Book(decisions)
        target = book.named(key)
        book.see_unchanged(key, version)
        _check(target)
        row = await _row(session, target, name)
        level = max(level, _level(target, decisions))
        plan = None
        if not truth.assertions_of(row["id"]):
            plan = await _plan(session, row, level)
        load = None if plan is None else await _load(session, plan, title, level, manner)
        if manner.plan_only:
            return MadeProject(plan, row["id"])
        why = reason or t("签约，转为项目", "signed, made a project")
        if load is not None:
            why += t(f"（第 {load} 次载入）", f" (load {load})")
        linked: dict[str, str | None] = {"project": row["id"]}
        with _naming(load):
            job = await target_job(
                session, (firm, pair[1]), linked, version=target.version, reason=why, by=by, level=level
            )
            link = Manner(yes=True, quiet=manner.quiet)
            _, told = await carry_out(session, job.title, job.change, job.act, link)
    return MadeProject(plan, row["id"], load, None if told is None else str(told["decision"]))


async def _plan(session: Session, row: Cells, level: int) -> LoadPlan:
    """The plan of loading the row with the earlier ones of its level."""
    truth, dataset = session.truth, DATASETS[level]
    for one in truth.datasets():
        if one["id"] == dataset and one["visibility"] != VISIBILITIES[level]:
            raise BadInput(
                f"数据集 {dataset} 的可见范围是 {one['visibility']}，应为 {VISIBILITIES[level]}；"
                f"先 lianpu visibility {dataset} {VISIBILITIES[level]} · "
                f"the dataset {dataset} is {one['visibility']}; expected {VISIBILITIES[level]}; "
                f"first: lianpu visibility {dataset} {VISIBILITIES[level]}",
                found=one["visibility"],
                expected=VISIBILITIES[level],
            )
    with TemporaryDirectory() as folder:
        rows = [*earlier(truth, dataset), row]
        title = f"{TITLE}（{VISIBILITIES_ZH[level]}）"
        source = Input(_written(Path(folder), rows), dataset, title, ORIGIN)
        return await in_background(lambda _: plan_input(source, truth, session.ontology))


async def _load(session: Session, plan: LoadPlan, title: str, level: int, manner: Manner) -> int | None:
    """Do what was planned, unless that is all that is wanted; the number of the load."""
    with plan.scratch:
        if plan.refused:
            refuse(plan.faults, plan.input.origin, plan.staged.fault_count)
        if manner.plan_only:
            return None
        confirm(plan.changes, title, manner)
        done = commit_load(plan, session.truth, visibility=level)
        with _naming(done.load):
            await bring_up(session, title, plan=plan.changes, scratch=plan.scratch, quiet=manner.quiet)
    return done.load


@contextmanager
def _naming(load: int | None) -> Iterator[None]:
    """What goes wrong in the block, with the load that was made before it."""
    try:
        yield
    except LianpuError as error:
        if load is not None and "load" not in error.extra:
            error.detail += (
                f"\n项目已由第 {load} 次载入写入，目标里还没有记：再转一次即补记，或 lianpu undo {load} · "
                f"the project was written by load {load}, but the target does not name it yet: make it again "
                f"to link it, or take it back: lianpu undo {load}"
            )
            error.extra["load"] = load
        raise


def _level(target: Target, decisions: Iterable[Decision]) -> int:
    """The level of what the project is made from: of the decision that holds, and of the one that signed."""
    told = {target.version, _signed(target).decision}
    return max(one.visibility for one in decisions if f"d{one.id}" in told)


def _signed(target: Target) -> Step:
    """The step that signed it."""
    steps = (one for one in target.history if not one.undone and "status" in one.changed)
    return next(one for one in steps if one.changed["status"][1] in SIGNED)


def _check(target: Target) -> None:
    entry = target.entry
    if entry.status not in SIGNED:
        found, first = STATUSES[entry.status], STATUSES["signed"]
        raise BadInput(
            f"{target.key} 的状态是{found.zh}，到{first.zh}才转为项目：先改状态 · "
            f"{target.key} is {found.en}; it becomes a project when it is {first.en}: change that first",
            found=entry.status,
            expected=list(SIGNED),
        )
    if entry.project is not None:
        raise BadInput(
            f"{target.key} 已有项目 {entry.project} · {target.key} has a project: {entry.project}",
            found=entry.project,
        )


async def _row(session: Session, target: Target, name: str | None) -> Cells:
    """The row of the target's project; the day is that of the decision that signed it."""
    entry = target.entry
    segment, place = ends_of(entry.gap)
    nodes = [await session.repository.node(key) for key in (entry.firm, segment, place)]
    signed = _signed(target)
    day = office_day(signed.at)
    park = entry.park or (place if place.startswith("park/") else "")
    note = f"由招商目标 {target.key} 转来，签约见决定 {signed.decision}，转时台账为 {target.version}"
    return {
        "id": "project/target/" + target.key.replace("~", "/").replace("@", "/"),
        "name": name or f"{nodes[0].caption}{nodes[1].caption}项目（{nodes[2].caption}）",
        "status": "signed",
        "status_date": day,
        "contract_capital": entry.contracted or "",
        "paid_in": entry.arrived or "",
        "firms": entry.firm,
        "segments": segment,
        "place": place if place.startswith("place/") else "",
        "park": park,
        "standing": "unverified",
        "seen_at": day,
        "note": note,
    }


def earlier(truth: TruthStore, dataset: str) -> list[Cells]:
    """The rows that a dataset holds, as they were written.

    Raises ``BadInput`` where it holds something that was not written from here.
    """
    with truth.looking() as db:
        held = list(View(db).where(stored.assertion.c.dataset == dataset))
    rows = {one.key: _cells(one) for one in held if one.cls == "Project"}
    for one in held:
        if one.cls == "Project":
            continue
        column, leaves = _LINKS.get(one.cls, ("", True))
        project, other = (one.source, one.target) if leaves else (one.target, one.source)
        if not column or project not in rows:
            raise _foreign(one)
        cells = rows[project]
        cells[column] = "|".join(filter(None, (cells.get(column), other)))
    return list(rows.values())


def _cells(one: Assertion) -> Cells:
    if not set(one.props) <= set(_OWN) or one.sources:
        raise _foreign(one)
    texts = {name: _text(value) for name, value in one.props.items()}
    common = {"standing": one.standing, "seen_at": one.seen_at or "", "note": one.note or ""}
    return {"id": one.key, **texts, **common}


def _text(value: Any) -> str:
    return str(value["given"]) if isinstance(value, Mapping) else str(value)


def _foreign(one: Assertion) -> BadInput:
    return BadInput(
        f"数据集 {one.dataset} 里有不是由招商目标转来的内容（{one.key}）；把它改用别的名字载入 · "
        f"The dataset {one.dataset} holds what is not from here ({one.key}); load that by another name",
        found=one.key,
    )


def _written(folder: Path, rows: Iterable[Cells]) -> Path:
    with (folder / "projects.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder
