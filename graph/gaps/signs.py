"""The sign of each status 现状 and risk 风险, one character, on pages, terminals and pictures alike.

A colour is never the only sign of a verdict: its sign stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.gaps.models import Risk, Status
from graph.repository.models import Text

STATUS_SIGNS: Final[Mapping[Status, Text]] = {
    "strong": Text(zh="强", en="S"),
    "weak": Text(zh="弱", en="W"),
    "missing": Text(zh="缺", en="M"),
    "recorded": Text(zh="有", en="R"),
    "unknown": Text(zh="?", en="?"),
    "partly_unknown": Text(zh="部", en="P"),
}
RISK_SIGNS: Final[Mapping[Risk, Text]] = {
    "single": Text(zh="单", en="1"),
    "external": Text(zh="外", en="X"),
    "broken": Text(zh="断", en="B"),
    "concentrated": Text(zh="集", en="C"),
}
