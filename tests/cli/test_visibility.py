"""What is above the clearance is absent everywhere, and comes back when the clearance is raised."""

from __future__ import annotations

from tests.cli.test_serving import get, serving
from tests.support.program import Program, Told
from tests.support.small import HOME, load

NAME, TRACE = "内部专有公司", "hushhush"
INTERNAL = {
    "firms": [{"id": f"firm/{TRACE}", "name": NAME, "place": "place/360900"}],
    "works_in": [{"from": f"firm/{TRACE}", "to": "segment/x/cell", "product": f"{TRACE}-cell"}],
}
ASKED = (
    ("find", NAME), ("show", "segment/x/cell"), ("chain", "x"), ("neighbours", "place/360900"),
    ("check",), ("loads",), ("decisions",), ("digest", "--no-engine"),
)  # fmt: skip


def says(told: Told) -> bool:
    """Whether an answer speaks of the dataset."""
    return any(word in told.out + told.err for word in (NAME, TRACE, "internals"))


def drawn(program: Program, name: str) -> str:
    """The picture of the firm that works in the same segment and city."""
    file = program.cwd / f"{name}.html"
    told = program("draw", "firm/one", "--output", str(file), "--json")
    assert told.code == 0, told.out
    return file.read_text(encoding="utf-8")


def test_nothing_of_an_internal_dataset_is_seen_with_clearance_public(small: Program) -> None:
    without = {call: small(*call, "--json").out for call in ASKED if call[0] not in ("loads", "find")}
    load(small, "internals", INTERNAL, "--visibility", "内部", "--owner", "工信局")
    entry = next(d for d in small("loads", "--json").json["datasets"] if d["id"] == "internals")
    assert (entry["visibility"], entry["owner"]) == ("internal", "工信局")
    assert small("fix", f"firm/{TRACE}", "founded", "2001", "--reason", "as told").code == 0
    secret = ("--reason", TRACE, "--visibility", "商业秘密")
    assert small("fix", "firm/one", "founded", "1999", *secret).code == 0
    assert says(small("decisions", "--json"))
    assert says(small("find", NAME, "--json"))
    assert TRACE in drawn(small, "before")
    assert small("clearance", "--json").json == {"clearance": "secret", "changed": False}

    lowered = small("clearance", "公开", "--json").json
    assert (lowered["clearance"], lowered["changed"]) == ("public", True)
    for call in ASKED:
        told = small(*call, "--json")
        told = Told(told.code, told.out.replace(f'"query": "{NAME}"', ""), told.err)
        assert not says(told), call
        if call in without:
            assert told.out == without[call], call
    assert small("show", f"firm/{TRACE}", "--json").json["code"] == "not-found"
    for file in ("search.sqlite", "search.sqlite-wal"):
        path = small.cwd / HOME / file
        assert not path.exists() or TRACE.encode() not in path.read_bytes()
    assert TRACE not in drawn(small, "after")
    with serving(small) as (_, port):
        for page in (
            f"/api/v1/search?q={TRACE}", "/api/v1/chains/x", f"/api/v1/entities/firm/{TRACE}/assertions", "/",
            "/api/v1/entities/place/360900/neighbours", "/api/v1/firms/firm/one/neighbourhood",
        ):  # fmt: skip
            _, body = get(port, page)
            assert NAME.encode() not in body, page
            assert b"hushhush-cell" not in body, page
    assert small("visibility", "internals", "public", "--json").json["code"] == "not-found"

    assert small("clearance", "商业秘密", "--json").json["changed"] is True
    assert says(small("find", NAME, "--json"))
    assert small("digest", "--json").json["equal"] is True


def test_a_dataset_is_not_put_above_the_clearance(small: Program) -> None:
    assert small("clearance", "internal", "--json").code == 0
    told = small("visibility", "base", "secret", "--json")
    assert (told.code, told.json["code"]) == (1, "bad-input")
    assert "lianpu clearance" in told.json["detail"]
    done = small("visibility", "base", "内部", "--owner", "某局", "--json").json
    assert (done["visibility"], done["owner"], done["counts"]["changed"]) == ("internal", "某局", 0)
    above = ("--reason", "x", "--visibility", "secret", "--json")
    assert small("fix", "firm/one", "founded", "2001", *above).code == 1
    assert small("visibility", "base", "nobody", "--json").code == 2
    assert small("visibility", "base", "public", "--json").json["owner"] == "某局"


def test_serving_what_is_not_public_is_warned_of(small: Program) -> None:
    assert small("clearance", "secret").code == 0
    load(small, "warned", {"firms": [{"id": "firm/warned", "name": "警示公司"}]}, "--visibility", "internal")
    with serving(small) as (process, _):
        process.terminate()
        _, err = process.communicate(timeout=60)
    assert "warned" in err
    assert "clearance" in err


def test_a_hidden_home_is_not_taken_for_an_empty_one(alone: Program) -> None:
    assert alone("visibility", "base", "secret").code == 0
    assert alone("clearance", "public", "--json").json["entities"] == 0
    assert alone("loads", "--json").json["datasets"] == []  # nor is the built-in data loaded instead
    refused = alone("undo", "1", "--yes", "--json")
    assert (refused.code, refused.json["code"]) == (1, "not-found")
