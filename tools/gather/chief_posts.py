"""Posts of the chain-chief system: which scheme, level, place, chain and role a gathered row speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.divisions import Divisions
from tools.gather.faults import GatherFault
from tools.gather.gathered import GatheredRow, chain_ref, place_ref

LEVELS = {"省级": "province", "市级": "city", "县级": "county", "园区": "park"}
ROLES = {
    "总链长": "general_chain_chief",
    "链长": "chain_chief",
    "链长制分工": "chain_chief",
    "链长办副主任": "chief_office",
    "特派员挂点": "liaison",
    "特派员驻企": "liaison",
    "挂点联系重大项目企业": "liaison",
    "负责未列入14条的其他产业链": "other",
}
NOT_TITLED = "未称链长"
SCHEME_NAMES = {"2023": "(2023年方案)", "2020": "(2020年方案)", "local": "(地方方案)", "none": ""}
#: First and last month of a scheme; that a post ends with its scheme is inferred.
SCHEME_SPAN = {"2023": ("2023-07", ""), "2020": ("2020-04", "2023-07")}
CLOSED = {"2020": "止期随2020年方案结束，推断"}


@dataclass(frozen=True)
class Spot:
    """Where a post stands: scheme, level, place id, chain id ("" for none) and role."""

    scheme: str
    level: str
    place: str
    chain: str
    role: str

    @property
    def post(self) -> str:
        """Id: post/<scheme>/<level>/<place code>/<chain>/<role>, without the chain where there is none."""
        chain = self.chain.rsplit("/", 1)[-1]
        parts = ("post", self.scheme, self.level, self.place.removeprefix("place/"), chain)
        return "/".join([*filter(None, parts), self.role.replace("_", "-")])

    @property
    def span(self) -> dict[str, str]:
        """The common cells valid_from and valid_to, as far as the scheme tells them."""
        first, last = SCHEME_SPAN.get(self.scheme, ("", ""))
        return {"valid_from": first, "valid_to": last}

    @property
    def closed(self) -> str:
        """A note where the end is inferred from that of the scheme."""
        return CLOSED.get(self.scheme, "")


class ChiefPosts:
    """Reads spots from rows; chain names are those of chief_chains.csv."""

    def __init__(self, divisions: Divisions) -> None:
        self._divisions = divisions
        rows = [row for _, row in read_csv(FOLDER / "chief_chains.csv")]
        self._ids = {row["gathered"]: row["id"] for row in rows}
        self._names = {row["id"]: row["name"] for row in rows}
        self.key_chains = tuple(
            row["id"] for row in rows if row["gathered"] == row["id"].removeprefix("chain/")
        )

    def chain(self, row: GatheredRow, text: str) -> str:
        """Chain id of a gathered slug or name, "" for none. Raises GatherFault for an unknown one."""
        if text and text not in self._ids:
            raise GatherFault(f"{row.origin}: chain {text!r} is not in chief_chains.csv")
        return self._ids.get(text, chain_ref(text))

    def spots(self, row: GatheredRow) -> Iterator[Spot]:
        """The posts of a row: one, or 12 where the 2023 scheme's chiefs are told without their chains."""
        role = "presided" if NOT_TITLED in row["post"] else ROLES.get(row["post"], "")
        if not role:
            raise GatherFault(f"{row.origin}: column post: found {row['post']!r}, expected {sorted(ROLES)}")
        scheme, chain = row["scheme"] or "none", self.chain(row, row["chain"])
        each = role == "chain_chief" and scheme == "2023" and not chain
        for one in self.key_chains if each else (chain,):
            yield Spot(scheme, LEVELS[row["level"]], place_ref(row["place_code"]), one, role)

    def name(self, spot: Spot, row: GatheredRow) -> str:
        """A name that can be read alone: place, level where not the place's own, chain, role, scheme."""
        place = self._divisions.get(spot.place.removeprefix("place/"))
        level = "" if place.level == spot.level else row["level"]
        chain = f"{self._names[spot.chain]}产业链" if spot.chain else ""
        role = "链长" if spot.role == "chain_chief" else row["post"]
        return f"{place.name}{level}{chain}{role}{SCHEME_NAMES[spot.scheme]}"
