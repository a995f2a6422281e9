"""Small phrases that several answers share. Everything returned is markup-safe for rich."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.markup import escape

from graph.repository import Listing, Ref, Text
from lianpu.i18n import LANG, t

STANDINGS = {
    "verified": ("已核实", "verified"),
    "unverified": ("待核实", "unverified"),
    "candidate": ("候选", "candidate"),
}


#: How a holder or post stands to the day asked about, by the state of the term; current ones need no word.
WHEN: dict[str, tuple[str, str]] = {
    "undated": ("日期不明", "undated"),
    "ended": ("以往", "past"),
    "closed_inferred": ("以往，推定卸任", "past, presumed left"),
    "later": ("以后", "later"),
}


def when(state: str) -> str:
    """``以往`` and the like, for a term that is not current; empty for one that is."""
    return t(*WHEN[state]) if state in WHEN else ""


def no_holder() -> str:
    """What stands beside a post whose holder is not recorded."""
    return t("姓名没有记录", "no name recorded")


def text(value: Text | None) -> str:
    """A bilingual text in the language of this run; empty for ``None``."""
    return "" if value is None else escape(value.text(LANG))


def named(ref: Ref) -> str:
    """Caption and id: ``江西铜业 firm/jiangxi-copper``."""
    return f"{escape(ref.caption)} [dim]{escape(ref.id)}[/]"


def standing(code: str | None, grade: str | None = None) -> str:
    """``待核实·B``; empty where neither is recorded."""
    word = t(*STANDINGS[code]) if code in STANDINGS else ""
    return "·".join(part for part in (word, grade or "") if part)


def mark(code: str | None, grade: str | None = None) -> str:
    """The standing in brackets, dim: ``[待核实·B]``."""
    word = standing(code, grade)
    return rf" [dim]\[{word}][/]" if word else ""


def joined(parts: Iterable[str | None], by: str = " ") -> str:
    """The parts that are not empty."""
    return by.join(part for part in parts if part)


def of_total(listing: Listing[Any], shown: int | None = None) -> str:
    """``(12)``, or ``(5 / 12)`` where not all are shown."""
    count = len(listing.items) if shown is None else shown
    whole = listing.total_text
    return f"({whole})" if str(count) == whole else f"({count} / {whole})"


def heading(title: str) -> str:
    """A section's title."""
    return f"\n[bold]{escape(title)}[/]"


def nothing() -> str:
    """What stands where nothing is recorded. Not recorded is not the same as none."""
    return f"  [dim]{t('没有记录', 'not recorded')}[/]"
