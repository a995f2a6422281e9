"""An entry of the target list as it is written: its fields, how they read, and the decision they become.

Each change is one decision of the kind ``target`` with the whole entry after the change, so that undoing it
brings the former entry back, and so that the history is the list of decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Generic, TypeVar

from graph.errors import BadInput
from graph.gaps.gap_ids import ends_of
from graph.ontology import Ontology, Property
from graph.repository.models import Model, Text
from graph.safe_text import visible
from graph.values import ValueFault, clean_cell, date_max
from graph.values.tidy import tidy

KIND: Final = "target"
#: What an entry is about: a firm, and segment and place of a gap.
ENDS: Final = ("firm", "segment", "place")
#: Status 状态 in the order of the work; the last is a target that was lost.
STATUSES: Final[dict[str, Text]] = {
    "lead": Text(zh="线索", en="lead"),
    "contact": Text(zh="接洽", en="in contact"),
    "talks": Text(zh="在谈", en="in talks"),
    "signed": Text(zh="签约", en="signed"),
    "registered": Text(zh="注册", en="registered"),
    "funded": Text(zh="进资", en="capital arrived"),
    "started": Text(zh="开工", en="under construction"),
    "producing": Text(zh="投产", en="producing"),
    "scaled": Text(zh="入规", en="above scale"),
    "lost": Text(zh="流失", en="lost"),
}
_ORDER: Final = [status for status in STATUSES if status != "lost"]
#: At these a target may become a project.
SIGNED: Final = tuple(_ORDER[_ORDER.index("signed") :])
#: After these nothing is due any more.
FINAL: Final = ("scaled", "lost")
#: Fields with their label and the type that reads them (a property of ``Project``).
FIELDS: Final[dict[str, tuple[Text, str]]] = {
    "status": (Text(zh="状态", en="Status"), "status"),
    "responsible": (Text(zh="责任单位/人", en="Responsible"), "text"),
    "park": (Text(zh="拟落园区", en="Intended park"), "park"),
    "contacted": (Text(zh="最近接触", en="Last contact"), "date"),
    "next_step": (Text(zh="下一步", en="Next step"), "text"),
    "due": (Text(zh="时限", en="Due"), "date"),
    "contracted": (Text(zh="合同资金", en="Contracted capital"), "money"),
    "arrived": (Text(zh="实际进资", en="Capital arrived"), "money"),
    "project": (Text(zh="项目", en="Project"), "project"),
    "note": (Text(zh="备注", en="Note"), "text"),
}
#: Fields that hold the id of an entity, with its class.
LINKED: Final = {"park": "Park", "project": "Project"}
#: Characters of a text field, and of the name that a caller gives.
MOST, MOST_BY = 2000, 100
_T = TypeVar("_T")


class Details(Model, Generic[_T]):
    """The fields of an entry that change; ``_T`` is the type of their texts."""

    status: _T | None = None
    responsible: _T | None = None
    park: _T | None = None
    contacted: _T | None = None
    next_step: _T | None = None
    due: _T | None = None
    contracted: _T | None = None
    arrived: _T | None = None
    project: _T | None = None
    note: _T | None = None

    def given(self) -> dict[str, _T | None]:
        """The fields that were given."""
        return {name: getattr(self, name) for name in FIELDS if name in self.model_fields_set}


class Entry(Details[str]):
    """An entry: a firm courted for a gap. Dates and sums are texts as they were given, checked."""

    firm: str
    gap: str
    status: str = "lead"

    @property
    def key(self) -> str:
        """What tells it from others: one entry a firm and gap."""
        return f"{self.firm.removeprefix('firm/')}~{self.gap}"

    @property
    def chain(self) -> str:
        """The slug of the chain that its gap belongs to."""
        return self.gap.split("/", 1)[0]

    def overdue(self, day: str) -> bool:
        """Whether its time is over on an ISO day and it is not at its end."""
        return self.due is not None and self.status not in FINAL and date_max(self.due) < day


def change_entry(entry: Entry, changes: Mapping[str, str | None], ontology: Ontology) -> Entry:
    """The entry with some fields changed; an empty text takes a value out.

    Raises
    ------
    BadInput
        A field of another name, or a value that does not read as its type: names field, found, expected.
    """
    values: dict[str, str | None] = {}
    for name, raw in changes.items():
        if name not in FIELDS:
            detail = f"招商目标没有字段 {name} · a target has no field {name}; one of {', '.join(FIELDS)}"
            raise BadInput(detail, found=name, expected=list(FIELDS))
        text = (raw or "").strip()
        values[name] = _read(name, text, ontology) if text else None
    if values.get("status", entry.status) is None:
        raise _wrong("status", "", "、".join(STATUSES), ", ".join(STATUSES))
    return entry.model_copy(update=values)


def entry_payload(entry: Entry, names: Mapping[str, str] | None = None, by: str = "") -> dict[str, Any]:
    """The payload of the decision that makes this entry hold.

    Parameters
    ----------
    names : what firm, segment and place are called on that day, by id: told once they are gone.
    by : who says so, in the caller's own words; see ``read_by``.
    """
    ends = dict(zip(ENDS, (entry.firm, *ends_of(entry.gap)), strict=True))
    called = {f"{end}_name": names[i] for end, i in ends.items() if names and i in names}
    return {
        "target": entry.key,
        **entry.model_dump(exclude_none=True),
        **called,
        **({"by": by} if by else {}),
    }


def read_by(text: str) -> str:
    """Who a caller says to be 经办人, tidied. ``BadInput`` where that does not read as one short line."""
    try:
        return tidy(text, limit=MOST_BY)
    except ValueFault as fault:
        found = visible(fault.found[:40])
        raise BadInput(
            f"经办人：找到“{found}”，应为{fault.expected_zh} · "
            f"by: found {found!r}, expected {fault.expected_en}",
            field="by",
            found=found,
            expected=fault.expected_en,
        ) from fault


def _read(name: str, text: str, ontology: Ontology) -> str:
    kind = FIELDS[name][1]
    if kind == "status":
        for value, label in STATUSES.items():
            if text in (value, label.zh, label.en):
                return value
        raise _wrong(name, text, "、".join(s.zh for s in STATUSES.values()), ", ".join(STATUSES))
    if name in LINKED:
        if ontology.entity_of_id(text).name != LINKED[name]:
            raise _wrong(name, text, f"{kind}/…", f"{kind}/…")
        return text
    if kind in ("date", "money"):
        _see(
            name, text, ontology.entity("Project").properties["status_date" if kind == "date" else "paid_in"]
        )
    try:
        return tidy(text, limit=MOST, lines=kind == "text")
    except ValueFault as fault:
        raise _wrong(name, visible(fault.found[:40]), fault.expected_zh, fault.expected_en) from fault


def _see(name: str, text: str, prop: Property) -> None:
    try:
        value = clean_cell(prop, text)
    except ValueFault as fault:
        raise _wrong(name, visible(fault.found[:40]), fault.expected_zh, fault.expected_en) from fault
    if isinstance(value, dict) and any(value.get(part, 0) < 0 for part in ("value", "low")):
        raise _wrong(name, text, "不小于 0 的金额", "a sum of 0 or more")


def _wrong(name: str, found: str, zh: str, en: str) -> BadInput:
    label = FIELDS[name][0]
    return BadInput(
        f"{label.zh}：找到“{found}”，应为{zh} · {label.en}: found {found!r}, expected {en}",
        field=name,
        found=found,
        expected=en,
    )
