"""Cells of a mapping, step by step, and numbers as texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.mapping.cells import CellFault, getter
from ingest.mapping.model import Cell
from ingest.mapping.numbers import number


def made(given: str, **spec: object) -> str:
    """What a cell of this kind makes of a row whose columns ``a`` and ``b`` hold ``given`` and 乙."""
    return getter(Cell.model_validate(spec), {"a": 0, "b": 1})([given, "乙"])


@pytest.mark.parametrize(
    ("text", "spec", "expected"),
    [
        ("甲", {"column": "a"}, "甲"),
        ("甲", {"text": "{a}-{ b }。"}, "甲-乙。"),
        ("", {"text": "{a}-{b}"}, ""),
        ("甲", {"value": "常"}, "常"),
        ("-", {"column": "a", "unknown": ["-"]}, ""),
        ("-", {"column": "a", "unknown": ["-"], "default": "无"}, "无"),
        ("2018-06-28 00:00:00", {"column": "a", "extract": r"^\S+"}, "2018-06-28"),
        ("注册：3 万", {"column": "a", "extract": "：(.*)万"}, "3"),
        ("甲", {"column": "a", "extract": "乙"}, ""),
        ("铜、 铝、铜、", {"column": "a", "split": "、"}, "铜|铝"),
        ("是", {"column": "a", "translate": {"是": "true"}}, "true"),
        ("否", {"column": "a", "translate": {"是": "true"}}, "否"),
        ("否", {"column": "a", "translate": {"是": "true"}, "untranslated": "empty"}, ""),
        ("否", {"column": "a", "translate": {"是": "true", "否": ""}, "default": "x"}, "x"),
        ("x,y", {"column": "a", "split": ",", "translate": {"x": "1"}, "append": "!"}, "1!|y!"),
        ("12", {"column": "a", "prepend": "约", "append": "万吨"}, "约12万吨"),
        ("", {"column": "a", "append": "万吨"}, ""),
        ("6e-06", {"column": "a", "times": "1"}, "0.000006"),
        ("0.510725", {"column": "a", "times": "100", "append": "%"}, "51.0725%"),
        ("1,200", {"column": "a", "times": "10000"}, "12000000"),
        ("0", {"column": "a", "times": "3"}, "0"),
        ("８，５００", {"column": "a", "times": "1", "append": "万元"}, "8500万元"),
    ],
)
def test_steps(text: str, spec: dict[str, object], expected: str) -> None:
    assert made(text, **spec) == expected


def test_what_cannot_be_done_is_a_fault_of_the_cell() -> None:
    with pytest.raises(CellFault) as caught:
        made("很多", column="a", times="2")
    assert (caught.value.column, caught.value.found) == ("a", "很多")
    with pytest.raises(CellFault, match="丙"):
        made("丙", column="a", translate={"甲": "x"}, untranslated="fault")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "1"),
        ("-1.5", "-1.5"),
        ("+.5", "0.5"),
        ("5.", "5"),
        ("1,234,567.8", "1234567.8"),
        ("6e-06", "0.000006"),
        ("30%", "0.3"),
        ("1,23", None),
        ("12,3456", None),
        (".", None),
        ("", None),
        ("%", None),
        ("1e", None),
        ("1e9999", None),
        ("nan", None),
        ("inf", None),
        ("１", "1"),
        ("８，５００．２５", "8500.25"),
        ("８，５０", None),
        ("１０％", "0.1"),
        ("10²", None),
        ("9" * 65, None),
        ("1 2", None),
    ],
)
def test_numbers(text: str, value: str | None) -> None:
    assert number(text) == (None if value is None else Decimal(value))
