"""What all answers are made of: entities, relations, sources, bounded lists. JSON-ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, computed_field

from graph.values import Bilingual


class Model(BaseModel):
    """Base of all answers: never changed once made, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """A text in Chinese and English."""

    zh: str
    en: str

    @classmethod
    def of(cls, label: Bilingual) -> Text:
        """The two texts of an ontology label."""
        return cls(zh=label.zh, en=label.en)

    def text(self, lang: str) -> str:
        """English for ``en``, Chinese for anything else."""
        return self.en if lang == "en" else self.zh


class Ref(Model):
    """An entity named in passing."""

    id: str
    cls: str
    caption: str


class NodeView(Ref):
    """An entity.

    ``props`` are all properties as the graph holds them (dates with ``_min``/``_max``, quantities with
    ``_value``/``_unit`` …); what is not there is not recorded. ``standing`` is ``None`` for an entity that is
    only named by others. ``grade`` is the best among ``sources``.
    """

    label: Text
    standing: str | None = None
    grade: str | None = None
    sources: list[str] = []
    props: dict[str, Any] = {}


class LinkView(Model):
    """A relation from ``source`` to ``target``.

    ``via`` is the site through which a firm works in a segment, where the relation is drawn from the firm.
    """

    rid: str
    cls: str
    label: Text
    inverse: Text
    source: str
    target: str
    via: Ref | None = None
    standing: str | None = None
    grade: str | None = None
    sources: list[str] = []
    props: dict[str, Any] = {}


class SourceView(Model):
    """A source as it is cited. The graph has its ``url`` only where it may be linked."""

    id: str
    name: str
    publisher: str | None = None
    date: str | None = None
    medium: str | None = None
    read: str | None = None
    grade: str | None = None
    link: bool = False
    url: str | None = None


T = TypeVar("T")


class Listing(Model, Generic[T]):
    """A bounded list.

    ``total`` counts all there are; with ``total_at_least`` it is a lower bound. ``next`` is the cursor of the
    next page, ``None`` at the end or where the list is not paged.
    """

    items: list[T]
    total: int
    total_at_least: bool = False
    next: str | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def truncated(self) -> bool:
        """Whether there are more than are given here."""
        return self.total_at_least or self.total > len(self.items)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def total_text(self) -> str:
        """The total for a person: ``≥1000`` where it is a lower bound."""
        return f"≥{self.total}" if self.total_at_least else str(self.total)


Cited = dict[str, SourceView]


class Citing(Model):
    """An answer that names the sources it cites, by id."""

    cited: Cited = Field(default_factory=dict)


def source_view(props: Mapping[str, Any]) -> SourceView:
    """The source with the stored properties ``props``."""
    fields = {k: props.get(k) for k in ("publisher", "date", "medium", "read", "grade", "url")}
    return SourceView(
        id=str(props["id"]),
        name=str(props.get("name") or props.get("caption") or props["id"]),
        link=props.get("link") is True,
        **fields,
    )
