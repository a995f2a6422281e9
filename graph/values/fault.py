"""The fault of a single value: what was found, what was expected, in both languages."""

from __future__ import annotations

from graph.errors import BadInput

_SHOWN = 80


class ValueFault(BadInput):
    """A value that does not fit its type.

    Parameters
    ----------
    found : str
        The value as it was found (shown shortened, never altered in ``found``).
    expected_zh, expected_en : str
        What would have been right, in Chinese and in English.

    Notes
    -----
    The reader that knows file, row and field adds them; the fault itself knows only the value.
    """

    code = "bad-value"

    def __init__(self, found: str, expected_zh: str, expected_en: str) -> None:
        self.found = found
        self.expected_zh = expected_zh
        self.expected_en = expected_en
        shown = repr(shorten(found))  # repr escapes whatever does not print
        super().__init__(
            f"读到 {shown}，应为{expected_zh} · found {shown}, expected {expected_en}",
            found=shown[1:-1],
            expected_zh=expected_zh,
            expected_en=expected_en,
        )

    def expected(self, lang: str = "zh") -> str:
        """What was expected, in ``lang`` (``zh`` or ``en``)."""
        return self.expected_en if lang == "en" else self.expected_zh


def shorten(text: str, limit: int = _SHOWN) -> str:
    """``text``, cut to ``limit`` characters with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
