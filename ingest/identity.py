"""What an entity goes by exactly: names, aliases, codes."""

from __future__ import annotations

from collections.abc import Mapping

#: Reason for a suspicion → what agrees, in Chinese and English.
REASONS = {
    "same name or alias": ("名称或别名", "name or alias"),
    "same stock code": ("证券代码", "stock code"),
    "same 统一社会信用代码": ("统一社会信用代码", "unified social credit code"),
    "same core of the name in the same place": ("同地同名（去掉公司字样）", "core of the name and place"),
}


def exact_tokens(props: Mapping[str, object]) -> list[tuple[str, str]]:
    """Pairs (reason, text) under which an entity with these properties is known.

    Two entities that share one may be the same.
    """
    names = [str(props[p]) for p in ("name", "short_name") if props.get(p)]
    for many in ("aliases", "former_names"):
        value = props.get(many)
        names += value if isinstance(value, list) else []
    tokens = [("same name or alias", name) for name in sorted(set(names))]
    codes = props.get("stock_code")
    tokens += [("same stock code", code) for code in (codes if isinstance(codes, list) else [])]
    if props.get("uscc"):
        tokens.append(("same 统一社会信用代码", str(props["uscc"])))
    return tokens
