"""An entity, its recorded facts with rows and sources, and its counts, as text."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape

from graph.ontology import Ontology, Property
from graph.repository import Assertions, AssertionView, Cited, EntityAnswer, LinkView, Neighbours
from graph.repository.neighbours import Direction, RelationCount
from graph.values import show_value
from lianpu.i18n import LANG, t
from lianpu.out import cell, table
from lianpu.render.words import heading, joined, mark, named, nothing, of_total, standing, text

_WAYS: dict[Direction, str] = {"out": "→", "in": "←"}


def show_entity(answer: EntityAnswer, rows: Assertions, out: Console) -> None:
    """The entity, each row that states something of it, its relations by class, and the sources."""
    node = answer.node
    out.print(f"[bold]{named(node)}[/] {text(node.label)}{mark(node.standing, node.grade)}")
    cited = {**answer.cited, **rows.cited}
    numbers = {source: number for number, source in enumerate(cited, 1)}
    out.print(heading(t("记录", "Recorded")))
    for row in rows.items:
        _row(row, numbers, out)
    if not rows.items:
        out.print(nothing())
    if rows.truncated:
        out.print(f"  [dim]… {len(rows.items)} / {rows.total}[/]")
    out.print(heading(t("关系", "Relations")))
    for count in answer.counts:
        out.print(f"  {_WAYS[count.direction]} {text(count.label)} {_number(count)} [dim]{count.relation}[/]")
    if not answer.counts:
        out.print(nothing())
    show_sources(cited, out)


def _row(row: AssertionView, numbers: dict[str, int], out: Console) -> None:
    where = f"{escape(row.dataset)}/{escape(row.table)}:{row.row}"
    for stated in row.stated:
        out.print(f"  {text(stated.label)}: {text(stated.text)}")
    span = joined((row.valid_from, "–" if row.valid_from or row.valid_to else "", row.valid_to))
    seen = f"{t('见于', 'seen')} {escape(row.seen_at)}" if row.seen_at else ""
    refs = "".join(rf"\[{numbers[source]}]" for source in row.sources if source in numbers)
    tail = joined((standing(row.standing), seen, escape(span), refs, where), " · ")
    out.print(f"    [dim]{tail}[/]")
    if row.note:
        out.print(f"    [dim]{t('注', 'note')}: {escape(row.note)}[/]")


def _number(count: RelationCount) -> str:
    return f"≥{count.count}" if count.at_least else str(count.count)


def show_sources(cited: Cited, out: Console) -> None:
    """The sources by number, with grade, and a link where it may be shown."""
    if not cited:
        return
    out.print(heading(t("来源", "Sources")))
    for number, source in enumerate(cited.values(), 1):
        about = joined((source.publisher, source.date), ", ")
        grade = rf"\[{source.grade}] " if source.grade else ""
        out.print(
            rf"  \[{number}] {grade}{escape(source.name)}" + (f" ({escape(about)})" if about else ""),
        )
        if source.url:
            out.print(f"      [dim]{escape(source.url)}[/]")


def show_neighbours(answer: Neighbours, ontology: Ontology, out: Console) -> None:
    """The neighbours group by group, each with the standing of its relation."""
    groups = [group for group in answer.groups if group.page.items]
    for group in groups:
        page = group.page
        grid = table(
            f"{_WAYS[group.direction]} {group.label.text(LANG)} {group.relation} {of_total(page)}",
            t("名称", "Name"),
            t("标识", "Id"),
            t("关系的核实", "Standing of the relation"),
            t("说明", "Details"),
        )
        for neighbour in page.items:
            grades = sorted({standing(link.standing, link.grade) for link in neighbour.links} - {""})
            details = "; ".join(dict.fromkeys(_details(link, ontology) for link in neighbour.links))
            grid.add_row(cell(neighbour.node.caption), cell(neighbour.node.id), ", ".join(grades), details)
        out.print(grid)
        if page.next:
            options = f"--relation {group.relation} --direction {group.direction} --after {page.next}"
            out.print(f"[dim]{t('下一页', 'Next page')}: {escape(options)}[/]")
    if not groups:
        out.print(nothing())


def _details(link: LinkView, ontology: Ontology) -> str:
    """What the relation states besides its ends: ``产品: 阴极铜, 产能: 100万吨``."""
    stated = ontology.relation(link.cls).properties
    known = ((prop, link.props.get(name)) for name, prop in stated.items())
    return t("，", ", ").join(
        f"{escape(prop.label.text(LANG))}: {_worded(prop, value)}"
        for prop, value in known
        if value not in (None, "")
    )


def _worded(prop: Property, value: object) -> str:
    """A value of the graph for a person: the label of an enumeration's word, all else as it is."""
    return escape(show_value(prop, value, LANG)) if prop.type == "enum" else cell(value)
