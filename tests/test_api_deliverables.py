"""The documents of an office over HTTP: begun, followed, fetched, bounded, removed."""

from __future__ import annotations

import asyncio
import hashlib
import html
import io
import json
import re
import shutil
import threading
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx
import openpyxl
import pytest

import lianpu.deliveries
from api import Service, create_app
from graph.engine.locks import ExclusiveLock
from graph.ontology import Ontology
from graph.store import MetaState, Store
from graph.truth import TruthStore
from lianpu.commands.serve import application
from lianpu.deliveries import WAITING
from lianpu.delivery import write_delivery
from lianpu.run_folder import FOLDER, empty_folders, run_folder
from lianpu.session import Session
from tests.support.applications import session_over
from tests.support.chain_sample import store_members
from tests.support.gap_sample import gap_members

ASKED = {"chain": "新能源", "place": "宜春市", "as_of": "2024-12-31"}
BASE, URL = "http://127.0.0.1:8000", "/api/v1/deliverables"
STEM = "宜春市-新能源"
Client = httpx.AsyncClient


@pytest.fixture
async def session(store: Store, ontology: Ontology, tmp_path: Path) -> AsyncIterator[Session]:
    """A session over the sample graph."""
    truth = TruthStore(tmp_path / "truth.sqlite")
    await store_members(store, gap_members())
    await store.set_meta(MetaState(truth.store_id, truth.revision, "whole", 1))
    yield session_over(store, ontology, tmp_path, truth)
    truth.close()


@asynccontextmanager
async def serving(session: Session) -> AsyncIterator[Client]:
    """A client of the application, which is started and ended."""
    app = application(session)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        Client(transport=transport, base_url=BASE) as opened,
    ):
        yield opened


@pytest.fixture
async def client(session: Session) -> AsyncIterator[Client]:
    """A client of the application."""
    async with serving(session) as opened:
        yield opened


class Gate:
    """Holds back the writing of documents, which is done in earnest once it is open."""

    def __init__(self, write: Callable[..., dict[str, Any]]) -> None:
        self._write, self._open, self.reached = write, threading.Event(), threading.Event()

    def __call__(self, *args: Any) -> dict[str, Any]:
        self.reached.set()
        assert self._open.wait(60)
        return self._write(*args)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """The gate before the writing; open at the end of the test."""
    made = Gate(write_delivery)
    monkeypatch.setattr(lianpu.deliveries, "write_delivery", made)
    yield made
    made.open()


async def told(client: Client, path: str = "", status: int = 200, **body: str) -> Any:
    """What is answered; with a body it is posted."""
    answer = await (client.post(URL + path, json=body) if body else client.get(URL + path))
    assert answer.status_code == status, answer.text
    return answer.json()


async def ended(client: Client, key: str) -> Any:
    """A deliverable once it is made or has failed."""
    async with asyncio.timeout(60):
        while True:
            now = await told(client, f"/{key}")
            assert now["state"] in ("queued", "running", "done", "failed")
            assert 0 <= now["done"] <= max(now["total"], now["done"])
            if now["state"] in ("done", "failed"):
                return now
            await asyncio.sleep(0.05)


async def reached(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.reached.wait, 60)


