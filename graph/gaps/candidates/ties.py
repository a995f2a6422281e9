"""How firms are tied to the firms of a place: paths of one or two recorded relations."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from graph.gaps.candidate_models import PathStep, RelationPath
from graph.gaps.candidates.citing import Evidence, of_common
from graph.gaps.index import Index
from graph.gaps.models import FactRef
from graph.gaps.rows import common
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader, Row, ref

RELATIONS: Final = "SUPPLIES|OWNS|SUBSIDIARY_OF|INVESTS_IN|COOPERATES_WITH"
_CLASSES: Final = frozenset({"Firm", "Organisation", "Fund"})
#: Relations read in one step and direction; ends of the first step from which a second is taken.
MOST_TIES: Final = 5_000
MOST_ENDS: Final = 500
#: Firms of the place from which paths start, besides the leading ones, and paths shown.
MOST_LOCALS: Final = 300
MOST_PATHS: Final = 3


@dataclass(frozen=True, slots=True)
class Locals:
    """The firms of a place: those that lead the chain there, and others of the chain at work there."""

    leaders: frozenset[str]
    others: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.leaders or self.others)


@dataclass(frozen=True, slots=True)
class Tie:
    """One relation seen from ``near``."""

    near: str
    far: Ref
    step: PathStep


@dataclass(slots=True)
class Ties:
    """Relations one step and two steps from the firms of the place, by the firm at the far end."""

    here: Locals
    first: dict[str, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    second: dict[str, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, Ref] = field(default_factory=dict)

    def is_tied(self, firm: str) -> bool:
        """Whether there is a path, or the firm is a leading one itself."""
        return firm in self.here.leaders or firm in self.first or firm in self.second

    def paths(self, firm: str) -> list[RelationPath]:
        """The shortest paths from ``firm`` to firms of the place, leading ones first."""
        if firm in self.here.leaders:
            return [RelationPath(to=self.names[firm], leader=True, steps=[])]
        found = [RelationPath(to=self.names[t.near], leader=t.near in self.here.leaders, steps=[t.step])
                 for t in self.first.get(firm, ())]  # fmt: skip
        direct = {path.to.id for path in found}
        for tie in self.second.get(firm, ()):
            for on in self.first.get(tie.near, ()):
                if on.near in self.here.leaders and on.near != firm and on.near not in direct:
                    steps = [tie.step, on.step]
                    found.append(RelationPath(to=self.names[on.near], leader=True, steps=steps))
        found.sort(key=lambda p: (not p.leader, len(p.steps), p.to.id, p.steps[0].fact.key))
        once = {path.to.id: path for path in reversed(found)}
        return [path for path in found if once[path.to.id] is path][:MOST_PATHS]


def locals_of(index: Index, segment: str, place: str) -> Locals:
    """Who leads the chain of ``segment`` in ``place``, and who else of the chain is at work there."""
    at_work: set[str] = set()
    leaders: set[str] = set()
    chains = index.chains_of(segment)
    keys = dict.fromkeys(key for chain in chains for key in index.segments_of(chain))
    for key in keys:
        at_work.update(index.firms(index.at_work(key, place)))
        leaders.update(lead.firm for lead in index.leads(key, place))
    for lead in index.facts.leads:
        firm = index.facts.firms.get(lead.firm)
        about = lead.about in keys or lead.about in chains
        if lead.stated and about and firm and index.is_live(firm.id) and index.inside(firm.places, (), place):
            leaders.add(firm.id)
    return Locals(frozenset(leaders), frozenset(sorted(at_work - leaders)[:MOST_LOCALS]))


async def read_ties(reader: Reader, index: Index, here: Locals) -> Ties:
    """Everything tied to the firms ``here`` by one relation, and to their leading ones by two."""
    ties = Ties(here, names={firm: index.ref(firm) for firm in sorted(here.leaders | here.others)})
    for tie in await ties_around(reader, ties.names, index.day):
        ties.first[tie.far.id].append(tie)
    ends = {
        end: found[0].far
        for end, found in sorted(ties.first.items())
        if end not in here.leaders and any(tie.near in here.leaders for tie in found)
    }
    for tie in await ties_around(reader, dict(list(ends.items())[:MOST_ENDS]), index.day):
        ties.second[tie.far.id].append(tie)
    return ties


async def ties_around(
    reader: Reader, starts: Mapping[str, Ref], day: str, relations: str = RELATIONS
) -> list[Tie]:
    """The relations that leave or reach ``starts``, seen from these."""
    ids, most = list(starts), min(MOST_TIES, reader.limits.rows)
    out, in_ = await asyncio.gather(
        reader.outgoing(ids, relations, day=day, most=most),
        reader.incoming(ids, relations, day=day, most=most),
    )
    found = [_tie(reader, starts[row["id"]], row, day, leaves=True) for row in out]
    found += [_tie(reader, starts[row["id"]], row, day, leaves=False) for row in in_]
    return [tie for tie in found if tie is not None]


def _tie(reader: Reader, near: Ref, row: Row, day: str, *, leaves: bool) -> Tie | None:
    far, link = ref(row["node"]), row["link"]
    source, target = (near, far) if leaves else (far, near)
    shared = common(link, day)
    if far.cls not in _CLASSES or far.id == near.id or shared is None:
        return None
    label = reader.link_view(row["type"], link, source.id, target.id).label
    what = "，".join(str(link[name]) for name in ("share", "what") if link.get(name))
    says = Text(zh=f"{label.zh} {what}".strip(), en=f"{label.en} {what}".strip())
    fact = of_common(shared, row["type"], says)
    return Tie(
        near.id, far, PathStep(relation=row["type"], label=label, source=source, target=target, fact=fact)
    )


def facts_of(paths: Iterable[RelationPath]) -> list[Evidence]:
    """The relations of the paths."""
    return [partial(_fact, step) for path in paths for step in path.steps]


def _fact(step: PathStep) -> FactRef:
    return step.fact
