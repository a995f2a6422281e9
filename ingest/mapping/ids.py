"""Ids made from the values of columns."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: Hexadecimal digits of a hashed slug: 64 bits, so that two of a million keys collide with p < 3e-8.
DIGITS = 16


def hashed_slug(space: str, values: Iterable[str]) -> str:
    """``space-<16 hex digits>`` of the key ``values``, the same on every machine and in every year.

    The values are composed (NFC), stripped, joined by U+001F and encoded as UTF-8; the digits are the first
    sixteen of their SHA-256. Order counts; two values are never taken for one.
    """
    return _slug(space, *values)


@lru_cache(maxsize=200_000)
def _slug(space: str, *values: str) -> str:
    text = "\x1f".join(unicodedata.normalize("NFC", value.strip()) for value in values)
    return f"{space}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:DIGITS]}"
