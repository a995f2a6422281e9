"""JSON that may stand inside an HTML ``<script>`` element."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

#: Characters that could end the element, open a comment or break older JavaScript parsers.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def script_json(value: Any) -> Markup:
    """``value`` as JSON with ``<``, ``>``, ``&``, U+2028 and U+2029 written as ``\\u003c`` and so on.

    The result is still the same JSON value for every parser. Raises ``ValueError`` for NaN and infinities
    and ``TypeError`` for what JSON cannot hold.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - every character HTML reads is escaped above
