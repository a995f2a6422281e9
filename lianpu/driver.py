"""Importing the database driver quickly.

The ``neo4j`` driver imports numpy, pandas and pyarrow wherever they are installed, only to accept their
values as parameters. Ours are plain Python, and the import would cost every command about a second.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import cast

_UNUSED = ("numpy", "pandas", "pyarrow")


def import_driver() -> ModuleType:
    """The driver, imported as on a machine without these packages unless they were imported before.

    They can be imported afterwards as ever.
    """
    hidden = [name for name in _UNUSED if name not in sys.modules]
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    modules.update(dict.fromkeys(hidden))
    try:
        return importlib.import_module("neo4j")
    finally:
        for name in hidden:
            del modules[name]
