"""The clock of the office: UTC+8, the one time zone of China, where no summer time was kept since 1991.

Instants are stored in UTC; people read them, and months are counted, by this clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

OFFICE: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def office_today() -> date:
    """The day that it is in the office."""
    return datetime.now(OFFICE).date()


def office_day(at: str) -> str:
    """The ISO day in the office of a stored instant (ISO; without an offset it is of UTC)."""
    return _local(at).date().isoformat()


def office_time(at: str) -> str:
    """Day and minute in the office of a stored instant, such as ``2026-03-01 07:30``."""
    return _local(at).strftime("%Y-%m-%d %H:%M")


def _local(at: str) -> datetime:
    known = datetime.fromisoformat(at)
    return (known if known.tzinfo else known.replace(tzinfo=UTC)).astimezone(OFFICE)
