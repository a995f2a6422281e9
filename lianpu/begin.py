"""How every command begins: settings read and checked, the log set up, misspelt variables warned of."""

from __future__ import annotations

import structlog

from lianpu.log import configure_logging
from lianpu.settings import Settings, load_settings, unknown_variables


def begin(*, level: str | None = None, **overrides: object) -> Settings:
    """The checked settings of this run, after the log is set up.

    Parameters
    ----------
    level : level to log at when ``LIANPU_LOG_LEVEL`` is not set.
    **overrides : settings given as options; ``None`` means not given.

    Raises
    ------
    BadSetting
        A setting has a value that cannot be used.
    """
    settings = load_settings(**overrides)
    configure_logging(
        settings.log_level if level is None or settings.given("log_level") else level, settings.log_format
    )
    for name, near in unknown_variables().items():
        structlog.get_logger(__name__).warning("unknown-setting", variable=name, did_you_mean=near)
    return settings
