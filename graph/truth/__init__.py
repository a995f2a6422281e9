"""The truth store: datasets, versions, assertions, decisions and a log in one SQLite file."""

from graph.truth.store import Committed, TruthStore

__all__ = ["Committed", "TruthStore"]
