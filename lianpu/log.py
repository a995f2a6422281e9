"""Structured logs on stderr, for the program and for the libraries that log through ``logging``."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_HIDDEN = ("password", "secret", "token", "authorization", "cookie")
#: Libraries that are chatty below warning.
_QUIET = ("neo4j", "asyncio", "httpx", "httpcore", "uvicorn.access")


def hide_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: values under a name that tells of a secret are masked."""
    for key in event:
        if any(word in key.lower() for word in _HIDDEN):
            event[key] = "********"
    return event


def configure_logging(level: str, fmt: str, stream: Any = None) -> None:
    """Send every log line to ``stream`` (default stderr).

    Parameters
    ----------
    level : ``debug``, ``info``, ``warning`` or ``error``.
    fmt : ``text`` for people, ``json`` for one JSON object a line.
    """
    out = sys.stderr if stream is None else stream
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    last: Processor
    if fmt == "json":
        shared.append(structlog.processors.format_exc_info)
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        colours = bool(getattr(out, "isatty", lambda: False)())
        last = structlog.dev.ConsoleRenderer(
            colors=colours, exception_formatter=structlog.dev.plain_traceback
        )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
