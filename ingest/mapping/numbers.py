"""Texts as numbers, exactly."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+|(?=\.\d))(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)
#: Full-width figures, comma, point, signs and percent sign → half width.
_HALF = {0xFEE0 + ord(char): char for char in "0123456789,.+-%eE"}
_LONGEST = 64


def number(text: str) -> Decimal | None:
    """``text`` as a number; ``None`` if it is none.

    Thousands separators, an exponent and full-width figures are understood; a percent sign divides by a
    hundred.
    """
    text = text if text.isascii() else text.translate(_HALF)
    bare = text.removesuffix("%")
    if len(bare) > _LONGEST or not _NUMBER.fullmatch(bare):
        return None
    value = Decimal(bare.replace(",", ""))
    return value / 100 if len(bare) < len(text) else value
