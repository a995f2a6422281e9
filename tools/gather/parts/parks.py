"""Parks: the gathered list, and those that firms, projects and facts name beside it."""

from collections.abc import Iterator

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.fact_subjects import subject_refs
from tools.gather.facts import Cells, Decision, decided, parts, standing_by_grade
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.parks import park_id
from tools.gather.tables import Tables
from tools.gather.trust import provenance

LEVELS = {"国家级": "national", "省级": "provincial", "省级认定": "recognised"}
_TITLE_LEVELS = {"national": "国家级", "provincial": "省级"}


def build(tables: Tables, gathered: Gathered) -> None:
    """Add parks, the titles by which they hold their level, and their leading industries.

    Raises GatherFault for a gathered park that parks.csv leaves out, or a park that nothing names.
    """
    listed = {row["id"]: row for row in gathered.rows("parks")}
    words = {row["word"]: parts(row["about"]) for _, row in read_csv(FOLDER / "park_words.csv")}
    named = _named(gathered)
    for line, park in read_csv(FOLDER / "parks.csv"):
        if row := listed.pop(park["gathered"], None):
            _add_listed(tables, gathered, row, park, words=words)
            continue
        mentions = named.get(park["park"], [])
        mentions += [r for r in gathered.rows("parks") if r["id"] == park["mentioned_by"]]
        if not mentions:
            raise GatherFault(f"parks.csv:{line}: nothing names {park['park']}")
        for mention in mentions:
            _add(tables, mention, park, level=park["level"], **provenance(gathered, mention))
    if listed:
        raise GatherFault(f"parks.csv: gathered parks without a decision: {sorted(listed)}")


def _add_listed(
    tables: Tables, gathered: Gathered, row: GatheredRow, park: Decision, *, words: dict[str, list[str]]
) -> None:
    industries = [word for word in row["leading_industries"].split(";") if word]
    common = provenance(gathered, row) | {"standing": standing_by_grade(gathered, row)}
    area = f"{row['area_ha']}公顷" if row["area_ha"] else ""
    level = park["level"] or LEVELS[row["level"]]
    _add(tables, row, park, level=level, type=row["type"], area=area, positioning=industries, **common)
    for word in industries if park["positions"] != "no" else []:
        if word not in words:
            raise GatherFault(f"{row.origin}: column leading_industries: {word!r} is not in park_words.csv")
        for target in words[word]:
            tables.relate("positioned_for", row, park["park"], target, role="listed", text=word, **common)
    if park["title_kind"]:
        _add_title(tables, row, park, level=_TITLE_LEVELS[LEVELS[row["level"]]], common=common)


def _add(tables: Tables, row: GatheredRow, park: Decision, **cells: str | list[str]) -> None:
    code = park["place"] or row["place_code"]
    own: Cells = {
        "id": park["park"],
        "name": park["name"],
        "aliases": parts(park["aliases"]),
        "type": park["type"],
        "established": park["established"],
        "place": [place_ref(part) for part in parts(code)],
        "parent": park["parent"],
        "note": park["note"],
    }
    tables.add("parks", row, **(own | cells))


def _add_title(tables: Tables, row: GatheredRow, park: Decision, *, level: str, common: Cells) -> None:
    tables.add(
        "titles",
        row,
        id=f"title/{park['park'].removeprefix('park/')}/level",
        name=f"{park['name']}：{park['title_kind']}",
        kind=park["title_kind"],
        level=level,
        authority=park["title_authority"],
        doc_no=park["title_doc_no"],
        status="recognised",
        year=park["title_year"],
        holder=park["park"],
        **common,
    )


def _named(gathered: Gathered) -> dict[str, list[GatheredRow]]:
    """The gathered rows that name a park, by park."""
    named: dict[str, list[GatheredRow]] = {}
    for park, row in _mentions(gathered):
        named.setdefault(park, []).append(row)
    return named


def _mentions(gathered: Gathered) -> Iterator[tuple[str, GatheredRow]]:
    for table in ("firms", "projects"):
        for row in gathered.rows(table):
            if row["park"] and (park := park_id(row["park"], row["place_code"])):
                yield park, row
    for row in gathered.rows("places_facts"):
        yield from ((ref, row) for ref in subject_refs(row) if ref.startswith("park/"))
    for row, decision in decided(gathered, "positions.csv"):
        yield from ((ref, row) for ref in parts(decision["source"]) if ref.startswith("park/"))
