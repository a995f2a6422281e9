"""Which known firm is this? Pure functions and arrays; nothing is read or written."""

from ingest.match.answer import Answer, Candidate, Reason
from ingest.match.index import MatchIndex
from ingest.match.matcher import Matcher, match, match_many
from ingest.match.normal import NameParts, name_parts
from ingest.match.record import FirmRecord

__all__ = [
    "Answer",
    "Candidate",
    "FirmRecord",
    "MatchIndex",
    "Matcher",
    "NameParts",
    "Reason",
    "match",
    "match_many",
    "name_parts",
]
