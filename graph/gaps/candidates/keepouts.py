"""Who is kept out 排除 though it makes what is wanted: vetoes, and the choice of the person who asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.gaps.candidate_models import Excluded, Origin, Reason
from graph.gaps.candidates.citing import MOST_FACTS
from graph.gaps.candidates.homes import Home
from graph.gaps.candidates.words import ORIGIN_LABELS, REASON_LABELS
from graph.gaps.facts import GONE, Work
from graph.gaps.index import Index
from graph.gaps.models import FactRef, RoleVerdict
from graph.gaps.words import fact_ref
from graph.repository.models import Ref, Text

#: Status of work here by which a firm is about to come.
COMING = ("under_construction", "planned")


@dataclass(frozen=True, slots=True)
class Here:
    """Work in the segment in the place, by firm: at work there, and being built or planned there."""

    at_work: Mapping[str, list[Work]]
    coming: Mapping[str, list[Work]]


def here_of(index: Index, anchors: Iterable[str], place: str) -> Here:
    """Who is in the place already in one of the segments ``anchors``."""
    at_work: dict[str, list[Work]] = {}
    coming: dict[str, list[Work]] = {}
    for anchor in anchors:
        for work in index.works(anchor, place):
            into = at_work if index.is_at_work(work) else coming if work.status in COMING else None
            if into is not None:
                for firm in work.firms:
                    into.setdefault(firm, []).append(work)
    return Here(at_work, coming)


def veto_of(here: Here, home: Home, *, unfit: bool) -> Reason | None:
    """What keeps the firm out whoever asks, the weightiest reason alone; ``None`` if nothing does."""
    if home.firm.id in here.at_work:
        return "here"
    if home.firm.id in here.coming:
        return "coming"
    if home.status in GONE:
        return "ceased" if home.status == "ceased" else "merged"
    return "unfit" if unfit else None


@dataclass(frozen=True, slots=True)
class Keepouts:
    """What keeps a firm out of a list.

    Attributes
    ----------
    successors : who succeeded a firm that was merged, and the fact that says so.
    local : firms of the place. unfit : the verdict that nothing of the kind may be built here, if there is.
    exclude : ids of firms that are not wanted. origins : those wanted, empty for all.
    """

    index: Index
    here: Here
    successors: Mapping[str, tuple[Ref, FactRef]]
    local: Collection[str]
    unfit: RoleVerdict | None
    exclude: Collection[str]
    origins: Collection[Origin]

    def of(self, home: Home, origin: Origin) -> Excluded | None:
        """Why the firm is kept out, the weightiest reason alone; ``None`` if it is not."""
        firm = home.firm.id
        veto = veto_of(self.here, home, unfit=self.unfit is not None)
        if veto == "here":
            because = Text(zh="已在本地从事此环节", en="it is at work here in the segment already")
            return self._out(home, veto, because, self._works(self.here.at_work[firm]))
        if veto == "coming":
            because = Text(zh="已在本地建设或拟建此环节", en="it is building or planning it here already")
            return self._out(home, veto, because, self._works(self.here.coming[firm]))
        if veto in ("ceased", "merged"):
            return self._gone(home)
        if firm in self.exclude:
            because = Text(zh="在所给的排除名单上", en="it is on the exclusion list given")
            return self._out(home, "excluded", because)
        return self._unwanted(home, origin)

    def _unwanted(self, home: Home, origin: Origin) -> Excluded | None:
        if self.unfit is not None:
            return self._out(home, "unfit", self.unfit.basis.because, self.unfit.basis.facts)
        if self.origins and origin not in self.origins:
            label = ORIGIN_LABELS[origin]
            return self._out(home, "origin", Text(zh=f"来源地为{label.zh}", en=f"its origin is: {label.en}"))
        return None

    def _gone(self, home: Home) -> Excluded:
        if home.status == "ceased":
            return self._out(
                home,
                "ceased",
                Text(zh="企业记录为停业注销", en="the firm is recorded as ceased"),
                [home.fact()],
            )
        after, fact = self.successors.get(home.firm.id, (None, None))
        if after is None or fact is None:
            because = Text(zh="企业记录为已并入他企", en="the firm is recorded as merged into another")
            return self._out(home, "merged", because, [home.fact()])
        local = Text(zh="本地企业 ", en="the local firm ") if after.id in self.local else Text(zh=" ", en="")
        because = Text(
            zh=f"已并入{local.zh}{after.caption}".replace("  ", " "),
            en=f"merged into {local.en}{after.caption}",
        )
        return self._out(home, "merged", because, [home.fact(), fact])

    def _out(self, home: Home, reason: Reason, because: Text, facts: Iterable[FactRef] = ()) -> Excluded:
        return Excluded(
            firm=home.firm,
            reason=reason,
            label=REASON_LABELS[reason],
            because=because,
            facts=list(facts)[:MOST_FACTS],
        )

    def _works(self, works: Iterable[Work]) -> list[FactRef]:
        return [fact_ref(self.index, work) for work in works]
