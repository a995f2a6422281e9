"""Measurements: ratios of one run against a named baseline. ``python -m bench --help``."""
