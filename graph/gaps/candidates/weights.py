"""Weights 权重 of the parts of a score: those of the rules, of a file, of a request."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from rapidfuzz.process import extractOne

from graph.errors import BadInput
from graph.gaps.candidate_models import PartName
from graph.gaps.candidates.scores import PARTS
from graph.gaps.candidates.words import PART_LABELS
from graph.gaps.rule_files import mapping, read_rules

Weights = dict[PartName, float]
#: No weight is larger, as in a user's rules file.
_MOST_WEIGHT: Final = 1000


def read_weights(given: Mapping[str, Any] | None, base: Mapping[str, float]) -> Weights:
    """The weights of all parts: those ``given``, for the others those of ``base``.

    Parameters
    ----------
    given : by name of the part, English or Chinese (``product`` or ``产品匹配``); numbers, or texts of such.
    base : of every part, as the rule ``candidates`` has them.

    Raises
    ------
    BadInput
        An unknown part, or a weight that is no finite number of 0 or more, or all of them are 0.
    """
    weights: Weights = {part: base[part] for part in PARTS}
    for name, value in (given or {}).items():
        part = _part(str(name))
        weights[part] = _number(part, value)
    if not any(weights.values()):
        raise BadInput(
            "权重全为 0，至少要有一项大于 0 · all weights are 0; at least one above 0 is expected",
            field="weights",
            found=dict(weights),
            expected="> 0",
        )
    return weights


def weights_of_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """``["product=0.5", …]`` (or with ``:``) as a mapping; ``BadInput`` for what is no such pair."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.replace("：", "=").replace(":", "=").partition("=")
        if not sign or not name.strip():
            raise BadInput(
                f"权重 {pair[:60]!r} 应写成 product=0.5 · {pair[:60]!r} is no weight such as product=0.5",
                field="weights",
                found=pair[:60],
                expected="product=0.5",
            )
        found[name.strip()] = value.strip()
    return found


def weights_of_file(path: Path) -> dict[str, Any]:
    """The weights in a YAML file: a mapping of parts, or one below ``weights:``; read as one's own rules are.

    Raises ``BadInput`` for a file that cannot be read or holds something else.
    """
    held = read_rules(path, path.name)
    return dict(mapping(path.name, "weights", held["weights"]) if "weights" in held else held)


def _part(name: str) -> PartName:
    for part in PARTS:
        if name.strip() in (part, PART_LABELS[part].zh):
            return part
    near = extractOne(name, [*PARTS, *(PART_LABELS[p].zh for p in PARTS)])
    known = ", ".join(PARTS)
    raise BadInput(
        f"权重没有 {name[:40]!r} 这一项，有 {known} · there is no part {name[:40]!r}; known are {known}",
        field="weights",
        found=name[:40],
        expected=list(PARTS),
        near=near[0] if near else None,
    )


def _number(part: PartName, value: Any) -> float:
    number = math.nan
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        try:
            number = float(value)
        except (ValueError, OverflowError):
            number = math.nan
    if not 0 <= number <= _MOST_WEIGHT:
        shown = str(value)[:40]
        raise BadInput(
            f"{PART_LABELS[part].zh}（{part}）的权重是 {shown!r}，应为 0 到 1000 的数 · "
            f"the weight of {part} is {shown!r}; a number of 0 to 1000 is expected",
            field=f"weights.{part}",
            found=shown,
            expected="0–1000",
        )
    return number
