"""Who is this firm: same, perhaps, new."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from ingest.match import Answer, FirmRecord, Matcher, MatchIndex, match, match_many
from ingest.places import PlaceWords, china

WORDS = PlaceWords.of(china())
#: Of their annual reports: 江西铜业 and 赣锋锂业; the check character is computed.
ONE, TWO = (body + uscc.calc_check_digit(body) for body in ("91360000625912173", "91360500716575125"))


def ask(question: FirmRecord, *known: FirmRecord) -> Answer:
    return match(question, MatchIndex.build(known, WORDS))


def codes(answer: Answer) -> set[str]:
    return {reason.code for reason in answer.candidates[0].reasons}


def test_equal_credit_code_is_same_whatever_the_name() -> None:
    answer = ask(FirmRecord("a", "甲科技有限公司", uscc=ONE), FirmRecord("b", "乙实业集团", uscc=ONE))
    assert (answer.kind, answer.candidates[0].id, answer.candidates[0].score) == ("same", "b", 1.0)
    reason = answer.candidates[0].reasons[0]
    assert (reason.code, reason.zh) == ("uscc", "同一统一社会信用代码")


def test_equal_stock_code_is_same_unless_credit_codes_differ() -> None:
    known = FirmRecord("b", "新名称股份有限公司", uscc=TWO, stock_codes=("600362.SH",))
    assert ask(FirmRecord("a", "旧名称股份有限公司", stock_codes=("600362.SH",)), known).kind == "same"
    answer = ask(FirmRecord("a", "旧名称股份有限公司", uscc=ONE, stock_codes=("600362.SH",)), known)
    assert answer.kind == "perhaps"
    assert "uscc-differs" in codes(answer)


@pytest.mark.parametrize("name", ["江西省赣锋锂业集团股份有限公司", "江西贛鋒鋰業集團股份有限公司"])
def test_equal_registered_name_is_same(name: str) -> None:
    assert ask(FirmRecord("a", name), FirmRecord("b", "江西赣锋锂业集团股份有限公司")).kind == "same"


def test_equal_name_in_another_city_or_with_another_code_is_asked() -> None:
    known = FirmRecord("b", "华兴电子有限公司", uscc=TWO, stock_codes=("300001.SZ",), places=("360902",))
    asked = FirmRecord("a", known.name)
    assert ask(asked, known).kind == "same"
    for contradicted in (
        FirmRecord("a", known.name, places=("440300",)),
        FirmRecord("a", known.name, places=("360700",)),
        FirmRecord("a", known.name, stock_codes=("300002.SZ",)),
        FirmRecord("a", known.name, uscc=ONE),
    ):
        assert ask(contradicted, known).kind == "perhaps"
    assert ask(FirmRecord("a", known.name, places=("360981",)), known).kind == "same"  # the same city


def test_a_credit_code_that_is_wrong_decides_nothing() -> None:
    wrong = ONE[:-1] + ("0" if ONE[-1] != "0" else "1")
    assert (
        ask(FirmRecord("a", "甲乙科技有限公司", uscc=wrong), FirmRecord("b", "丙丁", uscc=wrong)).kind
        == "new"
    )
    name = "江西铜业股份有限公司"
    assert ask(FirmRecord("a", name, uscc=wrong), FirmRecord("b", name, uscc=ONE)).kind == "same"


@pytest.mark.parametrize("short", ["赣锋锂业", "江铜", "国力股份", "*ST天微"])
def test_a_short_name_alone_is_at_most_perhaps(short: str) -> None:
    assert ask(FirmRecord("a", short), FirmRecord("b", short)).kind == "perhaps"
    assert ask(FirmRecord("a", "甲" + short + "有限公司", (short,)), FirmRecord("b", short)).kind == "perhaps"


def test_a_former_name_is_asked_with_its_reason() -> None:
    known = FirmRecord("b", "绿发电力集团股份有限公司", names=("天津广宇发展股份有限公司",))
    answer = ask(FirmRecord("a", "天津广宇发展股份有限公司"), known)
    assert answer.kind == "perhaps"
    assert answer.candidates[0].score >= 0.9
    assert "other-name" in codes(answer)


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("杭州星华反光材料股份有限公司", "浙江星华新材料集团股份有限公司"),
        ("江西铜业集团有限公司", "江西铜业股份有限公司"),
        ("江西铜业股份有限公司贵溪冶炼厂", "江西铜业股份有限公司"),
        ("江西赣锋锂业股份有限公司（二期）", "江西赣锋锂业股份有限公司"),
        ("赣锋锂业", "江西赣锋锂业集团股份有限公司"),
    ],
)
def test_similar_names_are_asked(asked: str, known: str) -> None:
    answer = ask(FirmRecord("a", asked), FirmRecord("b", known))
    assert (answer.kind, answer.candidates[0].id) == ("perhaps", "b")


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("华文食品股份有限公司", "劲仔食品集团股份有限公司"),
        ("江西晶安高科技股份有限公司", "广东华南科技有限公司"),
        ("宜春银锂新能源有限责任公司", "江西赣锋锂业集团股份有限公司"),
    ],
)
def test_names_that_share_no_brand_are_new(asked: str, known: str) -> None:
    assert ask(FirmRecord("a", asked), FirmRecord("b", known)).kind == "new"


def test_place_and_products_raise_the_score_and_another_province_lowers_it() -> None:
    known = FirmRecord("b", "华兴电子有限公司", places=("360902",), products=("印制电路板", "覆铜板"))
    name = "华兴科技集团有限公司"

    def score(**more: tuple[str, ...]) -> float:
        return ask(FirmRecord("a", name, **more), known).candidates[0].score

    plain = score()
    assert score(places=("440300",)) < plain < score(places=("360000",)) < score(places=("360902",))
    assert score(products=("印制电路板",)) > plain


def test_two_known_firms_that_fit_alike_are_asked() -> None:
    known = [FirmRecord(i, "华兴电子有限公司") for i in ("b", "c")]
    answer = ask(FirmRecord("a", "华兴电子有限公司"), *known)
    assert (answer.kind, {c.id for c in answer.candidates}) == ("perhaps", {"b", "c"})
    assert "several" in codes(answer)
    by_code = ask(FirmRecord("a", "华兴电子有限公司", uscc=ONE), *known, FirmRecord("d", "丁", uscc=ONE))
    assert (by_code.kind, by_code.candidates[0].id) == ("same", "d")


def test_best_first_at_most_as_many_as_wanted_and_not_itself() -> None:
    names = ("江西赣锋锂业股份有限公司", "赣锋锂业", "江西赣锋电池科技有限公司", "赣锋循环科技有限公司")
    index = MatchIndex.build([FirmRecord(f"f/{i}", name) for i, name in enumerate(names)], WORDS)
    answers = list(
        Matcher(index, most=2).match_many([FirmRecord("f/0", names[0]), FirmRecord("x", names[0])])
    )
    assert all(c.id != "f/0" for c in answers[0].candidates)
    assert (answers[1].kind, answers[1].candidates[0].id, len(answers[1].candidates)) == ("same", "f/0", 2)
    for answer in answers:
        scores = [c.score for c in answer.candidates]
        assert scores == sorted(scores, reverse=True)


def test_an_empty_index_and_an_empty_name() -> None:
    assert ask(FirmRecord("a", "江西铜业股份有限公司")) == Answer("a", "new", ())
    known = FirmRecord("b", "江西铜业股份有限公司")
    for name in ("", "（）", "\ud800", "公司", "a"):
        assert ask(FirmRecord("a", name), known).kind == "new"
    assert ask(FirmRecord("a", "江西铜业股份有限公司"), FirmRecord("b", "")).kind == "new"


def test_the_index_gives_back_what_it_took_in() -> None:
    records = [
        FirmRecord(
            "firm/a", "江西铜业股份有限公司", ("江铜",), ONE, ("600362.SH",), ("360681",), ("阴极铜",)
        ),
        FirmRecord("firm/b", "赣锋锂业"),
    ]
    index = MatchIndex.build(iter(records), WORDS)
    assert [index.record(i) for i in range(len(index))] == records


NAMES = (
    "江西铜业股份有限公司",
    "江西铜业集团有限公司",
    "江铜",
    "赣锋锂业",
    "江西赣锋锂业集团股份有限公司",
    "华兴电子有限公司",
    "华兴科技",
    "江西铜业股份有限公司贵溪冶炼厂",
    "深圳市华兴电子有限公司",
    "Tesla",
)
records = st.builds(
    FirmRecord,
    id=st.just("?"),
    name=st.sampled_from(NAMES),
    names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    uscc=st.sampled_from(["", ONE, TWO, "9136"]),
    stock_codes=st.lists(st.sampled_from(["600362.SH", "002460.SZ", "00358.HK"]), max_size=2).map(tuple),
    places=st.lists(st.sampled_from(["360000", "360902", "360681", "440300"]), max_size=2).map(tuple),
    products=st.lists(st.sampled_from(["铜", "锂盐"]), max_size=2).map(tuple),
)


def named(record: FirmRecord, key: str) -> FirmRecord:
    return FirmRecord(
        key, record.name, record.names, record.uscc, record.stock_codes, record.places, record.products
    )


@given(records, records)
def test_the_order_of_two_firms_does_not_matter(one: FirmRecord, two: FirmRecord) -> None:
    a, b = named(one, "a"), named(two, "b")
    there, back = ask(a, b), ask(b, a)
    assert there.kind == back.kind
    assert [c.score for c in there.candidates] == pytest.approx([c.score for c in back.candidates], abs=2e-4)


@given(records, records)
def test_two_valid_credit_codes_that_differ_are_never_same(one: FirmRecord, two: FirmRecord) -> None:
    a, b = named(one, "a"), named(two, "b")
    answer = ask(a, b)
    if {a.uscc, b.uscc} == {ONE, TWO}:
        assert answer.kind != "same"
        assert all(c.score <= 0.5 for c in answer.candidates)
    if a.uscc == b.uscc and a.uscc in (ONE, TWO):
        assert answer.kind == "same"


@given(st.lists(records, max_size=5), records)
def test_every_answer_is_well_formed(known: list[FirmRecord], asked: FirmRecord) -> None:
    index = MatchIndex.build([named(r, f"k/{i}") for i, r in enumerate(known)], WORDS)
    (answer,) = match_many([named(asked, "a")], index)
    assert answer.kind == "new" or answer.candidates
    assert all(0 <= c.score <= 1 and c.reasons for c in answer.candidates)
    assert all(r.zh and r.en for c in answer.candidates for r in c.reasons)


@pytest.mark.skipif(
    not (os.environ.get("LIANPU_ER") and os.environ.get("LIANPU_LISTED")),
    reason="LIANPU_ER and LIANPU_LISTED name no folders with old and new names of listed firms",
)
def test_old_names_find_new_ones() -> None:
    from bench.renames import measure_renames

    results = measure_renames(Path(os.environ["LIANPU_ER"]), Path(os.environ["LIANPU_LISTED"]))
    rows = {row["threshold"]: row for row in results["old full name, all pairs"]}
    assert rows["answer is same"]["precision"] == 1.0
    assert rows["score ≥ 0.3"]["precision"] > 0.9
    assert rows["score ≥ 0.3"]["recall"] > 0.65
