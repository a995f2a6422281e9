"""What ``lianpu fix`` is asked for, checked: an entity or relation, a property of it, a value that fits."""

from __future__ import annotations

import difflib
import re
from typing import Any

from graph.errors import BadInput, UsageError
from graph.values import Property, ValueFault, clean_cell
from ingest.lines import as_meant
from lianpu.i18n import LANG, t
from lianpu.labels import class_label
from lianpu.resolve import resolve
from lianpu.session import Session

_RID = re.compile(r"[0-9a-f]{24}")


async def fact_of(session: Session, typed: str) -> tuple[str, str]:
    """Key and class of the entity or relation meant by ``typed``. Raises ``NotFound``, ``Ambiguous``."""
    if _RID.fullmatch(typed.strip()):
        answer = await session.repository.relation(typed.strip())
        return answer.link.rid, answer.link.cls
    key = await resolve(session, typed)
    return key, (await session.repository.node(key)).cls


def property_of(session: Session, cls: str, typed: str) -> Property:
    """The property meant by its name or label, in any language.

    Raises
    ------
    BadInput
        The class has none of that name; the nearest are named. Or it tells relations of a pair apart, and so
        cannot be corrected.
    """
    ontology = session.ontology
    properties = ontology.entities[cls].properties if cls in ontology.entities else None
    keys: tuple[str, ...] = () if properties is not None else tuple(ontology.relations[cls].key)
    if properties is None:
        properties = ontology.relations[cls].properties
    names: dict[str, Property] = {}
    for prop in properties.values():
        for name in (prop.name, prop.label.zh, prop.label.en.lower()):
            names.setdefault(name, prop)
    found = names.get(typed.strip()) or names.get(typed.strip().lower())
    if found is None:
        near = difflib.get_close_matches(typed.strip().lower(), names, n=3, cutoff=0.4)
        some = list(dict.fromkeys(names[one].name for one in near)) or sorted(properties)
        tail = t("；相近的有：", "; near it: ") if near else t("；有：", "; there are: ")
        label = class_label(cls, ontology)
        told = t(f"{label}没有属性“{typed}”", f'{label} has no property "{typed}"')
        raise BadInput(
            told + tail + t("、", ", ").join(f"{properties[name].label.text(LANG)} {name}" for name in some),
            found=typed,
            near=some,
        )
    if found.name in keys:
        raise BadInput(
            t(
                f"“{found.label.zh}”用来区分同一对之间的关系，不能更正；用 --suppress 略去它，另载入对的",
                f'"{found.label.en}" tells relations of one pair apart and cannot be corrected; leave the '
                "relation out with --suppress and load the right one",
            ),
            found=found.name,
        )
    return found


def value_of(prop: Property, raw: str) -> Any:
    """The value, read as in a table, checked and cleaned. ``BadInput`` names property, found and expected."""
    try:
        value = clean_cell(prop, as_meant(prop, raw))
    except ValueFault as fault:
        raise BadInput(
            t(
                f"属性“{prop.label.zh}”（{prop.name}）：读到 {fault.found!r}，应为{fault.expected('zh')}",
                f"property {prop.label.en} ({prop.name}): found {fault.found!r}, "
                f"expected {fault.expected('en')}",
            ),
            property=prop.name,
            found=fault.found,
            expected=fault.expected(LANG),
        ) from fault
    if value is None:
        raise UsageError(
            t("值是空的；要略去这一项：--suppress", "The value is empty; to leave it out: --suppress"),
            property=prop.name,
        )
    return value
