"""A purged dataset is gone from every file of the data directory."""

from __future__ import annotations

from pathlib import Path

from tests.support.program import Program
from tests.support.small import HOME, load

NAME, PRODUCT = "绝密前缀公司", "zqx-product-zqx"
SECRET = {"firms": [{"id": "firm/purgeme", "name": NAME, "products": PRODUCT, "place": "place/360900"}]}
TRACES = [text.encode() for text in (NAME, PRODUCT, "purgeme")]


def holding(home: Path) -> set[str]:
    """Files of the data directory in which a trace of the dataset is found."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(home)) for path in files if any(trace in path.read_bytes() for trace in TRACES)
    }


def test_no_byte_of_it_is_left(alone: Program) -> None:
    home = alone.cwd / HOME
    whole = alone("digest", "--json").json["engine"]
    load(alone, "gone", SECRET)
    assert alone("find", NAME, "--json").json["hits"]["items"]
    assert {"truth.sqlite", "search.sqlite"} <= holding(home)
    assert any(name.startswith("engine/") for name in holding(home))
    refused = alone("purge", "gone", "--json")
    assert (refused.code, refused.json["code"]) == (1, "bad-input")
    plan = alone("purge", "gone", "--plan-only", "--json").json
    assert (plan["done"], plan["counts"]["removed"]) == (False, 5)
    done = alone("purge", "gone", "--yes", "--json")
    assert done.code == 0, done.out + done.err
    assert done.json["purged"] == {"assertions": 5, "versions": 1, "decisions": 0, "loads": 1}
    assert holding(home) == set()
    told = alone("digest", "--json").json
    assert (told["equal"], told["engine"]) == (True, whole)
    assert {d["id"] for d in alone("loads", "--json").json["datasets"]} == {"base"}


def test_decisions_of_people_are_told_of_as_kept(small: Program) -> None:
    load(small, "told", {"firms": [{"id": "firm/told", "name": "有决定公司"}]})
    made = small("distinct", "firm/told", "firm/one", "--reason", "两家", "--json").json["decision"]
    plan = small("purge", "told", "--plan-only", "--json").json
    assert plan["kept"] == {"decisions": [made], "copies": []}
    assert made in small("purge", "told", "--plan-only").out
    builtin = small("purge", "builtin", "--yes", "--json")
    assert (builtin.code, builtin.json["code"]) == (1, "bad-input")
    assert small("purge", "nothing", "--yes", "--json").json["extra"]["near"] == ["base", "told"]


def test_an_engine_in_use_is_not_pulled_from_under_others(small: Program) -> None:
    load(small, "busy", {"firms": [{"id": "firm/busy", "name": "占用公司"}]})
    told = small("purge", "busy", "--yes", "--json", LIANPU_WRITE_WAIT_S="1")  # the test holds the engine
    assert (told.code, told.json["code"]) == (3, "engine-locked")
    assert small("show", "firm/busy", "--json").code == 0