async def test_documents_are_made_followed_and_fetched(client: Client, session: Session) -> None:
    answer = await client.post(URL, json=ASKED)
    assert answer.status_code == 202
    made = answer.json()
    assert answer.headers["location"] == f"/api/v1/deliverables/{made['id']}"
    assert (made["chain"]["id"], made["place"]["id"]) == ("chain/new-energy", "place/360900")
    assert (made["as_of"], made["state"], made["files"]) == ("2024-12-31", "queued", [])
    done = await ended(client, made["id"])
    assert (done["state"], done["problem"], done["revision"]) == ("done", None, session.truth.revision)
    assert [one["id"] for one in (await told(client))["items"]] == [made["id"]]
    files = {one["name"]: one for one in done["files"]}
    assert {
        f"{STEM}-清单.xlsx",
        f"{STEM}-简报.docx",
        "图集.html",
        "产业链全景图.svg",
        "manifest.json",
    } <= set(files)
    held = {name: await client.get(f"{URL}/{made['id']}/{quote(name)}") for name in files}
    for name, got in held.items():
        assert got.status_code == 200
        entry = files[name]
        assert (len(got.content), hashlib.sha256(got.content).hexdigest()) == (
            entry["bytes"],
            entry["sha256"],
        )
        ascii_name, named = got.headers["content-disposition"].split("; ")[1:]
        assert unquote(named.removeprefix("filename*=UTF-8''")) == name
        assert ascii_name == f'filename="deliverable{Path(name).suffix}"'
        assert got.headers["x-content-type-options"] == "nosniff"
    types = {Path(name).suffix: got.headers["content-type"].split(";")[0] for name, got in held.items()}
    office = "application/vnd.openxmlformats-officedocument"
    assert types[".xlsx"] == f"{office}.spreadsheetml.sheet"
    assert types[".docx"] == f"{office}.wordprocessingml.document"
    assert (types[".svg"], types[".html"], types[".json"]) == (
        "image/svg+xml",
        "text/html",
        "application/json",
    )
    manifest = json.loads(held["manifest.json"].content)
    assert {one["name"] for one in manifest["files"]} | {"manifest.json"} == set(files)
    assert (manifest["lines"], manifest["gaps"]) == (done["lines"], done["gaps"])
    book = openpyxl.load_workbook(io.BytesIO(held[f"{STEM}-清单.xlsx"].content))
    assert list(done["lines"]) == book.sheetnames
    whole = await client.get(f"{URL}/{made['id']}.zip")
    assert whole.headers["content-type"] == "application/zip"
    assert unquote(whole.headers["content-disposition"]).endswith(f"UTF-8''{STEM}.zip")
    with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {
            f"{STEM}/{name}": got.content for name, got in held.items()
        }


async def test_nothing_but_the_files_of_the_manifest_is_given(
    client: Client, session: Session, gate: Gate
) -> None:
    key = (await told(client, "", 202, **ASKED))["id"]
    await reached(gate)
    assert (await told(client, f"/{key}/manifest.json", 404))["extra"]["found"] == "running"
    await told(client, f"/{key}.zip", 404)
    gate.open()
    assert (await ended(client, key))["state"] == "done"
    for name in (
        "none.xlsx",
        "..%2F..%2F..%2Ftruth.sqlite",
        "%2e%2e",
        "..%5Cx",
        "%2Fetc%2Fpasswd",
        "x%00",
    ):
        assert (await client.get(f"{URL}/{key}/{name}")).status_code == 404, name
    for path in ("/000000000000", "/000000000000.zip", "/000000000000/manifest.json"):
        assert (await told(client, path, 404))["code"] == "not-found"
    empty_folders(session.settings.home / FOLDER)  # as a purge does
    await told(client, f"/{key}/manifest.json", 404)
    assert (await told(client))["items"] == []


async def test_what_cannot_be_made_is_refused_at_once(client: Client) -> None:
    assert (await told(client, "", 404, **{**ASKED, "chain": "没有"}))["code"] == "not-found"
    assert (await told(client, "", 404, **{**ASKED, "place": "没有"}))["code"] == "not-found"
    assert (await told(client, "", 422, **{**ASKED, "as_of": "去年"}))["code"] == "bad-input"
    assert (await told(client, "", 422, chain="新能源"))["code"] == "bad-parameter"
    assert (await told(client))["items"] == []


async def test_one_is_made_at_a_time_and_a_full_queue_says_what_is_in_it(client: Client, gate: Gate) -> None:
    years = [str(year) for year in range(2020, 2021 + WAITING)]
    keys = []
    for year in years:
        keys.append((await told(client, "", 202, **{**ASKED, "as_of": year}))["id"])
        await reached(gate)
    again = await told(client, "", 202, **{**ASKED, "as_of": years[1]})
    assert again["id"] == keys[1]
    states = [one["state"] for one in reversed((await told(client))["items"])]
    assert states == ["running", *["queued"] * WAITING]
    full = await told(client, "", 409, **ASKED)
    assert (full["code"], full["extra"]) == ("queue-full", {"running": keys[:1], "queued": keys[1:]})
    assert all(f"新能源 宜春市 {year}-12-31" in full["detail"] for year in years)


