"""The visiting pack 拜访材料 of a firm for a park or place: what is recorded, and what is to be asked."""

from graph.gaps.dossier.answer import dossier
from graph.gaps.dossier.models import Dossier

__all__ = ["Dossier", "dossier"]
