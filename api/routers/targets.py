"""The target list 招商目标: read, entered, changed."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from api.problems import declared
from api.routers.params import limit_up_to
from api.service import Service
from graph.errors import BadInput, UsageError
from graph.office_time import office_today
from graph.repository import Listing
from graph.repository.models import Model
from graph.targets import NEW, Book, Funnel, Target, funnel_of, names_of
from graph.targets.entry import MOST, MOST_BY, STATUSES, Details
from graph.targets.funnel import By
from viz.pages.service import Desk

Key = Annotated[
    str,
    Path(
        max_length=600,
        description="目标的标识：企业~缺口 · key of a target: firm slug, ~, id of the gap",
        examples=["tinci-materials~new-energy/electrolyte@360900"],
    ),
]


class Signed(Model):
    """Why, and who says so: ``by`` 经办人 is kept as the caller states it and is never taken for the user."""

    reason: str = Field(default="", max_length=500)
    by: str = Field(default="", max_length=MOST_BY, description="经办人（自报） · who handles it, as stated")


class Fields(Signed, Details[Annotated[str, Field(max_length=MOST)]]):
    """What is told of an entry, and why."""


class Change(Fields):
    """What of an entry changes: fields that are left out stay, an empty text takes a value out.

    ``version`` is the decision that was seen (``d7``); if somebody has changed the entry since, 409.
    """

    version: str = Field(max_length=20)


class NewTarget(Fields):
    """A firm (id or name) for a gap (id), with what is known of it."""

    firm: str = Field(max_length=200)
    gap: str = Field(max_length=400)


class NewProject(Signed):
    """A target that was signed becomes a project. ``name``: of the project; else firm, segment and place."""

    version: str = Field(max_length=20)
    name: str = Field(default="", max_length=200)


class MadeProject(Model):
    """The entry with its ``project``, and the number of the load that holds it.

    To take it back: ``lianpu undo`` of the entry's ``version``, then of ``load``.
    """

    target: Target
    load: int | None


def make_router(service: Service) -> APIRouter:
    """``/targets``."""
    router = APIRouter(prefix="/targets", tags=["gaps"], responses=declared(404, 409))
    limits = service.limits

    async def book() -> Book:
        return Book(await asyncio.to_thread(service.truth.decisions))

    def desk() -> Desk:
        if service.desk is None:
            raise UsageError("这个服务只读 · this server only reads")
        return service.desk

    async def told(targets: Sequence[Target]) -> list[Target]:
        names = await names_of(service.repository, targets)
        return [names.told(one) for one in targets]

    async def told_one(key: str) -> Target:
        return (await told([(await book()).named(key)]))[0]

    @router.get("", summary="The target list")
    async def several(
        *,
        chain: Annotated[str | None, Query(max_length=200, description="链的代号 · slug of a chain")] = None,
        status: Annotated[str | None, Query(max_length=20, description="状态 · status")] = None,
        overdue: Annotated[bool, Query(description="只看逾期的 · only those whose time is over")] = False,
        limit: Annotated[int, limit_up_to(limits.rows, 1000)] = 1000,
    ) -> Listing[Target]:
        if status is not None and status not in STATUSES:
            detail = f"状态 {status!r} 应为 · status is one of {', '.join(STATUSES)}"
            raise BadInput(detail, found=status, expected=list(STATUSES))
        late_on = office_today().isoformat() if overdue else None
        found = (await book()).chosen(chain=chain, status=status, late_on=late_on)
        return Listing(items=await told(found[:limit]), total=len(found))

    @router.get("/funnel", summary="How many targets came how far, by month, place or chain")
    async def funnel(
        by: Annotated[By, Query(description="按月、地区或链 · month, place or chain")] = "month",
    ) -> Funnel:
        every = (await book()).all()
        return funnel_of(every, by, service.ontology, await names_of(service.repository, every))

    @router.post("", summary="Enter a firm as a target for a gap", status_code=201)
    async def enter(new: NewTarget) -> Target:
        made = await desk().change(
            (new.firm, new.gap), new.given(), version=NEW, reason=new.reason, by=new.by
        )
        return await told_one(made)

    @router.post("/{key:path}/project", summary="Make a project of a target that was signed", status_code=201)
    async def project(key: Key, what: NewProject) -> MadeProject:
        one = (await book()).named(key)
        _, load = await desk().make_project(
            (one.entry.firm, one.entry.gap),
            version=what.version,
            name=what.name,
            reason=what.reason,
            by=what.by,
        )
        return MadeProject(target=await told_one(one.key), load=load)

    @router.patch("/{key:path}", summary="Change an entry, if nobody else has meanwhile")
    async def change(key: Key, what: Change) -> Target:
        entry = (await book()).named(key).entry
        made = await desk().change(
            (entry.firm, entry.gap), what.given(), version=what.version, reason=what.reason, by=what.by
        )
        return await told_one(made)

    @router.get("/{key:path}", summary="One target with its history")
    async def one(key: Key) -> Target:
        return await told_one(key)

    return router
