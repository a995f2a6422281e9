"""A target that was signed becomes a project: a row of the dataset ``targets``, loaded as any other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from graph.errors import BadInput
from graph.facts import Assertion
from graph.gaps.gap_ids import ends_of
from graph.office_time import office_day
from graph.targets import STATUSES, Book, Target
from graph.targets.entry import SIGNED, Entry, read_by
from graph.truth import TruthStore, View
from graph.truth import schema as stored
from ingest.inputs import Input
from ingest.load import LoadPlan, commit_load, plan_input
from lianpu.changing import Manner, carry_out, confirm
from lianpu.doing import check_level
from lianpu.i18n import t
from lianpu.interrupts import in_background
from lianpu.resolve import resolve
from lianpu.session import Session, bring_up, writing
from lianpu.targeting import target_job

#: The dataset of projects made from targets, what it is called, and where it says that it comes from.
DATASET: Final = "targets"
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
    """What came of it: the plan of the load, the project's id; load and decision where they were made."""

    plan: LoadPlan
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
    level : from which on the dataset (where it is new) and the decision are seen.
    version : the decision that the caller has seen; if it is no longer the last, nothing is done.
    by : whom the caller names as 经办人.

    Raises
    ------
    BadInput
        The target is not signed, has a project already, or the dataset holds what is not from here.
    ChangedMeanwhile
        Somebody else has changed the target.
    NotFound
        There is no such target, or its firm, segment or place is no longer recorded.
    """
    truth = session.truth
    check_level(level, truth)
    by = read_by(by)
    firm = await resolve(session, pair[0], cls="Firm")
    key = Entry(firm=firm, gap=pair[1]).key
    title = t(f"招商目标 {key} 转为项目", f"Make a project of target {key}")
    async with writing(session, title):
        book = Book(truth.decisions())
        target = book.named(key)
        book.see_unchanged(key, version)
        _check(target)
        row = await _row(session, target, name)
        rows = [*(one for one in earlier(truth) if one["id"] != row["id"]), row]
        with TemporaryDirectory() as folder:
            source = Input(_written(Path(folder), rows), DATASET, TITLE, ORIGIN)
            plan = await in_background(lambda _: plan_input(source, truth, session.ontology))
        with plan.scratch:
            if manner.plan_only and not plan.refused:
                return MadeProject(plan, row["id"])
            if not plan.refused:  # else it is refused below, with its faults
                confirm(plan.changes, title, manner)
            known = any(one["id"] == DATASET for one in truth.datasets())
            done = commit_load(plan, truth, visibility=None if known else level)
            await bring_up(session, title, plan=plan.changes, scratch=plan.scratch, quiet=manner.quiet)
        why = reason or t("签约，转为项目", "signed, made a project")
        if done.load is not None:
            why += t(f"（第 {done.load} 次载入）", f" (load {done.load})")
        linked: dict[str, str | None] = {"project": row["id"]}
        job = await target_job(
            session, (firm, pair[1]), linked, version=target.version, reason=why, by=by, level=level
        )
        link = Manner(yes=True, quiet=manner.quiet)
        _, told = await carry_out(session, job.title, job.change, job.act, link)
    return MadeProject(plan, row["id"], done.load, None if told is None else str(told["decision"]))


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
    steps = [s for s in target.history if not s.undone and s.changed.get("status", ("", ""))[1] in SIGNED]
    signed = steps[0]
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


def earlier(truth: TruthStore) -> list[Cells]:
    """The rows that the dataset holds, as they were written.

    Raises ``BadInput`` where it holds something that was not written from here.
    """
    with truth.looking() as db:
        held = list(View(db).where(stored.assertion.c.dataset == DATASET))
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
        f"数据集 {DATASET} 里有不是由招商目标转来的内容（{one.key}）；把它改用别的名字载入 · "
        f"The dataset {DATASET} holds what is not from here ({one.key}); load that by another name",
        found=one.key,
    )


def _written(folder: Path, rows: Iterable[Cells]) -> Path:
    with (folder / "projects.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return folder
