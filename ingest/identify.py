"""Which firms of an input are known already: certain ones become merges, doubtful ones questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.decisions import Decision, Held
from graph.facts import Assertion
from graph.ontology import Ontology
from graph.truth import Merge, View
from ingest.match import Candidate, FirmRecord, Matcher, MatchIndex
from ingest.places import PlaceRecord, china
from ingest.sites import site_id

#: Firms of one input that are looked up among the known ones; of more the user is told.
MOST = 50_000
_OTHER_NAMES = ("short_name", "aliases", "former_names")


@dataclass(frozen=True, slots=True)
class Question:
    """A firm of the input that may be one of some known ones, best first; a person has to say.

    ``names`` has the names of the candidates by id.
    """

    firm: Assertion
    candidates: tuple[Candidate, ...]
    names: dict[str, str]

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "id": self.firm.key,
            "name": self.firm.props.get("name"),
            "table": self.firm.table,
            "row": self.firm.row,
            "candidates": [
                {
                    "id": c.id,
                    "name": self.names.get(c.id, c.id),
                    "score": round(c.score, 3),
                    "reasons": [{"code": r.code, "zh": r.zh, "en": r.en} for r in c.reasons],
                }
                for c in self.candidates
            ],
        }


@dataclass(slots=True)
class Identified:
    """Merges that are certain, questions, and how many firms were too many to look up."""

    merges: list[Merge] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    not_asked: int = 0


def answered_merges(stated: View, dataset: str, decisions: Iterable[Decision]) -> list[Decision]:
    """The merges of firms that people, not loads, made and that hold, of firms that ``dataset`` states."""
    made = [
        d
        for d in decisions
        if d.kind == "merge"
        and d.undone_at is None
        and d.load is None
        and str(d.payload["retire"]).startswith("firm/")
    ]
    here = {a.key for a in stated.of_keys([str(d.payload["retire"]) for d in made]) if a.dataset == dataset}
    return [d for d in made if d.payload["retire"] in here]


def identify(
    new: Sequence[Assertion], known: View, own: View, decisions: Iterable[Decision], ontology: Ontology
) -> Identified:
    """Who the ``new`` firms are among those of ``known``.

    Parameters
    ----------
    known : the facts without the input. own : the facts of the input, or all of them.
    decisions : those that hold: what was merged is not looked up again, what was told apart is no candidate.

    A firm that is the same brings its site along: it is the known firm's site, where that has just one, or
    one in the same place.
    """
    held = [d for d in decisions if d.undone_at is None]
    moved = Held(held, ontology).moved
    apart = {frozenset((d.payload["a"], d.payload["b"])) for d in held if d.kind == "distinct"}
    asked: dict[str, Assertion] = {}
    for a in new:  # in the order of the rows, of each firm the first
        if a.key not in moved:
            asked.setdefault(a.key, a)
    if not asked:
        return Identified()
    if len(asked) > MOST:
        return Identified(not_asked=len(asked))
    places = (*china(), *_places(known))
    firms = _heads(known.of_class("Firm"), moved)
    index = MatchIndex.build(_records(firms, _near(known, moved)), places)
    names = {head: str(group[0].props.get("name", head)) for head, group in firms.items()}
    matcher, found = Matcher(index), Identified()
    for record in _records({key: [a] for key, a in asked.items()}, _near(own, {}, set(asked))):
        answer = matcher.match(record)
        left = tuple(c for c in answer.candidates if not _told_apart(record.id, c.id, moved, apart))
        if len(left) < len(answer.candidates) and answer.kind == "same":
            continue  # a person said that they are two
        if answer.kind == "same":
            best = left[0]
            reason = "；".join(r.zh for r in best.reasons if r.weight > 0)
            found.merges += with_site(Merge(best.id, record.id, reason), known, own, ontology)
        elif answer.kind == "perhaps" and left:
            found.questions.append(
                Question(asked[record.id], left, {c.id: names.get(c.id, "") for c in left})
            )
    return found


def with_site(firm: Merge, known: View, own: View, ontology: Ontology) -> list[Merge]:
    """The merge of two firms, and that of the site that was made for the one with a site of the other."""
    made = site_id(firm.retire, ontology)
    if made in Held(own.decisions, ontology).moved:  # it came along before
        return [firm]
    operates = [a for a in known.ending_at([firm.keep]) if a.cls == "OPERATES" and a.source == firm.keep]
    sites = sorted({str(a.target) for a in operates})
    here = {str(a.target) for a in own.ending_at([made]) if a.cls == "LOCATED_IN"}
    near = sorted(
        {str(a.source) for a in known.ending_at(sites) if a.cls == "LOCATED_IN" and str(a.target) in here}
    )
    same = sites if len(sites) == 1 else near if len(near) == 1 else []
    has = any(a.cls == "OPERATES" and a.target == made for a in own.ending_at([made]))
    if not (same and has):
        return [firm]
    return [firm, Merge(same[0], made, f"随企业合并 · with its firm {firm.retire}")]


def _told_apart(one: str, other: str, moved: dict[str, str], apart: set[frozenset[str]]) -> bool:
    return any(frozenset((one, b)) in apart for b in {other, moved.get(other, other)})


def _heads(firms: Iterable[Assertion], moved: dict[str, str]) -> dict[str, list[Assertion]]:
    """What is stated of each firm, those that are merged together; its own statements first."""
    groups: dict[str, list[Assertion]] = defaultdict(list)
    for a in firms:
        groups[moved.get(a.key, a.key)].append(a)
    for head, group in groups.items():
        group.sort(key=lambda a: a.key != head)
    return groups


def _near(view: View, moved: dict[str, str], only: set[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Codes of the places of firms."""
    places: dict[str, set[str]] = defaultdict(set)
    relations = view.of_class("LOCATED_IN") if only is None else view.ending_at(sorted(only))
    for a in relations:
        if a.cls == "LOCATED_IN" and a.source is not None and a.source.startswith("firm/"):
            places[moved.get(a.source, a.source)].add(str(a.target).partition("/")[2])
    return {firm: tuple(sorted(codes)) for firm, codes in places.items()}


def _records(
    firms: Mapping[str, Sequence[Assertion]], near: dict[str, tuple[str, ...]]
) -> Iterator[FirmRecord]:
    for key, group in firms.items():
        first = group[0]
        others = [str(a.props.get("name", "")) for a in group[1:]]
        others += [name for a in group for p in _OTHER_NAMES for name in _texts(a.props.get(p))]
        yield FirmRecord(
            key,
            str(first.props.get("name", "")),
            tuple(dict.fromkeys(filter(None, others))),
            next((str(a.props["uscc"]) for a in group if a.props.get("uscc")), ""),
            tuple(dict.fromkeys(c for a in group for c in _texts(a.props.get("stock_code")))),
            near.get(key, ()),
            tuple(dict.fromkeys(p for a in group for p in _texts(a.props.get("products")))),
        )


def _places(view: View) -> list[PlaceRecord]:
    return [
        PlaceRecord(
            a.key.partition("/")[2],
            str(a.props.get("name", "")),
            aliases=tuple(_texts(a.props.get("aliases"))),
        )
        for a in view.of_class("Place")
    ]


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []
