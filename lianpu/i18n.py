"""Chinese and English for the command line, chosen by ``LIANPU_LANG`` (default ``zh``).

The language is read from the environment once, at import, since help texts are fixed when the commands
are declared. A wrong value counts as ``zh`` here; ``lianpu.settings`` then refuses it by name.
"""

from __future__ import annotations

import os
import re
from typing import Literal

Lang = Literal["zh", "en"]

LANG: Lang = "en" if os.environ.get("LIANPU_LANG", "").strip().lower() == "en" else "zh"


def t(zh: str, en: str) -> str:
    """The text in the language of this run."""
    return en if LANG == "en" else zh


_CHINESE, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")


def one_language(text: str) -> str:
    """The half of a line ``中文 · English`` in the language of this run; any other line as it is.

    Both halves quote the same values, so that the middle one of the separators divides them.
    """
    parts = text.split(" · ")
    if len(parts) % 2:
        return text
    middle = len(parts) // 2
    zh, en = " · ".join(parts[:middle]), " · ".join(parts[middle:])
    return t(zh, en) if _CHINESE.search(zh) and _LATIN.search(en) else text


#: What typer says about a call it does not understand, as pattern → Chinese.
_USAGE_ZH = (
    (r"No such option: (\S+)(?: \(Possible options: (.+)\))?", "没有这个选项：{0}。可能想用：{1}"),
    (r"No such command '(.+?)'\.? ?(?:Did you mean (.+)\?)?", "没有这个命令：{0}。可能想用：{1}"),
    (r"Missing command\.", "没有写命令"),
    (r"Missing argument '?(.+?)'?\.", "缺少参数：{0}"),
    (r"Missing option '?(.+?)'?\.", "缺少选项：{0}"),
    (r"Option '?(.+?)'? requires an argument\.", "选项 {0} 需要一个值"),
    (r"Option '?(.+?)'? does not take a value\.", "选项 {0} 不带值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", "多出的参数：{0}"),
    (r"Invalid value for '?(.+?)'?: '(.*)' is not a valid (?:int|integer)\.?", "{0}：“{1}” 不是整数"),
    (r"Invalid value for '?(.+?)'?: '(.*)' is not one of (.+?)\.?", "{0}：“{1}” 不在 {2} 之中"),
    (r"Invalid value for '?(.+?)'?: (\S+) is not in the range (.+?)\.?", "{0}：{1} 不在范围 {2} 内"),
    (r"Invalid value for '?(.+?)'?: (.+)", "{0}：{1}"),
)


def usage_text(message: str) -> str:
    """Typer's English ``message`` about a wrong call, in the language of this run.

    A message that no pattern fits is given as it is.
    """
    if LANG == "en":
        return message
    flat = " ".join(message.split())
    for pattern, template in _USAGE_ZH:
        if match := re.fullmatch(pattern, flat):
            parts = [part or "" for part in match.groups()]
            return template.format(*parts).removesuffix("。可能想用：")
    return message
