"""The pages: ``make_router`` gives their routes, ``error_page`` shows an error to a browser."""

from viz.pages.errors import error_page, wants_page
from viz.pages.router import make_router
from viz.pages.service import Service

__all__ = ["Service", "error_page", "make_router", "wants_page"]
