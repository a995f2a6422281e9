"""Origins 来源地 by their names in either language."""

from __future__ import annotations

from collections.abc import Iterable

from graph.errors import BadInput
from graph.gaps.candidate_models import Origin
from graph.gaps.candidates.words import ORIGIN_LABELS


def origins_named(names: Iterable[str]) -> list[Origin]:
    """The origins meant by ``province``, ``省内`` and so on; ``BadInput`` for what names none."""
    return list(dict.fromkeys(_origin(name) for name in names))


def _origin(name: str) -> Origin:
    wanted = name.strip().casefold()
    for origin, label in ORIGIN_LABELS.items():
        if wanted in (origin, label.zh, label.en):
            return origin
    known = "、".join(f"{label.zh}（{origin}）" for origin, label in ORIGIN_LABELS.items())
    raise BadInput(
        f"没有来源地 {name[:40]!r}，有 {known} · there is no origin {name[:40]!r}; "
        f"known are {', '.join(ORIGIN_LABELS)}",
        field="origin",
        found=name[:40],
        expected=list(ORIGIN_LABELS),
    )
