"""Characters that no cell may hold, and the fault of a cell that does."""

from __future__ import annotations

import re
import unicodedata

from ingest.grid.model import MAX_CELL

_NAMES = {
    0x00: ("NUL", "NUL"),
    0x061C: ("阿拉伯字母方向符", "Arabic letter mark"),
    0x200E: ("从左到右符", "left-to-right mark"),
    0x200F: ("从右到左符", "right-to-left mark"),
    0x202A: ("从左到右嵌入符", "left-to-right embedding"),
    0x202B: ("从右到左嵌入符", "right-to-left embedding"),
    0x202C: ("方向结束符", "pop directional formatting"),
    0x202D: ("从左到右强制符", "left-to-right override"),
    0x202E: ("从右到左强制符", "right-to-left override"),
    0x2028: ("行分隔符", "line separator"),
    0x2029: ("段分隔符", "paragraph separator"),
    0xFFFD: ("编码错误留下的替代字符", "replacement character, left by a wrong encoding"),
}
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]"
)


def wrong_text(text: str) -> tuple[str, str] | None:
    """What was expected instead of ``text``, in both languages; ``None`` if the text may stand."""
    if len(text) > MAX_CELL:
        return (
            f"至多 {MAX_CELL} 个字符（此格有 {len(text)} 个）",
            f"at most {MAX_CELL} characters, not {len(text)}",
        )
    if text.isprintable() and "\ufffd" not in text:
        return None
    match = _FORBIDDEN.search(text)
    if match is None:
        return None
    zh, en = name_of(match.group())
    return (
        f"不含{zh}的文字（在第 {match.start() + 1} 个字符）",
        f"text without {en} (character {match.start() + 1})",
    )


def name_of(char: str) -> tuple[str, str]:
    """The name of a forbidden character with its code point, in both languages."""
    code = ord(char)
    if unicodedata.category(char) == "Cs":
        zh, en = "不成对的代理字符", "a lone surrogate"
    elif code in _NAMES:
        zh, en = _NAMES[code]
    elif unicodedata.category(char) == "Cc":
        zh, en = "控制字符", "a control character"
    else:
        zh, en = "方向隔离符", "a direction isolate"
    return f"{zh}（U+{code:04X}）", f"{en} (U+{code:04X})"
