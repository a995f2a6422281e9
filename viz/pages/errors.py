"""Errors as pages: what happened, in words, and what to do next."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from graph.errors import LianpuError
from viz.pages.context import lang_of, page
from viz.words import translator

_TITLES = (404, 413, 422, 503, 504)
_ADVICE = {
    404: ("do_search", "do_home"),
    422: ("do_search", "do_home"),
    400: ("do_search", "do_home"),
    413: ("do_narrow", "do_home"),
    504: ("do_narrow", "do_retry", "do_home"),
}


def wants_page(request: Request) -> bool:
    """Whether the client is a browser that would rather read a page than JSON."""
    accept = request.headers.get("accept", "")
    return "text/html" in accept and not request.url.path.startswith(
        (f"{request.scope.get('root_path', '')}/api/", "/api/")
    )


def error_page(request: Request, error: Exception, status: int) -> HTMLResponse:
    """A readable page for ``error``.

    The details of an expected error (``LianpuError``) are shown; of any other error nothing is told, since it
    may hold what is not for the reader.
    """
    lang = lang_of(request)
    detail = code = ""
    if isinstance(error, LianpuError):
        heading, detail, code = error.title(lang), error.detail, error.code
    else:
        heading = translator(lang)(f"errors.title_{status}" if status in _TITLES else "errors.title_other")
    return page(
        request,
        "error.html",
        status=status,
        heading=heading,
        detail=detail,
        code=code,
        status_code=status,
        advice=_ADVICE.get(status, ("do_retry", "do_home")),
    )
