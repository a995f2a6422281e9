"""Targets and their projects where not all that is there is shown, and where something fails half-way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graph.decisions import Decision
from graph.errors import BadInput, Busy, NotFound
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.store import Store
from graph.targets import NEW, Book, Entry, Names, NotAllShown, entry_payload
from graph.truth import Newcomer, TruthStore
from lianpu import target_project
from lianpu.changing import Manner, carry_out
from lianpu.render.targets import show_targets
from lianpu.session import Session, bring_up
from lianpu.target_desk import TargetDesk
from lianpu.target_project import DATASETS, MadeProject, make_project
from lianpu.targeting import target_job
from tests.support.applications import whole_application

GAP = "x/salt@360900"
PUBLIC, INTERNAL, SECRET = 0, 1, 2
NAMED = {
    "firm/a": "甲盐厂",
    "firm/b": "乙盐厂",
    "segment/x/salt": "盐",
    "place/360900": "宜春市",
    "chain/x": "盐链",
}
MANNER = Manner(yes=True, quiet=True)


@pytest.fixture
async def session(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Session]:
    """A session over two firms, a segment and a place."""
    facts = [
        Assertion("test", "t", n, ontology.entity_of_id(key).name, key, props={"name": name})
        for n, (key, name) in enumerate(NAMED.items(), start=2)
    ]
    async with whole_application(store, ontology, tmp_path, facts) as made:
        yield made.session


async def change(
    session: Session, firm: str, level: int, *, version: str | None = None, **fields: str
) -> None:
    job = await target_job(session, (firm, GAP), dict(fields), version=version, level=level)
    await carry_out(session, job.title, job.change, job.act, MANNER)


async def made(session: Session, firm: str, level: int, manner: Manner = MANNER) -> MadeProject:
    return await make_project(session, (firm, GAP), name=None, reason="", level=level, manner=manner)


async def show_up_to(session: Session, level: int) -> None:
    session.truth.set_clearance(level)
    await bring_up(session, "test", quiet=True)


def entry(session: Session, firm: str) -> Entry:
    return Book(session.truth.decisions()).named(f"{firm.removeprefix('firm/')}~{GAP}").entry


def visibilities(truth: TruthStore) -> dict[str, str]:
    return {one["id"]: one["visibility"] for one in truth.datasets()}


async def test_a_public_project_leaves_the_internal_ones_and_shows_none_of_them(session: Session) -> None:
    await change(session, "firm/a", INTERNAL, status="签约", contracted="5亿元")
    hidden = (await made(session, "firm/a", INTERNAL)).project
    await show_up_to(session, PUBLIC)
    await change(session, "firm/b", PUBLIC, status="签约")
    shown = (await made(session, "firm/b", PUBLIC)).project
    assert (await session.repository.node(shown)).id == shown
    with pytest.raises(NotFound):
        await session.repository.node(hidden)
    await show_up_to(session, SECRET)
    assert (await session.repository.node(hidden)).props["contract_capital"] == "5亿元"
    assert entry(session, "firm/a").project == hidden
    levels = visibilities(session.truth)
    assert (levels["targets-public"], levels["targets-internal"]) == ("public", "internal")


async def test_a_project_is_never_shown_to_more_than_its_target(session: Session) -> None:
    await change(session, "firm/b", PUBLIC, status="签约")
    await made(session, "firm/b", PUBLIC)
    await change(session, "firm/a", INTERNAL, status="签约")
    project = (await made(session, "firm/a", PUBLIC)).project  # asked for as public
    assert session.truth.decisions()[-1].visibility == INTERNAL
    await show_up_to(session, PUBLIC)
    with pytest.raises(NotFound):
        await session.repository.node(project)


async def test_a_project_keeps_the_level_of_the_decision_that_signed_it(session: Session) -> None:
    """Its day of signing is told by that decision alone."""
    await change(session, "firm/a", INTERNAL, status="签约")
    await change(session, "firm/a", PUBLIC, note="n")
    await made(session, "firm/a", PUBLIC)
    assert visibilities(session.truth).keys() == {"test", "targets-internal"}


async def test_no_project_goes_into_a_dataset_that_was_opened_to_more(session: Session) -> None:
    await change(session, "firm/a", INTERNAL, status="签约")
    await made(session, "firm/a", INTERNAL)
    session.truth.grade_dataset(DATASETS[INTERNAL], visibility=PUBLIC, owner=None)
    await change(session, "firm/b", INTERNAL, status="签约")
    with pytest.raises(BadInput) as told:
        await made(session, "firm/b", INTERNAL)
    assert (told.value.extra["found"], told.value.extra["expected"]) == ("public", "internal")


def test_a_dataset_above_the_clearance_is_not_replaced_and_not_opened(tmp_path: Path) -> None:
    truth = TruthStore(tmp_path / "truth.sqlite")
    try:
        kept = Assertion("d", "t", 2, "Firm", "firm/kept", props={"name": "旧"})
        truth.commit("d", "d", [kept], "test")
        truth.grade_dataset("d", visibility=INTERNAL, owner=None)
        truth.set_clearance(PUBLIC)
        new = Assertion("d", "t", 2, "Firm", "firm/new", props={"name": "新"})
        for one in (new, kept):
            with truth.scratch() as scratch, pytest.raises(BadInput) as told:
                scratch.stage([(one, "", "")])
                truth.commit_staged(scratch, Newcomer("d", "d", "test", visibility=PUBLIC))
            assert told.value.extra["found"] == "internal"
        with pytest.raises(BadInput):
            truth.grade_dataset("d", visibility=PUBLIC, owner=None)
        assert truth.size() == 0
        truth.set_clearance(INTERNAL)
        assert [one.key for one in truth.current()] == ["firm/kept"]
    finally:
        truth.close()


@pytest.mark.parametrize("version", [None, NEW])
async def test_what_is_hidden_of_an_entry_is_not_written_over(session: Session, version: str | None) -> None:
    await change(session, "firm/a", INTERNAL, status="签约", contracted="5亿元", note="内情")
    await show_up_to(session, PUBLIC)
    with pytest.raises(NotAllShown) as told:
        await change(session, "firm/a", PUBLIC, version=version, status="lead")
    text = f"{told.value.detail} {told.value.extra}"
    assert "clearance" in text and "public" in text
    assert not any(word in text for word in ("5亿元", "签约", "signed", "内情", "d1"))
    await show_up_to(session, INTERNAL)
    assert entry(session, "firm/a").contracted == "5亿元"


async def test_an_entry_with_a_hidden_later_state_is_neither_changed_nor_made_a_project(
    session: Session,
) -> None:
    await change(session, "firm/a", PUBLIC, status="签约")
    await change(session, "firm/a", INTERNAL, arrived="1亿元")
    await show_up_to(session, PUBLIC)
    with pytest.raises(NotAllShown):
        await change(session, "firm/a", PUBLIC, version="d1", note="n")
    with pytest.raises(NotAllShown):
        await made(session, "firm/a", PUBLIC)
    assert (len(session.truth.loads()), len(session.truth.decisions())) == (1, 1)
    await show_up_to(session, INTERNAL)
    await change(session, "firm/a", PUBLIC, note="n")  # said to all by somebody who sees all of it
    await show_up_to(session, PUBLIC)
    await change(session, "firm/a", PUBLIC, note="m")  # so that nothing later is hidden
    assert entry(session, "firm/a").note == "m"


@pytest.mark.parametrize(("field", "key"), [("park", "park/p"), ("project", "project/p")])
async def test_an_entry_that_links_to_what_is_hidden_does_not_tell_its_id(
    session: Session, ontology: Ontology, field: str, key: str
) -> None:
    hidden = Assertion("s", "t", 2, ontology.entity_of_id(key).name, key, props={"name": "密"})
    session.truth.commit("s", "s", [hidden], "test")
    session.truth.grade_dataset("s", visibility=SECRET, owner=None)
    await show_up_to(session, SECRET)
    await change(session, "firm/a", PUBLIC, note="n")
    await change(session, "firm/a", PUBLIC, **{field: key})
    await show_up_to(session, INTERNAL)
    assert [one.payload.get(field) for one in session.truth.decisions()] == [None]
    assert (entry(session, "firm/a").note, getattr(entry(session, "firm/a"), field)) == ("n", None)


async def test_a_project_whose_link_failed_is_named_and_found_by_the_next_try(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    await change(session, "firm/a", INTERNAL, status="签约")

    async def fails(*_: Any, **__: Any) -> Any:
        raise Busy("somebody else")

    with monkeypatch.context() as patch, pytest.raises(Busy) as told:
        patch.setattr(target_project, "carry_out", fails)
        await made(session, "firm/a", INTERNAL)
    load = session.truth.loads()[-1].id
    assert told.value.extra["load"] == load
    assert f"lianpu undo {load}" in told.value.detail
    assert entry(session, "firm/a").project is None
    looked = await made(session, "firm/a", INTERNAL, Manner(plan_only=True, quiet=True))
    assert (looked.plan, looked.decision, entry(session, "firm/a").project) == (None, None, None)
    again = await made(session, "firm/a", INTERNAL)
    assert (again.load, entry(session, "firm/a").project) == (None, again.project)
    assert session.truth.loads()[-1].id == load


async def test_what_is_secret_stays_so_where_it_is_changed_on_a_page(session: Session) -> None:
    await change(session, "firm/a", SECRET, note="密")
    await TargetDesk(session).change(("firm/a", GAP), {"status": "talks"}, version="d1")
    await TargetDesk(session).change(("firm/b", GAP), {"status": "talks"}, version=NEW)
    assert [one.visibility for one in session.truth.decisions()] == [SECRET, SECRET, INTERNAL]


def test_the_list_says_of_firm_segment_and_place_each_that_it_is_gone() -> None:
    one = Decision(
        1,
        "target",
        entry_payload(Entry(firm="firm/a", gap=GAP), NAMED),
        "",
        "li",
        "2026-03-01T08:00:00+00:00",
    )
    targets = Book([one]).all()
    out = Console(file=StringIO(), width=400)
    show_targets(targets, Names({}, targets[0].names), "2026-03-02", out)
    assert isinstance(out.file, StringIO)
    assert out.file.getvalue().count("已不在案") + out.file.getvalue().count("no longer recorded") == 3
