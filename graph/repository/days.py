"""The day an answer speaks of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graph.errors import BadInput
from graph.office_time import office_today
from graph.values import date_max

Today = Callable[[], date]


def day_of(as_of: str | None, today: Today = office_today) -> str:
    """The ISO day meant by ``as_of``: the last day of a month, year or other period, today for ``None``.

    Raises ``BadInput`` for a text that is no date.
    """
    if as_of is None:
        return today().isoformat()
    try:
        return date_max("".join(as_of.split()))
    except ValueError as error:
        detail = (
            f"日期 {as_of[:40]!r} 应如 2024、2024-06 或 2024-06-27 · "
            "a date such as 2024, 2024-06 or 2024-06-27 is expected"
        )
        raise BadInput(detail, found=as_of[:40], expected="2024-06-27") from error
