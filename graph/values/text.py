"""Free text and names."""

from __future__ import annotations

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import TEXT_LIMIT, tidy


class Text(ValueType):
    """Free text; line breaks are kept."""

    name = "text"
    help_zh = f"文字，不超过 {TEXT_LIMIT} 字"
    help_en = f"text of at most {TEXT_LIMIT} characters"

    def clean(self, raw: str, prop: Property) -> str:
        """Tidied text."""
        text = tidy(raw, lines=not prop.many)
        if not text:
            raise ValueFault(raw, "可见的文字", "visible text")
        return text
