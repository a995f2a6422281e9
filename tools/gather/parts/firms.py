"""Firms: each gathered row a statement about the firm it is, under the name of the row that was kept."""

import re
from collections.abc import Sequence

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault
from tools.gather.firm_names import FirmName, firm_name, is_chinese, normal
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.notes import clean_note
from tools.gather.parks import park_id
from tools.gather.places_within import finest
from tools.gather.tables import Tables
from tools.gather.trust import provenance

_WORKS = re.compile(r"\(|工厂|基地")


def build(tables: Tables, gathered: Gathered) -> None:
    """Add firms, and the organisations that a folder listed as firms; persons are never carried over."""
    former = {(row["id"], row["name"]) for _, row in read_csv(FOLDER / "former_names.csv")}
    places = {row["id"]: place_ref(row["place_code"]) for _, row in read_csv(FOLDER / "firm_places.csv")}
    groups: dict[str, list[GatheredRow]] = {}
    for name, row in gathered.firms.items():
        groups.setdefault(gathered.decisions.merged(f"firm/{name}"), []).append(row)
    for raw, rows in groups.items():
        kept = gathered.firms[raw.removeprefix("firm/")]
        if raw in gathered.organisations:
            _add_organisation(tables, gathered, raw, rows)
            continue
        place = places.get(raw) or _finest_place(raw, rows)
        for row in rows:
            _add(
                tables,
                gathered,
                row,
                kept=kept,
                place=place,
                former={name for at, name in former if at == raw},
            )


def _add(
    tables: Tables, gathered: Gathered, row: GatheredRow, *, kept: GatheredRow, place: str, former: set[str]
) -> None:
    shown = firm_name(kept)
    short = _short(shown, normal(kept["short_name"]))
    own = firm_name(row)
    names = dict.fromkeys([own.name, normal(row["short_name"]), *map(normal, row.many("aliases"))])
    others = [name for name in names if name and name not in (shown.name, short)]
    english = [name for name in others if not is_chinese(name)]
    park = park_id(row["park"], row["place_code"]) if row["park"] else None
    tables.add(
        "firms",
        row,
        id=f"firm/{kept['id']}",
        name=shown.name,
        short_name=short,
        name_en=english[0] if english else "",
        aliases=[name for name in others if name not in former and name not in english[:1]],
        former_names=[name for name in others if name in former],
        uscc=row["uscc"],
        stock_code=row.many("stock_code"),
        founded=row["founded"],
        products=row.many("products"),
        name_standing="full" if shown.full else "press",
        place=place if place_ref(row["place_code"]) == place else "",
        park=park,
        note=clean_note(own.mark, row["note"], "" if park or not row["park"] else f"园区写作“{row['park']}”"),
        **provenance(gathered, row),
    )


def _short(shown: FirmName, short: str) -> str:
    """The short name, unless it is the name itself or only that of the group whose works the name means."""
    of_group = not shown.full and short in shown.name and _WORKS.search(shown.name)
    return "" if short == shown.name or of_group else short


def _add_organisation(tables: Tables, gathered: Gathered, raw: str, rows: Sequence[GatheredRow]) -> None:
    for row in rows:
        tables.add(
            "organisations",
            row,
            id=raw,
            name=firm_name(row).name,
            aliases=row.many("aliases"),
            kind=gathered.organisations[raw][1],
            place=place_ref(row["place_code"]),
            **provenance(gathered, row),
        )


def _finest_place(raw: str, rows: Sequence[GatheredRow]) -> str:
    """The place within all the others (a county before its city). GatherFault when two exclude each other."""
    codes = finest(place_ref(row["place_code"]).removeprefix("place/") for row in rows)
    if len(codes) > 1:
        raise GatherFault(f"firm_places.csv: {raw} is in {sorted(codes)}, decide which")
    return place_ref("".join(codes))
