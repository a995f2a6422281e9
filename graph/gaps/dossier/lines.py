"""Lines of a pack from stored properties, entities and relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from graph.gaps.candidates.citing import both, of_common
from graph.gaps.dossier.models import DossierLine, DossierPart
from graph.gaps.models import FactRef
from graph.gaps.rows import common
from graph.ontology import Property
from graph.repository.models import Ref, Text
from graph.repository.reader import Reader

#: Lines of one part at most, and characters of one text.
MOST_LINES: Final = 40
_MOST_CHARS: Final = 300
Props = Mapping[str, Any]


def joined(*parts: Text | str | None) -> Text:
    """The parts that are known: ``A，B`` and ``A, B``."""
    known = [part if isinstance(part, Text) else both(part) for part in parts if part]
    return Text(zh="，".join(part.zh for part in known), en=", ".join(part.en for part in known))


def fact_of(
    props: Props, day: str, kind: str, says: Text, about: Ref | None = None, *own: str
) -> FactRef | None:
    """A fact by stored properties, dated by ``own``; ``None`` where it does not hold on ``day``."""
    shared = common(props, day, *own)
    return None if shared is None else of_common(shared, kind, says, about)


def line(label: Text, fact: FactRef | None) -> list[DossierLine]:
    """The line of a fact, none where there is no fact."""
    return [] if fact is None else [DossierLine(label=label, fact=fact)]


def property_lines(
    reader: Reader, cls: str, props: Props, day: str, names: Iterable[str], *, own: Sequence[str] = ()
) -> list[DossierLine]:
    """A line for each recorded property of an entity, labelled as in the ontology."""
    known = reader.ontology.entity(cls).properties
    about = Ref(id=props["id"], cls=cls, caption=props["caption"])
    found: list[DossierLine] = []
    for name in names:
        if (value := props.get(name)) not in (None, "", []):
            says = shown_value(reader, cls, known[name], value)
            found += line(Text.of(known[name].label), fact_of(props, day, cls, says, about, *own))
    return found


def missing_properties(reader: Reader, cls: str, props: Props, names: Iterable[str]) -> list[Text]:
    """The labels of those properties that are not recorded."""
    known = reader.ontology.entity(cls).properties
    return [Text.of(known[name].label) for name in names if props.get(name) in (None, "", [])]


def shown_value(reader: Reader, cls: str, prop: Property, value: Any) -> Text:
    """A stored value as text: the label of an enumerated one, several joined."""
    if prop.type == "enum" and isinstance(value, str):
        return reader.word(cls, prop.name, value) or both(value)
    if isinstance(value, list | tuple):
        return Text(zh="、".join(map(str, value))[:_MOST_CHARS], en=", ".join(map(str, value))[:_MOST_CHARS])
    return both(str(value)[:_MOST_CHARS])


def part(lines: Sequence[DossierLine], missing: Sequence[Text] = ()) -> DossierPart:
    """A part with its first lines."""
    return DossierPart(lines=list(lines[:MOST_LINES]), total=len(lines), missing=list(missing))
