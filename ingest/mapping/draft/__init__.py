"""Drafting a mapping by looking at a file: headings and values, guesses with their confidence."""

from ingest.mapping.draft.draft import Draft, draft_mapping
from ingest.mapping.draft.guess import Guess

__all__ = ["Draft", "Guess", "draft_mapping"]
