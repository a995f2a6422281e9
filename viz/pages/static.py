"""Style sheets, scripts and icons: only what ``viz.assets`` lists, whatever the path asks for."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from graph.errors import NotFound
from viz.assets import assets

router = APIRouter(include_in_schema=False)
_FOREVER = "public, max-age=31536000, immutable"


def _serve(request: Request, name: str) -> Response:
    asset = assets().get(name)
    if asset is None:
        raise NotFound(f"no file {name!r} is served here", found=name)
    versioned = request.query_params.get("v") == asset.digest
    headers = {
        "ETag": f'"{asset.digest}"',
        "Cache-Control": _FOREVER if versioned else "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)


@router.get("/static/{name:path}")
async def static_file(request: Request, name: str) -> Response:
    """One asset; an address that carries its digest may be kept for ever."""
    return _serve(request, name)


@router.get("/favicon.ico")
async def favicon(request: Request) -> Response:
    """The icon, for browsers that ask without being told where it is."""
    return _serve(request, "icon.svg")
