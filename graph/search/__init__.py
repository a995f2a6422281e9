"""Finding entities by what people call them."""

from graph.search.index import Found, Hit, Match, SearchIndex
from graph.search.live import LiveSearch
from graph.search.schema import Stamp

__all__ = ["Found", "Hit", "LiveSearch", "Match", "SearchIndex", "Stamp"]
