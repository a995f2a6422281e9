"""Reasons for and against, by code, in Chinese and English."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "uscc": ("同一统一社会信用代码", "same unified social credit code"),
    "uscc-differs": ("统一社会信用代码不同", "different unified social credit codes"),
    "stock": ("同一证券代码", "same stock code"),
    "stock-differs": ("同一交易所的证券代码不同", "different stock codes at one exchange"),
    "name": ("登记全称相同", "same registered name"),
    "other-name": ("与曾用名或别名的全称相同", "same as a former or other full name"),
    "short-name": ("只是简称相同", "only a short name is the same"),
    "short-name-only": ("简称相同，登记全称不同", "the short name is the same, the registered one is not"),
    "core": ("名称核心部分相同", "same core of the name"),
    "form-differs": ("公司形式不同（股份、集团、有限）", "different legal form (股份, 集团, 有限)"),
    "brand": ("字号相同或相含", "same brand in the name, or one in the other"),
    "head": ("名称核心开头相同", "cores of the names begin alike"),
    "start": ("一个名称的开头在另一个之中", "the beginning of one name stands in the other"),
    "alike": ("名称核心部分相近", "similar core of the name"),
    "trade": ("行业用词相近", "similar words of trade"),
    "trade-differs": ("行业用词不同", "different words of trade"),
    "common": ("相同的字很多企业都有", "what is shared is common to many names"),
    "place": ("所在地一致", "places agree"),
    "place-differs": ("所在地不同", "different places"),
    "products": ("产品有重合", "products overlap"),
    "branch-differs": ("分支机构、分期或序号不同", "a branch, phase or number differs"),
    "several": ("不止一家已知企业同样符合", "more than one known firm fits equally"),
}
