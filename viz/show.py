"""What is needed to show anything: the classes, the reader's language, and the addresses of our pages."""

from __future__ import annotations

from dataclasses import dataclass

from graph.ontology import Ontology
from viz.links import Links
from viz.words import Lang, Translate, translator


@dataclass(frozen=True, slots=True)
class Show:
    """``links`` is ``None`` where there is no server behind what is shown (a file on disk)."""

    ontology: Ontology
    lang: Lang
    links: Links | None = None

    @property
    def t(self) -> Translate:
        """The words of the reader's language."""
        return translator(self.lang)

    def entity_page(self, entity_id: str) -> str | None:
        """Address of an entity's page, ``None`` without a server."""
        return self.links.entity(entity_id) if self.links else None
