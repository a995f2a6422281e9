"""The target list: entries, history, funnel; and changing it over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import create_app
from graph.decisions import Decision
from graph.errors import BadInput
from graph.facts import Assertion
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.ontology import Ontology
from graph.repository import Repository
from graph.search import LiveSearch, SearchIndex
from graph.store import Store
from graph.targets import NEW, Book, Entry, change_entry, entry_payload, funnel_of
from graph.targets.book import ChangedMeanwhile
from graph.truth import TruthStore
from lianpu.commands.serve import application
from lianpu.session import Session, bring_up
from lianpu.settings import Settings

GAP = "x/salt@360900"
SALT = Entry(firm="firm/a", gap=GAP)


def decision(number: int, entry: Entry, *, at: str = "2026-03-01", undone: bool = False) -> Decision:
    when = "2026-12-01" if undone else None
    return Decision(number, "target", entry_payload(entry), "why", "li", f"{at}T08:00:00+00:00", when)


def changed(ontology: Ontology, **fields: str) -> Entry:
    return change_entry(SALT, dict(fields), ontology)


def test_the_last_decision_that_holds_is_the_entry_and_all_are_its_history(ontology: Ontology) -> None:
    talks, signed = changed(ontology, status="在谈", due="2026-05"), changed(ontology, status="signed")
    book = Book([decision(1, SALT), decision(2, talks), decision(3, signed, undone=True)])
    (one,) = book.all()
    assert (one.version, one.entry.status, one.entry.due) == ("d2", "talks", "2026-05")
    assert [(s.decision, s.undone) for s in one.history] == [("d1", False), ("d2", False), ("d3", True)]
    assert one.history[1].changed == {"status": ("lead", "talks"), "due": (None, "2026-05")}
    assert Book([decision(1, SALT, undone=True)]).all() == []


def test_who_has_read_an_older_entry_is_told_who_changed_it(ontology: Ontology) -> None:
    book = Book([decision(1, SALT), decision(2, changed(ontology, status="talks"))])
    book.see_unchanged(SALT.key, "d2")
    with pytest.raises(ChangedMeanwhile) as told:
        book.see_unchanged(SALT.key, "d1")
    assert (told.value.extra["user"], told.value.extra["expected"]) == ("li", "d2")


def test_who_has_read_what_was_undone_is_told_so_and_what_holds(ontology: Ontology) -> None:
    book = Book([decision(1, SALT), decision(2, changed(ontology, status="talks"), undone=True)])
    with pytest.raises(ChangedMeanwhile) as told:
        book.see_unchanged(SALT.key, "d2")
    assert (told.value.extra["found"], told.value.extra["expected"]) == ("d2", "d1")
    assert "user" not in told.value.extra
    book.see_unchanged(SALT.key, "d1")


def test_an_entry_that_is_to_be_new_may_not_be_there(ontology: Ontology) -> None:
    Book([]).see_unchanged(SALT.key, NEW)
    with pytest.raises(BadInput):
        Book([decision(1, SALT)]).see_unchanged(SALT.key, NEW)


def test_what_an_older_program_stored_is_still_read() -> None:
    stored = decision(1, SALT)
    stored.payload["note"] = "\ud800x"
    (one,) = Book([stored]).all()
    assert one.entry.note == "\\ud800x"
    one.model_dump_json()


def test_the_entries_of_merged_firms_are_one_until_they_are_split(ontology: Ontology) -> None:
    other = change_entry(Entry(firm="firm/b", gap=GAP), {"note": "B"}, ontology)
    steps = [decision(1, SALT), decision(2, other)]
    merge = Decision(
        3, "merge", {"keep": "firm/a", "retire": "firm/b"}, "", "li", "2026-04-01T08:00:00+00:00"
    )
    (one,) = Book([*steps, merge]).all()
    assert (one.key, one.entry.firm, one.entry.note, one.version) == (SALT.key, "firm/a", "B", "d2")
    assert Book([*steps, merge]).named(other.key) == one
    assert {t.key for t in Book([*steps, replace(merge, undone_at="2026-05-01")]).all()} == {
        SALT.key,
        other.key,
    }


def test_overdue_is_after_the_last_day_of_the_date_and_never_at_the_end(ontology: Ontology) -> None:
    entry = changed(ontology, due="2026-05")
    assert [entry.overdue(day) for day in ("2026-05-31", "2026-06-01")] == [False, True]
    assert not change_entry(entry, {"status": "流失"}, ontology).overdue("2026-06-01")
    assert not SALT.overdue("2099-01-01")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "签了"),
        ("status", ""),
        ("due", "下周"),
        ("arrived", "很多"),
        ("park", "place/360900"),
        ("colour", "x"),
        ("note", "\ud800"),
        ("note", "a\x00b"),
        ("next_step", "\u202etxt"),
        ("contracted", "-5亿元"),
    ],
)
def test_what_does_not_read_is_refused_with_its_field(ontology: Ontology, field: str, value: str) -> None:
    with pytest.raises(BadInput) as told:
        changed(ontology, **{field: value})
    assert field in (told.value.extra.get("field"), told.value.extra["found"])


def test_an_empty_text_takes_a_value_out(ontology: Ontology) -> None:
    assert change_entry(changed(ontology, note="n"), {"note": " "}, ontology).note is None


def test_the_funnel_counts_how_far_and_keeps_both_sums_apart(ontology: Ontology) -> None:
    """One is signed (5亿元, of which 5000万元 arrived), one was lost while in talks, one is a lead."""
    one = changed(ontology, status="signed", contracted="5亿元", arrived="5000万元")
    two = change_entry(Entry(firm="firm/b", gap=GAP), {"status": "talks"}, ontology)
    lost = change_entry(two, {"status": "lost"}, ontology)
    three = Entry(firm="firm/c", gap="y/z@360100", contracted="3至5亿元")
    steps = [(one, "2026-03-05"), (two, "2026-03-09"), (lost, "2026-04-01"), (three, "2026-04-02")]
    book = Book([decision(n, e, at=at) for n, (e, at) in enumerate(steps, start=1)])
    rows = {row.group: row for row in funnel_of(book.all(), "month", ontology).rows}
    march, april = rows["2026-03"], rows["2026-04"]
    assert (march.targets, march.lost, march.contracted, march.arrived, march.unread) == (2, 1, 5.0, 0.5, 0)
    assert [march.reached[s] for s in ("lead", "contact", "talks", "signed", "registered")] == [2, 2, 2, 1, 0]
    assert (april.targets, april.contracted, april.unread) == (1, None, 1)
    assert {row.group for row in funnel_of(book.all(), "chain", ontology).rows} == {"chain/x", "chain/y"}
    places = {row.group for row in funnel_of(book.all(), "place", ontology).rows}
    assert places == {"place/360900", "place/360100"}


@pytest.fixture
async def client(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application over a firm, a segment and a place."""
    truth = TruthStore(tmp_path / "truth.sqlite")
    rows = [
        Assertion("d", "t", n, cls, key, props={"name": name})
        for n, (cls, key, name) in enumerate(
            [
                ("Firm", "firm/a", "甲盐厂"),
                ("Segment", "segment/x/salt", "盐"),
                ("Place", "place/360900", "宜春市"),
            ],
            start=2,
        )
    ]
    truth.commit("d", "d", rows, "test")
    limits = Limits()
    session = Session(
        settings=Settings(home=tmp_path),
        ontology=ontology,
        truth=truth,
        store=store,
        repository=Repository(store, ontology, truth, limits),
        search=LiveSearch(SearchIndex(tmp_path / "search.sqlite", ontology, limits), store),
        gaps=Gaps(store, ontology, limits),
    )
    await bring_up(session, "test", quiet=True)
    app = application(session)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as opened,
    ):
        yield opened
    truth.close()


