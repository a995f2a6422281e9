"""A firm's name taken apart: place, brand, trade, legal form, branch."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from ingest.match.industry import segmented, split
from ingest.places.records import contains
from ingest.places.words import PlaceWords, Word

LIMIT = 120
#: ST, *ST, S*ST, XD … before a short name of a share; -U, -W, A, B behind it.
_MARK_BEFORE = re.compile(r"^(?:\*|s(?=\*?st)|st|xd|xr|dr)+(?=[\u4e00-\u9fff])")
_MARK_AFTER = re.compile(r"(?<=[\u4e00-\u9fff])(?:-?(?:uwd|uw|wd|u|w|d|v)|[ab])$")
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "总公司", "公司", "总厂", "厂",
          "普通合伙", "有限合伙", "合伙企业", "专业合作社", "合作社", "集团", "控股", "股份")  # fmt: skip
#: Forms that only a registered name bears; 集团, 控股 and 股份 also end short names.
_LEGAL = frozenset(_FORMS) - {"集团", "控股", "股份"}
#: Ends of registered names that are no companies; they stay in the core.
_INSTITUTES = ("研究院", "研究所", "设计院", "大学", "学院", "医院", "事务所", "农场", "林场")
_CANONICAL = {"有限责任公司": "有限公司", "股份公司": "股份有限公司"}
_BRANCH = re.compile(r"(?<=公司)(?!集团|有限合伙|普通合伙)(.{2,})$")
_PHASE = re.compile(
    r"[第]?[一二三四五六七八九十\d]{1,3}(?:期(?:工程|项目|工厂|厂区)?|号?(?:厂区|工厂|分厂|车间|基地))$"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十百\d]{1,3}")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as ``name_parts`` took it apart; all texts are in the form in which they are compared.

    Attributes
    ----------
    full : the whole name, 有限责任公司 as 有限公司, places in one spelling. Equal full names of firms with a
        legal form are the same registered name.
    core : without place, legal form and branch: brand and words of trade.
    brand, trade : the core taken apart (字号, 行业).
    place_prefix, places : the place words in it, and the codes they mean.
    legal_form : such as 股份有限公司, or 研究所 after a place; empty in a short name.
    group : whether 集团 or 控股 was in the form.
    branch : 分公司, 二期 and the like, empty for the firm itself; ordinals (第二) are in it too.
    """

    full: str
    core: str
    brand: str
    trade: tuple[str, ...]
    place_prefix: str
    places: tuple[str, ...]
    legal_form: str
    group: bool
    branch: str

    @property
    def is_legal(self) -> bool:
        """Whether this is a registered name, not a short one."""
        return bool(self.legal_form)

    @property
    def key(self) -> str:
        """What is compared when two cores are called equal: with the place if the brand is empty."""
        return self.core if self.brand else self.place_prefix + self.core


def plain(name: str) -> str:
    """NFKC, simplified, lower case, letters and digits only (``*`` and ``-`` of share marks go too).

    The order of a name stays; brackets go, what is in them stays.
    """
    text = unicodedata.normalize("NFKC", name)[:LIMIT].casefold()
    text = "".join(c for c in text if c.isalnum() or c in "*-")
    if not text.isascii():
        text = _converter().convert(text)
    if not text.endswith("公司"):
        text = _MARK_AFTER.sub("", _MARK_BEFORE.sub("", text))
    return "".join(c for c in text if c.isalnum())


def name_parts(name: str, places: PlaceWords) -> NameParts:
    """Take ``name`` apart, with the words of ``places`` as places.

    Parameters
    ----------
    name : a registered or short name; more than 120 characters are not read.
    places : from ``PlaceWords.of``.
    """
    text = plain(name)
    for _ in range(6):  # what is cut may lay bare another: to the fixed point, so that full is its own full
        parts = _take_apart(text, places)
        if parts.full == text:
            break
        text = plain(parts.full)
    return parts


def _take_apart(text: str, places: PlaceWords) -> NameParts:
    body, branch = _branch(text)
    stem, forms = _forms(body)
    prefix, rest = _prefix(stem, places)
    tail = _tail_place(rest, places)
    if tail is not None:
        rest = rest[: -len(tail.text)]
    words = [*prefix, *([tail] if tail else [])]
    brand, trade = split(rest)
    ordinal = "".join(_ORDINAL.findall(rest))
    spelled = "".join(w.canonical for w in prefix)
    deepest = words[-1].codes if words else ()
    full = spelled + rest + (tail.canonical if tail else "") + "".join(forms) + branch
    legal = "".join(f for f in forms if f in _LEGAL)
    if not forms and prefix:
        legal = next((end for end in _INSTITUTES if rest.endswith(end)), "")
    return NameParts(
        full=full,
        core=rest,
        brand=brand,
        trade=trade,
        place_prefix=spelled,
        places=deepest,
        legal_form=legal,
        group=any(f in ("集团", "控股") for f in forms),
        branch=ordinal + branch,
    )


def _branch(text: str) -> tuple[str, str]:
    found = _BRANCH.search(text) or _PHASE.search(text)
    if found is None or found.start() < 2:
        return text, ""
    return text[: found.start()], text[found.start() :]


def _forms(text: str) -> tuple[str, list[str]]:
    """The name without its forms at the end, and these in the order of the name."""
    forms: list[str] = []
    while True:
        form = next((f for f in _FORMS if text.endswith(f) and len(text) - len(f) >= 2), None)
        if form is None or len(forms) == 4:
            return text, forms
        forms.insert(0, _CANONICAL.get(form, form))
        text = text[: -len(form)]


def _prefix(text: str, places: PlaceWords) -> tuple[list[Word], str]:
    """Places at the start, from large to small, and the rest."""
    found: list[Word] = []
    while len(found) < 3:
        word = places.at(text)
        if word is None or len(word.text) >= len(text):
            break
        rest = text[len(word.text) :]
        if len(rest) < 2 or (word.bare and word.level == "county" and not _is_county(word, found, rest)):
            break
        found.append(word)
        text = rest
    return found, text


def _is_county(word: Word, above: list[Word], rest: str) -> bool:
    """Whether a bare county's name is a place here, not a brand (永丰科技, 三江购物).

    It is when more than words of trade follow, and it stands after its province or city, is a county-level
    city, or has both a brand and words of trade behind it (花垣瑞科矿业).
    """
    if segmented(rest) is not None:
        return False
    if above:
        return any(contains(outer, code) for outer in above[-1].codes for code in word.codes)
    return word.codes[0][4:6] > "80" or all(split(rest))


def _tail_place(text: str, places: PlaceWords) -> Word | None:
    """A province or city at the end, as 亚钾国际投资(广州)股份有限公司 has one."""
    for length in (2, 3, 4):
        if len(text) - length >= 2:
            word = places.at(text, len(text) - length)
            if word and len(word.text) == length and word.level in ("province", "city"):
                return word
    return None


@cache
def _converter() -> OpenCC:
    """Traditional → simplified."""
    return OpenCC("t2s")
