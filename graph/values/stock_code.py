"""Stock codes with their exchange."""

from __future__ import annotations

import re

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import compact

#: Form of a code at each exchange, by the suffix in use for it.
_FORMS = {
    "SH": r"\d{6}", "SZ": r"\d{6}", "BJ": r"\d{6}", "NQ": r"\d{6}", "HK": r"\d{1,5}", "TW": r"\d{4,6}",
    "KS": r"\d{6}", "KQ": r"\d{6}", "T": r"\d{3}[0-9A-Z]", "US": r"[A-Z]{1,5}", "NYSE": r"[A-Z]{1,5}",
    "NASDAQ": r"[A-Z]{1,5}", "L": r"[A-Z0-9]{1,5}", "DE": r"[A-Z0-9]{1,5}", "PA": r"[A-Z0-9]{1,5}",
    "AX": r"[A-Z0-9]{1,5}", "TO": r"[A-Z0-9]{1,5}", "SW": r"[A-Z0-9]{1,5}",
}  # fmt: skip
_SAME = {"SSE": "SH", "XSHG": "SH", "SZSE": "SZ", "XSHE": "SZ", "BSE": "BJ", "SEHK": "HK", "HKEX": "HK"}
#: Exchange of a bare mainland code by its first digits.
_BARE = (("60", "SH"), ("68", "SH"), ("900", "SH"), ("00", "SZ"), ("30", "SZ"), ("200", "SZ"), ("920", "BJ"))
_SPLIT = re.compile(r"(?P<code>[0-9A-Z]+)\.(?P<mark>[A-Z]+)|(?P<mark2>[A-Z]+)[.:]?(?P<code2>\d+)"
                    r"|(?P<mark3>[A-Z]+):(?P<code3>[0-9A-Z]+)")  # fmt: skip


class StockCode(ValueType):
    """A code as ``600362.SH``; for mainland codes with a telling start the exchange may be left out."""

    name = "stock_code"
    help_zh = "证券代码加交易所，如 600362.SH、300750.SZ、00358.HK；沪深代码可省交易所"
    help_en = "code and exchange, e.g. 600362.SH, 300750.SZ, 00358.HK; Shanghai and Shenzhen may be left out"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """``CODE.EXCHANGE``; Hong Kong codes are padded to five digits."""
        text = compact(raw).upper()
        code, mark = self._split(text)
        mark = _SAME.get(mark, mark)
        if mark not in _FORMS or not re.fullmatch(_FORMS[mark], code):
            raise ValueFault(
                raw,
                "带交易所的证券代码，如 600362.SH、00358.HK",
                "a stock code with its exchange, e.g. 600362.SH or 00358.HK",
            )
        if mark in ("SH", "SZ"):
            known = _exchange(code)
            if known is not None and known != mark:
                raise ValueFault(
                    raw,
                    f"{code}.{known}（该号段属 {known}）",
                    f"{code}.{known} (codes of that range are of {known})",
                )
        return f"{code.zfill(5) if mark == 'HK' else code}.{mark}"

    @staticmethod
    def _split(text: str) -> tuple[str, str]:
        if re.fullmatch(r"\d{6}", text):
            return text, _exchange(text) or ""
        match = _SPLIT.fullmatch(text)
        if match is None:
            return text, ""
        parts = match.groupdict()
        code = parts["code"] or parts["code2"] or parts["code3"] or ""
        return code, parts["mark"] or parts["mark2"] or parts["mark3"] or ""


def _exchange(code: str) -> str | None:
    return next((mark for start, mark in _BARE if code.startswith(start)), None)
