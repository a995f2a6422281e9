"""The target list: entries, history, funnel; and changing it over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import Service, create_app
from api.routers.targets import NewTarget
from graph.decisions import Decision
from graph.errors import BadInput, NotFound
from graph.facts import Assertion
from graph.office_time import office_day, office_time
from graph.ontology import Ontology
from graph.repository.models import Ref
from graph.store import Store
from graph.targets import NEW, Book, Entry, Names, change_entry, entry_payload, funnel_of
from graph.targets.book import ChangedMeanwhile
from graph.targets.entry import FIELDS, Details
from graph.targets.table import COLUMNS, target_rows
from graph.truth import TruthStore
from lianpu.session import bring_up
from lianpu.targeting import target_job
from tests.support.applications import BASE, Whole, whole_application

GAP = "x/salt@360900"
NOBODY = Names({}, {})
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
    rows = {row.group: row for row in funnel_of(book.all(), "month", ontology, NOBODY).rows}
    march, april = rows["2026-03"], rows["2026-04"]
    assert (march.targets, march.lost, march.contracted, march.arrived, march.unread) == (2, 1, 5.0, 0.5, 0)
    assert [march.reached[s] for s in ("lead", "contact", "talks", "signed", "registered")] == [2, 2, 2, 1, 0]
    assert (april.targets, april.contracted, april.unread) == (1, None, 1)
    names = Names({"chain/x": Ref(id="chain/x", cls="Chain", caption="盐链")}, {"place/360100": "南昌市"})
    chains = funnel_of(book.all(), "chain", ontology, names).rows
    assert {(row.group, row.name) for row in chains} == {("chain/x", "盐链"), ("chain/y", "chain/y")}
    places = {(row.group, row.name) for row in funnel_of(book.all(), "place", ontology, names).rows}
    assert places == {("place/360900", "place/360900"), ("place/360100", "南昌市")}


NAMED = {"firm/a": "甲盐厂", "segment/x/salt": "盐", "place/360900": "宜春市", "chain/x": "盐链"}


def facts(ontology: Ontology, *without: str) -> list[Assertion]:
    """A firm, a segment and a place."""
    return [
        Assertion("test", "t", n, cls.name, key, props={"name": name})
        for n, (key, name) in enumerate(NAMED.items(), start=2)
        if key not in without and (cls := ontology.entity_of_id(key))
    ]


@pytest.fixture
async def whole(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Whole]:
    """The whole application over a firm, a segment and a place."""
    async with whole_application(store, ontology, tmp_path, facts(ontology)) as made:
        yield made


@pytest.fixture
def client(whole: Whole) -> httpx.AsyncClient:
    return whole.client


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
    assert (await sent(client, "GET", "/funnel?by=chain", 200, {}))["rows"][0]["name"] == "盐链"
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


async def test_without_a_desk_the_list_is_read_only(whole: Whole) -> None:
    session = whole.session
    service = Service(
        repository=session.repository,
        search=session.search,
        store=session.store,
        truth=session.truth,
        ontology=session.ontology,
        version="1",
        gaps=session.gaps,
    )
    transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as reader:
        for path, body in (("", {"firm": "firm/a", "gap": GAP}), (f"/a~{GAP}/project", {"version": "d1"})):
            assert (await reader.post(f"/api/v1/targets{path}", json=body)).status_code in (400, 404)
        await sent(reader, "POST", "", 400, {"firm": "firm/a", "gap": GAP})
        await sent(client_target := whole.client, "POST", "", 201, {"firm": "firm/a", "gap": GAP})
        await sent(reader, "POST", f"/a~{GAP}/project", 400, {"version": "d1"})
        assert (await sent(client_target, "GET", f"/a~{GAP}", 200, {}))["entry"].get("project") is None


async def test_what_the_list_can_be_told_over_http_is_what_it_has(ontology: Ontology) -> None:
    told = set(NewTarget.model_fields) - {"reason", "by"}
    assert told == set(Entry.model_fields) == {"firm", "gap", *FIELDS}
    assert set(Details.model_fields) == set(FIELDS)


async def test_a_target_whose_firm_and_gap_are_gone_can_be_changed_and_keeps_its_names(
    whole: Whole, ontology: Ontology
) -> None:
    made = await sent(whole.client, "POST", "", 201, {"firm": "firm/a", "gap": GAP})
    assert (made["gone"], made["names"]["firm/a"]) == ([], "甲盐厂")
    await whole.state(facts(ontology, "firm/a", "segment/x/salt"))
    path = f"/a~{GAP}"
    held = await sent(whole.client, "GET", path, 200, {})
    assert held["gone"] == ["firm/a", "segment/x/salt"]
    assert held["names"] == {k: v for k, v in NAMED.items() if k != "chain/x"}
    changes = {"status": "lost", "note": "企业已注销", "version": made["version"]}
    lost = await sent(whole.client, "PATCH", path, 200, changes)
    assert (lost["entry"]["status"], lost["entry"]["note"]) == ("lost", "企业已注销")
    assert (lost["names"]["firm/a"], lost["gone"]) == ("甲盐厂", held["gone"])  # kept by the newer decision
    (listed,) = (await sent(whole.client, "GET", "", 200, {}))["items"]
    assert listed == lost
    await sent(whole.client, "POST", "", 404, {"firm": "firm/b", "gap": "x/other@360900"})
    whole.session.truth.purge("test")  # nothing of its rows is left; what people decided is
    await bring_up(whole.session, "test", quiet=True)
    purged = await sent(whole.client, "GET", path, 200, {})
    assert (purged["names"], len(purged["gone"])) == (held["names"], 3)
    job = await target_job(whole.session, ("甲盐厂", GAP), {"status": "talks"})  # by its last known name
    assert "a~x/salt@360900" in job.title


async def test_months_and_days_are_those_of_the_office(ontology: Ontology) -> None:
    """18:00 UTC of 28 February is 02:00 of 1 March in China."""
    late = replace(decision(1, SALT), created_at="2026-02-28T18:00:00+00:00")
    book = Book([late])
    (row,) = funnel_of(book.all(), "month", ontology, NOBODY).rows
    assert (row.group, row.name) == ("2026-03", "2026-03")
    (cells,) = target_rows(book.all(), NOBODY, "2026-03-01", "zh")
    assert dict(zip(COLUMNS, cells, strict=True))["since"] == "2026-03-01"
    assert office_time("2026-02-28T15:59:59+00:00") == "2026-02-28 23:59"
    assert office_day("2026-02-28T16:00:00") == "2026-03-01"


async def test_who_is_said_to_handle_it_stands_in_the_history_apart_from_the_user(
    whole: Whole,
) -> None:
    client = whole.client
    body = {"firm": "firm/a", "gap": GAP, "by": " 招商一科\u3000张某<b> "}
    made = await sent(client, "POST", "", 201, body)
    (step,) = made["history"]
    assert step["by"] == "招商一科 张某<b>"
    assert step["user"] == whole.session.truth.decisions()[0].user != step["by"]
    path, seen = f"/a~{GAP}", {"version": made["version"]}
    done = await sent(client, "PATCH", path, 200, {**seen, "status": "talks"})
    assert [one["by"] for one in done["history"]] == ["招商一科 张某<b>", ""]
    for wrong in ("x" * 101, "a\x00b", "\u202etxt"):
        refused = await sent(
            client, "PATCH", path, 422, {"version": done["version"], "note": "n", "by": wrong}
        )
        assert "by" in json.dumps(refused)
    assert (await sent(client, "GET", path, 200, {}))["version"] == done["version"]


async def test_a_signed_target_becomes_a_project_over_http_and_is_taken_back(whole: Whole) -> None:
    client, path = whole.client, f"/a~{GAP}"
    made = await sent(client, "POST", "", 201, {"firm": "firm/a", "gap": GAP, "arrived": "1亿元"})
    lead = await sent(client, "POST", f"{path}/project", 422, {"version": made["version"]})
    assert lead["extra"]["found"] == "lead"
    signed = await sent(
        client, "PATCH", path, 200, {"version": made["version"], "status": "签约", "contracted": "5亿元"}
    )
    told = await sent(client, "POST", f"{path}/project", 409, {"version": made["version"]})
    assert (told["code"], told["extra"]["expected"]) == ("changed-meanwhile", signed["version"])
    body = {"version": signed["version"], "name": "锂盐项目", "by": "张某"}
    done = await sent(client, "POST", f"{path}/project", 201, body)
    key = done["target"]["entry"]["project"]
    last = done["target"]["history"][-1]
    assert (last["changed"], last["by"]) == ({"project": [None, key]}, "张某")
    node = await whole.session.repository.node(key)
    assert [node.props[name] for name in ("name", "contract_capital", "paid_in")] == [
        "锂盐项目", "5亿元", "1亿元",
    ]  # fmt: skip
    assert f"a~{GAP}" in node.props["note"]
    again = {"version": done["target"]["version"]}
    assert (await sent(client, "POST", f"{path}/project", 422, again))["extra"]["found"] == key
    truth = whole.session.truth
    truth.settle(undo=[int(done["target"]["version"].removeprefix("d"))])
    truth.undo(done["load"])
    await bring_up(whole.session, "test", quiet=True)
    assert (await sent(client, "GET", path, 200, {}))["entry"]["project"] is None
    with pytest.raises(NotFound):
        await whole.session.repository.node(key)


async def test_a_target_for_a_gap_that_only_a_secret_dataset_states_is_not_seen(
    ontology: Ontology, tmp_path: Path
) -> None:
    """Its names would tell what the dataset is not to tell."""
    truth = TruthStore(tmp_path / "secret.sqlite")
    try:
        truth.commit("open", "open", facts(ontology, "segment/x/salt"), "test")
        hidden = [one for one in facts(ontology) if one.key == "segment/x/salt"]
        truth.commit("secret", "secret", hidden, "test")
        truth.grade_dataset("secret", visibility=2, owner=None)
        truth.settle(make=[("target", entry_payload(SALT, NAMED), "why")])
        assert [one.names["segment/x/salt"] for one in Book(truth.decisions()).all()] == ["盐"]
        truth.set_clearance(1)
        assert truth.decisions() == []
    finally:
        truth.close()
