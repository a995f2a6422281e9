"""The documents of an office: begun, followed, fetched."""

from pathlib import PurePath
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from api.problems import declared
from api.service import Service
from graph.errors import UsageError
from graph.repository import Listing
from graph.repository.models import Model
from viz.deliveries import Deliverable, Deliveries

Key = Annotated[str, Path(max_length=40, description="`id` of the deliverable")]
FileName = Annotated[str, Path(max_length=200, description="文件名 · name of a file of the deliverable")]
_BYTES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file", "content": {"application/octet-stream": {}}}
}

#: Media types of the files, by their ending.
_MEDIA_TYPES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
}


class NewDeliverable(Model):
    """What the documents are to be about: chain and place by id or name, and a day, month or year."""

    chain: str = Field(max_length=200, examples=["new-energy"])
    place: str = Field(max_length=200, examples=["宜春市"])
    as_of: str | None = Field(default=None, max_length=20)


def make_router(service: Service) -> APIRouter:
    """``/deliverables``."""
    router = APIRouter(prefix="/deliverables", tags=["gaps"], responses=declared(404, 409))

    def room() -> Deliveries:
        if service.deliveries is None:
            raise UsageError("这个服务不做交付文件 · this server makes no deliverables")
        return service.deliveries

    @router.get("", summary="The deliverables that are kept, newest first")
    async def several() -> Listing[Deliverable]:
        kept = room().all()
        return Listing(items=kept, total=len(kept))

    @router.post("", summary="Begin to make the documents of a chain in a place", status_code=202)
    async def begin(new: NewDeliverable, request: Request, response: Response) -> Deliverable:
        made = await room().start(new.chain, new.place, new.as_of)
        response.headers["location"] = f"{request.url.path}/{made.id}"
        return made

    @router.get("/{key}.zip", summary="All files in one", response_class=Response, responses=_BYTES)
    async def archive(key: Key) -> Response:
        name, data = await room().archive(key)
        return _attachment(name, data)

    @router.get("/{key}", summary="How far a deliverable is, and its files")
    async def one(key: Key) -> Deliverable:
        return room().get(key)

    @router.get("/{key}/{name}", summary="A file", response_class=Response, responses=_BYTES)
    async def file(key: Key, name: FileName) -> Response:
        return _attachment(name, await room().file(key, name))

    return router


def _attachment(name: str, data: bytes) -> Response:
    """A file to be saved under ``name``; clients that read no UTF-8 there save it under a plain one."""
    ending = PurePath(name).suffix
    plain = f"deliverable{ending}"
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    media_type = _MEDIA_TYPES.get(ending, "application/octet-stream")
    return Response(data, media_type=media_type, headers={"content-disposition": told})
