"""Codes of places: GB/T 2260 in China, two letters abroad."""

from __future__ import annotations

import re

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact

#: First two digits of GB/T 2260-2007: provinces, autonomous regions, municipalities, Taiwan, SARs.
_CODE = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}(?:\d{3})?",
    re.ASCII,
)


class PlaceCode(ValueType):
    """A division code: GB/T 2260 (six digits), GB/T 10114 (nine, a town), ISO 3166-1 alpha-2 (abroad)."""

    name = "place_code"
    help_zh = "六位行政区划代码（乡镇九位）；中国为 100000，国外为两位国家代码"
    help_en = "division code of six digits (nine for a town); 100000 is China; abroad two letters"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """The code: digits, or two capitals."""
        text = compact(raw).upper()
        if text == "100000" or re.fullmatch("[A-Z]{2}", text) or _CODE.fullmatch(text):
            return text
        raise ValueFault(
            raw,
            "六位（乡镇九位）行政区划代码，如 360100，或两位国家代码",
            "a division code of six (town: nine) digits, e.g. 360100, or a country's two letters",
        )
