"""The embedded graph engine's process and how processes share it."""

from graph.engine.config import EngineConfig

__all__ = ["EngineConfig"]
