"""Addresses of our own pages, below the path that the application is mounted at."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from viz.assets import asset_path


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses that stay on this server; ``root`` is the mount path without a slash at its end."""

    root: str = ""

    def home(self) -> str:
        """The home page."""
        return f"{self.root}/"

    def search(self, q: str = "", **more: object) -> str:
        """The results page for ``q``."""
        return _with(f"{self.root}/search", {"q": q, **more} if q or more else {})

    def entity(self, entity_id: str, **query: object) -> str:
        """An entity's page."""
        return _with(f"{self.root}/e/{quote(entity_id)}", query)

    def chain(self, slug: str, **query: object) -> str:
        """A chain's card page."""
        return _with(f"{self.root}/chain/{quote(slug)}", query)

    def graph(self, entity_id: str) -> str:
        """The chain neighbourhood of a firm."""
        return f"{self.root}/graph/{quote(entity_id)}"

    def download(self, entity_id: str, kind: str) -> str:
        """The neighbourhood as a file: ``csv``, ``json`` or ``html``."""
        return _with(f"{self.root}/download/{quote(entity_id)}", {"as": kind})

    def panorama(self, **query: object) -> str:
        """The 全景图; ``chain``, ``place``, ``as_of``, ``status``."""
        return _with(f"{self.root}/panorama", query)

    def gaps(self, **query: object) -> str:
        """The table of gaps, or with ``tab=worklist`` what to ask."""
        return _with(f"{self.root}/gaps", query)

    def gaps_csv(self, **query: object) -> str:
        """The table of gaps, or what to ask, as a CSV file."""
        return _with(f"{self.root}/gaps.csv", query)

    def gap(self, gap_id: str, **query: object) -> str:
        """One gap with its candidates."""
        return _with(f"{self.root}/gaps/{quote(gap_id, safe='/@')}", query)

    def map(self, **query: object) -> str:
        """The map of a chain or a segment by city or county."""
        return _with(f"{self.root}/map", query)

    def targets(self, **query: object) -> str:
        """The target list 招商目标; ``chain``, ``status``, ``overdue``, ``by``."""
        return _with(f"{self.root}/targets", query)

    def targets_csv(self, **query: object) -> str:
        """The target list as a CSV file."""
        return _with(f"{self.root}/targets.csv", query)

    def target(self, key: str, **query: object) -> str:
        """One entry of the target list with its history."""
        return _with(f"{self.root}/targets/{quote(key, safe='/@~')}", query)

    def whatif(self, **query: object) -> str:
        """What if, and the resilience of the local net; ``chain``, ``place``, ``without``, ``with``."""
        return _with(f"{self.root}/whatif", query)

    def deliverables(self, **query: object) -> str:
        """The documents of an office, made in the background; ``chain``, ``place``, ``as_of``."""
        return _with(f"{self.root}/deliverables", query)

    def api(self, path: str, **query: object) -> str:
        """A resource of the API, ``path`` without the leading ``/api/v1/``."""
        return _with(f"{self.root}/api/v1/{quote(path)}", query)

    def asset(self, name: str) -> str:
        """A style sheet or script with its version."""
        return self.root + asset_path(name)


def _with(path: str, query: dict[str, object]) -> str:
    kept = {k: v for k, v in query.items() if v not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path
