"""Candidates for a gap: who makes what is wanted, how well each fits, and who is kept out."""

from graph.gaps.candidates.answer import candidates
from graph.gaps.candidates.counting import count_candidates
from graph.gaps.candidates.origins import origins_named
from graph.gaps.candidates.questions import candidates_of_gap
from graph.gaps.candidates.weights import read_weights, weights_of_file, weights_of_pairs
from graph.gaps.candidates.why import only_asked

__all__ = [
    "candidates",
    "candidates_of_gap",
    "count_candidates",
    "only_asked",
    "origins_named",
    "read_weights",
    "weights_of_file",
    "weights_of_pairs",
]