async def test_only_the_newest_are_kept_and_only_while_they_may_be_shown(
    client: Client, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lianpu.deliveries, "KEPT", 1)
    first = (await told(client, "", 202, **ASKED))["id"]
    await ended(client, first)
    second = (await told(client, "", 202, **{**ASKED, "as_of": "2023"}))["id"]
    await told(client, f"/{first}", 404)
    await ended(client, second)
    (run,) = (p for p in (session.settings.home / FOLDER).iterdir() if p.is_dir())
    assert [p.name for p in run.iterdir()] == [second]
    session.truth.set_clearance(0)
    assert (await told(client))["items"] == []
    await told(client, f"/{second}/manifest.json", 404)
    assert list(run.iterdir()) == []


async def test_a_failure_is_told_and_the_next_is_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = write_delivery
    at_work: list[Path] = []

    def without_folder_first(where: Path, *more: Any) -> dict[str, Any]:
        at_work.append(where)
        if len(at_work) > 1:
            return write(where, *more)
        where.parent.rmdir()
        try:
            return write(where, *more)
        finally:
            where.parent.mkdir()

    monkeypatch.setattr(lianpu.deliveries, "write_delivery", without_folder_first)
    first = (await told(client, "", 202, **ASKED))["id"]
    second = (await told(client, "", 202, **{**ASKED, "as_of": "2023"}))["id"]
    failed = await ended(client, first)
    assert (failed["state"], failed["files"], failed["problem"]["code"]) == ("failed", [], "bad-input")
    assert failed["problem"]["instance"] == f"/api/v1/deliverables/{first}"
    await told(client, f"/{first}.zip", 404)
    assert (await ended(client, second))["state"] == "done"
    assert [where.name for where in at_work] == [first, second]


async def test_the_end_of_the_server_gives_up_what_is_made_and_removes_all(
    session: Session, gate: Gate
) -> None:
    async with serving(session) as client:
        await told(client, "", 202, **ASKED)
        await told(client, "", 202, **{**ASKED, "as_of": "2023"})
        await reached(gate)
        async with asyncio.timeout(10):
            await told(client)
    assert list((session.settings.home / FOLDER).iterdir()) == []
    gate.open()


async def test_the_page_begins_one_and_links_its_files(client: Client) -> None:
    form = {"chain": "new-energy", "place": "place/360900", "as_of": "2024-12-31"}
    sent = await client.post("/deliverables", data=form)
    assert sent.status_code == 303
    shown = (await client.get(sent.headers["location"])).text
    assert 'http-equiv="refresh"' in shown
    ((key,),) = [[one["id"] for one in (await told(client))["items"]]]
    files = [one["name"] for one in (await ended(client, key))["files"]]
    done = (await client.get(sent.headers["location"])).text
    assert 'http-equiv="refresh"' not in done
    links = re.findall(r'href="([^"]*/api/v1/deliverables/[^"]*)" download', done)
    assert [unquote(link) for link in links] == [f"{URL}/{key}.zip", *(f"{URL}/{key}/{n}" for n in files)]
    assert {(await client.get(link)).status_code for link in links} == {200}
    panorama = (await client.get("/panorama", params=form)).text
    assert f'href="{html.escape(sent.headers["location"])}"' in panorama
    wrong = await client.post("/deliverables", data={**form, "as_of": "x"}, headers={"accept": "text/html"})
    assert (wrong.status_code, "text/html" in wrong.headers["content-type"]) == (422, True)


def test_runs_keep_to_themselves_and_remove_what_others_left(tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.mkdir()
    (tmp_path / "left.lock").touch()
    bare = tmp_path / "bare"
    bare.mkdir()
    with run_folder(tmp_path) as first:
        assert {p.name for p in tmp_path.iterdir()} == {first.name, f"{first.name}.lock"}
        with run_folder(tmp_path) as second:
            assert first.is_dir()
            assert second.is_dir()
        assert not second.exists()
        shutil.rmtree(first)
        assert not ExclusiveLock(first.with_name(f"{first.name}.lock")).try_acquire()
    assert list(tmp_path.iterdir()) == []


async def test_without_a_room_there_are_none(session: Session) -> None:
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
    async with Client(transport=transport, base_url=BASE) as client:
        assert (await told(client, "", 400))["code"] == "usage"
