"""Rules as data: the built-in ones, a user's own file, and everything that may be wrong in either."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from graph.errors import BadInput, NotFound
from graph.gaps.candidates import weights_of_file
from graph.gaps.decide import Step
from graph.gaps.rules import Rules, load_rules
from graph.repository.models import Ref, Text

BUILT_IN = Path(str(files("graph") / "rules"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Where the user's own file goes."""
    return tmp_path / "own.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one rule of its own."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "demo.yml").write_text(DEMO, "utf-8")
    (folder / "demo.cypher").write_text(QUERY, "utf-8")
    return folder


DEMO = """
rule: demo
axis: finding
name: {zh: 示例, en: Demo}
why: {zh: 为何, en: Why}
severity: low
thresholds:
  years: {value: 3, min: 1, max: 50, whole: true, label: {zh: 年, en: Years}}
  kinds: {value: [a], values: [a, b], label: {zh: 类, en: Kinds}}
output: {segment: text, sources: texts}
"""
QUERY = """
// title_zh: 示例
// title_en: Demo
// answers: which segments there are
// param day: text, ISO day
// param years: integer, how old
// param limit: integer, rows
// returns segment: id
// returns sources: ids
MATCH (s:Segment) WHERE s.seen_last < $day AND $years > 0
RETURN s.id AS segment, s.sources AS sources LIMIT $limit
"""


def refused(own: Path, content: str) -> BadInput:
    own.write_text(content, "utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules(own)
    assert caught.value.extra["file"] == "own.yml"
    assert "own.yml" in caught.value.detail
    return caught.value


# The program's own


def test_every_rule_has_names_and_a_reason_in_both_languages() -> None:
    rules = load_rules().all
    assert {"status", "coverage"} <= set(rules)
    assert set(rules) == {p.stem for p in BUILT_IN.glob("*.yml")}
    for rule in rules.values():
        texts = [rule.name, rule.why, *(t.label for t in (*rule.thresholds.values(), *rule.weights.values()))]
        assert all(isinstance(t, Text) and t.zh.strip() and t.en.strip() for t in texts)


def test_thresholds_of_the_decision_table() -> None:
    rules = load_rules()
    assert rules.value("status", "firms_for_strong") == 3
    assert rules.value("status", "lead_grades") == ["A", "B"]
    assert rules.value("coverage", "coverage_days") == 730


def test_every_step_has_its_words() -> None:
    steps = load_rules().rule("status").data["steps"]
    assert set(steps) == set(get_args(Step))
    for words in steps.values():
        for text in (words["because"], words["would_change"]):
            named = [
                {name for _, name, _, _ in Formatter().parse(text[lang]) if name} for lang in ("zh", "en")
            ]
            assert named[0] == named[1] <= {"firms", "operating", "possible", "k", "strength"}


def test_a_rule_or_threshold_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="oddly"):
        load_rules().rule("oddly")
    with pytest.raises(NotFound, match="oddly"):
        load_rules().value("status", "oddly")


# A user's own file


def test_the_most_particular_value_holds(own: Path) -> None:
    own.write_text(
        """
thresholds: {status: {firms_for_strong: 4}, coverage: {coverage_days: 400}}
chains: {chain/x: {status: {firms_for_strong: 5}}}
places:
  place/36: {status: {firms_for_strong: 6}}
  park/p: {status: {firms_for_strong: 7, lead_grades: [A]}}
""",
        "utf-8",
    )
    rules = load_rules(own)

    def k(**where: str | tuple[str, ...]) -> object:
        return rules.value("status", "firms_for_strong", **where)

    assert (k(), k(chain="chain/y"), k(chain="chain/x"), k(chain=("chain/y", "chain/x"))) == (4, 4, 5, 5)
    assert k(chain="chain/x", place="place/36") == 6
    assert k(place=("park/p", "place/36")) == 7
    assert k(place=("place/3601", "place/36")) == 6
    assert rules.value("status", "lead_grades", place="park/p") == ["A"]
    assert rules.value("coverage", "coverage_days") == 400
    assert load_rules().value("coverage", "coverage_days") == 730  # elsewhere nothing changed


