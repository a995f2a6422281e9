"""The questions asked of the graph, and their answers."""

from graph.repository.assertions import Assertions, AssertionView, Truth
from graph.repository.chain_models import ChainCard, ChainRow, SegmentNode
from graph.repository.days import day_of
from graph.repository.duties import AnswersFor, Duty
from graph.repository.firm_models import FirmNeighbourhood, PlaceLevel, Seat, Section
from graph.repository.models import Cited, LinkView, Listing, NodeView, Ref, SourceView, Text
from graph.repository.modes import MODE_LABELS, MODES, Mode, ModeAnswer
from graph.repository.neighbours import Direction, EntityAnswer, Neighbours
from graph.repository.relation import RelationAnswer
from graph.repository.repository import Repository
from graph.repository.six_ones import SixOnes
from graph.repository.source_facts import CitingFact, SourceFacts

__all__ = [
    "MODES",
    "MODE_LABELS",
    "AnswersFor",
    "AssertionView",
    "Assertions",
    "ChainCard",
    "ChainRow",
    "Cited",
    "CitingFact",
    "Direction",
    "Duty",
    "EntityAnswer",
    "FirmNeighbourhood",
    "LinkView",
    "Listing",
    "Mode",
    "ModeAnswer",
    "Neighbours",
    "NodeView",
    "PlaceLevel",
    "Ref",
    "RelationAnswer",
    "Repository",
    "Seat",
    "Section",
    "SegmentNode",
    "SixOnes",
    "SourceFacts",
    "SourceView",
    "Text",
    "Truth",
    "day_of",
]
