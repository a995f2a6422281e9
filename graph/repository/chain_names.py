"""Which chain is meant: by id, slug, name, short name or alias; what names none is told with what is near."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.errors import BadInput, NotFound
from graph.repository.models import Ref
from graph.repository.reader import Reader, Row
from graph.search.normal import normal

_PREFIX: Final = "chain/"
#: Characters of a name that are looked at, and near names that are told.
_MOST, _NEAR = 60, 5


@dataclass(frozen=True)
class ChainNames:
    """The chains there are, by their names. ``rows`` are those of ``chain_names``."""

    rows: Sequence[Row]

    @cached_property
    def refs(self) -> dict[str, Ref]:
        """Each chain, by id."""
        nodes = [row["node"] for row in self.rows]
        return {n["id"]: Ref(id=n["id"], cls="Chain", caption=n["caption"]) for n in nodes}

    @cached_property
    def with_segments(self) -> tuple[str, ...]:
        """The ids of the chains that have a segment, in order."""
        return tuple(sorted(row["node"]["id"] for row in self.rows if row["segments"]))

    @cached_property
    def names(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The names of each chain by id, in normal form: its full ones, its short one, the others."""
        return {row["node"]["id"]: _names(row["node"]) for row in self.rows}

    def find(self, asked: str) -> Ref | None:
        """The chain that ``asked`` means, if there is one; a full name goes before an alias.

        Raises
        ------
        BadInput
            Several chains have that name; those without segments are passed over where one has some.
        """
        text = asked.strip()
        if found := self.refs.get(text) or self.refs.get(_PREFIX + text):
            return found
        name = normal(text[:_MOST])
        for kind in range(3):
            called = [key for key, names in self.names.items() if name and name in names[kind]]
            called = [key for key in called if key in self.with_segments] or called
            if len(called) > 1:
                raise self._several(text, sorted(called))
            if called:
                return self.refs[called[0]]
        return None

    def one(self, asked: str) -> Ref:
        """As ``find``; ``NotFound`` where there is none."""
        found = self.find(asked)
        if found is None:
            raise self.unknown(asked)
        return found

    def near(self, asked: str) -> list[Ref]:
        """The chains whose names hold ``asked``, are held by it or resemble it; at most five."""
        name = normal(asked[:_MOST])
        by_name: dict[str, str] = {}
        for key, names in self.names.items():
            for one in [normal(key.removeprefix(_PREFIX)), *(n for some in names for n in some)]:
                by_name.setdefault(one, key)
        holding = [n for n in by_name if name and n and (name in n or n in name)]
        alike = difflib.get_close_matches(name, list(by_name), n=_NEAR, cutoff=0.5)
        return [self.refs[key] for key in dict.fromkeys(by_name[n] for n in [*holding, *alike])][:_NEAR]

    def unknown(self, asked: str) -> NotFound:
        """The error for a name of no chain; names near ones, or all there are."""
        shown, near, known = asked[:_MOST], self.near(asked), sorted(self.refs)
        told = [f"{ref.caption} ({ref.id})" for ref in near]
        listed = ", ".join(key.removeprefix(_PREFIX) for key in known)
        zh = f"相近的有 {'、'.join(told)}" if told else f"已有 {listed}"
        en = f"near names are {', '.join(told)}" if told else f"known are {listed}"
        return NotFound(
            f"没有产业链 {shown!r}，{zh} · there is no chain {shown!r}; {en}",
            found=shown,
            expected=[ref.id for ref in near] or known,
            near=told,
        )

    def pointing(self, asked: str, segment: str, chains: Sequence[str]) -> NotFound:
        """The error for the name of a ``segment``, which points to the ``chains`` (ids) that have it."""
        refs = [self.refs[key] for key in sorted(set(chains))]
        names = [ref.caption for ref in refs]
        return NotFound(
            f"“{segment}”是{'、'.join(names)}的环节，产业链请写{'或'.join(names)}"
            f"（--chain {names[0]}） · {segment} is a segment of {', '.join(names)}: "
            f"give that as the chain (--chain {names[0]})",
            found=asked[:_MOST],
            expected=[ref.id for ref in refs],
            near=[f"{ref.caption} ({ref.id})" for ref in refs],
        )

    def _several(self, asked: str, keys: Sequence[str]) -> BadInput:
        told = [f"{self.refs[key].caption} ({key})" for key in keys[:_NEAR]]
        return BadInput(
            f"{asked[:_MOST]!r} 有 {len(keys)} 条：{'、'.join(told)}，请用编号 · "
            f"{asked[:_MOST]!r} is the name of {len(keys)} chains: {', '.join(told)}; give the id",
            found=asked[:_MOST],
            expected=list(keys[:_NEAR]),
            near=told,
        )


async def chain_names(reader: Reader) -> ChainNames:
    """The chains that are recorded."""
    return ChainNames(await reader.rows("chain_names", {}, most=reader.limits.facts))


async def chain_named(reader: Reader, names: ChainNames, asked: str, *, linked: bool = False) -> Ref:
    """The chain that ``asked`` means.

    Parameters
    ----------
    linked : only a chain with segments is looked for where a segment of another chain has that very name.

    Raises
    ------
    NotFound
        There is no such chain; the error names near ones, or those that have a segment of that name.
    BadInput
        Several have that name.
    """
    found = names.find(asked)
    if found is not None and (found.id in names.with_segments or not linked):
        return found
    text = asked.strip()[:_MOST]
    rows = await reader.rows("chains_of_segment_name", {"asked": text}, DEPTH=reader.limits.depth)
    if rows:
        raise names.pointing(text, rows[0]["segment"], [row["chain"] for row in rows])
    if found is None:
        raise names.unknown(text)
    return found


def _names(node: Row) -> tuple[tuple[str, ...], ...]:
    full = (node["name"], node["caption"])
    others = (node["name_en"], *(node["aliases"] or ()))
    return tuple(
        tuple(dict.fromkeys(n for one in some if one and (n := normal(str(one)))))
        for some in (full, (node["short_name"],), others)
    )
