"""The quality of the data itself: what is verified, unsourced, alone, doubled, old or contradictory."""

from ingest.check.report import CheckReport, Finding, check_data

__all__ = ["CheckReport", "Finding", "check_data"]
