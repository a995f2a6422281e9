"""Sources as they are cited on a page, numbered in the order of their use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graph.repository.models import SourceView as Cited
from viz.dates import show_date
from viz.show import Show


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source to show. ``url`` is ``None`` unless the source may be linked; ``page`` is ours."""

    id: str
    title: str
    publisher: str
    date: str
    grade: str
    url: str | None
    page: str | None


def safe_url(source: Cited) -> str | None:
    """The address of a source if it may be linked and is an http(s) address, else ``None``."""
    if not source.link or source.url is None:
        return None
    parts = urlsplit(source.url)
    return source.url if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(slots=True)
class SourceList:
    """Numbers sources in the order of their use.

    ``known`` holds the sources by id; one that is not known is shown by its id.
    """

    show: Show
    known: dict[str, Cited]
    _numbers: dict[str, int] = field(default_factory=dict)

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The 0-based numbers of ``ids``, each once, in ascending order."""
        return tuple(sorted({self._numbers.setdefault(i, len(self._numbers)) for i in ids}))

    def learn(self, more: Mapping[str, Cited]) -> None:
        """Sources that a further answer cites."""
        self.known.update(more)

    def title(self, number: int) -> str:
        """Title of the source with that number."""
        return self._of(list(self._numbers)[number]).name

    def grade(self, number: int) -> str:
        """Grade of the source with that number; empty where it has none."""
        return self._of(list(self._numbers)[number]).grade or ""

    def views(self) -> list[SourceView]:
        """All sources used so far, in the order of their numbers."""
        return [self._view(self._of(i)) for i in self._numbers]

    def _of(self, source: str) -> Cited:
        return self.known.get(source) or Cited(id=source, name=source)

    def _view(self, source: Cited) -> SourceView:
        return SourceView(
            id=source.id,
            title=source.name,
            publisher=source.publisher or "",
            date=show_date(source.date, self.show.lang) if source.date else "",
            grade=source.grade or "",
            url=safe_url(source),
            page=self.show.entity_page(source.id),
        )
