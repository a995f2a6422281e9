"""The truth store: datasets, versions, assertions, decisions and a log in one SQLite file."""

from graph.truth.loads import Load
from graph.truth.schema import VISIBILITIES
from graph.truth.scratch import Scratch
from graph.truth.store import Committed, Merge, Newcomer, TruthStore
from graph.truth.view import View

__all__ = ["VISIBILITIES", "Committed", "Load", "Merge", "Newcomer", "Scratch", "TruthStore", "View"]
