"""Short forms of place names: 南昌市 → 南昌, 恩施土家族苗族自治州 → 恩施."""

from __future__ import annotations

import re
from functools import lru_cache

_PEOPLES = (
    "壮|满|回|苗|维吾尔|土家|彝|蒙古|藏|布依|侗|瑶|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤|纳西|"
    "羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|阿昌|普米|鄂温克|怒|京|基诺|德昂|保安|俄罗斯|裕固|"
    "鄂伦春|独龙|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|维吾尔)*自治[区州县旗]$")
_SUFFIX = re.compile(r"(?<=..)(?:特别行政区|省|市|地区|林区|县|区|盟|旗)$")


@lru_cache(maxsize=20_000)
def stem(name: str) -> str:
    """The name without 省, 市, 县, 区 and the like; a stem is never shorter than two characters."""
    plain = _AUTONOMOUS.sub("", name)
    if len(plain) >= 2 and plain != name:
        return plain
    return _SUFFIX.sub("", re.sub(r"(?<=..)自治[区州县旗]$", "", name))
