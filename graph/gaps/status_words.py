"""Why a status is what it is, and what would change it: the sentences are in ``graph/rules/status.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from graph.gaps.basis import names
from graph.gaps.decide import Decision
from graph.gaps.facts import Lead, Remark, Work
from graph.gaps.index import Index
from graph.gaps.models import Status
from graph.gaps.rules import Rules
from graph.gaps.words import STATUS_LABELS
from graph.repository.models import Text


def because(index: Index, rules: Rules, found: Decision) -> Text:
    """The sentence for the step that decided, with what else has to be told."""
    parts = [_sentence(index, rules, found, "because")]
    if found.split:
        parts.append(_split(dict(found.split)))
    if found.older:
        parts.append(
            Text(
                zh=f"更早记录过 {len(index.makers(found.older))} 家",
                en=f"{len(index.makers(found.older))} were recorded before",
            )
        )
    if found.stopped:
        sites = len({work.site for work in found.stopped})
        who = names([index.ref(key) for key in dict.fromkeys(f for w in found.stopped for f in _behind(w))])
        parts.append(
            Text(
                zh=f"但强项表述之后，{sites} 处已停产或退出：{who.zh}",
                en=f"but suspended or closed since this was said ({sites}): {who.en}",
            )
        )
    if found.void:
        parts.append(
            Text(
                zh=f"{len(found.void)} 条“缺失”表述已有不早于它的在产记录，不再算数",
                en=f"{len(found.void)} statements that it is missing are overtaken by records of work",
            )
        )
    if found.filled is not None:
        by = found.filled.filled_by
        parts.append(
            Text(
                zh=f"来源说缺口已{f'由{by}' if by else ''}补上",
                en=f"a source says that the gap was filled{f' by {by}' if by else ''}",
            )
        )
    if found.declared is not None and not found.valid:
        parts.append(
            Text(
                zh="有一份覆盖声明，但已过期、未写日期或未说查全，不作数",
                en="a coverage declaration is too old, undated or not of a complete list: it does not count",
            )
        )
    return Text(zh="；".join(p.zh for p in parts), en="; ".join(p.en for p in parts))


def _behind(work: Work) -> tuple[str, ...]:
    """The firms of a site; of one without, itself."""
    return work.firms or (work.site,)


def would_change(index: Index, rules: Rules, found: Decision) -> Text:
    """What would change it: names what to load."""
    return _sentence(index, rules, found, "would_change")


def _sentence(index: Index, rules: Rules, found: Decision, which: Literal["because", "would_change"]) -> Text:
    both = rules.rule("status").data["steps"][found.step][which]
    numbers = dict(found.numbers)
    numbers.setdefault("firms", len(index.makers([w for w in found.facts if isinstance(w, Work)])))
    strength = _strength(found)
    return Text(
        zh=both["zh"].format(strength=strength.zh, **numbers),
        en=both["en"].format(strength=strength.en, **numbers),
    )


def _strength(found: Decision) -> Text:
    """The statements and leaders among the facts that decide, counted."""
    cited = sum(isinstance(fact, Remark) and fact.kind == "strength" for fact in found.facts)
    leads = len({fact.firm for fact in found.facts if isinstance(fact, Lead)})
    parts = [
        (f" {cited} 条强项表述", f"statements of strength ({cited})", cited),
        (
            f" {leads} 家来源等级够、在此在产的链主或龙头",
            f"leaders at work here by good sources ({leads})",
            leads,
        ),
    ]
    return Text(
        zh="和".join(zh for zh, _, count in parts if count),
        en=" and ".join(en for _, en, count in parts if count),
    )


def _split(split: Mapping[Status, int]) -> Text:
    labels = [(STATUS_LABELS[status], split[status]) for status in STATUS_LABELS if split.get(status)]
    return Text(
        zh="下属环节：" + "、".join(f"{label.zh} {n}" for label, n in labels),
        en="segments below: " + ", ".join(f"{label.en} {n}" for label, n in labels),
    )
