"""What if: verdicts of a chain in a place before and after firms, places or inputs go, or one comes."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from graph.errors import BadInput
from graph.gaps.basis import names
from graph.gaps.facts import Facts, Remark, Work
from graph.gaps.index import Index
from graph.gaps.net import Net
from graph.gaps.risk import risks_of
from graph.gaps.rules import Rules
from graph.gaps.said import areas_of
from graph.gaps.status import status_of
from graph.gaps.whatif_models import Difference, Reached, WhatIf
from graph.repository.models import Ref, Text

#: Steps downstream that are followed, if not asked for otherwise and at most; ids that may be named.
STEPS, MOST_STEPS = 3, 10
MOST_NAMED = 100
_ADDED = "what-if"


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed.

    Attributes
    ----------
    firms, places : whose sites are taken out (``places``: places, parks or zones).
    segments : links where all work stops. added : a firm (id) that sets up in a segment, as pairs.
    """

    firms: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.firms or self.places or self.segments or self.added)

    @property
    def named(self) -> list[str]:
        """The ids of all that is named, each once."""
        pairs = itertools.chain.from_iterable(self.added)
        return list(dict.fromkeys([*self.firms, *self.places, *self.segments, *pairs]))

    def check(self) -> None:
        """Raises ``BadInput`` where nothing is named, too much, or an id that is of another class."""
        if not self:
            raise BadInput(
                "没有写明去掉或加上什么 · nothing is said to go or to come",
                expected="firms, places, segments or added",
            )
        if len(self.named) > MOST_NAMED:
            raise BadInput(
                f"写了 {len(self.named)} 个编号，至多 {MOST_NAMED} 个 · {MOST_NAMED} ids at most",
                found=len(self.named),
                expected=MOST_NAMED,
            )
        firms, segments = ([one[at] for one in self.added] for at in (0, 1))
        wanted = (
            ((*self.firms, *firms), ("firm/",)),
            ((*self.segments, *segments), ("segment/",)),
            (self.places, ("place/", "park/", "zone/")),
        )
        for ids, prefixes in wanted:
            for one in ids:
                if not one.startswith(prefixes):
                    expected = " | ".join(f"{prefix}…" for prefix in prefixes)
                    raise BadInput(
                        f"{one[:80]!r}：应为 · expected {expected}", found=one[:80], expected=expected
                    )


def supposed_facts(index: Index, supposed: Supposed, place: str) -> Facts:
    """The facts as they would be. A firm that comes is at work in ``place``, operating; one that has ceased
    or was merged does not come. What is said of the strength of a link in ``place`` goes with the last who
    was at work in it."""
    gone, stopped = set(supposed.firms), set(supposed.segments)

    def stays(work: Work) -> bool:
        if work.segment in stopped or any(index.inside(work.places, work.parks, p) for p in supposed.places):
            return False
        return not work.firms or not gone.issuperset(work.firms)

    works = [
        replace(work, firms=tuple(f for f in work.firms if f not in gone))
        for work in index.facts.works
        if stays(work)
    ]
    parks = (place,) if place.startswith("park/") else ()
    places = index.facts.parks[place].places if parks and place in index.facts.parks else (place,)
    works += [
        Work(
            key=f"{_ADDED}/{firm}/{segment}", site=f"{_ADDED}/{firm}", site_name=index.ref(firm).caption,
            segment=segment, firms=(firm,), status="operating", places=places, parks=parks,
        )
        for firm, segment in supposed.added
        if index.is_live(firm)
    ]  # fmt: skip
    still = {w.segment for w in works if index.is_at_work(w) and index.inside(w.places, w.parks, place)}
    remarks = (_without(r, _outlived(index, r, place, still)) for r in index.facts.remarks)
    return replace(index.facts, works=tuple(works), remarks=tuple(remarks))


def _outlived(index: Index, remark: Remark, place: str, still: Collection[str]) -> set[str]:
    """The leaf segments of which it states strength in ``place`` that had somebody at work there, and have
    nobody any more; ``still``: those that have."""
    if remark.kind != "strength" or place not in areas_of(remark):
        return set()
    return {s for s in remark.segments if s not in still and index.is_leaf(s) and index.at_work(s, place)}


def _without(remark: Remark, segments: Collection[str]) -> Remark:
    if not segments:
        return remark
    return replace(remark, segments=tuple(s for s in remark.segments if s not in segments))


