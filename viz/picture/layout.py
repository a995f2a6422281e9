"""Positions of the cards of a chain neighbourhood.

The picture reads left to right like a chain: suppliers and upstream segments, then the firm with its sites
and segments, then downstream segments and customers. Who answers, owners, parks and projects stand above; the
firms of the same segments, subsidiaries and partners below. Cards stand in labelled blocks; blocks never
overlap and cards stand on a grid inside their block, so no two cards overlap. Equal input gives equal
positions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CARD_W, CARD_H = 184, 52
GAP_X, GAP_Y = 18, 14
PAD, HEADING = 16, 40
BLOCK_GAP_X, BLOCK_GAP_Y = 72, 64
#: A band of blocks above or below is kept at least as wide as this before it grows in height.
MIN_BAND_WIDTH = 1500
MAX_SIDE_ROWS = 9

#: Zone of each role, in reading order. A zone is a row or column of blocks.
ZONES: dict[str, tuple[str, ...]] = {
    "above": ("answer", "owner", "place", "project", "recognition"),
    "left": ("supplier", "upstream_firm", "upstream"),
    "centre": ("focus", "site", "segment", "product"),
    "right": ("downstream", "downstream_firm", "customer"),
    "below": ("peer_county", "peer_city", "peer_province", "peer", "invested", "partner", "other"),
}
ROLES = tuple(role for roles in ZONES.values() for role in roles)


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled rectangle of cards: its role, outer rectangle (left, top, width, height) and its cards."""

    role: str
    left: float
    top: float
    width: float
    height: float
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of all cards by id, and the blocks they stand in. The focus card is at (0, 0)."""

    positions: dict[str, tuple[float, float]]
    blocks: list[Block]


def arrange(
    roles: Mapping[str, str], order: Mapping[str, tuple[str, ...]], links: Iterable[tuple[str, str]]
) -> Layout:
    """Place every card.

    Parameters
    ----------
    roles : card id → role (one of ``ROLES``; exactly one card has the role ``focus``).
    order : card id → sortable key that orders cards which nothing else orders.
    links : pairs of card ids that a line joins; a block is ordered so that lines cross less.

    Raises
    ------
    ValueError
        An unknown role, or not exactly one focus.
    """
    if unknown := set(roles.values()) - set(ROLES):
        raise ValueError(f"unknown role {sorted(unknown)}; expected one of {ROLES}")
    if sum(role == "focus" for role in roles.values()) != 1:
        raise ValueError("a neighbourhood has exactly one focus")
    members = _ordered_members(roles, order, list(links))
    centre = _stack(
        [_grid(role, members[role], _centre_columns(members)) for role in ZONES["centre"] if members[role]]
    )
    sides = {
        side: _row([_grid(r, members[r], _side_columns(len(members[r]))) for r in ZONES[side] if members[r]])
        for side in ("left", "right")
    }
    middle = _row([part for part in (sides["left"], centre, sides["right"]) if part.blocks])
    bands = {
        side: _row(
            _band([(r, members[r]) for r in ZONES[side] if members[r]], max(middle.width, MIN_BAND_WIDTH))
        )
        for side in ("above", "below")
    }
    parts = [part for part in (bands["above"], middle, bands["below"]) if part.blocks]
    return _finish(_stack(parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks placed relative to the part's own top left corner."""

    width: float
    height: float
    blocks: tuple[Block, ...]
    columns: dict[str, int]


def _ordered_members(
    roles: Mapping[str, str], order: Mapping[str, tuple[str, ...]], links: Sequence[tuple[str, str]]
) -> dict[str, list[str]]:
    """Cards of each role; the centre by ``order``, the rest by where their neighbours in the centre stand."""
    members: dict[str, list[str]] = {role: [] for role in ROLES}
    for card in sorted(roles, key=lambda c: (order[c], c)):
        members[roles[card]].append(card)
    rank = {card: i for i, card in enumerate(c for r in ZONES["centre"] for c in members[r])}
    touching: dict[str, list[int]] = {}
    for a, b in links:
        for card, other in ((a, b), (b, a)):
            if other in rank and card not in rank:
                touching.setdefault(card, []).append(rank[other])
    for role in ROLES:
        if role not in ZONES["centre"]:
            members[role].sort(
                key=lambda c: sum(touching[c]) / len(touching[c]) if c in touching else math.inf
            )
    return members


