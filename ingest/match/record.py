"""A firm as matching sees it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirmRecord:
    """A firm 企业, known or asked about.

    Parameters
    ----------
    id : what an answer names it by.
    name : registered name, or what the table calls it.
    names : short names, aliases and former names.
    uscc : 统一社会信用代码 in capitals with a right check character, empty if unknown.
    stock_codes : such as ``600362.SH``.
    places : GB/T 2260 codes of where it is.
    products : as the table words them.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
    uscc: str = ""
    stock_codes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
