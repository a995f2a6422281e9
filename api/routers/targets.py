"""The target list 招商目标: read, entered, changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field

from api.problems import declared
from api.routers.params import limit_up_to
from api.service import Service
from graph.errors import BadInput, UsageError
from graph.repository import Listing
from graph.repository.days import day_of
from graph.repository.models import Model
from graph.targets import NEW, Book, Funnel, Target, funnel_of
from graph.targets.entry import FIELDS, MOST, STATUSES
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


Told = Annotated[str | None, Field(max_length=MOST)]


class Fields(Model):
    """What is told of an entry, and why."""

    status: Told = None
    responsible: Told = None
    park: Told = None
    contacted: Told = None
    next_step: Told = None
    due: Told = None
    contracted: Told = None
    arrived: Told = None
    project: Told = None
    note: Told = None
    reason: str = Field(default="", max_length=500)

    def fields(self) -> dict[str, str | None]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in FIELDS if name in self.model_fields_set}


class Change(Fields):
    """What of an entry changes: fields that are left out stay, an empty text takes a value out.

    ``version`` is the decision that was seen (``d7``); if somebody has changed the entry since, 409.
    """

    version: str = Field(max_length=20)


class NewTarget(Fields):
    """A firm (id or name) for a gap (id), with what is known of it."""

    firm: str = Field(max_length=200)
    gap: str = Field(max_length=400)


def make_router(service: Service) -> APIRouter:
    """``/targets``."""
    router = APIRouter(prefix="/targets", tags=["gaps"], responses=declared(404, 409))
    limits = service.limits

    def book() -> Book:
        return Book(service.truth.decisions())

    def desk() -> Desk:
        if service.desk is None:
            raise UsageError("这个服务只读 · this server only reads")
        return service.desk

    @router.get("", summary="The target list")
    def several(
        *,
        chain: Annotated[str | None, Query(max_length=200, description="链的代号 · slug of a chain")] = None,
        status: Annotated[str | None, Query(max_length=20, description="状态 · status")] = None,
        overdue: Annotated[bool, Query(description="只看逾期的 · only those whose time is over")] = False,
        limit: Annotated[int, limit_up_to(limits.rows, 1000)] = 1000,
    ) -> Listing[Target]:
        if status is not None and status not in STATUSES:
            detail = f"状态 {status!r} 应为 · status is one of {', '.join(STATUSES)}"
            raise BadInput(detail, found=status, expected=list(STATUSES))
        late_on = day_of(None) if overdue else None
        found = book().chosen(chain=chain, status=status, late_on=late_on)
        return Listing(items=found[:limit], total=len(found))

    @router.get("/funnel", summary="How many targets came how far, by month, place or chain")
    def funnel(
        by: Annotated[By, Query(description="按月、地区或链 · month, place or chain")] = "month",
    ) -> Funnel:
        return funnel_of(book().all(), by, service.ontology)

    @router.post("", summary="Enter a firm as a target for a gap", status_code=201)
    async def enter(new: NewTarget) -> Target:
        made = await desk().change((new.firm, new.gap), new.fields(), version=NEW, reason=new.reason)
        return book().named(made)

    @router.patch("/{key:path}", summary="Change an entry, if nobody else has meanwhile")
    async def change(key: Key, what: Change) -> Target:
        entry = book().named(key).entry
        made = await desk().change(
            (entry.firm, entry.gap), what.fields(), version=what.version, reason=what.reason
        )
        return book().named(made)

    @router.get("/{key:path}", summary="One target with its history")
    def one(key: Key) -> Target:
        return book().named(key)

    return router
