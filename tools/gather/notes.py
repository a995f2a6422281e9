"""Notes carried over in words that mean something outside the gathered folders."""

import re
from functools import cache

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER

_ID = r"(?:ch|ea|eb|ftf|ld|ne|ns|pp)-[a-z0-9-]+"
_BRACKETED_ID = re.compile(rf"[(（][^()（）]*\b{_ID}[^()（）]*[)）]")
_CITED_ID = re.compile(rf"\s*(?:\bper|\bas) {_ID}(?: gives it)?")
_WORKING = re.compile(
    rf"\bdomain\.md|shared/|research/|前期整理|前期已读|项目数据|检索库|\bseed\b|种子|\bslug\b|sibling folder"
    rf"|named in the brief|see new-energy chain|\b{_ID}|\bfolder\b|\bexcerpt names?\b"
)
_SPLIT = re.compile(r"\s*[;；]\s*")


def clean_note(*texts: str) -> str:
    """Join notes by ；, without what only speaks of the gathering: ids of rows, working files, folders.

    A piece (between semicolons) that still speaks of them after its ids are taken out is left out; a remark
    that note_words.csv knows is given in its words.
    """
    pieces: dict[str, None] = {}
    for text in texts:
        for piece in _SPLIT.split(_CITED_ID.sub("", _BRACKETED_ID.sub("", text))):
            kept = re.sub(r"[,，]\s*前期已读$", "", piece).strip()
            if kept and not _WORKING.search(kept):
                pieces[_words().get(kept, kept)] = None
    return "；".join(pieces)


@cache
def _words() -> dict[str, str]:
    return {row["text"]: row["words"] for _, row in read_csv(FOLDER / "note_words.csv")}
