"""One entry of the target list: its history, and the form that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import LianpuError
from graph.office_time import office_day, office_time
from graph.targets import STATUSES, Names, Step, Target
from graph.targets.book import ChangedMeanwhile
from graph.targets.entry import FIELDS, LINKED, MOST, MOST_BY, SIGNED
from viz.pages.named import named
from viz.pages.service import Service
from viz.pages.targets import target_card
from viz.show import Show

#: Fields of several lines.
LONG = ("next_step", "note")
#: Characters of the reason, and of a project's name, at most.
REASON_MOST, NAME_MOST = 500, 200


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form: what stands in it, and ``now`` where somebody else has put something else."""

    name: str
    label: str
    value: str
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and not taken: the error, the version that had been seen, and the texts.

    ``project``: it was to become a project, by the form that is for that.
    """

    error: LianpuError
    version: str
    typed: Mapping[str, str]
    reason: str
    by: str = ""
    project: bool = False


def seen_values(target: Target, version: str) -> dict[str, str] | None:
    """The texts of the entry as it was at ``version``; ``None`` where its history has no such version."""
    values: dict[str, str] = {}
    for step in target.history:
        if not step.undone or step.decision == version:
            values |= {name: after or "" for name, (_, after) in step.changed.items()}
        if step.decision == version:
            return {name: values.get(name, "") for name in FIELDS}
    return None


def touched(target: Target, version: str, typed: Mapping[str, str], names: Names) -> dict[str, str]:
    """The texts that differ from what the form had shown at ``version``."""
    seen = seen_values(target, version)
    given = {n: text.replace("\r\n", "\n").strip() for n, text in typed.items() if n in FIELDS}
    if seen is None:
        return given
    return {name: text for name, text in given.items() if text != as_typed(name, seen[name], names)}


def as_typed(name: str, value: str, names: Names) -> str:
    """A value as the form shows it: an entity by its name."""
    return names.ref(value).caption if name in LINKED and value else value


async def as_stored(service: Service, changes: Mapping[str, str]) -> dict[str, str | None]:
    """What was typed as the list takes it: parks and projects by their ids.

    Raises ``BadInput`` or ``NotFound`` where a name is that of several or of none.
    """
    found: dict[str, str | None] = dict(changes)
    for name, cls in LINKED.items():
        if changes.get(name):
            found[name] = (await named(service, changes[name], cls)).id
    return found


def entry_context(
    show: Show, target: Target, names: Names, day: str, *, can_change: bool, refused: Refused | None = None
) -> dict[str, Any]:
    """What ``targets_one.html`` needs; ``refused``: what was typed and not taken."""
    labels = {name: label.text(show.lang) for name, (label, _) in FIELDS.items()}
    return {
        "card": target_card(show, target, names, day),
        "target": target,
        "status_word": STATUSES[target.entry.status].text(show.lang),
        "labels": labels,
        "facts": [(n, labels[n], _shown(show, n, getattr(target.entry, n), names)) for n in FIELDS],
        "history": [_step(show, step, labels, names) for step in reversed(target.history)],
        "form": _fields(show, target, labels, names, refused),
        "long": LONG,
        "most": MOST,
        "reason_most": REASON_MOST,
        "by_most": MOST_BY,
        "name_most": NAME_MOST,
        "since": office_day(target.since),
        "may_be_project": can_change and _may_be_project(target, names),
        "statuses": [{"id": s, "name": label.text(show.lang)} for s, label in STATUSES.items()],
        "refused": refused,
        "meanwhile": _meanwhile(show, target, labels, names, refused),
        "can_change": can_change,
    }


def _may_be_project(target: Target, names: Names) -> bool:
    entry = target.entry
    return entry.status in SIGNED and entry.project is None and not names.gone(target)


def _fields(
    show: Show, target: Target, labels: Mapping[str, str], names: Names, refused: Refused | None
) -> list[FormField]:
    """What the entry holds; where something was typed and not taken, that."""
    held = {name: getattr(target.entry, name) or "" for name in FIELDS}
    if refused and refused.project:
        refused = None  # it was another form
    changes = touched(target, refused.version, refused.typed, names) if refused else {}
    seen = seen_values(target, refused.version) if refused else held
    found = []
    for name, value in held.items():
        now = as_typed(name, value, names)
        typed = changes.get(name, now)
        other = typed != now and (seen is None or seen[name] != value)
        found.append(
            FormField(name, labels[name], typed, _shown(show, name, value, names) if other else None)
        )
    return found


def _meanwhile(
    show: Show, target: Target, labels: Mapping[str, str], names: Names, refused: Refused | None
) -> list[dict[str, Any]]:
    """The steps that others took since the version that had been seen, where that is why it was refused."""
    if refused is None or not isinstance(refused.error, ChangedMeanwhile):
        return []
    known = [step.decision for step in target.history]
    start = known.index(refused.version) + 1 if refused.version in known else 0
    return [_step(show, step, labels, names) for step in target.history[start:]]


def _step(show: Show, step: Step, labels: Mapping[str, str], names: Names) -> dict[str, Any]:
    return {
        "step": step,
        "when": office_time(step.at),
        "changes": [
            (labels[name], _shown(show, name, before, names), _shown(show, name, after, names))
            for name, (before, after) in step.changed.items()
        ],
    }


def _shown(show: Show, name: str, value: str | None, names: Names) -> str:
    if not value:
        return ""
    return STATUSES[value].text(show.lang) if name == "status" else as_typed(name, value, names)
