"""Words in headings that tell what a column of firms holds, beside the labels of the ontology itself."""

from __future__ import annotations

import re
import unicodedata

#: Meaning → words of headings, most telling first. The meanings are those of ``guess``.
WORDS: dict[str, tuple[str, ...]] = {
    "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "uscc", "usci", "creditcode"),
    "stock_code": ("证券代码", "股票代码", "股票编码", "stockcode", "tscode"),
    "short_name": ("简称", "股票名称", "证券名称", "shortname"),
    "name_en": ("英文名称", "英文名", "nameen", "englishname"),
    "former_names": ("曾用名", "原名称", "更名前", "formername"),
    "aliases": ("别名", "又名", "alias"),
    "name": (
        "企业名称", "公司名称", "单位名称", "公司全称", "企业全称", "全称", "企业名", "公司名", "fullname",
        "companyname", "company", "enterprise", "firmname", "firm",
    ),
    "founded": ("成立日期", "成立时间", "成立年份", "注册日期", "注册时间", "establish", "founded"),
    "status": ("经营状态", "登记状态", "企业状态", "存续状态", "状态", "state", "status"),
    "products": ("主要产品", "主营产品", "产品名称", "产品", "product"),
    "address": ("注册地址", "经营地址", "详细地址", "生产地址", "地址", "住所", "address"),
    "park": ("所在园区", "园区", "开发区", "park"),
    "place": (
        "行政区划", "所在地", "所属地区", "所在县", "所在市", "县市区", "区县", "地市", "省份", "城市",
        "地区", "province", "county", "city", "region",
    ),
    "capital": ("注册资本", "注册资金", "registeredcapital", "capital"),
    "scope": ("经营范围", "businessscope", "scope"),
    "note": ("备注", "说明", "note", "remark"),
    "supplier": ("供应商", "上游企业", "supplier"),
    "customer": ("采购商", "客户", "下游企业", "customer"),
    "parent": ("母公司", "控股股东", "上级企业", "parent"),
    "owner": ("股东", "投资方", "shareholder", "investor"),
    "person": (
        "联系人", "法定代表人", "法人代表", "手机", "联系电话", "电话", "邮箱", "身份证",
        "phone", "mobile", "email",
    ),
}  # fmt: skip

_NOISE = re.compile(r"[\s_\-.:：*（）()【】\[\]/]+")


def bare(heading: str) -> str:
    """A heading as it is compared: NFKC, small letters, without spaces, stars, brackets and their like."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).lower()


def heading_scores(heading: str) -> dict[str, float]:
    """How strongly ``heading`` speaks for each meaning: 1 for the very word, less for one inside it."""
    text = bare(heading)
    scores: dict[str, float] = {}
    for meaning, words in WORDS.items():
        best = max((_score(text, word) for word in words), default=0.0)
        if best:
            scores[meaning] = best
    if text in ("名称", "name"):
        scores["name"] = 0.8
    return scores


def _score(text: str, word: str) -> float:
    if text == word:
        return 1.0
    return 0.5 + 0.4 * len(word) / len(text) if word in text else 0.0