def _centre_columns(members: Mapping[str, Sequence[str]]) -> int:
    largest = max(len(members[role]) for role in ZONES["centre"])
    return max(1, min(3, math.ceil(largest / 6)))


def _side_columns(count: int) -> int:
    return math.ceil(count / MAX_SIDE_ROWS)


def _size(count: int, columns: int) -> tuple[float, float]:
    columns = min(columns, count)
    rows = math.ceil(count / columns)
    width = columns * CARD_W + (columns - 1) * GAP_X + 2 * PAD
    return width, HEADING + rows * CARD_H + (rows - 1) * GAP_Y + PAD


def _grid(role: str, cards: Sequence[str], columns: int) -> _Part:
    width, height = _size(len(cards), columns)
    columns = min(columns, len(cards))
    return _Part(width, height, (Block(role, 0, 0, width, height, tuple(cards)),), {role: columns})


def _band(groups: Sequence[tuple[str, Sequence[str]]], target: float) -> list[_Part]:
    """Blocks of a band: as few rows as keep the band within ``target`` width."""
    most = max((len(cards) for _, cards in groups), default=0)
    for rows in range(1, most + 1):
        parts = [_grid(role, cards, math.ceil(len(cards) / rows)) for role, cards in groups]
        if sum(p.width for p in parts) + BLOCK_GAP_X * (len(parts) - 1) <= target or rows == most:
            return parts
    return []


def _row(parts: Sequence[_Part]) -> _Part:
    """Parts side by side, centred on one horizontal line."""
    height = max((p.height for p in parts), default=0)
    blocks: list[Block] = []
    left = 0.0
    for part in parts:
        blocks += _moved(part, left, (height - part.height) / 2)
        left += part.width + BLOCK_GAP_X
    return _Part(max(0.0, left - BLOCK_GAP_X), height, tuple(blocks), _columns(parts))


def _stack(parts: Sequence[_Part]) -> _Part:
    """Parts below each other, centred on one vertical line."""
    width = max((p.width for p in parts), default=0)
    blocks: list[Block] = []
    top = 0.0
    for part in parts:
        blocks += _moved(part, (width - part.width) / 2, top)
        top += part.height + BLOCK_GAP_Y
    return _Part(width, max(0.0, top - BLOCK_GAP_Y), tuple(blocks), _columns(parts))


def _columns(parts: Sequence[_Part]) -> dict[str, int]:
    return {role: n for part in parts for role, n in part.columns.items()}


def _moved(part: _Part, dx: float, dy: float) -> list[Block]:
    return [Block(b.role, b.left + dx, b.top + dy, b.width, b.height, b.cards) for b in part.blocks]


def _finish(part: _Part) -> Layout:
    """Give every card its centre and move everything so that the focus stands at the origin."""
    positions: dict[str, tuple[float, float]] = {}
    for block in part.blocks:
        columns = part.columns[block.role]
        for i, card in enumerate(block.cards):
            row, column = divmod(i, columns)
            x = block.left + PAD + CARD_W / 2 + column * (CARD_W + GAP_X)
            y = block.top + HEADING + CARD_H / 2 + row * (CARD_H + GAP_Y)
            positions[card] = (x, y)
    focus = next(b.cards[0] for b in part.blocks if b.role == "focus")
    x0, y0 = positions[focus]
    moved = _Part(part.width, part.height, tuple(_moved(part, -x0, -y0)), part.columns)
    return Layout({c: (x - x0, y - y0) for c, (x, y) in positions.items()}, list(moved.blocks))
