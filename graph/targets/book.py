"""The target list as the decisions make it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from pydantic import Field

from graph.decisions import Decision, redirects
from graph.errors import BadInput, LianpuError, NotFound
from graph.gaps.gap_ids import ends_of
from graph.repository.models import Model
from graph.safe_text import visible
from graph.targets.entry import ENDS, FIELDS, KIND, Entry

#: Version of what is not entered yet.
NEW: Final = "new"


class ChangedMeanwhile(LianpuError):
    """Somebody else has changed the entry since it was read."""

    code: ClassVar[str] = "changed-meanwhile"
    http_status: ClassVar[int] = 409
    title_zh: ClassVar[str] = "已被别人改过"
    title_en: ClassVar[str] = "Somebody else has changed it"


class NotAllShown(LianpuError):
    """Of the entry there is more than the clearance shows."""

    code: ClassVar[str] = "not-all-shown"
    http_status: ClassVar[int] = 409
    title_zh: ClassVar[str] = "有未显示的记录"
    title_en: ClassVar[str] = "Not all of it is shown"


class Step(Model):
    """One change in the history of an entry: who, when, why, and what differs from before.

    ``user`` is the account that the program ran under; ``by`` is whom the caller named, verified by nobody.
    """

    decision: str
    at: str
    user: str
    reason: str
    changed: dict[str, tuple[str | None, str | None]]
    undone: bool = False
    by: str = ""


class Target(Model):
    """An entry with what it rests on. ``version`` is the decision that holds.

    The firm is the one that answers today: entries of firms that were merged are one, with both histories.
    ``names`` are of ids: as ``Book`` gives it, what firm, segment and place were last called when somebody
    decided about the entry; as ``Names.told`` gives it, what they are called, and ``gone`` those of the three
    that are recorded no more.
    """

    key: str
    entry: Entry
    version: str
    since: str
    history: list[Step]
    names: dict[str, str] = Field(default_factory=dict)
    gone: list[str] = Field(default_factory=list)

    @property
    def ends(self) -> tuple[str, str, str]:
        """The ids of firm, segment and place."""
        return (self.entry.firm, *ends_of(self.entry.gap))


class Book:
    """All entries, by key.

    Parameters
    ----------
    decisions : all decisions, in the order in which they were made; of an entry the last that holds counts.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        every = list(decisions)
        self._moved = redirects(one for one in every if one.undone_at is None)
        self._steps: dict[str, list[Decision]] = {}
        for one in every:
            if one.kind == KIND:
                self._steps.setdefault(self._entry(one).key, []).append(one)

    def all(self) -> list[Target]:
        """Every entry that holds, by key."""
        found = (self.get(key) for key in sorted(self._steps))
        return [target for target in found if target is not None]

    def get(self, key: str) -> Target | None:
        """An entry, ``None`` where there is none or all of it was undone."""
        firm, sign, gap = key.partition("~")
        now = self._moved.get(f"firm/{firm}")
        key = key if now is None else now.removeprefix("firm/") + sign + gap
        steps = self._steps.get(key, [])
        held = [step for step in steps if step.undone_at is None]
        if not held:
            return None
        return Target(
            key=key,
            entry=self._entry(held[-1]),
            version=f"d{held[-1].id}",
            since=held[0].created_at,
            history=self._history(steps),
            names=self._names(held),
        )

    def named(self, key: str) -> Target:
        """An entry; ``NotFound`` where there is none."""
        found = self.get(key)
        if found is None:
            zh, en = f"没有招商目标 {key}；见 lianpu targets", f"there is no target {key}; see lianpu targets"
            raise NotFound(f"{zh} · {en}", found=key)
        return found

    def chosen(
        self, *, chain: str | None = None, status: str | None = None, late_on: str | None = None
    ) -> list[Target]:
        """Those of a chain (slug or id), in a status, overdue on an ISO day; ``None`` does not choose."""
        slug = None if chain is None else chain.removeprefix("chain/")
        return [
            one
            for one in self.all()
            if (slug is None or one.entry.chain == slug)
            and (status is None or one.entry.status == status)
            and (late_on is None or one.entry.overdue(late_on))
        ]

    def see_unchanged(self, key: str, version: str | None) -> None:
        """See that an entry is still the one that was read.

        Parameters
        ----------
        version : the decision that was seen; ``NEW``: that there was no entry; ``None``: whatever there is.

        Raises
        ------
        ChangedMeanwhile
            It is another one now: says who changed it, when and what, or that what was seen was undone.
        BadInput
            There should be none, and there is.
        """
        now = self.get(key)
        if version is None or (NEW if now is None else now.version) == version:
            return
        if now is None:
            raise ChangedMeanwhile(f"{key}：已撤销 · was undone meanwhile", found=version)
        if version == NEW:
            raise BadInput(f"{key} 已在清单里；可以改它 · is entered already; it can be changed", found=key)
        if any(step.decision == version and step.undone for step in now.history):
            raise ChangedMeanwhile(
                f"{key}：{version} 已被撤销，现为 {now.version}；请看过再改 · "
                f"{version} was undone, it is {now.version} now; look again",
                found=version,
                expected=now.version,
            )
        last = next(step for step in reversed(now.history) if not step.undone)
        what = ", ".join(last.changed)
        raise ChangedMeanwhile(
            f"{key}：{last.user} 于 {last.at} 已改（{what}），现为 {now.version}；请看过再改 · "
            f"{last.user} changed it at {last.at} ({what}), it is {now.version} now; look again",
            found=version,
            expected=now.version,
            user=last.user,
            changed=list(last.changed),
        )

    def _entry(self, step: Decision) -> Entry:
        """The entry of a decision; marks that nobody would see are shown as such."""
        known = Entry.model_fields
        held = {name: visible(value) for name, value in step.payload.items() if name in known}
        return Entry(**{**held, "firm": self._moved.get(held["firm"], held["firm"])})

    def _names(self, held: list[Decision]) -> dict[str, str]:
        """What firm, segment and place were called, by id; of each the name that was written last."""
        entry = self._entry(held[-1])
        ids = dict(zip(ENDS, (entry.firm, *ends_of(entry.gap)), strict=True))
        said = [(ids[end], step.payload.get(f"{end}_name")) for step in held for end in ENDS]
        return {key: visible(name) for key, name in said if name}

    def _history(self, steps: list[Decision]) -> list[Step]:
        out: list[Step] = []
        before: Entry | None = None
        for step in steps:
            after = self._entry(step)
            out.append(
                Step(
                    decision=f"d{step.id}",
                    at=step.created_at,
                    user=step.user,
                    reason=visible(step.reason),
                    changed=_changed(before, after),
                    undone=step.undone_at is not None,
                    by=visible(step.payload.get("by", "")),
                )
            )
            if step.undone_at is None:
                before = after
        return out


def _changed(before: Entry | None, after: Entry) -> dict[str, tuple[str | None, str | None]]:
    return {
        name: (None if before is None else getattr(before, name), getattr(after, name))
        for name in FIELDS
        if (None if before is None else getattr(before, name)) != getattr(after, name)
    }
