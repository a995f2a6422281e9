"""Names of firms: what is the name, what only marks that it is not checked, and whether it is a full name."""

import re
import unicodedata
from dataclasses import dataclass

from tools.gather.gathered import GatheredRow

_MARK = re.compile(r"\((?:[^()]*待核|来源[^()]*|省重点项目所称|[^()]*项目主体)\)")
_FULL = re.compile(r"(?:有限公司|有限责任公司|\(有限合伙\)|有限公司\S+(?:厂|分公司))$")
_UNCHECKED = re.compile(
    r"全称未|登记名未核|全称待核|全称属|来源写(?!宜春)|full (?:registered )?name not"
    r"|registered name (?:not|is)|short name|press (?:name|says|writes)"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class FirmName:
    """`name` as it is shown, `mark` what stood in brackets and only says how sure the name is."""

    name: str
    mark: str
    full: bool


def firm_name(row: GatheredRow) -> FirmName:
    """The name of a gathered firm, its short name where it has no other; full-width brackets become plain."""
    text = normal(row["name"] or row["short_name"])
    marks = _MARK.findall(text)
    name = _MARK.sub("", text).strip()
    unchecked = marks or (_UNCHECKED.search(row["note"]) and not row.get("stock_code"))
    full = bool(_FULL.search(name)) and not unchecked
    return FirmName(name, "；".join(mark.strip("()") for mark in marks if mark != "(全称待核)"), full)


def normal(text: str) -> str:
    """Text with full-width letters and brackets made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def is_chinese(text: str) -> bool:
    """Whether a name has a Chinese character."""
    return bool(_CHINESE.search(text))
