"""Positions of the cards: stable, readable order, nothing on top of anything else."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viz.picture.layout import CARD_H, CARD_W, ROLES, ZONES, Layout, arrange

COUNTS = st.dictionaries(st.sampled_from([r for r in ROLES if r != "focus"]), st.integers(1, 30), max_size=12)


def cards_of(counts: dict[str, int]) -> dict[str, str]:
    roles = {"firm/x": "focus"}
    for role, n in counts.items():
        roles |= {f"{role}/{i:02}": role for i in range(n)}
    return roles


def laid_out(roles: dict[str, str], links: list[tuple[str, str]] | None = None) -> Layout:
    return arrange(roles, {c: (c,) for c in roles}, links or [])


@given(COUNTS)
def test_no_two_cards_and_no_two_blocks_overlap(counts: dict[str, int]) -> None:
    layout = laid_out(cards_of(counts))
    for (_, a), (_, b) in itertools.combinations(layout.positions.items(), 2):
        assert abs(a[0] - b[0]) >= CARD_W or abs(a[1] - b[1]) >= CARD_H
    for p, q in itertools.combinations(layout.blocks, 2):
        apart_x = p.left + p.width <= q.left or q.left + q.width <= p.left
        apart_y = p.top + p.height <= q.top or q.top + q.height <= p.top
        assert apart_x or apart_y


@given(COUNTS)
def test_every_card_stands_inside_its_block(counts: dict[str, int]) -> None:
    roles = cards_of(counts)
    layout = laid_out(roles)
    assert {c for b in layout.blocks for c in b.cards} == set(roles)
    for block in layout.blocks:
        for card in block.cards:
            x, y = layout.positions[card]
            assert roles[card] == block.role
            assert block.left <= x - CARD_W / 2 and x + CARD_W / 2 <= block.left + block.width
            assert block.top <= y - CARD_H / 2 and y + CARD_H / 2 <= block.top + block.height


def test_positions_do_not_depend_on_the_order_of_the_input() -> None:
    roles = cards_of({"upstream": 12, "segment": 4, "peer_city": 30, "project": 5})
    links = [(f"upstream/{i:02}", f"segment/{i % 4:02}") for i in range(12)]
    first = laid_out(roles, links)
    for seed in range(5):
        order = list(roles.items())
        random.Random(seed).shuffle(order)
        shuffled = links[:]
        random.Random(seed).shuffle(shuffled)
        assert laid_out(dict(order), shuffled) == first


def test_the_chain_reads_from_left_to_right_and_from_above_to_below() -> None:
    roles = cards_of({role: 3 for role in ROLES if role != "focus"})
    at = laid_out(roles).positions
    where = {zone: [at[c] for c, role in roles.items() if role in names] for zone, names in ZONES.items()}
    assert at["firm/x"] == (0, 0)
    assert max(x for x, _ in where["left"]) < min(x for x, _ in where["centre"])
    assert max(x for x, _ in where["centre"]) < min(x for x, _ in where["right"])
    middle = where["left"] + where["centre"] + where["right"]
    assert max(y for _, y in where["above"]) < min(y for _, y in middle)
    assert max(y for _, y in middle) < min(y for _, y in where["below"])


def test_cards_at_the_side_stand_in_the_order_of_what_they_lead_to() -> None:
    roles = cards_of({"segment": 3, "upstream": 3})
    links = [("upstream/00", "segment/02"), ("upstream/01", "segment/01"), ("upstream/02", "segment/00")]
    at = laid_out(roles, links).positions
    assert at["upstream/02"][1] < at["upstream/01"][1] < at["upstream/00"][1]


@pytest.mark.parametrize(
    ("roles", "complaint"),
    [
        ({"a": "focus", "b": "neighbour"}, "unknown role"),
        ({"a": "site"}, "exactly one focus"),
        ({"a": "focus", "b": "focus"}, "exactly one focus"),
    ],
)
def test_what_cannot_be_arranged_is_refused(roles: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        laid_out(roles)
