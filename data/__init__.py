"""The built-in tables, as package data: ``importlib.resources.files("data") / "jiangxi"``."""
