"""The target list and its funnel as tables for a spreadsheet: the same columns wherever one is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graph.office_time import office_day
from graph.repository.models import Text
from graph.targets.book import Target
from graph.targets.entry import ENDS, FIELDS, LINKED, STATUSES
from graph.targets.funnel import Funnel
from graph.targets.names import Names

_ENDS: Final = {"firm": Text(zh="企业", en="Firm"), "segment": Text(zh="环节", en="Segment"),
                "place": Text(zh="地区", en="Place")}  # fmt: skip
#: Columns of the list, by name.
COLUMNS: Final[dict[str, Text]] = {
    **_ENDS,
    **{name: label for name, (label, _) in FIELDS.items()},
    "overdue": Text(zh="逾期", en="Overdue"),
    "gone": Text(zh="已不在案", en="No longer recorded"),
    "since": Text(zh="列入日期", en="Entered on"),
    "version": Text(zh="版本", en="Version"),
    "key": Text(zh="标识", en="Key"),
}
FUNNEL_COLUMNS: Final = (
    Text(zh="组", en="Group"),
    Text(zh="目标数", en="Targets"),
    *(label for status, label in STATUSES.items() if status != "lost"),
    STATUSES["lost"],
    Text(zh="合同资金（亿元）", en="Contracted (亿元)"),
    Text(zh="实际进资（亿元）", en="Arrived (亿元)"),
    Text(zh="资金未能相加", en="Sums not read"),
)


def target_rows(targets: Iterable[Target], names: Names, day: str, lang: str) -> Iterator[list[str]]:
    """Of each entry the cells of ``COLUMNS``; one that is not known or not so is empty.

    Capital as it was given, contracted and arrived apart. ``day``: on which it may be overdue (ISO).
    """
    for one in targets:
        known = {name: getattr(one.entry, name) or "" for name in FIELDS}
        linked = {name: names.caption(known[name]) for name in LINKED if known[name]}
        gone = names.gone(one)
        labels = [_ENDS[end].text(lang) for end, i in zip(ENDS, one.ends, strict=True) if i in gone]
        cells = {
            **dict(zip(ENDS, map(names.caption, one.ends), strict=True)),
            **known,
            **linked,
            "status": STATUSES[one.entry.status].text(lang),
            "overdue": COLUMNS["overdue"].text(lang) if one.entry.overdue(day) else "",
            "gone": ("、" if lang == "zh" else ", ").join(labels),
            "since": office_day(one.since),
            "version": one.version,
            "key": one.key,
        }
        yield [cells[name] for name in COLUMNS]


def funnel_rows(funnel: Funnel) -> Iterator[list[object]]:
    """The cells of ``FUNNEL_COLUMNS``; sums in 亿元."""
    for row in funnel.rows:
        yield [
            row.name, row.targets, *row.reached.values(), row.lost, row.contracted, row.arrived, row.unread
        ]  # fmt: skip
