"""Yes or no."""

from __future__ import annotations

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact

_YES = frozenset({"是", "真", "有", "true", "yes", "y", "1", "√", "✓"})
_NO = frozenset({"否", "假", "无", "false", "no", "n", "0", "×"})


class Boolean(ValueType):
    """A truth value; an empty cell is unknown, not no."""

    name = "boolean"
    help_zh = "是 或 否（也可写 true/false、yes/no、1/0）；空为未知"
    help_en = "yes or no (also true/false, 是/否, 1/0); empty is unknown"
    listable = False

    def clean(self, raw: str, prop: Property) -> bool:  # noqa: ARG002
        """``True`` or ``False``."""
        word = compact(raw).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise ValueFault(raw, "是或否", "yes or no")

    def show(self, value: bool, lang: str, prop: Property) -> str:  # noqa: ARG002
        """是/否 or yes/no."""
        if lang == "en":
            return "yes" if value else "no"
        return "是" if value else "否"
