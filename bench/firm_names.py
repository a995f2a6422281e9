"""Firm names as they look in registers, made by a fixed rule: place, brand, trade, legal form.

No list of real firms is used. Places are those of GB/T 2260, words of trade the matcher's own; brands are two
to four characters drawn with the skew of real ones (few characters are in many brands).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from ingest.match import FirmRecord
from ingest.match.industry import WORDS
from ingest.places import china
from ingest.places.records import level_of
from ingest.places.stems import stem

_CHARACTERS = (
    "华鑫盛瑞宏金德新信达海天兴源泰恒安康明佳美联科创博大中东方正和诚润丰隆亿通利顺昌荣富嘉宝龙凯祥福旺广优凌腾飞宇星辰晨阳光耀辉煌锦程远景"
    "卓越众智慧云峰岭山河江川湖滨洋波涛浩瀚清泉源流润泽林森木叶春夏秋冬雪梅兰竹菊松柏桂芳馨香甜果谷禾田园农牧渔鹏鹰凤麟虎豹骏马驰骋奔跃升起航"
    "帆舟船港湾岛桥路道轩亭阁楼堂府京都城乡邦国家民众群合聚汇融贯穿连环球寰宇宙极峰巅顶尖锐利剑盾坚固强力量动能量核芯晶石玉珠翠翡琥珀琳琅"
    "文武书画琴棋诗词歌赋思想念恩义仁礼智孝忠勇敢勤俭朴实真善纯净洁白红橙黄绿青蓝紫黑一二三四五六七八九十百千万亿元亨贞吉庆喜乐欢悦怡"
)
_FORMS = (
    ("有限公司", 78),
    ("有限责任公司", 8),
    ("股份有限公司", 8),
    ("集团有限公司", 4),
    ("集团股份有限公司", 2),
)


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.places = [p for p in china() if level_of(p.code) in ("city", "county")]
        self._characters = list(dict.fromkeys(_CHARACTERS))
        self._skew = list(accumulate(1 / (i + 8) for i in range(len(self._characters))))
        self._trades = sorted(w for w in WORDS if len(w) >= 2 and w not in ("集团", "控股", "股份", "有限"))
        self._forms = list(accumulate(w for _, w in _FORMS))

    def brand(self) -> str:
        length = self._random.choices((2, 3, 4), (78, 17, 5))[0]
        return "".join(self._random.choices(self._characters, cum_weights=self._skew, k=length))

    def trade(self) -> str:
        return "".join(self._random.sample(self._trades, self._random.choice((1, 1, 2))))

    def name(self, brand: str | None = None) -> tuple[str, str]:
        """A name and the code of its place."""
        place = self._random.choice(self.places)
        word = place.name if self._random.random() < 0.6 else stem(place.name)
        form = self._random.choices(_FORMS, cum_weights=self._forms)[0][0]
        return f"{word}{brand or self.brand()}{self.trade()}{form}", place.code


def firms(count: int, seed: int = 2260) -> Iterator[FirmRecord]:
    """``count`` firms of different names, with place; the same ones at every call."""
    maker, seen = _Maker(seed), set[int]()
    while len(seen) < count:
        name, place = maker.name()
        if (mark := hash(name)) not in seen:
            seen.add(mark)
            yield FirmRecord(f"firm/{len(seen)}", name, places=(place,))


def questions(known: list[FirmRecord], seed: int = 362) -> Iterator[tuple[str, FirmRecord]]:
    """For each known firm a question and its kind, in turns.

    ``exact``: the name as it is. ``form``: another legal form. ``trade``: other words of trade (a rename).
    ``short``: brand and trade only. ``unknown``: a firm that is not known.
    """
    maker = _Maker(seed)
    for number, firm in enumerate(known):
        kind = ("exact", "form", "trade", "short", "unknown")[number % 5]
        asked = replace(firm, id=f"ask/{number}")
        base = next(firm.name.removesuffix(f) for f, _ in reversed(_FORMS) if firm.name.endswith(f))
        if kind == "form":
            asked = replace(
                asked, name=base + ("股份有限公司" if not firm.name.endswith("股份有限公司") else "有限公司")
            )
        elif kind == "trade":
            trade = next(t for t in sorted(WORDS, key=len, reverse=True) if base.endswith(t))
            asked = replace(asked, name=base.removesuffix(trade) + maker.trade() + "有限公司")
        elif kind == "short":
            place = next(p for p in maker.places if p.code == firm.places[0])
            asked = replace(
                asked, name=base.removeprefix(place.name).removeprefix(stem(place.name)), places=()
            )
        elif kind == "unknown":
            name, code = maker.name()
            asked = replace(asked, name=name, places=(code,))
        yield kind, asked
