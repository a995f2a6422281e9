"""Weights 权重 of the parts of a score: those of the rules, of a file, of a request."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from rapidfuzz.process import extractOne

from graph.errors import BadInput
from graph.gaps.candidate_models import PartName
from graph.gaps.candidates.scores import PARTS
from graph.gaps.candidates.words import PART_LABELS

Weights = dict[PartName, float]
#: A file of weights is small; a larger one is something else.
_MOST_BYTES: Final = 100_000
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
    """The weights in a YAML file: a mapping of parts, or one below ``weights:``.

    Raises ``BadInput`` for a file that cannot be read or holds something else.
    """
    try:
        if not path.is_file():
            raise _wrong_file(path, "no such file")
        if path.stat().st_size > _MOST_BYTES:
            raise _wrong_file(path, "a file larger than 100 kB")
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _wrong_file(path, error.strerror or str(error)) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _wrong_file(path, " ".join(str(error).split())[:200]) from error
    if isinstance(held, dict) and isinstance(held.get("weights"), dict):
        held = held["weights"]
    if not isinstance(held, dict):
        raise _wrong_file(path, type(held).__name__)
    return {str(name): value for name, value in held.items()}


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


def _wrong_file(path: Path, found: str) -> BadInput:
    return BadInput(
        f"权重文件 {path} 读不了：{found}，应为“项: 数” · "
        f"the file of weights {path} cannot be read: {found}; lines such as product: 0.5 are expected",
        file=str(path),
        found=found,
        expected="product: 0.5",
    )