NAMED = {"新能源": "chain/x", "chain/x": "chain/x", "宜春市": "place/3609", "place/3609": "place/3609"}


def find(asked: str) -> Ref:
    """Stands for the names in a graph; 元源 has a near one, 东湖区 is several."""
    if asked == "东湖区":
        raise BadInput("several", near=["东湖区（place/1）", "东湖区（place/2）"])
    if asked not in NAMED:
        raise NotFound("none", near=["新能源 (chain/x)"] if asked == "新能圆" else [])
    return Ref(id=NAMED[asked], cls="Chain", caption=asked)


def test_chains_and_places_may_be_named(own: Path) -> None:
    own.write_text(
        "chains: {新能源: {status: {firms_for_strong: 5}}}\nplaces: {宜春市: {coverage: {coverage_days: 9}}}",
        "utf-8",
    )
    rules = load_rules(own).named(find, find)
    assert rules.value("status", "firms_for_strong", chain="chain/x") == 5
    assert rules.value("coverage", "coverage_days", place="place/3609") == 9
    assert rules.value("status", "firms_for_strong") == 3


@pytest.mark.parametrize(
    ("content", "key", "found", "expected"),
    [
        ("chains: {新能圆: {status: {firms_for_strong: 5}}}", "chains.新能圆", "新能圆", "新能源 (chain/x)"),
        ("chains: {chain/none: {status: {firms_for_strong: 5}}}", "chains.chain/none", "chain/none", "chain"),
        ("places: {东湖区: {coverage: {coverage_days: 9}}}", "places.东湖区", "东湖区", "place/2"),
        (
            "places: {宜春市: {coverage: {coverage_days: 9}}, place/3609: {coverage: {coverage_days: 8}}}",
            "places.place/3609", "place/3609 twice", "once",
        ),
    ],
    ids=["near", "none", "several", "twice"],
)  # fmt: skip
def test_what_the_graph_does_not_have_is_told_with_file_and_key(
    own: Path, content: str, key: str, found: str, expected: str
) -> None:
    own.write_text(content, "utf-8")
    with pytest.raises(BadInput, match=r"own\.yml") as error:
        load_rules(own).named(find, find)
    assert (error.value.extra["key"], error.value.extra["found"]) == (key, found)
    assert expected in error.value.extra["expected"]


def test_weights_may_be_changed_one_by_one(own: Path) -> None:
    own.write_text("weights: {priority: {pull: 0.5, urgency: 0}}", "utf-8")
    before, after = load_rules().weights("priority"), load_rules(own).weights("priority")
    assert after == {**before, "pull": 0.5, "urgency": 0}


