"""The template environment: everything is escaped, and a missing name is an error, not an empty text."""

from __future__ import annotations

import json
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from viz.dates import show_date
from viz.jsonsafe import script_json
from viz.standing import standing, weakest


@cache
def environment() -> Environment:
    """The environment of all pages and drawings."""
    env = Environment(
        loader=PackageLoader("viz", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["script_json"] = script_json
    env.filters["from_json"] = json.loads
    env.globals["show_date"] = show_date
    env.globals["standing"] = standing
    env.globals["weakest"] = weakest
    return env
