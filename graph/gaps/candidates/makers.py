"""Who makes what a segment wants, and where they are: the same for every place, weight and order.

Kept with the facts it belongs to, which are kept while the graph stays as it is: a list that is asked for
again with other weights, or for another place, needs no more than what is its own.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from graph.gaps.candidates.clues import Gathered, Wanted
from graph.gaps.candidates.gather import gather
from graph.gaps.candidates.homes import Home, read_homes
from graph.gaps.index import Index
from graph.repository.reader import Reader
from graph.search import LiveSearch


@dataclass(frozen=True, slots=True)
class Makers:
    """The firms with what says that they make it, and as they are known, by id."""

    gathered: Gathered
    homes: Mapping[str, Home]


_Key = tuple[str, float, bool]
#: Segments whose makers are kept with one set of facts.
MOST_KEPT: Final = 8
KEPT: Final[WeakKeyDictionary[Index, OrderedDict[_Key, Makers]]] = WeakKeyDictionary()


async def makers_of(
    reader: Reader, index: Index, wanted: Wanted, *, search: LiveSearch | None, similar_from: float
) -> Makers:
    """The makers of what is ``wanted``, by the facts of ``index``; see ``gather`` for the parameters.

    Raises ``ReadTooLarge``, ``ReadTimeout``, ``EngineUnavailable`` or ``TruthStoreError``.
    """
    kept = KEPT.setdefault(index, OrderedDict())
    key = (wanted.segment, similar_from, search is not None)
    known = kept.get(key)
    if known is None:
        found = await gather(reader, index, [wanted], search=search, similar_from=similar_from)
        gathered = found[wanted.segment]
        known = kept[key] = Makers(gathered, await read_homes(reader, gathered.clues, index.day))
        while len(kept) > MOST_KEPT:
            kept.popitem(last=False)
    return known