@pytest.mark.parametrize(
    ("content", "key", "found"),
    [
        ("weights: {priority: {pull: -0.1}}", "weights.priority.pull", "-0.1"),
        ("weights: {priority: {pull: some}}", "weights.priority.pull", "some"),
        ("weights: {priority: {pull: .nan}}", "weights.priority.pull", "nan"),
        ("weights: {priority: {pull: .inf}}", "weights.priority.pull", "inf"),
        ("weights: {priority: {pull: true}}", "weights.priority.pull", "true"),
        ("weights: {status: {pull: 1}}", "weights.status", "status"),
        ("weights: 3", "weights", "3"),
        ("thresholds: {status: {firms_for_strong: three}}", "thresholds.status.firms_for_strong", "three"),
        ("thresholds: {status: {firms_for_strong: '3'}}", "thresholds.status.firms_for_strong", "3"),
        ("thresholds: {status: {firms_for_strong: 2.5}}", "thresholds.status.firms_for_strong", "2.5"),
        ("thresholds: {status: {firms_for_strong: 0}}", "thresholds.status.firms_for_strong", "0"),
        ("thresholds: {status: {firms_for_strong: true}}", "thresholds.status.firms_for_strong", "true"),
        ("thresholds: {status: {firms_for_strong: null}}", "thresholds.status.firms_for_strong", "null"),
        ("thresholds: {status: {lead_grades: A}}", "thresholds.status.lead_grades", "A"),
        ("thresholds: {status: {lead_grades: []}}", "thresholds.status.lead_grades", "[]"),
        ("thresholds: {status: {lead_grades: [D]}}", "thresholds.status.lead_grades", "D"),
        ("thresholds: [status]", "thresholds", "['status']"),
        ("thresholds: {status: 3}", "thresholds.status", "3"),
        ("chains: {新能源: {status: {firms_for_strong: 0}}}", "chains.新能源.status.firms_for_strong", "0"),
        ("places: {360900: {status: {firms_for_strong: 1}}}", "", "key 360900"),
        (
            "places: {place/36: {status: {firms_for_strong: x}}}",
            "places.place/36.status.firms_for_strong",
            "x",
        ),
        ("- a", "", "['a']"),
        ("a: [", "", ""),
        ("thresholds: {}\nthresholds: {}", "", "twice"),
    ],
)
def test_a_wrong_value_is_told_with_file_key_and_what_was_expected(
    own: Path, content: str, key: str, found: str
) -> None:
    error = refused(own, content)
    assert key in error.extra["key"]
    assert found in error.extra["found"]
    assert error.extra["expected"]
    assert error.extra["expected_zh"] in error.detail


