"""定位 of a segment in a place: what place and parks are positioned for, and what may not be built here.

A place for which nothing is recorded is ``none`` (未列): that says nothing about what it wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from graph.gaps.basis import Grounds, names
from graph.gaps.facts import Positioned
from graph.gaps.index import Index
from graph.gaps.models import Role, RoleVerdict
from graph.gaps.rules import Rules
from graph.gaps.vetoes import vetoes_of
from graph.repository.models import Text

_RULE: Final = "role"
_LABELS: Final[dict[Role, Text]] = {
    "main": Text(zh="主攻", en="main"),
    "support": Text(zh="配套", en="support"),
    "listed": Text(zh="列入", en="listed"),
    "none": Text(zh="未列", en="none recorded"),
    "unfit": Text(zh="不宜", en="unfit"),
}
_ORDER: Final[tuple[Role, ...]] = ("main", "support", "listed")


def role_of(index: Index, rules: Rules, segment: str, place: str) -> RoleVerdict:
    """The role of ``segment`` in ``place``.

    The strongest role recorded for the segment, a group above it or its chain: of the place itself and the
    parks in it; where there is none, of what lies around the place (told as such). A position for the whole
    chain counts as ``listed`` where who holds it, or a park in that, is positioned at least as strongly for
    segments of the chain, none of them this or above it: these say what is meant. A veto of
    ``graph/rules/veto-*.yml`` makes it unfit, whatever is recorded; other rules there add a note.
    """
    grounds = Grounds(index, rules, segment, place)
    vetoes = vetoes_of(grounds)
    role, because, facts = _recorded(grounds)
    forbidden = next((veto for veto in vetoes if veto.forbids), None)
    notes = [veto.says for veto in vetoes if not veto.forbids]
    if forbidden is not None:
        texts = [forbidden.says, because, *notes]
        change = forbidden.unless
        basis = grounds.basis(forbidden.rule, _joined(texts), facts, change)
        return RoleVerdict(value="unfit", label=_LABELS["unfit"], basis=basis)
    change = Text(
        zh="载入写明本地或园区定位的文件",
        en="Loading a document that says what the place or its parks are positioned for",
    )
    basis = grounds.basis(_RULE, _joined([because, *notes]), facts, change)
    return RoleVerdict(value=role, label=_LABELS[role], basis=basis)


def _recorded(grounds: Grounds) -> tuple[Role, Text, list[Positioned]]:
    """The role by what is recorded, why, and by which facts."""
    index, segment, place = grounds.index, grounds.segment, grounds.place
    kinds = {recorded: role for role in reversed(_ORDER) for recorded in grounds.texts(_RULE, role)}
    about = (segment, *index.parents_all(segment), *index.chains_of(segment))
    positions = [fact for key in about for fact in index.positions(key) if fact.role in kinds]
    holding = set(index.around(place)[1:])
    own = [fact for fact in positions if _is_own(index, fact, place)]
    around = [fact for fact in positions if fact.subject in holding]
    outside = Text(zh="本地未见记录，所在的", en="none of its own recorded; around it ")
    for facts, lead in ((own, Text(zh="", en="")), (around, outside)):
        narrowed = {fact.key: by for fact in facts if (by := _narrower(index, kinds, fact, about))}
        for role in _ORDER:
            plain = [f for f in facts if kinds[f.role or ""] == role and f.key not in narrowed]
            plain = [f for f in plain if f.about in index.facts.segments] or plain
            wide = [f for f in facts if f.key in narrowed] if role == "listed" else []
            if plain or wide:
                texts = [_told(index, plain, role)] if plain else []
                for known in _ORDER:
                    some = [fact for fact in wide if kinds[fact.role or ""] == known]
                    if some:
                        texts.append(_told_narrowed(index, some, known, narrowed))
                told = _joined(texts)
                because = Text(zh=f"{lead.zh}{told.zh}", en=f"{lead.en}{told.en}")
                return role, because, [*plain, *wide, *(by for f in wide for by in narrowed[f.key])]
    because = Text(
        zh="没有记录本地及其园区对此的定位", en="No role of the place or its parks is recorded for this"
    )
    return "none", because, []


def _narrower(
    index: Index, kinds: Mapping[str, Role], fact: Positioned, about: Sequence[str]
) -> list[Positioned]:
    """What narrows a position for a whole chain: those of its subject and of the parks in it (of a zone its
    own only) for segments of the chain that are at least as strong. Empty where one of these is among
    ``about``, what is asked for; also for a position for a segment, and for one but listed."""
    role, area = kinds[fact.role or ""], fact.subject
    if role == "listed" or index.chains_of(fact.about):
        return []
    strong = _ORDER[: _ORDER.index(role) + 1]
    found = [
        one
        for one in index.facts.positions
        if kinds.get(one.role or "") in strong
        and fact.about in index.chains_of(one.about)
        and (one.subject == area or (area not in index.facts.zones and _is_own(index, one, area)))
    ]
    return [] if any(one.about in about for one in found) else found


def _told(index: Index, facts: Iterable[Positioned], role: Role) -> Text:
    who, what = _who_and_what(index, facts)
    label = _LABELS[role]
    return Text(
        zh=f"{who.zh} 对 {what.zh} 定位为{label.zh}", en=f"{who.en} positioned for {what.en}: {label.en}"
    )


def _told_narrowed(
    index: Index, facts: Sequence[Positioned], role: Role, narrowed: Mapping[str, list[Positioned]]
) -> Text:
    told = _told(index, facts, role)
    keys = dict.fromkeys(by.about for fact in facts for by in narrowed[fact.key])
    named = names([index.ref(key) for key in keys])
    return Text(
        zh=f"{told.zh}，说的是整条链；另点名 {named.zh}，不含本环节，这里只算列入",
        en=f"{told.en}, for the chain as a whole; it also names {named.en}, not this: counted as listed",
    )


def _who_and_what(index: Index, facts: Iterable[Positioned]) -> tuple[Text, Text]:
    pairs = [(fact.subject, fact.about) for fact in facts]
    who, what = (
        names([index.ref(key) for key in dict.fromkeys(pair[at] for pair in pairs)]) for at in (0, 1)
    )
    return who, what


def _is_own(index: Index, fact: Positioned, place: str) -> bool:
    """Whether the place itself is positioned, or a park in it."""
    if fact.subject == place:
        return True
    park = index.facts.parks.get(fact.subject)
    return park is not None and index.inside(park.places, (park.id,), place)


def _joined(texts: Iterable[Text]) -> Text:
    given = list(texts)
    return Text(zh="；".join(text.zh for text in given), en="; ".join(text.en for text in given))
