"""Web addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from graph.values.base import ValueType
from graph.values.fault import ValueFault
from graph.values.property import Property
from graph.values.tidy import tidy

_LIMIT = 2000


class Url(ValueType):
    """An http or https address; anything a browser would run is refused."""

    name = "url"
    help_zh = "http 或 https 网址"
    help_en = "an http or https address"

    def clean(self, raw: str, prop: Property) -> str:  # noqa: ARG002
        """The address as written, checked: scheme, host, no user name, no spaces or quotes."""
        text = tidy(raw, limit=_LIMIT)
        fault = ValueFault(
            raw,
            "http 或 https 网址，如 https://www.jiangxi.gov.cn/",
            "an http or https address, e.g. https://www.jiangxi.gov.cn/",
        )
        if any(char in text for char in " \"'<>\\^`{}"):
            raise fault
        try:
            parts = urlsplit(text)
            host, _port = parts.hostname, parts.port
        except ValueError as error:
            raise fault from error
        if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
            raise fault
        return text
