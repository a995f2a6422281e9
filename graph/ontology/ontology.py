"""The whole model: all classes, found by name, table, id or label."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from graph.errors import BadInput
from graph.ontology.model import EntityClass, RelationClass
from graph.values import EnumValue, Property

T = TypeVar("T")

_SLUG = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", re.ASCII)
_ID_LIMIT = 200


@dataclass(frozen=True)
class Ontology:
    """The model as read from its files.

    Attributes
    ----------
    entities, relations : classes by name, in the order of their groups.
    common : the columns every table has after its own, by name.
    keys : the columns ``id``, ``from`` and ``to`` that name a row's entity or ends, by name.
    lists : value lists shared by classes, by name.
    """

    entities: dict[str, EntityClass]
    relations: dict[str, RelationClass]
    common: dict[str, Property]
    keys: dict[str, Property]
    lists: dict[str, tuple[EnumValue, ...]]

    def entity(self, name: str) -> EntityClass:
        """The entity class ``name``; raises ``BadInput`` when there is none."""
        return _of(self.entities, name, "类别", "an entity class")

    def relation(self, name: str) -> RelationClass:
        """The relation class ``name``; raises ``BadInput`` when there is none."""
        return _of(self.relations, name, "关系", "a relation class")

    def table(self, name: str) -> EntityClass | RelationClass:
        """The class whose table has the English or Chinese ``name``; raises ``BadInput``."""
        return _of(self._tables, name.strip().lower(), "表名", "a table")

    def entity_of_id(self, entity_id: str) -> EntityClass:
        """The class of an id by its prefix.

        Raises
        ------
        BadInput
            An id that is not ``prefix/slug`` in lower-case Latin letters, digits and hyphens, or whose
            prefix no class has.
        """
        prefix, _, slug = entity_id.partition("/")
        if len(entity_id) > _ID_LIMIT or not _SLUG.fullmatch(slug):
            detail = (
                f"编号 {entity_id[:_ID_LIMIT]!r} 应为 类别/小写字母数字，如 firm/jiangxi-copper · "
                "an id is prefix/slug in lower-case letters, digits and hyphens, e.g. firm/jiangxi-copper"
            )
            raise BadInput(detail, found=entity_id[:_ID_LIMIT], expected="prefix/slug")
        return _of(self._prefixes, prefix, "编号前缀", "the prefix of an id")

    @cached_property
    def fingerprint(self) -> int:
        """48 bits that differ when any class, property or label differs."""
        classes = [c.model_dump(mode="json") for c in (*self.entities.values(), *self.relations.values())]
        common = [p.model_dump(mode="json") for p in self.common.values()]
        text = json.dumps([classes, common], ensure_ascii=False, sort_keys=True)
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")

    @cached_property
    def _prefixes(self) -> dict[str, EntityClass]:
        return {cls.prefix: cls for cls in self.entities.values()}

    @cached_property
    def _tables(self) -> dict[str, EntityClass | RelationClass]:
        classes: list[EntityClass | RelationClass] = [*self.entities.values(), *self.relations.values()]
        return {name.lower(): cls for cls in classes for name in (cls.table.en, cls.table.zh)}


def _of(classes: dict[str, T], name: str, what_zh: str, what_en: str) -> T:
    found = classes.get(name)
    if found is None:
        known = sorted(classes)
        detail = (
            f"没有{what_zh} {name[:80]!r}，已有 {', '.join(known)} · "
            f"{name[:80]!r} is not {what_en}; known are {', '.join(known)}"
        )
        raise BadInput(detail, found=name[:80], expected=known)
    return found
