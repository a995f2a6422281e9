"""What every page shares: language, links, headers, and the rendering of a template for one request."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from graph.ontology import Ontology
from viz.links import Links
from viz.show import Show
from viz.templating import environment
from viz.words import HTML_LANG, LANGS, Lang, translator

LANG_COOKIE = "lang"
_YEAR = 365 * 24 * 3600

#: No inline scripts, nothing from elsewhere. vis-network sets styles through the DOM, which is allowed.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Vary": "Cookie, Accept",
    "Cache-Control": "no-cache",
}


def lang_of(request: Request) -> Lang:
    """The language asked for by ``?lang=``, else by the cookie, else Chinese."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(LANG_COOKIE)):
        if wanted in LANGS:
            return wanted
    return "zh"


def links_of(request: Request) -> Links:
    """Links below the path that the application is mounted at."""
    return Links(str(request.scope.get("root_path", "")).rstrip("/"))


def show_of(request: Request, ontology: Ontology) -> Show:
    """What is needed to show anything to the one who asks."""
    return Show(ontology, lang_of(request), links_of(request))


def page_context(request: Request, lang: Lang) -> dict[str, Any]:
    """What ``base.html`` needs."""
    other: Lang = "en" if lang == "zh" else "zh"
    return {
        "t": translator(lang),
        "lang": lang,
        "links": links_of(request),
        "html_lang": HTML_LANG[lang],
        "other_html_lang": HTML_LANG[other],
        "language_link": _same_page(request, other),
    }


def respond(
    request: Request, html: str, lang: Lang, status: int = 200, headers: dict[str, str] | None = None
) -> HTMLResponse:
    """``html`` with the headers of all pages; a language chosen by ``?lang=`` is kept in the cookie."""
    response = HTMLResponse(html, status_code=status, headers=HEADERS | (headers or {}))
    if request.query_params.get("lang") in LANGS:
        response.set_cookie(LANG_COOKIE, lang, max_age=_YEAR, httponly=True, samesite="lax")
    return response


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Render ``template`` in the language of the request."""
    lang = lang_of(request)
    html = environment().get_template(template).render(page_context(request, lang) | context)
    return respond(request, html, lang, status)


def _same_page(request: Request, lang: Lang) -> str:
    """Address of the same page in ``lang``; relative to the host, so that a proxy does not matter."""
    query = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
    return f"{quote(request.url.path)}?{urlencode([*query, ('lang', lang)])}"
