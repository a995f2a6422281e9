"""What would change, and how a local net hangs together, as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from graph.gaps.whatif_models import Difference, Resilience, WhatIf
from graph.gaps.words import RISK_LABELS
from graph.repository import Ref
from lianpu.i18n import LANG, t
from lianpu.out import cell, table
from lianpu.render.gaps import as_of, show_notes, signed
from lianpu.render.words import heading, named, text

_NEAR = {
    "city": ("同市", "same city"),
    "province": ("省内", "same province"),
    "elsewhere": ("省外", "elsewhere"),
    "unknown": ("所在地未知", "place not recorded"),
}


def show_what_if(answer: WhatIf, out: Console) -> None:
    """Verdicts before and after, what is lost, and what is reached downstream."""
    out.print(f"[bold]{named(answer.chain)} · {named(answer.place)}[/]  {as_of(answer.as_of)}")
    for word, refs in ((t("去掉", "Without"), answer.removed), (t("加上", "With"), answer.added)):
        if refs:
            out.print(f"{word}: {_named(refs)}")
    if not answer.changed:
        out.print(t("没有环节的判断或企业数改变", "No link changes its verdict or its firms"))
    else:
        grid = table(
            "", t("环节", "Segment"), t("之前", "Before"), t("之后", "After"),
            "#" + t("企业数", "Firms"), t("新的风险", "New risks"),
        )  # fmt: skip
        for one in answer.changed:
            new = [risk for risk in one.risks_after if risk not in one.risks_before]
            grid.add_row(
                cell(one.segment.caption), signed(one.status_before), _after(one),
                f"{one.firms_before} → {one.firms_after}",
                cell([RISK_LABELS[risk].text(LANG) for risk in new]),
            )  # fmt: skip
        out.print(grid)
    if answer.lost:
        out.print(f"{t('本地不再有记录的企业', 'No recorded maker here any more')}: {_named(answer.lost)}")
    if answer.reached:
        out.print(heading(t("下游波及", "Reached downstream")))
    for reached in answer.reached:
        steps = t(f"第 {reached.steps} 步", f"step {reached.steps}")
        out.print(f"  {steps}: {named(reached.segment)} — {text(reached.because)}")
    show_notes(answer.notes, out)


def show_resilience(answer: Resilience, out: Console) -> None:
    """The firms whose loss breaks most, what parts the net, and who could stand in."""
    out.print(f"[bold]{named(answer.chain)} · {named(answer.place)}[/]  {as_of(answer.as_of)}")
    links, edges = answer.links, answer.edges
    out.print(
        t(
            f"有企业的环节 {links} 个，其间投入 {edges} 条",
            f"{links} links with firms, {edges} inputs between them",
        )
    )
    if not answer.links:
        out.print(
            t(
                "这里没有记录到这条链的企业，无从分析",
                "No firm of this chain is recorded here: nothing to analyse",
            )
        )
    if answer.losses:
        out.print(heading(t("失去谁影响最大", "Whose loss breaks most")))
        grid = table(
            "", t("企业", "Firm"), t("只记到它一家的环节", "Links it alone is recorded in"),
            "#" + t("断掉的必需投入", "Required inputs cut"), "#" + t("波及环节", "Links reached"),
        )  # fmt: skip
        for loss in answer.losses:
            alone = cell([one.caption for one in loss.alone_in])
            grid.add_row(cell(loss.firm.caption), alone, str(loss.cut_inputs), str(loss.reached))
        out.print(grid)
    for word, refs in (
        (t("一断就散的环节", "Links whose loss parts the net"), answer.cut_links),
        (t("最长的投入链", "Longest chain of inputs"), answer.longest),
    ):
        if refs:
            out.print(f"{word}: {t('、', ', ').join(cell(one.caption) for one in refs)}")
    if answer.bridges:
        pairs = (f"{cell(a.caption)} → {cell(b.caption)}" for a, b in answer.bridges)
        out.print(f"{t('一断就散的投入', 'Inputs whose loss parts the net')}: {t('；', '; ').join(pairs)}")
    if answer.alternatives:
        out.print(
            heading(t("独此一家的环节，别处还有谁", "Links with one firm here: who makes them elsewhere"))
        )
    for one in answer.alternatives:
        where = cell(one.place.caption) if one.place else ""
        km = "" if one.km is None else t(f"约 {one.km:g} 公里", f"about {one.km:g} km")
        out.print(
            f"  {cell(one.segment.caption)}: {named(one.firm)} {where} {t(*_NEAR[one.near])} {km}".rstrip()
        )
    show_notes(answer.notes, out)


def _named(refs: Sequence[Ref]) -> str:
    return t("；", "; ").join(named(one) for one in refs)


def _after(one: Difference) -> str:
    """The status after; a statement outlives the firms, which is said."""
    kept = one.status_after in ("strong", "weak") and one.status_after == one.status_before
    told = t("（来源这样说，已无企业）", " (a source says so; no firm is left)")
    return signed(one.status_after) + (told if kept and not one.firms_after else "")
