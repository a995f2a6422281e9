"""``lianpu deliver``: a folder with all documents or none, never over what is not its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import viz.documents
from graph.errors import BadInput, Busy
from lianpu.delivering import MANIFEST, check_folder, seen, whole_folder, write_manifest
from lianpu.delivery import content_of
from lianpu.session import open_session
from lianpu.settings import load_settings
from tests.support.mounts import mounted
from tests.support.program import Program

PICTURES = {"产业链全景图", "应用领域图", "技术路线图", "区域分布图"}
REAL = ("--chain", "new-energy", "--place", "宜春市")
SMALL = ("--chain", "x", "--place", "宜春市")


def sheets(folder: Path) -> dict[str, pd.DataFrame]:
    """The workbook as pandas reads it."""
    (book,) = folder.glob("*.xlsx")
    with book.open("rb") as handle:
        return pd.read_excel(handle, sheet_name=None, header=2, dtype=object)


def left(folder: Path) -> set[str]:
    """What a folder holds, hidden files included."""
    return {one.name for one in folder.iterdir()}


def test_the_documents_have_the_figures_of_the_answers(cli: Program, tmp_path: Path) -> None:
    out = tmp_path / "交付"
    told = cli("deliver", *REAL, "-o", str(out), "--json").json
    gaps = cli("gaps", *REAL, "--limit", "1000", "--json").json
    panorama = cli("panorama", *REAL, "--json").json
    assert {Path(f["name"]).stem for f in told["files"] if f["name"].endswith(".svg")} == PICTURES
    assert {Path(f["name"]).suffix for f in told["files"]} >= {".svg", ".html", ".xlsx", ".docx"}
    frames = sheets(out)
    assert len(frames) == 9
    _check_gaps(frames["缺口清单"], gaps)
    leaves = [c for c in panorama["cells"] if c["leaf"]]
    open_ = {c["segment"]["caption"] for c in leaves if c["status"]["value"] in ("unknown", "recorded")}
    listed = frames["待核实与未知清单"]
    assert set(listed[listed["类别"].isin(["要紧的未知", "未知", "未定"])]["环节"]) == open_
    at_work = {f["id"] for c in leaves for f in c["presence"]["who"]}
    assert len(frames["重点企业清单"]) >= len(at_work) > 0
    explained = frames["数据说明"]
    sources = explained[explained["类别"] == "来源"]
    assert not sources["名称"].str.startswith("source/").any()
    assert sources["等级"].isin(["A", "B", "C"]).all()
    names = set(frames["招商目标企业清单"]["补哪个缺口"].dropna())
    assert names <= {g["cell"]["segment"]["caption"] for g in gaps["items"]}


def _check_gaps(frame: pd.DataFrame, gaps: dict[str, Any]) -> None:
    assert len(frame) == gaps["total"] == len(gaps["items"]) > 0
    for (_, line), gap in zip(frame.iterrows(), gaps["items"], strict=True):
        cell = gap["cell"]
        assert (line["排名"], line["环节"]) == (gap["rank"], cell["segment"]["caption"])
        assert line["现状"].startswith(cell["status"]["label"]["zh"])
        assert line["定位"] == cell["role"]["label"]["zh"]
        value = cell["priority"]["value"]
        assert line["优先级(分项,已知份额)"].startswith("未知" if value is None else f"{value:.2f}")
        assert (None if pd.isna(line["候选数"]) else line["候选数"]) == gap["candidates"]


def test_a_delivery_is_listed_and_replaced_only_with_force(small: Program, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = small("deliver", *SMALL, "-o", str(out), "--as-of", "2024", "--json").json
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    assert manifest["files"] == told["files"]
    assert (manifest["chain"], manifest["place"]) == ("chain/x", "place/360900")
    assert manifest["as_of"] == "2024-12-31"
    for one in manifest["files"]:
        data = (out / one["name"]).read_bytes()
        assert (one["bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert left(out) == {MANIFEST, *(one["name"] for one in manifest["files"])}
    (out / "图集.html").write_text("旧", "utf-8")
    refused = small("deliver", *SMALL, "-o", str(out))
    assert refused.code == 1
    assert "--force" in refused.err
    assert (out / "图集.html").read_text("utf-8") == "旧"
    assert small("deliver", *SMALL, "-o", str(out), "--force").code == 0
    assert (out / "图集.html").read_text("utf-8") != "旧"
    assert left(tmp_path) == {"out"}


def test_documents_are_marked_as_their_data_demand_and_no_higher(alone: Program, tmp_path: Path) -> None:
    def marked(name: str) -> tuple[str, str]:
        out = tmp_path / name
        told = alone("deliver", *SMALL, "-o", str(out), "--json").json
        explained = sheets(out)["数据说明"]
        scope = explained[explained["类别"] == "范围"].set_index("编号")
        return told["visibility"], scope.loc["可见范围", "名称"]

    assert marked("public") == ("公开", "公开")
    secret = ("--reason", "r", "--visibility", "secret", "--json")
    assert alone("fix", "firm/one", "founded", "2001", *secret).code == 0
    assert marked("secret") == ("商业秘密", "商业秘密")
    assert alone("clearance", "internal").code == 0
    assert marked("hidden") == ("公开", "公开")
    assert alone("visibility", "base", "internal").code == 0
    assert marked("internal") == ("内部", "内部")


@pytest.mark.parametrize("changed", [True, False])
async def test_documents_never_mix_two_revisions(
    alone: Program, monkeypatch: pytest.MonkeyPatch, *, changed: bool
) -> None:
    real = viz.documents.gather

    async def slow(*args: Any, **options: Any) -> Any:
        made = await real(*args, **options)
        if changed:
            fix = ("fix", "firm/one", "founded", "2001", "--reason", "r", "--json")
            assert (await asyncio.to_thread(alone, *fix)).code == 0
        return made

    monkeypatch.setattr(viz.documents, "gather", slow)
    settings = load_settings(home=Path(alone.environ["LIANPU_HOME"]))
    async with open_session(settings, seed=False, quiet=True) as session:
        at = session.truth.revision
        if changed:
            with pytest.raises(Busy, match=r"data were changed|数据变了"):
                await content_of(session, "x", "宜春市", None)
            assert session.truth.revision == at + 1
        else:
            assert (await content_of(session, "x", "宜春市", None)).revision == at


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """A folder that looks as a delivery does."""
    out = tmp_path / "out"
    with whole_folder(out) as part:
        (part / "图集.html").write_text("旧", "utf-8")
        write_manifest(part, {})
    return out


def test_only_a_delivery_is_ever_replaced(delivered: Path, tmp_path: Path) -> None:
    assert check_folder(delivered, option="-o", force=True)[0] == delivered.resolve()
    with pytest.raises(BadInput, match="--force"):
        check_folder(delivered, option="-o")
    (tmp_path / "empty").mkdir()
    assert check_folder(tmp_path / "empty", option="-o")[0] == (tmp_path / "empty").resolve()
    home = tmp_path / "home"
    for wrong in (tmp_path, delivered / "图集.html", tmp_path / "no" / "out"):
        with pytest.raises(BadInput, match="-o"):
            check_folder(wrong, option="-o", force=True)
    for wrong in (home, home / "new", tmp_path):
        with pytest.raises(BadInput, match="-o"):
            check_folder(wrong, option="-o", force=True, never=[home])


@pytest.mark.parametrize("foreign", ["file", "folder", "manifest"])
def test_a_delivery_with_something_of_others_in_it_is_not_replaced(delivered: Path, foreign: str) -> None:
    if foreign == "file":
        (delivered / "我的笔记.txt").write_text("留", "utf-8")
    elif foreign == "folder":
        (delivered / "图集.html").unlink()
        (delivered / "图集.html").mkdir()
    else:
        (delivered / MANIFEST).write_text("[]")
    before = left(delivered)
    with pytest.raises(BadInput):
        check_folder(delivered, option="-o", force=True)
    assert left(delivered) == before


def test_what_is_not_known_is_told_and_nothing_is_written(small: Program, tmp_path: Path) -> None:
    for args, told in (
        (("--chain", "nosuch", "--place", "宜春市"), "nosuch"),
        ((*SMALL, "--as-of", "昨天"), "昨天"),
    ):
        refused = small("deliver", *args, "-o", str(tmp_path / "out"))
        assert refused.code == 1
        assert told in refused.err
    assert left(tmp_path) == set()


def test_a_place_without_data_has_honest_documents(small: Program, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = small("deliver", *SMALL, "-o", str(out), "--as-of", "1990", "--json").json
    assert told["gaps"] == 0
    assert told["lines"]["待核实与未知清单"] > 0
    assert told["lines"]["缺口清单"] == 0


def test_a_full_disk_leaves_no_half_delivery(small: Program, tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=300k") as disk:
        refused = small("deliver", *SMALL, "-o", str(disk / "out"))
        assert refused.code == 1
        assert "Traceback" not in refused.err
        assert left(disk) == set()


def test_what_was_there_stays_when_the_new_folder_fails(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "old").write_text("old")
    with pytest.raises(BadInput), whole_folder(out, seen(out)) as part:
        (part / "new").write_text("new")
        raise OSError(28, "No space left on device")
    assert left(out) == {"old"}
    with pytest.raises(KeyboardInterrupt), whole_folder(out, seen(out)) as part:
        (part / "new").write_text("new")
        raise KeyboardInterrupt
    assert left(out) == {"old"}
    with whole_folder(out, seen(out)) as part:
        (part / "new").write_text("new")
    assert left(out) == {"new"}
    assert left(tmp_path) == {"out"}


@pytest.mark.parametrize("there", ["nothing", "an empty folder", "a delivery"])
def test_of_two_that_write_to_one_folder_the_second_is_told(tmp_path: Path, there: str) -> None:
    out = tmp_path / "out"
    if there != "nothing":
        out.mkdir()
    if there == "a delivery":
        write_manifest(out, {})
    both = [check_folder(out, option="-o", force=True) for _ in range(2)]
    with pytest.raises(BadInput, match=r"meanwhile|有人"), whole_folder(*both[1]) as second:
        (second / "second").write_text("")
        with whole_folder(*both[0]) as first:
            (first / "first").write_text("")
    assert left(out) == {"first"}
    assert left(tmp_path) == {"out"}


def test_of_two_that_come_at_once_one_is_let_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(Path, "exists", lambda _: False)  # seen before the other was there
    with pytest.raises(BadInput, match=r"meanwhile|有人"), whole_folder(out) as second:
        (second / "second").write_text("")
        with whole_folder(out) as first:
            (first / "first").write_text("")
    assert left(out) == {"first"}


def test_a_note_put_into_a_delivery_meanwhile_is_kept(delivered: Path) -> None:
    where, before = check_folder(delivered, option="-o", force=True)
    with pytest.raises(BadInput), whole_folder(where, before):
        (delivered / "我的笔记.txt").write_text("留", "utf-8")
    assert "我的笔记.txt" in left(delivered)


def test_work_saved_into_a_file_of_a_delivery_meanwhile_is_kept(delivered: Path) -> None:
    where, before = check_folder(delivered, option="-o", force=True)
    with pytest.raises(BadInput, match=r"meanwhile|有人"), whole_folder(where, before):
        (delivered / "图集.html").write_text("新", "utf-8")  # of the same size
    assert (delivered / "图集.html").read_text("utf-8") == "新"


def test_a_delivery_that_cannot_be_put_back_is_named(
    delivered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, before = check_folder(delivered, option="-o", force=True)
    rename, kept = Path.rename, left(delivered)

    def taking(self: Path, target: Path) -> Path:
        done = rename(self, target)
        if self == where:
            where.mkdir()
            (where / "theirs").write_text("")
        return done

    monkeypatch.setattr(Path, "rename", taking)
    with pytest.raises(BadInput) as caught, whole_folder(where, before) as part:
        (part / "new").write_text("new")
    monkeypatch.undo()
    (old,) = (one for one in tmp_path.iterdir() if one != where)
    assert str(old) in caught.value.detail
    assert (left(old), left(where)) == (kept, {"theirs"})
    (where / "theirs").unlink()
    where.rmdir()
    with pytest.raises(BadInput, match=re.escape(old.name)):
        check_folder(where, option="-o")
    old.rename(where)
    assert check_folder(where, option="-o", force=True)[1] == before


@pytest.mark.parametrize("wrong", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
@pytest.mark.parametrize("returns", [True, False])
def test_what_was_there_is_never_lost_where_folders_cannot_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: BaseException, *, returns: bool
) -> None:
    out, rename, done = tmp_path / "out", Path.rename, []
    out.mkdir()
    (out / "old").write_text("old")

    def failing(self: Path, target: Path) -> Path:
        done.append(self)
        if len(done) == 2 or (len(done) == 3 and not returns):
            raise wrong
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((BadInput, KeyboardInterrupt)), whole_folder(out, seen(out)) as part:
        (part / "new").write_text("new")
    (kept,) = tmp_path.iterdir()
    assert left(kept) == {"old"}
    assert (kept == out) is returns
