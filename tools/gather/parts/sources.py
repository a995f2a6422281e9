"""Sources: one row per document, however many folders cite it; a file path is never an address."""

import re
from collections.abc import Iterable, Sequence

from tools.gather.gathered import Gathered, GatheredRow
from tools.gather.notes import clean_note
from tools.gather.tables import Tables
from tools.gather.trust import document_date

_WORKING_NAME = re.compile(
    r"\s*[(（][^()（）]*(?:domain\.md|shared/|\.csv)[^()（）]*[)）]|shared/data/\S*|项目数据\s*|\S+\.csv"
)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/\S+")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add every document, with what its best described copy says first and the others fill in.

    The grade is the best that a copy got, since they are the same document; it is a link only where one
    was given as such.
    """
    decisions = gathered.decisions
    copies: dict[str, list[str]] = {}
    for raw in gathered.sources:
        copies.setdefault(decisions.merged(raw), []).append(raw)
    for kept, raws in copies.items():
        ordered = sorted(raws, key=lambda raw: (raw != kept, raw))
        _add(tables, kept, [gathered.sources[raw] for raw in ordered])


def _add(tables: Tables, kept: str, rows: Sequence[GatheredRow]) -> None:
    linked = [address for row in rows if row["link"] == "yes" and (address := _address(row))]
    addresses = linked or [address for row in rows if (address := _address(row))]
    tables.add(
        "sources",
        rows,
        id=kept,
        name=_first(_WORKING_NAME.sub("", row["title"]) for row in rows),
        publisher=_first(_WORKING_NAME.sub("", row["publisher"]).strip("（）") for row in rows),
        date=document_date(row["date"] for row in rows),
        url=_first(addresses),
        link=bool(linked),
        medium=rows[0]["kind"],
        read="full" if any(row["read"] == "full" for row in rows) else "excerpt",
        grade=min(row["grade"] for row in rows),
        standing="verified",
        note=clean_note(*(row["note"] for row in rows)),
    )


def _address(row: GatheredRow) -> str:
    text = row["url"]
    if re.fullmatch(r"https?://\S+", text):
        return text
    return f"http://{text}" if _HOST.fullmatch(text) else ""


def _first(texts: Iterable[str]) -> str:
    return next((text.strip() for text in texts if text.strip()), "")
