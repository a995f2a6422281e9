"""Facts from the rows of the ``gap_`` queries; what speaks of another day is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypedDict

from graph.gaps.facts import (
    GONE,
    Declaration,
    FirmFact,
    Input,
    Lead,
    ParkFact,
    Positioned,
    ProjectFact,
    Rate,
    Remark,
    SegmentFact,
    Span,
    TitleFact,
)
from graph.gaps.places import PlaceFact, PlaceTree
from graph.repository.reader import Row
from graph.values import date_max, date_min

Props = Mapping[str, Any]


class Common(TypedDict):
    """The fields that every fact has."""

    key: str
    date: Span | None
    standing: str | None
    grade: str | None
    sources: tuple[str, ...]


@lru_cache(maxsize=8192)
def span(text: str) -> Span:
    """A stored date with its first and last day; ``ValueError`` for a text that is no date."""
    return Span(text, date_min(text), date_max(text))


def span_at(props: Props, name: str) -> Span | None:
    """The date of the property ``name``, if it has one."""
    text = props.get(name)
    return span(str(text)) if text else None


def common(props: Props, day: str, *own: str, until: str = "valid_to") -> Common | None:
    """What a fact with the stored properties ``props`` has in common with all others.

    Parameters
    ----------
    day : ISO day of the answer.
    *own : properties that date it; where none of them has a value, ``valid_from`` does, else when it was
        seen: the last time, or the first if the last is after ``day``.
    until : property after whose last day it does not hold.

    Returns
    -------
    Common or None
        ``None`` for a fact whose date begins after ``day`` or that no longer holds then.
    """
    end = span_at(props, until)
    if end is not None and end.last < day:
        return None
    date = next((at for name in (*own, "valid_from") if (at := span_at(props, name))), None) or _seen(
        props, day
    )
    if date is not None and date.first > day:
        return None
    return Common(
        key=str(props.get("rid") or props["id"]),
        date=date,
        standing=props.get("standing"),
        grade=props.get("grade") or None,
        sources=tuple(props.get("sources") or ()),
    )


def _seen(props: Props, day: str) -> Span | None:
    last = span_at(props, "seen_last")
    return last if last is not None and last.first <= day else span_at(props, "seen_first")


def seen_by(seen: Iterable[str | None], day: str) -> bool:
    """Whether what is dated only by when it was ``seen``, first and last, speaks of a time up to ``day``."""
    first, last = seen
    at = _seen({"seen_first": first, "seen_last": last}, day)
    return at is None or at.first <= day


def of_class(ids: Iterable[str], *classes: str) -> tuple[str, ...]:
    """The ids whose prefix is one of ``classes``, in order."""
    return tuple(sorted(i for i in set(ids) if i.partition("/")[0] in classes))


def segment(row: Row) -> SegmentFact:
    """A row of ``gap_segments``."""
    node = row["node"]
    return SegmentFact(
        id=node["id"],
        name=node["caption"],
        position=node.get("position"),
        nature=node.get("nature"),
        products=tuple(node.get("products") or ()),
        chains=_ids(row["chains"]),
        parents=_ids(row["parents"]),
        gb4754=tuple(node.get("gb4754") or ()),
    )


def firm(row: Row, day: str) -> FirmFact:
    """A row of ``gap_firms``. A firm that ceased after ``day`` had not done so then."""
    node, status = row["node"], row["node"]["status"]
    end = span_at(node, "valid_to")
    if end is not None and end.first > day and status in GONE:
        status = None
    elif end is not None and end.last < day and status not in GONE:
        status = "ceased"
    return FirmFact(
        id=node["id"],
        name=node["caption"],
        status=status,
        places=_ids(row["places"]),
        stock_codes=tuple(node["stock_code"] or ()),
    )


def parks(rows: Iterable[Row]) -> dict[str, ParkFact]:
    """The rows of ``gap_parks``; a park without a place stands where the park stands that it is part of."""
    found = {row["node"]["id"]: row for row in rows}

    def places(key: str, seen: frozenset[str]) -> tuple[str, ...]:
        row = found.get(key)
        if row is None or key in seen:
            return ()
        return _ids(row["places"] or [p for above in row["parents"] for p in places(above, seen | {key})])

    return {
        key: ParkFact(
            id=key,
            name=row["node"]["caption"],
            level=row["node"]["level"],
            type=row["node"]["type"],
            places=places(key, frozenset()),
            parents=_ids(row["parents"]),
        )
        for key, row in sorted(found.items())
    }


def place_tree(rows: Iterable[Row]) -> PlaceTree:
    """The rows of ``gap_places`` as a tree; of several places above one the first by id counts."""
    return PlaceTree(
        {
            row["node"]["id"]: PlaceFact(
                id=row["node"]["id"],
                name=row["node"]["caption"],
                level=row["node"]["level"],
                parent=min(row["parents"], default=None),
                lon=row["node"].get("lon"),
                lat=row["node"].get("lat"),
            )
            for row in sorted(rows, key=lambda row: str(row["node"]["id"]))
        }
    )


def remark(row: Row, day: str, operators: Mapping[str, tuple[str, ...]]) -> Remark | None:
    """A statement of ``gap_about``; ``operators``: firms by site, for what it says about sites.

    What was filled after ``day`` was a gap then, of a kind that a statement of the filling does not tell.
    """
    node, about = row["node"], row["about"]
    if (shared := common(node, day, "period")) is None:
        return None
    filled_on = span_at(node, "filled_on")
    filled = filled_on is None or filled_on.first <= day
    return Remark(
        **shared,
        name=node["caption"],
        kind=node.get("kind"),
        gap_kind=node.get("gap_kind") if filled or node.get("gap_kind") != "filled" else "unspecified",
        subject_kind=node.get("subject_kind"),
        text=node.get("text"),
        filled_by=node.get("filled_by") if filled else None,
        filled_on=filled_on if filled else None,
        segments=of_class(about, "segment"),
        chains=of_class(about, "chain"),
        places=of_class(about, "place"),
        parks=of_class(about, "park"),
        zones=of_class(about, "zone"),
        firms=_ids([*of_class(about, "firm"), *(f for a in about for f in operators.get(a, ()))]),
    )


def declaration(row: Row, day: str) -> Declaration | None:
    """A coverage declaration of ``gap_about``."""
    node, about = row["node"], row["about"]
    if (shared := common(node, day, "as_of")) is None:
        return None
    return Declaration(
        **shared,
        name=node["caption"],
        by=node.get("by"),
        complete=node.get("complete"),
        segments=of_class(about, "segment"),
        chains=of_class(about, "chain"),
        places=of_class(about, "place"),
    )


def rate(row: Row, day: str) -> Rate | None:
    """An observation of ``gap_rates``."""
    node, about = row["node"], row["about"]
    if (shared := common(node, day, "period")) is None:
        return None
    return Rate(
        **shared,
        name=node["caption"],
        value=str(node["value"]),
        kind=node.get("kind"),
        segments=of_class(about, "segment"),
        chains=of_class(about, "chain"),
        places=of_class(about, "place"),
    )


def input_(row: Row, day: str) -> Input | None:
    """A row of ``gap_inputs``."""
    link = row["link"]
    if (shared := common(link, day)) is None:
        return None
    return Input(
        **shared,
        source=row["source"],
        target=row["target"],
        input=link.get("input"),
        criticality=link.get("criticality"),
        group=link.get("alternative_group"),
    )


def project(row: Row, day: str, known_parks: Mapping[str, ParkFact]) -> ProjectFact | None:
    """A row of ``gap_projects``; one without a place stands where its park does."""
    node = row["node"]
    if (shared := common(node, day, "status_date")) is None:
        return None
    return ProjectFact(
        **shared,
        name=node["caption"],
        status=node.get("status"),
        investment=node.get("investment"),
        capacity=node.get("capacity"),
        segments=_ids(row["segments"]),
        firms=_ids(row["firms"]),
        places=_ids(row["places"]) or places_of(row["parks"], known_parks),
        parks=_ids(row["parks"]),
    )


def lead(row: Row, day: str) -> Lead | None:
    """A row of ``gap_leads``."""
    if (shared := common(row["link"], day)) is None:
        return None
    return Lead(
        **shared, cls=row["type"], firm=row["firm"], about=row["about"], called=row["link"].get("called")
    )


def title(row: Row, firm_id: str, day: str) -> TitleFact | None:
    """A row of ``gap_titles``, held by the firm ``firm_id``; one that has run out is left out."""
    node = row["node"]
    if common(node, day, "year", until="validity") is None or (shared := common(node, day, "year")) is None:
        return None
    return TitleFact(
        **shared,
        name=node["caption"],
        firm=firm_id,
        kind=node.get("kind"),
        level=node.get("level"),
        status=node.get("status"),
    )


def positioned(
    row: Row, day: str, known_parks: Mapping[str, ParkFact], zones: Mapping[str, tuple[str, ...]]
) -> Positioned | None:
    """A row of ``gap_positions``."""
    link, subject = row["link"], row["subject"]
    if (shared := common(link, day)) is None:
        return None
    return Positioned(
        **shared,
        subject=subject,
        subject_name=row["name"],
        about=row["about"],
        role=link.get("role"),
        text=link.get("text"),
        places=of_class([subject], "place") or zones.get(subject) or places_of([subject], known_parks),
    )


def places_of(park_ids: Iterable[str], known: Mapping[str, ParkFact]) -> tuple[str, ...]:
    """The places of some parks."""
    return _ids(p for park in park_ids if park in known for p in known[park].places)


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