async def sent(
    client: httpx.AsyncClient, method: str, path: str, status: int, body: dict[str, Any], **headers: str
) -> Any:
    answer = await client.request(method, f"/api/v1/targets{path}", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_target_is_entered_changed_and_kept_from_a_second_hand(client: httpx.AsyncClient) -> None:
    made = await sent(client, "POST", "", 201, {"firm": "firm/a", "gap": GAP, "status": "接洽"})
    assert (made["key"], made["entry"]["status"]) == (f"a~{GAP}", "contact")
    path = f"/a~{GAP}"
    done = await sent(client, "PATCH", path, 200, {"due": "2026-05", "version": made["version"]})
    assert (done["entry"]["status"], done["entry"]["due"]) == ("contact", "2026-05")
    told = await sent(client, "PATCH", path, 409, {"status": "talks", "version": made["version"]})
    assert (told["code"], told["extra"]["expected"]) == ("changed-meanwhile", done["version"])
    assert (await sent(client, "GET", path, 200, {}))["entry"] == done["entry"]
    assert (await sent(client, "GET", "", 200, {}))["total"] == 1
    assert (await sent(client, "GET", "/funnel?by=chain", 200, {}))["rows"][0]["group"] == "chain/x"
    for name in ("firm/a", "甲盐厂"):
        await sent(client, "POST", "", 422, {"firm": name, "gap": GAP, "status": "lost"})
    assert (await sent(client, "GET", path, 200, {}))["entry"] == done["entry"]


async def test_a_change_says_what_it_has_seen_and_is_no_longer_than_its_field(
    client: httpx.AsyncClient,
) -> None:
    made = await sent(client, "POST", "", 201, {"firm": "firm/a", "gap": GAP})
    path = f"/a~{GAP}"
    told = await sent(client, "PATCH", path, 422, {"status": "talks"})
    assert "version" in json.dumps(told)
    for version in (None, ""):
        body = {"status": "talks", "version": version}
        assert (await client.patch(f"/api/v1/targets{path}", json=body)).status_code in (409, 422)
    long = {"note": "字" * 2001, "version": made["version"]}
    told = await sent(client, "PATCH", path, 422, long)
    assert "note" in json.dumps(told)
    assert (await sent(client, "GET", path, 200, {}))["version"] == made["version"]
    await sent(client, "PATCH", path, 200, {**long, "note": "字" * 2000})


async def test_wrong_targets_are_refused(client: httpx.AsyncClient) -> None:
    await sent(client, "POST", "", 404, {"firm": "firm/nobody", "gap": GAP})
    await sent(client, "POST", "", 404, {"firm": "firm/a", "gap": "x/none@360900"})
    await sent(client, "POST", "", 422, {"firm": "firm/a", "gap": "nonsense"})
    await sent(client, "PATCH", "/nobody~x", 404, {"version": "d1"})
    await sent(client, "GET", "?status=signed+up", 422, {})


async def test_a_page_from_elsewhere_changes_nothing(client: httpx.AsyncClient) -> None:
    body = {"firm": "firm/a", "gap": GAP}
    told = await sent(client, "POST", "", 403, body, Origin="https://elsewhere.example")
    assert told["code"] == "foreign-origin"
    await sent(client, "POST", "", 403, body, **{"Sec-Fetch-Site": "cross-site"})
    assert (await sent(client, "GET", "", 200, {}))["total"] == 0


async def test_without_a_desk_the_list_is_read_only(
    store: Store, ontology: Ontology, tmp_path: Path, client: httpx.AsyncClient
) -> None:
    from api import Service

    truth = TruthStore(tmp_path / "other.sqlite")
    limits = Limits()
    service = Service(
        repository=Repository(store, ontology, truth, limits),
        search=LiveSearch(SearchIndex(tmp_path / "s.sqlite", ontology, limits), store),
        store=store,
        truth=truth,
        ontology=ontology,
        version="1",
        gaps=Gaps(store, ontology, limits),
    )
    transport = httpx.ASGITransport(create_app(replace(service)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as reader:
        await sent(reader, "POST", "", 400, {"firm": "firm/a", "gap": GAP})
    truth.close()
