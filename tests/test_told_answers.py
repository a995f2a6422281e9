"""A yes that is not likely is pointed out; one note more is said in words."""

from __future__ import annotations

import io

from rich.console import Console

from graph.facts import Assertion
from ingest.identify import Question
from ingest.match import Candidate
from lianpu.render.answers import recorded, show_recorded

NAMES = {"firm/new": "广东新明珠", "firm/ouya": "欧雅陶瓷(高安)", "firm/xmz": "新明珠建材"}


def question(*scores: tuple[str, float]) -> Question:
    firm = Assertion("office", "firms.csv", 2, "Firm", "firm/new", props={"name": NAMES["firm/new"]})
    return Question(firm, tuple(Candidate(key, score, ()) for key, score in scores), {})


def said(kind: str, candidate: str, asked: list[Question]) -> str:
    ends = ("retire", "keep") if kind == "merge" else ("a", "b")
    site = (kind, {ends[0]: "site/new", ends[1]: "site/other"}, "")
    made = [(kind, dict(zip(ends, ("firm/new", candidate), strict=True)), ""), site]
    out = io.StringIO()
    show_recorded(recorded(made, asked), NAMES, Console(file=out, width=300))
    return out.getvalue()


def test_a_yes_to_an_unlikely_candidate_is_pointed_out() -> None:
    asked = [question(("firm/xmz", 0.93), ("firm/ouya", 0.07))]
    text = said("merge", "firm/ouya", asked)
    assert "广东新明珠 = 欧雅陶瓷(高安) firm/ouya (7%)" in text
    assert "注意" in text and "新明珠建材（93%）" in text and "lianpu split firm/new" in text
    assert "site/" not in text  # it goes with its firm
    assert "注意" in said("merge", "firm/ouya", [question(("firm/ouya", 0.49))])
    assert "注意" in said("merge", "firm/ouya", [question(("firm/xmz", 0.8), ("firm/ouya", 0.7))])


def test_a_likely_yes_and_a_no_are_not() -> None:
    asked = [question(("firm/xmz", 0.5), ("firm/ouya", 0.07))]
    assert said("merge", "firm/xmz", asked).strip() == "广东新明珠 = 新明珠建材 firm/xmz (50%)"
    assert said("distinct", "firm/ouya", asked).strip() == "广东新明珠 ≠ 欧雅陶瓷(高安) firm/ouya (7%)"
    assert said("merge", "firm/gone", []).strip() == "广东新明珠 = firm/gone"
