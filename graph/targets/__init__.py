"""The target list 招商目标: firms that are courted for a gap, kept as decisions with their history."""

from graph.targets.book import NEW, Book, NotAllShown, Step, Target
from graph.targets.entry import STATUSES, Entry, change_entry, entry_payload
from graph.targets.funnel import Funnel, FunnelRow, funnel_of
from graph.targets.names import Names, names_of

__all__ = [
    "NEW",
    "STATUSES",
    "Book",
    "Entry",
    "Funnel",
    "FunnelRow",
    "Names",
    "NotAllShown",
    "Step",
    "Target",
    "change_entry",
    "entry_payload",
    "funnel_of",
    "names_of",
]
