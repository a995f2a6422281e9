"""What values look like: the share of a column's values that have a shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graph.values import VALUE_TYPES, Bilingual, Property, ValueFault

_LABEL = Bilingual(zh="值", en="value")
_FIRM = re.compile(
    r".{2,}(公司|集团|厂|合伙）|有限合伙\)|合作社|研究院|事务所|co\.?,? ?ltd\.?|inc\.?)$", re.IGNORECASE
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}(省|市|县|区|州|盟|旗|镇|乡|街道)")
_PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)
_PROVINCE_NAMES = frozenset(_PROVINCES.split())
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff].*(省|市|县|区|镇|乡|路|街|道|村).*(号|路|街|道|园|区|栋|楼|室|村|座|层).*"
)
_STOCK = re.compile(r"\d{6}\.(SH|SZ|BJ|SSE|SZSE|BSE)|(60|68|00|30)\d{4}|92\d{4}", re.ASCII)
_MONEY = re.compile(r".*\d.*[万亿]?(元|人民币|美元|港元|欧元|日元)$")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?", re.ASCII)
_STATUS = frozenset(("存续", "在业", "开业", "在营", "注销", "吊销", "迁出", "停业", "清算", "歇业", "撤销"))


def _typed(name: str) -> Callable[[str], bool]:
    kind = VALUE_TYPES[name]
    prop = Property(name="value", type=name, label=_LABEL)

    def fits(text: str) -> bool:
        try:
            kind.clean(text, prop)
        except ValueFault:
            return False
        return True

    return fits


_date, _quantity, _place_code = _typed("date"), _typed("quantity"), _typed("place_code")
#: Shape → whether one value has it.
SHAPES: dict[str, Callable[[str], bool]] = {
    "uscc": _typed("uscc"),
    "stock_code": lambda text: _STOCK.fullmatch(text.upper()) is not None,
    "place_code": lambda text: len(text) in (6, 9) and text.isdigit() and _place_code(text),
    "date": lambda text: any(c in text for c in "-./年") and _date(text.split(" ")[0]),
    "url": lambda text: text.lower().startswith(("http://", "https://", "www.")),
    "firm": lambda text: _FIRM.fullmatch(text) is not None,
    "address": lambda text: len(text) >= 8 and _ADDRESS.fullmatch(text) is not None,
    "place": lambda text: text in _PROVINCE_NAMES or _PLACE.fullmatch(text) is not None,
    "money": lambda text: len(text) <= 40 and _MONEY.fullmatch(text) is not None,
    "quantity": lambda text: (
        len(text) <= 40 and text[:1].isdigit() and not text[-1:].isdigit() and _quantity(text)
    ),
    "number": lambda text: _NUMBER.fullmatch(text) is not None,
    "status": lambda text: text in _STATUS,
}


def shape_shares(values: Sequence[str]) -> dict[str, float]:
    """The share of ``values`` (none empty) that has each shape, where it is not zero."""
    if not values:
        return {}
    shares = {name: sum(map(fits, values)) / len(values) for name, fits in SHAPES.items()}
    return {name: share for name, share in shares.items() if share}
