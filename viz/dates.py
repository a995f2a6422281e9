"""Dates and spans of validity in a reader's words."""

from __future__ import annotations

from graph.values import VALUE_TYPES, Bilingual, Property, date_max
from viz.words import Lang, translator

_DATE = Property(name="date", type="date", label=Bilingual(zh="日期", en="Date"))


def show_date(text: str, lang: Lang) -> str:
    """``2024-06-27`` as ``2024年6月27日`` or as it is; raises ``ValueFault`` for what is no date."""
    return VALUE_TYPES["date"].show(text, lang, _DATE)


def show_term(start: str | None, end: str | None, lang: Lang) -> str:
    """From–to, as far as known; empty text when neither is."""
    t = translator(lang)
    if start and end:
        return t("common.from_to", start=show_date(start, lang), end=show_date(end, lang))
    if start:
        return t("common.from_on", start=show_date(start, lang))
    return t("common.until", end=show_date(end, lang)) if end else ""


def show_seen(first: str | None, last: str | None, lang: Lang) -> str:
    """When something was seen: one date, or the first and the last; empty text when not known."""
    t = translator(lang)
    dates = sorted({d for d in (first, last) if d}, key=date_max)
    if len(dates) == 2:
        return t("common.seen_between", first=show_date(dates[0], lang), last=show_date(dates[1], lang))
    return t("common.seen_at", date=show_date(dates[0], lang)) if dates else ""