def what_if(
    index: Index, rules: Rules, chain: str, place: str, supposed: Supposed, *, steps: int = STEPS
) -> WhatIf:
    """Compare a chain in a place before and after what is supposed.

    Downstream effects follow required inputs between segments with somebody at work in the place, breadth
    first; an input with an alternative that is still made here cuts nothing.

    Raises
    ------
    BadInput
        See ``Supposed.check``; or ``steps`` is not within 1 to ``MOST_STEPS``.
    """
    supposed.check()
    if not 1 <= steps <= MOST_STEPS:
        detail = f"步数 {steps} 应为 1 到 {MOST_STEPS} · steps from 1 to {MOST_STEPS} are expected"
        raise BadInput(detail, found=steps, expected=f"1–{MOST_STEPS}")
    after = Index(supposed_facts(index, supposed, place))
    leaves = [s for s in index.segments_of(chain) if index.is_leaf(s)]
    before_net, after_net = Net.of(index, place, leaves), Net.of(after, place, leaves)
    lost = [s for s in before_net.firms if s not in after_net.firms]
    reached = before_net.downstream(lost, steps)
    inputs, unrecorded = before_net.unrecorded()
    gone = [*supposed.firms, *supposed.places, *supposed.segments]
    return WhatIf(
        chain=index.ref(chain),
        place=index.ref(place),
        as_of=index.facts.day,
        removed=[index.ref(one) for one in gone],
        added=[index.ref(firm) for firm, _ in supposed.added],
        changed=_changed((index, after), rules, leaves, place),
        lost=[index.ref(s) for s in lost],
        reached=[
            Reached(
                segment=index.ref(segment),
                steps=count,
                because=_cut(index, cut.source, cut.input, gone=cut.source in lost),
                firms=[index.ref(f) for f in sorted(after_net.firms.get(segment, ()))],
            )
            for segment, (count, cut) in sorted(reached.items(), key=lambda item: (item[1][0], item[0]))
        ],
        inputs=inputs,
        unrecorded=unrecorded,
        notes=[
            *_idle(index, supposed, leaves),
            *_void(index, lost, place),
            *_notes(index, gone, leaves, place, (inputs, unrecorded)),
        ],
    )


def _changed(both: tuple[Index, Index], rules: Rules, leaves: list[str], place: str) -> list[Difference]:
    out = []
    for segment in leaves:
        status = [status_of(i, rules, segment, place).value for i in both]
        risks = [sorted(r.value for r in risks_of(i, rules, segment, place)) for i in both]
        firms = [len(i.firms(i.at_work(segment, place))) for i in both]
        if status[0] != status[1] or risks[0] != risks[1] or firms[0] != firms[1]:
            out.append(
                Difference(
                    segment=both[0].ref(segment),
                    status_before=status[0],
                    status_after=status[1],
                    firms_before=firms[0],
                    firms_after=firms[1],
                    risks_before=list(risks[0]),
                    risks_after=list(risks[1]),
                )
            )
    return out


def _cut(index: Index, source: str, what: str | None, *, gone: bool) -> Text:
    """Why a link is reached: an input that is ``gone``, or one that is itself reached."""
    ref: Ref = index.ref(source)
    name = what or ref.caption
    if not gone:
        return Text(
            zh=f"必需的投入“{name}”（{ref.caption}）已在上一步被波及",
            en=f"the required input {name} ({ref.caption}) is reached in the step before",
        )
    return Text(
        zh=f"必需的投入“{name}”（{ref.caption}）在本地不再有记录的企业",
        en=f"the required input {name} ({ref.caption}) has no recorded maker here any more",
    )


def _idle(index: Index, supposed: Supposed, leaves: Collection[str]) -> list[Text]:
    """What is supposed and changes nothing: firms that are gone, links that the answer is not about."""
    gone = {firm for firm, _ in supposed.added if not index.is_live(firm)}
    links = {*supposed.segments, *(segment for _, segment in supposed.added)}.difference(leaves)
    return [
        *(
            Text(
                zh=f"{index.ref(firm).caption} 已停业或并入他企，加上它什么也不变",
                en=f"{index.ref(firm).caption} has ceased or was merged: it changes nothing",
            )
            for firm in sorted(gone)
        ),
        *(
            Text(
                zh=f"{index.ref(link).caption} 不是此链最细一级的环节，动它看不出变化",
                en=f"{index.ref(link).caption} is no leaf segment of the chain: no change is seen",
            )
            for link in sorted(links)
        ),
    ]


def _void(index: Index, lost: Sequence[str], place: str) -> list[Text]:
    """The links whose strength was stated and is no more: nobody who made it so is left."""
    strong = [s for s in lost if any(s in _outlived(index, r, place, ()) for r in index.remarks(s))]
    if not strong:
        return []
    told = names([index.ref(s) for s in strong])
    return [
        Text(
            zh=f"{told.zh}：来源说强，但原在产的都去掉了，强项说法不再算数",
            en=f"{told.en}: called strong by a source, but nobody at work is left: this counts no more",
        )
    ]


def _notes(
    index: Index, gone: Collection[str], leaves: list[str], place: str, known: tuple[int, int]
) -> list[Text]:
    notes = []
    firms = {f for s in leaves for f in index.firms(index.at_work(s, place))}
    for one in gone:
        if one.startswith("firm/") and one not in firms:
            name = index.ref(one).caption
            notes.append(
                Text(
                    zh=f"{name} 没有在此地此链开工的记录，去掉它什么也不变",
                    en=f"{name} is not recorded as at work in this chain here: nothing changes without it",
                )
            )
    if known[1]:
        notes.append(
            Text(
                zh=f"{known[0]} 项必需投入中有 {known[1]} 项在本地没有记录的企业：网络的这一部分是未知的",
                en=f"{known[1]} of {known[0]} required inputs have nobody recorded here: this is unknown",
            )
        )
    return notes
