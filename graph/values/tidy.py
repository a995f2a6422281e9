"""Hygiene of text: what every cell goes through before its type looks at it."""

from __future__ import annotations

import re
import unicodedata

from graph.values.fault import ValueFault

TEXT_LIMIT = 4000
NAME_LIMIT = 400

#: Invisible marks that only make equal names differ: zero-width space, word joiner, BOM, soft hyphen.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
#: Full-width digits and Latin letters to half width; Chinese punctuation stays as it is.
_HALF = {
    code: code - 0xFEE0
    for lo, hi in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(lo, hi + 1)
}
#: Marks that turn the direction of text round and so hide what it says.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_PARTED = re.compile(r"\d\s+\d")
_SPACES = re.compile(r"[^\S\n]+")


def tidy(raw: str, *, limit: int = TEXT_LIMIT, lines: bool = False) -> str:
    """Clean text without changing what it says.

    Strips it, composes it (NFC), turns full-width digits and letters to half width, drops zero-width
    marks and joins runs of spaces and tabs. With ``lines`` line breaks stay (as ``\\n``).

    Raises
    ------
    ValueFault
        NUL or another control character, a lone surrogate, a direction mark, the replacement
        character U+FFFD (a sign of a wrong encoding), or more than ``limit`` characters.
    """
    if len(raw) > 4 * limit:
        raise _too_long(raw, limit)
    if lines:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = raw.strip()
    if text.isprintable() and "\ufffd" not in text:  # most text is: no marks, no spaces but the plain one
        text = _half_width(text)
        if "  " in text:
            text = _SPACES.sub(" ", text)
        if len(text) > limit:
            raise _too_long(raw, limit)
        return text
    text = text.translate(_INVISIBLE)
    if not text.isprintable() or "\ufffd" in text:
        for char in text:
            if char != "\t" and not (lines and char == "\n"):
                _refuse(char, raw)
    text = _SPACES.sub(" ", _half_width(text))
    text = "\n".join(part.strip() for part in text.split("\n")).strip()
    if len(text) > limit:
        raise _too_long(raw, limit)
    return text


def _half_width(text: str) -> str:
    """``text`` composed (NFC), its full-width digits and letters in half width."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return text.translate(_HALF) if _WIDE.search(text) else text


def compact(raw: str) -> str:
    """``raw`` as a code or figure: NFKC, without any spaces. Raises as ``tidy`` does."""
    return "".join(unicodedata.normalize("NFKC", tidy(raw, limit=NAME_LIMIT)).split())


def figure(raw: str) -> str:
    """``raw`` as a figure: ``compact``, but a space between two digits is refused, not joined."""
    if _PARTED.search(raw):
        raise ValueFault(raw, "中间没有空格的数字", "a number without spaces inside")
    return compact(raw)


def _refuse(char: str, raw: str) -> None:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        raise ValueFault(raw, "不含控制字符和换行的文字", "text without control characters or line breaks")
    if category == "Cs":
        raise ValueFault(raw, "完整的 Unicode 字符", "whole Unicode characters (a lone surrogate was found)")
    if char == "\ufffd":
        raise ValueFault(raw, "按 UTF-8 读出的文字", "text read as UTF-8 (a replacement character was found)")
    if char in _BIDI:
        raise ValueFault(raw, "不含方向控制符的文字", "text without direction marks")


def _too_long(raw: str, limit: int) -> ValueFault:
    return ValueFault(raw, f"不超过 {limit} 字的文字", f"text of at most {limit} characters")
