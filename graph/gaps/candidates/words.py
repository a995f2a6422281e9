"""What the parts, matches, origins and reasons are called in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph.gaps.candidate_models import Group, How, Order, Origin, PartName, Reason
from graph.repository.models import Text

PART_LABELS: Final[dict[PartName, Text]] = {
    "product": Text(zh="产品匹配", en="product match"),
    "relation": Text(zh="与本地龙头的关系", en="relation to local leaders"),
    "synergy": Text(zh="产业协同", en="local synergy"),
    "expansion": Text(zh="扩张信号", en="signs of expansion"),
    "strength": Text(zh="实力", en="strength"),
    "proximity": Text(zh="距离", en="proximity"),
}
HOW_LABELS: Final[dict[How, Text]] = {
    "product": Text(zh="产品相同", en="same product"),
    "product_text": Text(zh="产品名相同", en="same product name"),
    "segment": Text(zh="从事同一环节", en="works in the segment"),
    "narrower": Text(zh="产品是其细分", en="makes a kind of it"),
    "segment_product": Text(zh="所在环节也出此产品", en="its segment makes the product too"),
    "broader": Text(zh="产品是其上位", en="makes what it is a kind of"),
    "ends_with": Text(zh="产品名以其结尾", en="product name ends with it"),
    "head": Text(zh="其名以该产品结尾", en="its name ends with the product"),
    "contains": Text(zh="产品名含其名", en="product name contains it"),
    "similar": Text(zh="产品名相近", en="similar product name"),
}
ORIGIN_LABELS: Final[dict[Origin, Text]] = {
    "province": Text(zh="省内", en="in the province"),
    "elsewhere": Text(zh="省外", en="elsewhere in China"),
    "abroad": Text(zh="境外", en="abroad"),
    "unknown": Text(zh="所在地未知", en="place not known"),
}
GROUP_LABELS: Final[dict[Group, Text]] = {
    "outside": Text(zh="外地企业", en="Firms from outside"),
    "local": Text(zh="本地企业可延伸", en="Firms here that may extend"),
}
#: The mark of a firm from outside that owns a firm here or is owned by one.
AFFILIATE: Final = Text(zh="已落户企业的关联方", en="affiliate of a firm here")
ORDER_LABELS: Final[dict[Order, Text]] = {
    "middle": Text(zh="居中分（没有记录的分项按一半计）", en="middle score (parts not recorded count half)"),
    "score": Text(zh="总分（只算有记录的分项）", en="score (the recorded parts alone)"),
    "low": Text(zh="最低分（没有记录的分项按零计）", en="lowest score (parts not recorded count nothing)"),
}
REASON_LABELS: Final[dict[Reason, Text]] = {
    "here": Text(zh="已在本地此环节", en="at work here already"),
    "coming": Text(zh="已在本地建设此环节", en="building here already"),
    "ceased": Text(zh="已停业注销", en="ceased"),
    "merged": Text(zh="已并入他企", en="merged into another firm"),
    "unfit": Text(zh="此地不宜", en="unfit here"),
    "excluded": Text(zh="在排除名单上", en="on the exclusion list"),
    "origin": Text(zh="不在所选来源地", en="not of the origin asked for"),
}


def ordered_by(order: Order, weights: Mapping[PartName, float], *, own: bool) -> Text:
    """By what a list is ordered and with which weights, in words; ``own``: they are not those of the rule."""
    first, then = GROUP_LABELS["outside"], GROUP_LABELS["local"]
    by = ORDER_LABELS[order]
    whose = ("所给的", "as given") if own else ("规则的默认值", "the rule's defaults")
    parts = [(PART_LABELS[part], f"{weight:g}") for part, weight in weights.items()]
    zh = "、".join(f"{label.zh} {weight}" for label, weight in parts)
    en = ", ".join(f"{label.en} {weight}" for label, weight in parts)
    return Text(
        zh=f"先列{first.zh}，再列{then.zh}；各组按{by.zh}从高到低，同分的先列已知份额大的。"
        f"权重（{whose[0]}）：{zh}",
        en=f"{first.en}, then {then.en[0].lower()}{then.en[1:]}; each group by {by.en}, highest first, "
        f"of equals the better known. Weights ({whose[1]}): {en}",
    )
