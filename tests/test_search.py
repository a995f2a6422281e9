"""Finding entities by name, alias, code, pinyin and initials."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, TruthStoreError, UsageError
from graph.limits import Limits
from graph.ontology import Ontology
from graph.search import Found, SearchIndex, Stamp
from graph.search.normal import normal, span_of
from graph.search.pinyin import syllables
from graph.store import Store
from tests.support.chain_sample import sample_graph, store_sample

STAMP = Stamp("sample-store", 7)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> SearchIndex:
    """An index of the sample graph."""
    made = SearchIndex(tmp_path_factory.mktemp("index") / "search.sqlite", ontology)
    graph = sample_graph()
    made.rebuild([*graph.nodes.values(), *graph.relations.values()], STAMP)
    return made


def ids(found: Found) -> list[str]:
    return [hit.id for hit in found.hits.items]


@pytest.mark.parametrize(
    ("query", "first", "how"),
    [
        ("江铜", "firm/jiangxi-copper", "exact"),
        ("江西铜业", "firm/jiangxi-copper", "exact"),
        ("宁时", "firm/catl", "abbreviation"),
        ("江西铜", "firm/jiangxi-copper", "prefix"),
        ("jxty", "firm/jiangxi-copper", "initials"),
        ("JXTY", "firm/jiangxi-copper", "initials"),
        ("tongye", "firm/jiangxi-copper", "pinyin"),
        ("jiangxitong", "firm/jiangxi-copper", "pinyin"),
        ("600362", "firm/jiangxi-copper", "alias"),
        ("600362.sh", "firm/jiangxi-copper", "exact"),
        ("ndsd", "firm/catl", "initials"),
        ("ningdeshidai", "firm/catl", "pinyin"),
        ("dsd", "firm/catl", "initials"),
        ("宜春", "place/360900", "exact"),
        ("360900", "place/360900", "exact"),
        ("赣府字", "plan/1269", "alias"),
        ("〔2023〕40", "plan/1269", "substring"),
        ("electronics", "chain/electronics", "exact"),
        ("袁州区", "place/360902", "exact"),
        ("宜 春 时 代", "firm/catl-yc", "exact"),
    ],
)
def test_the_first_hit_and_how_it_was_found(index: SearchIndex, query: str, first: str, how: str) -> None:
    hit = index.look_for(query).hits.items[0]
    assert (hit.id, hit.matched.how) == (first, how)


def test_one_character_finds_every_name_that_holds_it(index: SearchIndex) -> None:
    expected = {
        n.id for n in sample_graph().nodes.values() if "铜" in f"{n.props['name']}{n.props.get('aliases')}"
    }
    assert set(ids(index.look_for("铜"))) == expected == {"firm/jiangxi-copper"}
    wanted = {n.id for n in sample_graph().nodes.values() if "时" in str(n.props["name"])}
    assert set(ids(index.look_for("时"))) == wanted


def test_the_part_that_was_hit_is_marked(index: SearchIndex) -> None:
    def part(query: str) -> str:
        match = index.look_for(query).hits.items[0].matched
        return match.text[match.start : match.end]

    assert part("江西铜") == "江西铜"
    assert part("xitongy") == "西铜业"
    assert part("xty") == "西铜业"
    assert part("deshid") == "德时代"
    assert part("〔2023〕4") == "2023〕4"


def test_a_class_confines_the_hits(index: SearchIndex) -> None:
    assert {hit.cls for hit in index.look_for("宜春", cls="Park").hits.items} == {"Park"}
    with pytest.raises(BadInput):
        index.look_for("宜春", cls="Nothing")


def test_hits_of_a_rank_stand_by_class_and_then_by_relations(index: SearchIndex) -> None:
    hits = [h for h in index.look_for("新能源", limit=100).hits.items if h.matched.how == "prefix"]
    classes = [h.cls for h in hits]
    assert {"Chain", "Post", "Plan", "Observation"} >= set(classes) >= {"Plan", "Post", "Observation"}
    assert classes == sorted(classes, key=["Chain", "Plan", "Post", "Observation"].index)
    chargers = [h.degree for h in index.look_for("正极", cls="Firm", limit=100).hits.items]
    assert chargers == sorted(chargers, reverse=True)


def test_hits_are_paged_to_the_end(index: SearchIndex) -> None:
    whole = index.look_for("宜", limit=100)
    pages: list[str] = []
    after: str | None = None
    while True:
        page = index.look_for("宜", limit=3, after=after)
        assert (page.hits.total, len(page.hits.items) <= 3) == (whole.hits.total, True)
        pages += ids(page)
        after = page.hits.next
        if after is None:
            break
    assert pages == ids(whole)
    assert len(pages) == len(set(pages)) == whole.hits.total


def test_an_answer_is_bounded(tmp_path: Path, ontology: Ontology) -> None:
    small = SearchIndex(tmp_path / "s.sqlite", ontology, Limits(search_max=2))
    small.rebuild(sample_graph().nodes.values(), STAMP)
    found = small.look_for("宜", limit=50)
    assert (len(found.hits.items), found.hits.truncated) == (2, True)


@pytest.mark.parametrize(
    "query",
    ["", " ", "()", '"', "'; DROP TABLE name; --", "a OR b", "NEAR(江 铜)", "江*", "two : 江", "\x00",
     "江\x00铜", "-江", "^江", "{one}: 江", "\ud800", "%", "_", "𠮷" * 5, "x" * 10_000, "江" * 10_000],
)  # fmt: skip
def test_no_query_is_an_expression(index: SearchIndex, query: str) -> None:
    found = index.look_for(query)
    assert len(found.hits.items) <= 20
    assert len(found.query) <= Limits().query_chars


def test_operators_and_nul_are_passed_over(index: SearchIndex) -> None:
    assert ids(index.look_for('"江"\x00(铜)'))[0] == "firm/jiangxi-copper"


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered(index: SearchIndex, query: str) -> None:
    for hit in index.look_for(query).hits.items:
        assert 0 <= hit.matched.start < hit.matched.end <= len(hit.matched.text)


@given(st.text(max_size=40))
def test_syllables_stand_where_they_say(text: str) -> None:
    name = normal(text)
    found = syllables(name)
    assert [name[s.start : s.end] for s in found] == [
        name[s.start : s.end] for s in sorted(found, key=lambda s: s.start)
    ]
    assert all(s.sound.isascii() and s.sound and s.initial for s in found)
    if name:
        assert normal(text[slice(*span_of(text, 0, len(name)))]) == name


def test_places_with_du_are_read_so() -> None:
    assert "".join(s.sound for s in syllables("于都县")) == "yuduxian"


@pytest.mark.parametrize("after", ["x", "-1", "99999", "1001", "", "١"])
def test_a_cursor_that_is_none_is_refused(index: SearchIndex, after: str) -> None:
    with pytest.raises(UsageError):
        index.look_for("江", after=after)


def test_an_index_is_rebuilt_only_when_the_stamp_differs(tmp_path: Path, ontology: Ontology) -> None:
    made = SearchIndex(tmp_path / "deep" / "search.sqlite", ontology)
    assert made.stamp() is None
    with pytest.raises(TruthStoreError, match="not built"):
        made.look_for("江")
    nodes = list(sample_graph().nodes.values())
    made.rebuild(nodes, STAMP)
    assert made.stamp() == STAMP
    made.rebuild([n for n in nodes if n.id != "firm/catl"], Stamp("sample-store", 8))
    assert made.stamp() == Stamp("sample-store", 8)
    assert "firm/catl" not in ids(made.look_for("宁德时代"))


def test_a_file_that_is_no_index_is_replaced(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(b"not a database" * 500)
    made = SearchIndex(path, ontology)
    assert made.stamp() is None
    made.rebuild(sample_graph().nodes.values(), STAMP)
    assert ids(made.look_for("江铜")) == ["firm/jiangxi-copper"]


def test_a_failed_build_leaves_the_former_index(tmp_path: Path, ontology: Ontology) -> None:
    made = SearchIndex(tmp_path / "search.sqlite", ontology)
    made.rebuild(sample_graph().nodes.values(), STAMP)
    with sqlite3.connect(made.path) as other:
        other.execute("PRAGMA query_only = 1")
        assert other.execute("SELECT count(*) FROM entity").fetchone()[0] == len(sample_graph().nodes)
    other.close()
    node = next(iter(sample_graph().nodes.values()))
    with pytest.raises(OverflowError):  # no such integer in SQLite
        made.rebuild([node], Stamp("sample-store", 2**70))
    assert made.stamp() == STAMP
    assert ids(made.look_for("江铜")) == ["firm/jiangxi-copper"]


async def test_the_index_follows_the_graph(store: Store, tmp_path: Path, ontology: Ontology) -> None:
    graph = await store_sample(store)
    made = SearchIndex(tmp_path / "search.sqlite", ontology)
    assert await made.ensure(store, STAMP) is True
    assert await made.ensure(store, STAMP) is False
    found = await made.find("宜春时代")
    degree = sum("firm/catl-yc" in (r.source, r.target) for r in graph.relations.values())
    assert (found.hits.items[0].id, found.hits.items[0].degree) == ("firm/catl-yc", degree)
    assert await made.ensure(store, Stamp("sample-store", 8)) is True
