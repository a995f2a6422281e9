"""The truth store: datasets, versions, assertions, decisions and a log in one SQLite file."""

from graph.truth.loads import Load
from graph.truth.newcomer import Committed, Merge, Newcomer
from graph.truth.schema import VISIBILITIES, VISIBILITIES_ZH
from graph.truth.scratch import Scratch
from graph.truth.store import TruthStore
from graph.truth.view import View

__all__ = [
    "VISIBILITIES",
    "VISIBILITIES_ZH",
    "Committed",
    "Load",
    "Merge",
    "Newcomer",
    "Scratch",
    "TruthStore",
    "View",
]
