"""Which place, park or zone is meant: by id, by division code, by a name with or without what it lies in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.errors import BadInput, NotFound
from graph.gaps.facts import ParkFact
from graph.gaps.places import PlaceTree
from graph.gaps.rows import parks, place_tree
from graph.repository.models import Ref
from graph.repository.reader import Reader, Row
from graph.search.normal import normal

#: The wider level is meant where a short name has several: 南昌 is the city and not the county.
_LEVELS: Final = ("country", "province", "city", "county", "town")
_SUFFIX: Final = re.compile(r"(?<=..)(?:省|市|县|区|乡|镇)$")
#: Characters of a name that are looked at, and near names that are told.
_MOST, _NEAR = 100, 5


@dataclass(frozen=True)
class Gazetteer:
    """The places, parks and zones there are, by their names.

    ``places``, ``parks`` and ``zones`` are rows of ``gap_places``, ``gap_parks`` and ``gap_zones``.
    """

    places: Sequence[Row]
    parks: Sequence[Row]
    zones: Sequence[Row] = ()

    @cached_property
    def tree(self) -> PlaceTree:
        """What lies in what."""
        return place_tree(self.places)

    @cached_property
    def by_park(self) -> dict[str, ParkFact]:
        """The parks, by id."""
        return parks(self.parks)

    @cached_property
    def refs(self) -> dict[str, Ref]:
        """Each place, park and zone, by id."""
        found = {
            row["node"]["id"]: Ref(id=row["node"]["id"], cls=cls, caption=row["node"]["caption"])
            for cls, rows in (("Place", self.places), ("Park", self.parks))
            for row in rows
        }
        return found | {r["zone"]: Ref(id=r["zone"], cls="Zone", caption=r["name"]) for r in self.zones}

    @cached_property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The normal forms of the names of each place, park and zone, the full one first, by id."""
        found = {row["node"]["id"]: _place_names(row) for row in self.places}
        found |= {row["node"]["id"]: _park_names(row) for row in self.parks}
        return found | {row["zone"]: _normal([row["name"]]) for row in self.zones}

    def find(self, asked: str) -> Ref:
        """The place, park or zone that ``asked`` means.

        Parameters
        ----------
        asked : ``place/360900``, ``park/…``, ``360900``, a name (宜春, 宜春市), a name after what it lies in
            (赣州市于都县), a name or alias of a park, or the name of a zone.

        Raises
        ------
        NotFound
            None has that id, code or name; the error names near ones.
        BadInput
            Several have that name.
        """
        text = "".join(asked.split())[:_MOST]
        if found := self.refs.get(text) or self.refs.get(f"place/{text}"):
            return found
        name = normal(text)
        full = [key for key, names in self.names.items() if name and name == names[0]]
        for some in (full, self._narrowed(self._called(name)), self._narrowed(self._told(name))):
            if len(some) == 1:
                return self.refs[some[0]]
            if some:
                raise _several(asked, [self.refs[key] for key in some], self.tree)
        raise self._unknown(asked, name)

    def _called(self, name: str) -> list[str]:
        return [key for key, names in self.names.items() if name and name in names]

    def _told(self, name: str) -> list[str]:
        """The places whose name ends ``name`` where the rest names what they lie in, from the outside in."""
        return [
            row["node"]["id"]
            for row in self.places
            if any(
                name.endswith(own) and self._consumed(name[: -len(own)], self._outer(row["node"]["id"]))
                for own in self.names[row["node"]["id"]]
            )
        ]

    def _outer(self, key: str) -> Sequence[str]:
        return [p for p in self.tree.chain(key)[1:] if p in self.names]

    def _consumed(self, rest: str, outer: Sequence[str]) -> bool:
        if not rest:
            return True
        return any(
            rest.endswith(name) and self._consumed(rest[: -len(name)], outer[at + 1 :])
            for at, key in enumerate(outer)
            for name in self.names[key]
        )

    def _narrowed(self, keys: Sequence[str]) -> list[str]:
        """Those of the widest level; a park only where no place has the name."""
        levels = [self._level(key) for key in keys]
        return [key for key, level in zip(keys, levels, strict=True) if level == min(levels)]

    def _level(self, key: str) -> int:
        node = self.tree.nodes.get(key)
        if node is None:
            return len(_LEVELS) + 1
        return _LEVELS.index(node.level) if node.level in _LEVELS else len(_LEVELS)

    def _unknown(self, asked: str, name: str) -> NotFound:
        by_name: dict[str, str] = {}
        for key, names in self.names.items():
            for one in (*names, normal(key.partition("/")[2])):
                by_name.setdefault(one, key)
        holding = sorted((n for n in by_name if name and (name in n or n in name)), key=len, reverse=True)
        near = holding + difflib.get_close_matches(name, list(by_name), n=_NEAR, cutoff=0.5)
        refs = {by_name[n]: self.refs[by_name[n]] for n in near}
        told = [f"{ref.caption} ({ref.id})" for ref in list(refs.values())[:_NEAR]]
        zh = f"，相近的有 {'、'.join(told)}" if told else "；可用 lianpu find 查地区与园区"
        en = f"; near names are {', '.join(told)}" if told else "; lianpu find looks up places and parks"
        return NotFound(
            f"没有地区或园区 {asked[:40]!r}{zh} · there is no place or park {asked[:40]!r}{en}",
            found=asked[:40],
            expected=[ref.id for ref in list(refs.values())[:_NEAR]],
            near=told,
        )


async def gazetteer(reader: Reader, day: str) -> Gazetteer:
    """The places, parks and zones that are recorded, as they lie on ``day``."""
    most = reader.limits.facts
    places = await reader.rows("gap_places", {"day": day}, most=most)
    parks = await reader.rows("gap_parks", {}, most=most)
    return Gazetteer(places, parks, await reader.rows("gap_zones", {}, most=most))


async def resolve_place(reader: Reader, asked: str, day: str) -> Ref:
    """The place or park that ``asked`` means on ``day``; see ``Gazetteer.find`` for forms and errors."""
    return (await gazetteer(reader, day)).find(asked)


def _place_names(row: Row) -> tuple[str, ...]:
    node = row["node"]
    names = [str(node["name"] or node["caption"]), str(node["caption"])]
    return _normal([*names, *(_SUFFIX.sub("", n) for n in names), str(node["code"] or "")])


def _park_names(row: Row) -> tuple[str, ...]:
    node = row["node"]
    return _normal([str(node["name"] or node["caption"]), str(node["caption"]), *(node["aliases"] or ())])


def _normal(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(n for n in map(normal, names) if n)) or ("",)


def _several(asked: str, refs: Sequence[Ref], tree: PlaceTree) -> BadInput:
    told = []
    for ref in refs[:_NEAR]:
        outer = tree.chain(ref.id)[1:2]
        where = f"，{tree.nodes[outer[0]].name}" if outer and outer[0] in tree.nodes else ""
        told.append(f"{ref.caption}（{ref.id}{where}）")
    return BadInput(
        f"{asked[:40]!r} 有 {len(refs)} 个：{'、'.join(told)}，请用编号 · "
        f"{asked[:40]!r} is the name of {len(refs)} places; give the id",
        found=asked[:40],
        expected=[ref.id for ref in refs[:_NEAR]],
        near=told,
    )
