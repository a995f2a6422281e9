"""Names: one line, with something in it to read."""

from __future__ import annotations

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import NAME_LIMIT, tidy


class Name(ValueType):
    """A name or title."""

    name = "name"
    help_zh = f"一行名称，不超过 {NAME_LIMIT} 字"
    help_en = f"a name on one line, of at most {NAME_LIMIT} characters"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """A tidied name that holds at least one letter or digit of some script."""
        text = tidy(raw, limit=NAME_LIMIT)
        if not any(char.isalnum() for char in text):
            raise ValueFault(raw, "含有字或数字的名称", "a name with at least one letter or digit")
        return text
