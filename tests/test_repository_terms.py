"""Who held a post on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.repository.terms import CURRENT, PostSpan, Tenure, Term, terms_at

OPEN = PostSpan(scheme="2023")
#: The scheme of 2020 ended when the plan of July 2023 replaced it.
OF_2020 = PostSpan(scheme="2020", valid_to="2023-07")


def term(tenure: Tenure, day: str, post: PostSpan = OPEN, *others: Tenure) -> Term:
    return terms_at([tenure, *others], post, day)[0]


def test_a_report_before_the_day_makes_a_holder_without_a_term() -> None:
    found = term(Tenure("person/xia", "2024-06-27", "2024-06-27"), "2024-07-01")
    assert (found.state, found.current, found.inferred) == ("reported", True, False)
    assert found.text.zh == "据2024-06-27报道,任期未记载"
    assert found.text.en == "reported 2024-06-27, term not recorded"


@pytest.mark.parametrize(
    ("day", "state"),
    [("2024-06-26", "later"), ("2024-06-27", "reported"), ("2030-01-01", "reported")],
)
def test_a_report_counts_from_its_own_day(day: str, state: str) -> None:
    assert term(Tenure("p", "2024-06-27"), day).state == state


def test_a_report_of_a_month_counts_from_its_first_day() -> None:
    assert term(Tenure("p", "2020-12"), "2020-12-05").state == "reported"
    assert term(Tenure("p", "2020-12"), "2020-11-30").state == "later"


def test_a_known_term_is_in_term_up_to_the_last_day_of_its_end() -> None:
    tenure = Tenure("p", valid_from="2022", valid_to="2025-03")
    states = {
        day: term(tenure, day).state for day in ("2021-12-31", "2022-01-01", "2025-03-31", "2025-04-01")
    }
    assert states == {
        "2021-12-31": "later",
        "2022-01-01": "in_term",
        "2025-03-31": "in_term",
        "2025-04-01": "ended",
    }
    assert term(tenure, "2024-01-01").text.zh == "任期2022至2025-03"


def test_a_recorded_end_is_not_an_inference() -> None:
    found = term(Tenure("p", "2021", valid_to="2022"), "2023-01-01")
    assert (found.state, found.current, found.inferred) == ("ended", False, False)


def test_a_start_without_an_end_is_reported_with_its_start() -> None:
    found = term(Tenure("p", valid_from="2024-01"), "2024-07-01")
    assert (found.state, found.text.zh) == ("reported", "自2024-01起任,止期未记载")


def test_a_later_holder_of_the_same_post_closes_by_inference() -> None:
    first, second = Tenure("a", "2020-05-08", "2020-05-08"), Tenure("b", "2021-07-09", "2022-03-15")
    before, after = (terms_at([first, second], OPEN, day) for day in ("2021-07-08", "2021-07-09"))
    assert [t.state for t in before] == ["reported", "later"]
    assert [t.state for t in after] == ["closed_inferred", "reported"]
    assert (after[0].closed_on, after[0].closed_by, after[0].inferred) == ("2021-07-09", "b", True)
    assert "推定" in after[0].text.zh


def test_the_earliest_of_several_later_holders_closes() -> None:
    found = term(Tenure("a", "2020"), "2024-01-01", OPEN, Tenure("c", "2023"), Tenure("b", "2022"))
    assert (found.closed_by, found.closed_on) == ("b", "2022")


def test_two_chiefs_reported_together_do_not_close_each_other() -> None:
    together = [Tenure("a", "2020-12-31", "2021-03-19"), Tenure("b", "2020-12-31", "2021-03-19")]
    assert [t.state for t in terms_at(together, OPEN, "2021-06-01")] == ["reported", "reported"]
    third = terms_at([*together, Tenure("c", "2025-11-06")], OPEN, "2025-12-01")
    assert [t.state for t in third] == ["closed_inferred", "closed_inferred", "reported"]


def test_a_report_of_overlapping_precision_does_not_close() -> None:
    """A second holder reported in 2021 need not come after one reported in March 2021."""
    found = terms_at([Tenure("a", "2021-03"), Tenure("b", "2021")], OPEN, "2022-01-01")
    assert [t.state for t in found] == ["reported", "reported"]


def test_the_end_of_the_scheme_closes_by_inference_after_its_last_day() -> None:
    tenure = Tenure("wu", "2020-12", "2020-12")
    assert term(tenure, "2023-07-31", OF_2020).state == "reported"
    found = term(tenure, "2023-08-01", OF_2020)
    assert (found.state, found.closed_on, found.closed_by) == ("closed_inferred", "2023-07", None)
    assert found.text.zh == "据2020-12报道;2020年链长制方案止于2023-07,推定卸任"
    assert found.text.en == "reported 2020-12; the scheme of 2020 ended 2023-07, closed by inference"


def test_an_end_that_is_only_the_posts_closes_by_inference() -> None:
    found = term(Tenure("wu", "2020-12", valid_to="2023-07"), "2024-07-01", OF_2020)
    assert (found.state, found.inferred, found.valid_to) == ("closed_inferred", True, None)
    own = term(Tenure("wu", "2020-12", valid_to="2022-03"), "2024-07-01", OF_2020)
    assert (own.state, own.inferred) == ("ended", False)


def test_a_later_holder_before_the_end_of_the_scheme_is_what_closed() -> None:
    found = term(Tenure("a", "2020"), "2024-07-01", OF_2020, Tenure("b", "2022-01"))
    assert found.closed_by == "b"


def test_reports_on_both_sides_of_the_day_are_both_named() -> None:
    found = term(Tenure("g", "2024-01-23", "2026-01-27"), "2025-01-01")
    assert (found.state, found.text.zh) == ("reported", "据2024-01-23及2026-01-27报道,任期未记载")
    later = term(Tenure("g", "2024-01-23", "2026-01-27"), "2026-02-01")
    assert later.text.en == "reported 2026-01-27 (first 2024-01-23), term not recorded"


def test_who_was_seen_again_after_another_is_not_closed_by_them() -> None:
    found = term(Tenure("a", "2020", "2024"), "2022-06-01", OPEN, Tenure("b", "2022-01"))
    assert found.state == "reported"


def test_without_any_date_nothing_is_claimed() -> None:
    found = term(Tenure("p"), "2022-01-01", OF_2020)
    assert (found.state, found.current, found.text.zh) == ("undated", False, "报道日期不明,任期未记载")
    over = term(Tenure("p"), "2024-01-01", OF_2020)
    assert (over.state, over.inferred, over.closed_on) == ("closed_inferred", True, "2023-07")


def test_an_end_without_a_start_needs_a_report() -> None:
    assert (
        term(Tenure("p", "2021", valid_to="2025"), "2022-01-01").text.zh == "据2021报道,任期至2025,起始未记载"
    )
    assert term(Tenure("p", "2023", valid_to="2025"), "2022-01-01").state == "later"
    assert term(Tenure("p", valid_to="2025"), "2022-01-01").state == "undated"


days = st.dates(date(2018, 1, 1), date(2026, 12, 31))
dates = st.one_of(
    st.none(),
    st.integers(2018, 2026).map(str),
    days.map(lambda d: d.isoformat()),
)
tenures = st.lists(
    st.tuples(dates, dates, dates, dates).map(lambda d: sorted(d[:2], key=lambda x: x or "9") + list(d[2:])),
    max_size=4,
)


@given(tenures, dates, days)
def test_every_holder_gets_a_state_that_agrees_with_its_flags(
    rows: list[list[str | None]], end: str | None, day: object
) -> None:
    people = [Tenure(str(i), *row) for i, row in enumerate(rows)]
    found = terms_at(people, PostSpan("2020", None, end), str(day))
    assert len(found) == len(people)
    for t in found:
        assert t.current == (t.state in CURRENT)
        assert t.inferred == (t.state == "closed_inferred") == (t.closed_on is not None)
        assert t.text.zh and t.text.en