@pytest.mark.parametrize(
    ("content", "key", "nearest"),
    [
        ("threshold: {}", "threshold", "thresholds"),
        ("thresholds: {statuss: {}}", "thresholds.statuss", "status"),
        (
            "thresholds: {status: {firm_for_strong: 1}}",
            "thresholds.status.firm_for_strong",
            "firms_for_strong",
        ),
        ("weights: {prioritie: {}}", "weights.prioritie", "priority"),
        ("weights: {priority: {pulls: 1}}", "weights.priority.pulls", "pull"),
        ("chains: {chain/x: {coverag: {}}}", "chains.chain/x.coverag", "coverage"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(own: Path, content: str, key: str, nearest: str) -> None:
    error = refused(own, content)
    assert (error.extra["key"], error.extra["nearest"]) == (key, nearest)
    assert nearest in error.detail


def test_weights_may_not_all_be_zero(own: Path) -> None:
    zero = ", ".join(f"{part}: 0" for part in load_rules().weights("priority"))
    assert refused(own, f"weights: {{priority: {{{zero}}}}}").extra["key"] == "weights.priority"


def test_an_empty_file_is_refused_and_empty_sections_change_nothing(own: Path) -> None:
    refused(own, "")
    own.write_text("thresholds: {}\nweights: {}\n", "utf-8")
    assert load_rules(own).weights("priority") == load_rules().weights("priority")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        with pytest.raises(BadInput, match=path.name):
            load_rules(path)
    broken = tmp_path / "broken.yml"
    broken.write_bytes(b"thresholds: {status: \xff}")
    with pytest.raises(BadInput, match="UTF-8"):
        load_rules(broken)
    deep = tmp_path / "deep.yml"
    deep.write_text("a: " + "[" * 20_000, "utf-8")
    with pytest.raises(BadInput, match=r"deep\.yml"):
        load_rules(deep)
    large = tmp_path / "large.yml"
    large.write_text("#" * 100_001, "utf-8")
    with pytest.raises(BadInput, match="100001"):
        load_rules(large)
    long = tmp_path / "long.yml"
    long.write_text("weights: " + "1" * 5_000, "utf-8")
    with pytest.raises(BadInput, match=r"long\.yml"):
        load_rules(long)


def test_a_file_of_weights_is_read_by_the_same_reader_with_the_same_words(tmp_path: Path) -> None:
    for content in ("#" * 100_001, "a: [", "weights: 3", "weights: " + "1" * 5_000, "a: 1\na: 2", "1: 2"):
        path = tmp_path / "one.yml"
        path.write_text(content, "utf-8")
        with pytest.raises(BadInput) as rules:
            load_rules(path)
        with pytest.raises(BadInput) as weights:
            weights_of_file(path)
        assert rules.value.detail == weights.value.detail


# A rule's own files


def test_a_new_rule_is_a_new_file(folder: Path) -> None:
    rules = load_rules(folder=folder)
    demo = rules.rule("demo")
    assert (demo.axis, demo.severity, demo.output) == (
        "finding",
        "low",
        {"segment": "text", "sources": "texts"},
    )
    assert demo.query is not None
    assert [c.name for c in demo.query.returns] == ["segment", "sources"]
    assert rules.value("demo", "years") == 3
    assert rules.texts("demo", "kinds") == ["a"]
    assert rules.of_axis("finding") == [demo]
    with pytest.raises(TypeError):
        rules.number("demo", "kinds")


def broken_rule(folder: Path, file: str, old: str, new: str) -> BadInput:
    path = folder / file
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules(folder=folder)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("demo.yml", "rule: demo", "rule: other", "demo.yml rule"),
        ("demo.yml", "axis: finding", "axis: findings", "demo.yml axis"),
        ("demo.yml", "severity: low", "severity: grave", "demo.yml severity"),
        ("demo.yml", "en: Demo", "fr: Demo", "demo.yml name.fr"),
        ("demo.yml", ", en: Demo", "", "demo.yml name.en"),
        ("demo.yml", "value: 3,", "value: 300,", "demo.yml thresholds.years.value"),
        ("demo.yml", "value: [a],", "value: [c],", "demo.yml thresholds.kinds.value"),
        ("demo.yml", "value: 3,", "", "demo.yml thresholds.years.value"),
        ("demo.yml", "  years:", "  Years:", "demo.yml thresholds.Years"),
        ("demo.yml", "whole: true", "hole: true", "demo.yml thresholds.years.hole"),
        ("demo.yml", "sources: texts", "sources: word", "demo.yml output.sources"),
        ("demo.yml", "sources: texts", "source: texts", "demo.cypher returns sources"),
        ("demo.yml", ", sources: texts", "", "demo.cypher returns sources"),
        ("demo.yml", "texts}", "texts, more: flag}", "demo.cypher returns more"),
        ("demo.cypher", "s.id AS segment", "s.id AS link", "demo.cypher"),
        ("demo.cypher", "$years", "$year", "demo.cypher"),
        ("demo.cypher", "// title_zh: 示例\n", "", "demo.cypher"),
        ("demo.cypher", "RETURN", "SET s.seen = 1 RETURN", "demo.cypher"),
    ],
)
def test_a_wrong_rule_file_is_told(folder: Path, file: str, old: str, new: str, told: str) -> None:
    error = broken_rule(folder, file, old, new)
    assert f"{error.extra['file']} {error.extra['key']}".strip() == told


def test_a_parameter_that_nobody_gives_is_refused(folder: Path) -> None:
    query = folder / "demo.cypher"
    query.write_text(QUERY.replace("$years", "$old").replace("param years", "param old"), "utf-8")
    with pytest.raises(BadInput) as caught:
        load_rules(folder=folder)
    assert caught.value.extra["key"] == "param old"


def test_a_query_and_its_rule_go_together(folder: Path) -> None:
    shutil.copy(folder / "demo.cypher", folder / "alone.cypher")
    with pytest.raises(BadInput, match=r"alone\.yml"):
        load_rules(folder=folder)
    (folder / "alone.cypher").unlink()
    (folder / "demo.cypher").unlink()
    with pytest.raises(BadInput, match=r"demo\.cypher"):
        load_rules(folder=folder)


def test_rules_of_a_folder_take_a_users_file_too(folder: Path, own: Path) -> None:
    own.write_text("thresholds: {demo: {kinds: [a, b], years: 5}}", "utf-8")
    rules: Rules = load_rules(own, folder=folder)
    assert (rules.value("demo", "kinds"), rules.number("demo", "years"), rules.file) == (
        ["a", "b"],
        5,
        "own.yml",
    )
