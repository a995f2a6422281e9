"""The entries of datasets: which version is current, who may see them, whose they are; and their end."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from graph.errors import BadInput, NotFound
from graph.truth import schema as t
from graph.truth.newcomer import Newcomer
from graph.truth.view import cleared

_D = t.dataset.c


def current_version(db: sa.Connection, dataset: str) -> int | None:
    """The version that is current; ``None`` if none is, or there is no such dataset."""
    query = sa.select(_D.current_version).where(_D.id == dataset)
    return db.execute(query).scalar_one_or_none()


def regraded(db: sa.Connection, what: Newcomer) -> bool:
    """Whether the dataset's visibility or owner would change."""
    visibility, owner = db.execute(sa.select(_D.visibility, _D.owner).where(_D.id == what.dataset)).one()
    return what.visibility not in (None, visibility) or what.owner not in (None, owner)


def enter_dataset(db: sa.Connection, what: Newcomer, number: int | None) -> None:
    """Make the dataset's entry, or write in it what is new.

    Raises ``BadInput`` where the dataset is kept from the eyes of this very store, or would be.
    """
    _see_shown(db, what.dataset)
    values: dict[str, Any] = {"current_version": number} if number is not None else {}
    values |= {"title": what.title} if what.title else {}
    values |= {} if what.visibility is None else {"visibility": what.visibility}
    values |= {} if what.owner is None else {"owner": what.owner}
    if db.execute(sa.select(_D.id).where(_D.id == what.dataset)).first() is None:
        db.execute(t.dataset.insert().values(id=what.dataset, **{"title": what.dataset, **values}))
    else:
        db.execute(t.dataset.update().where(_D.id == what.dataset).values(**values))
    _see_shown(db, what.dataset)


def _see_shown(db: sa.Connection, dataset: str) -> None:
    """See that a dataset, if there is one of that name, is not above the clearance."""
    found = db.execute(sa.select(_D.visibility, cleared()).where(_D.id == dataset)).one_or_none()
    if found is None or found[0] <= found[1]:
        return
    level, clearance = found
    word, limit = t.VISIBILITIES[level], t.VISIBILITIES[clearance]
    zh = t.VISIBILITIES_ZH[level], t.VISIBILITIES_ZH[clearance]
    raise BadInput(
        f"数据集 {dataset} 是{zh[0]}，而此数据目录只显示到{zh[1]}；"
        f"先 lianpu clearance {word} · "
        f"dataset {dataset} is {word}, but this data directory shows up to {limit}; "
        f"first: lianpu clearance {word}",
        found=word,
        expected=limit,
    )


def delete_dataset(db: sa.Connection, dataset: str) -> dict[str, int]:
    """Delete a dataset with all that is its own; how many assertions, versions, decisions and loads went.

    Raises ``NotFound`` if there is no such dataset.
    """
    if db.execute(sa.select(_D.id).where(_D.id == dataset)).first() is None:
        raise NotFound(
            f"没有数据集 {dataset!r}；见 lianpu loads · no dataset {dataset!r}; see lianpu loads",
            dataset=dataset,
        )
    made = sa.select(t.load.c.id).where(t.load.c.dataset == dataset).scalar_subquery()
    gone = {
        "assertions": db.execute(t.assertion.delete().where(t.assertion.c.dataset == dataset)).rowcount,
        "versions": db.execute(t.version.delete().where(t.version.c.dataset == dataset)).rowcount,
        "decisions": db.execute(t.decision.delete().where(t.decision.c.load.in_(made))).rowcount,
    }
    db.execute(t.dataset.delete().where(_D.id == dataset))
    gone["loads"] = db.execute(t.load.delete().where(t.load.c.dataset == dataset)).rowcount
    db.execute(t.log.delete().where(sa.func.json_extract(t.log.c.detail, "$.dataset") == dataset))
    return gone
