"""Names in the cells of tables: what they stand for, and what is told where that is not clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.folders import SMALL, with_rows, write_folder
from tests.test_reader import facts, read


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ({"from": "firm/one", "to": "电芯"}, ("site/one", "segment/x/cell")),
        ({"from": "firm/one", "to": "cell"}, ("site/one", "segment/x/cell")),
        ({"from": "甲基地", "to": "segment/x/cell"}, ("site/two-a", "segment/x/cell")),
        ({"from": "一号公司", "to": " 电 芯 "}, ("site/one", "segment/x/cell")),
    ],
)
def test_a_name_or_a_bare_code_stands_for_an_id(
    tmp_path: Path, row: dict[str, str], ends: tuple[str, str]
) -> None:
    assertions, faults = read(write_folder(tmp_path / "small", {**SMALL, "works_in": [row]}))
    assert (faults, facts(assertions, "WORKS_IN")) == ([], {ends})


def test_a_name_that_nobody_bears_tells_those_near_it(tmp_path: Path) -> None:
    row = {"from": "firm/one", "to": "电心"}
    _, (fault,) = read(write_folder(tmp_path / "small", {**SMALL, "works_in": [row]}))
    assert (fault.file, fault.row, fault.column, fault.found) == ("works_in.csv", 2, "to", "电心")
    assert "电芯" in fault.expected_zh


def test_a_name_that_two_bear_stands_for_none_and_tells_both(tmp_path: Path) -> None:
    tables = with_rows("segments", {"id": "segment/x/other", "name": "电芯", "chain": "chain/x"})
    tables["works_in"] = [{"from": "firm/one", "to": "电芯"}]
    _, (fault,) = read(write_folder(tmp_path / "small", tables))
    assert fault.expected_en.endswith(": segment/x/cell; segment/x/other")
    assert "名称（类别）" in fault.expected_zh


CITIES = [
    {"id": "place/360000", "name": "江西省", "level": "province", "code": "360000"},
    {"id": "place/360900", "name": "宜春市", "level": "city", "within": "江西省"},
    {"id": "place/360983", "name": "高安市", "level": "county", "within": "宜春市"},
    {"id": "place/360100", "name": "南昌市", "level": "city", "within": "江西省"},
]
#: One name for two projects, a product and two segments; the projects are told by place, firm or park alone.
SAME_NAME = {
    **SMALL,
    "places": CITIES,
    "chains": [*SMALL["chains"], {"id": "chain/y", "name": "建材"}],
    "products": [{"id": "product/cell", "name": "电芯"}],
    "segments": [*SMALL["segments"], {"id": "segment/y/salt", "name": "锂盐", "chain": "建材"}],
    "projects": [
        {"id": "project/a", "name": "电芯项目", "place": "高安市", "firms": "一号公司"},
        {"id": "project/b", "name": "电芯项目", "place": "place/360100", "firms": "firm/two"},
    ],
}


@pytest.mark.parametrize(
    ("about", "meant"),
    [
        ("电芯（环节）", "segment/x/cell"),
        ("电芯(产品)", "product/cell"),
        ("电芯 （Product）", "product/cell"),
        ("电芯项目（高安市）", "project/a"),
        ("电芯项目（宜春市）", "project/a"),  # 高安市 is within
        ("电芯项目（一号公司）", "project/a"),
        ("电芯项目（南昌市）", "project/b"),
        ("电芯项目（二号集团）", "project/b"),
        ("锂盐（新能源）", "segment/x/salt"),
        ("锂盐（建材）", "segment/y/salt"),
        ("锂盐（江西省）", None),
        ("电芯项目（江西省）", None),  # both
        ("电芯（项目）", None),
    ],
)
def test_brackets_tell_apart_what_goes_by_one_name(tmp_path: Path, about: str, meant: str | None) -> None:
    tables = {**SAME_NAME, "events": [{"id": "event/e", "name": "会", "about": about}]}
    assertions, faults = read(write_folder(tmp_path / "small", tables))
    assert facts(assertions, "ABOUT") == ({("event/e", meant)} if meant else set())
    assert [f.found for f in faults] == ([] if meant else [about])


@pytest.mark.parametrize(
    ("about", "written"),
    [
        ("电芯", {"电芯（产品） product/cell", "电芯（环节） segment/x/cell"}),
        ("电芯项目", {"电芯项目（高安市） project/a", "电芯项目（南昌市） project/b"}),
        ("电芯项目（上海市）", {"电芯项目（高安市） project/a", "电芯项目（南昌市） project/b"}),
        ("锂盐", {"锂盐（新能源） segment/x/salt", "锂盐（建材） segment/y/salt"}),
    ],
)
def test_an_ambiguous_name_is_told_with_what_to_write(tmp_path: Path, about: str, written: set[str]) -> None:
    tables = {**SAME_NAME, "events": [{"id": "event/e", "name": "会", "about": about}]}
    _, (fault,) = read(write_folder(tmp_path / "small", tables))
    zh, en = fault.expected_zh.partition("：")[2], fault.expected_en.partition(": ")[2]
    assert set(zh.replace("「", "").replace("」或", "").split("；")) == written
    assert set(en.replace("'", "").replace(" or ", " ").split("; ")) == written


def test_what_a_fault_says_to_write_is_read(tmp_path: Path) -> None:
    tables = {**SAME_NAME, "events": [{"id": "event/e", "name": "会", "about": "电芯项目"}]}
    _, (fault,) = read(write_folder(tmp_path / "small", tables))
    first = fault.expected_zh.partition("：")[2].partition("」")[0].removeprefix("「")
    tables["events"] = [{"id": "event/e", "name": "会", "about": first}]
    _, faults = read(write_folder(tmp_path / "again", tables))
    assert faults == []


def test_what_lies_in_a_place_does_not_tell_it(tmp_path: Path) -> None:
    """A place goes by what it lies in, a chain by no segment of it, a firm by no site of it."""
    twins = [
        {"id": "place/360102", "name": "东湖区", "level": "county", "within": "南昌市"},
        {"id": "place/360902", "name": "东湖区", "level": "county", "within": "宜春市"},
    ]
    tables = {
        **SAME_NAME,
        "places": [*CITIES, *twins],
        "clusters": [{"id": "cluster/c", "name": "陶瓷集群", "place": "place/360902"}],
    }

    def about(text: str) -> set[tuple[str, str]]:
        rows = {**tables, "events": [{"id": "event/e", "name": "会", "about": text}]}
        folder = tmp_path / text
        return facts(read(write_folder(folder, rows))[0], "ABOUT")

    assert about("东湖区（宜春市）") == {("event/e", "place/360902")}
    assert about("东湖区（陶瓷集群）") == set()
