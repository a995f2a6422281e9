"""A chain card and the list of chains as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from graph.repository import ChainCard, ChainRow, Listing, SegmentNode
from graph.repository.chain_models import EventRow, Figure, Leader, Position, ProjectRow, Remark
from graph.repository.posts import ChiefAt, ChiefsOfLevel, PostAt
from lianpu.i18n import LANG, t
from lianpu.out import cell, table
from lianpu.render.words import (
    heading,
    joined,
    mark,
    named,
    no_holder,
    nothing,
    of_total,
    standing,
    text,
    when,
)


def show_chains(rows: Listing[ChainRow], out: Console) -> None:
    """A table of all chains."""
    grid = table(
        "",
        t("产业链", "Chain"),
        t("标识", "Id"),
        "#" + t("环节", "Segments"),
        "#" + t("基地", "Sites"),
        "#" + t("企业", "Firms"),
    )
    for row in rows.items:
        counts = (str(row.segments), str(row.sites), str(row.firms))
        grid.add_row(cell(row.chain.caption), cell(row.chain.id), *counts)
    out.print(grid)


def show_chain(card: ChainCard, out: Console) -> None:
    """Everything on the card, section by section; what is not recorded says so."""
    chain = card.chain
    out.print(f"[bold]{named(chain)}[/]{mark(chain.standing, chain.grade)}")
    out.print(
        t(
            f"截至 {card.as_of}，有记录的：环节 {card.segment_count}，基地 {card.site_count}，"
            f"企业 {card.firm_count}",
            f"As of {card.as_of}: {card.segment_count} segments, {card.site_count} sites, "
            f"{card.firm_count} firms (recorded)",
        )
    )
    _people(card, out)
    _duties(card, out)
    _leaders(t("链主（经认定）", "链主, chain leaders (designated)"), card.leaders, out)
    _leaders(t("龙头（报道所称）", "龙头, flagships (so called)"), card.flagships, out)
    _figures(t("目标", "Targets"), card.targets, out)
    _figures(t("实绩", "Actuals"), card.actuals, out)
    _figures(t("其他数字", "Other figures"), card.other_figures, out)
    _remarks(t("来源所说的缺与弱", "Gaps that sources name"), card.gaps, out)
    _remarks(t("来源所说的长处", "Strengths that sources name"), card.strengths, out)
    _segments(card.segments, out)
    _rest(card, out)


def _people(card: ChainCard, out: Console) -> None:
    out.print(heading(t("总链长", "General chain chief")))
    _lines((line for post in card.general_chiefs for line in _holders(post)), out)
    out.print(heading(t("链长", "Chain chiefs")))
    _lines((line for level in card.chiefs for line in _level(level)), out)


def _holders(post: PostAt) -> Iterable[str]:
    people = [*post.holders, *(holder for office in post.ex_officio for holder in office.holders)]
    for holder in people:
        name = named(holder.person) if holder.term.current else f"[dim]{named(holder.person)}[/]"
        yield f"{name} {escape(holder.title or '')} — {text(holder.term.text)}{_known(holder.link)}"
    if not people and post.in_force:
        yield f"{named(post.post)}: {no_holder()}"


def _level(level: ChiefsOfLevel) -> Iterable[str]:
    for chief in level.current:
        yield f"{text(level.label)}: {_chief(chief)}"
    for word, chiefs in (
        (when("undated"), level.undated),
        (when("ended"), level.past),
        (when("later"), level.later),
    ):
        yield from (f"[dim]{text(level.label)} ({word}): {_chief(chief)}[/]" for chief in chiefs)
    for post in level.unnamed:
        yield f"{text(level.label)}: {named(post.post)} {no_holder()}"


def _chief(chief: ChiefAt) -> str:
    place = escape(chief.place.caption) if chief.place else ""
    about = escape(chief.title or "")
    inferred = t("（推定）", " (inferred)") if chief.inferred else ""
    name = joined((place, named(chief.person), about))
    return f"{name}{inferred} — {text(chief.term.text)}{_known(chief.link)}"


def _duties(card: ChainCard, out: Console) -> None:
    out.print(heading(t("部门", "Departments")))
    _lines(
        (
            joined(
                (
                    text(duty.role_label),
                    named(duty.organisation),
                    f"({escape(duty.scheme)})" if duty.scheme else "",
                    t("推定", "inferred") if duty.inferred else "",
                )
            )
            + _known(duty.link)
            for duty in card.bodies
        ),
        out,
    )


def _leaders(title: str, listing: Listing[Leader], out: Console) -> None:
    out.print(heading(f"{title} {of_total(listing)}"))
    _lines(
        (
            f"{named(one.firm)} → {escape(one.about.caption)} {_how(one.link.props)}{_known(one.link)}"
            for one in listing.items
        ),
        out,
    )


def _how(props: dict[str, Any]) -> str:
    """How the press says it, or who designated it. A 链主 of the press is not a designated one."""
    called = str(props.get("called") or "")
    if called == "链主":
        return t("报道称“链主”", 'called "链主" in reports')
    return escape(called or str(props.get("authority") or ""))


def _figures(title: str, listing: Listing[Figure], out: Console) -> None:
    if not listing.items:
        return
    grid = table(
        f"{title} {of_total(listing)}",
        t("指标", "Metric"),
        t("数值", "Value"),
        t("时期", "Period"),
        t("口径", "Scope"),
        t("关于", "About"),
        t("核实", "Standing"),
    )
    for one in listing.items:
        grid.add_row(
            text(one.metric_label) or cell(one.node.caption),
            cell(one.value),
            cell(one.period),
            cell(one.scope),
            cell([ref.caption for ref in one.about]),
            standing(one.node.standing, one.node.grade),
        )
    out.print()
    out.print(grid)


def _remarks(title: str, listing: Listing[Remark], out: Console) -> None:
    if not listing.items:
        return
    out.print(heading(f"{title} {of_total(listing)}"))
    for one in listing.items:
        kinds = joined((text(one.gap_kind_label), text(one.subject_kind_label), cell(one.period)), "·")
        kind = rf"\[{kinds}] " if kinds else ""
        out.print(f"  {kind}{escape(one.node.caption)}{mark(one.node.standing, one.node.grade)}")


def _segments(segments: list[SegmentNode], out: Console) -> None:
    out.print(
        heading(t("环节（有记录的企业数；零只说明没有查到）", "Segments (recorded firms; zero: none found)"))
    )
    tree = Tree("", hide_root=True, guide_style="dim")
    for segment in segments:
        _branch(tree, segment)
    out.print(tree)


def _branch(tree: Tree, segment: SegmentNode) -> None:
    below = tree.add(f"{escape(segment.node.caption)} {segment.firms or '[dim]–[/]'}")
    for child in segment.children:
        _branch(below, child)


def _rest(card: ChainCard, out: Console) -> None:
    for title, refs, tail in (
        (t("规划", "Plans"), card.plans, ""),
        (t("下级链", "Chains that are part of it"), card.parts, ""),
        (t("集群", "Clusters"), card.clusters.items, of_total(card.clusters)),
        (t("园区", "Parks"), [p.park for p in card.parks.items], of_total(card.parks)),
    ):
        if refs:
            out.print(heading(f"{title} {tail}"))
            _lines((named(ref) + mark(ref.standing, ref.grade) for ref in refs), out)
    if card.events.items:
        out.print(heading(f"{t('活动', 'Events')} {of_total(card.events)}"))
        _lines((_event(one) for one in card.events.items), out)
    if card.positions.items:
        out.print(heading(f"{t('定位于此链', 'Positioned for it')} {of_total(card.positions)}"))
        _lines((_position(one) for one in card.positions.items), out)
    if card.projects.items:
        counts = ", ".join(f"{one.label.text(LANG)} {one.count}" for one in card.project_counts)
        out.print(heading(f"{t('项目', 'Projects')} {of_total(card.projects)}: {counts}"))
        _lines((_project(one) for one in card.projects.items), out)


def _event(one: EventRow) -> str:
    """Date, kind, name, and who was there as what."""
    people = (
        joined((escape(who.person.caption), f"({text(who.role_label)})" if who.role_label else ""), "")
        for who in one.people
    )
    known = mark(one.event.standing, one.event.grade)
    return (
        joined((cell(one.date), text(one.kind_label), named(one.event), t("、", ", ").join(people))) + known
    )


def _position(one: Position) -> str:
    return f"{named(one.node)} {text(one.role_label)} → {escape(one.about.caption)}{_known(one.link)}"


def _project(one: ProjectRow) -> str:
    builders = t("、", ", ").join(escape(ref.caption) for ref in one.builders)
    known = mark(one.project.standing, one.project.grade)
    return joined((named(one.project), text(one.status_label), builders)) + known


def _known(link: object) -> str:
    return mark(getattr(link, "standing", None), getattr(link, "grade", None))


def _lines(lines: Iterable[str], out: Console) -> None:
    found = False
    for line in lines:
        out.print(f"  {line}")
        found = True
    if not found:
        out.print(nothing())
