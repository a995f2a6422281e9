"""Who answers for what, both ways."""

from __future__ import annotations

import pytest

from graph.repository import AnswersFor, Repository

Told = set[tuple[str, str, str, bool]]


def told(answer: AnswersFor) -> tuple[Told, Told]:
    """(who, relation, what, current) of what it answers for, and of who answers for it."""
    return tuple(
        {(d.who.id, d.relation, d.what.id, d.current) for d in duties}
        for duties in (answer.answers_for, answer.answered_by)
    )  # type: ignore[return-value]


CHAIN, PLAN = "chain/new-energy", "plan/1269"
GOVERNOR = ("person/governor", "CHIEF_OF", PLAN, True)
MAYOR = ("person/mayor", "GUIDES", "firm/catl-yc", True)


@pytest.mark.parametrize(
    ("entity", "answers_for", "answered_by"),
    [
        ("person/xia", {("person/xia", "CHIEF_OF", "chain/electronics", True)}, set()),
        ("person/wu", {("person/wu", "CHIEF_OF", "chain/electronics", False)}, set()),
        ("person/ren", set(), set()),  # presided only
        ("person/governor", {("person/governor", "CHIEF_OF", PLAN, True)}, set()),
        ("person/mayor", {("person/mayor", "CHIEF_OF", "chain/yichun-lithium", True), MAYOR}, set()),
        (
            "firm/catl-yc",
            {("firm/catl-yc", "FLAGSHIP_IN", "segment/new-energy/cell", True)},
            {MAYOR, ("post/new-energy-2023", "CHIEF_OF", CHAIN, True)},
        ),
        ("place/360900", {("person/mayor", "CHIEF_OF", "chain/yichun-lithium", True), MAYOR}, set()),
        (
            "place/360000",
            {
                ("organisation/miit", "RESPONSIBLE_FOR", CHAIN, True),
                ("organisation/miit", "RESPONSIBLE_FOR", PLAN, True),
            },
            set(),
        ),
        (
            "organisation/miit",
            {
                ("organisation/miit", "RESPONSIBLE_FOR", CHAIN, True),
                ("organisation/miit", "RESPONSIBLE_FOR", PLAN, True),
            },
            set(),
        ),
        (
            CHAIN,
            set(),
            {
                ("post/new-energy-2023", "CHIEF_OF", CHAIN, True),
                ("person/mayor", "CHIEF_OF", "chain/yichun-lithium", True),
                ("person/governor", "CHIEF_OF", PLAN, True),
                ("organisation/miit", "RESPONSIBLE_FOR", CHAIN, True),
                ("organisation/miit", "RESPONSIBLE_FOR", PLAN, True),
            },
        ),
        (
            "chain/electronics",
            set(),
            {
                ("person/xia", "CHIEF_OF", "chain/electronics", True),
                ("person/wu", "CHIEF_OF", "chain/electronics", False),
                ("person/governor", "CHIEF_OF", PLAN, True),
                ("organisation/miit", "RESPONSIBLE_FOR", PLAN, True),
            },
        ),
        (
            "post/general",
            {("post/general", "CHIEF_OF", PLAN, True)},
            {("person/governor", "HOLDS", "post/general", True)},
        ),
        (
            "post/governor",
            {("post/general", "CHIEF_OF", PLAN, True)},
            {("person/governor", "HOLDS", "post/governor", True)},
        ),
        (PLAN, set(), {GOVERNOR, ("organisation/miit", "RESPONSIBLE_FOR", PLAN, True)}),
        ("segment/new-energy/cell", set(), set()),
    ],
)  # fmt: skip
async def test_both_directions(
    questions: Repository, entity: str, answers_for: Told, answered_by: Told
) -> None:
    answer = await questions.answers_for(entity, as_of="2024-07-01")
    assert told(answer) == (answers_for, answered_by)


async def test_what_is_inferred_from_an_office_says_so(questions: Repository) -> None:
    (duty,) = (await questions.answers_for("person/governor")).answers_for
    assert (duty.inferred, [t.id for t in duty.through]) == (True, ["post/governor", "post/general"])
    assert duty.term is not None
    assert duty.term.state == "reported"


async def test_what_holds_on_the_day_stands_first_and_the_rest_is_cut(questions: Repository) -> None:
    answer = await questions.responsible("electronics", as_of="2024-07-01", limit=3)
    assert answer.truncated
    assert [d.current for d in answer.answered_by] == [True, True, True]
    whole = await questions.responsible("electronics", as_of="2024-07-01")
    assert (whole.truncated, whole.answered_by[-1].who.id) == (False, "person/wu")
