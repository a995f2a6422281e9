"""Governing bodies by the names that gathered rows use; one such name may stand for several bodies."""

from collections.abc import Mapping

from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.faults import GatherFault
from tools.gather.gathered import GatheredRow
from tools.gather.tables import Cell, Tables


class Bodies:
    """Names and bodies of bodies.csv (gathered, id, name, aliases, kind, place)."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._bodies: dict[str, list[dict[str, str]]] = {}
        for _, body in read_csv(FOLDER / "bodies.csv"):
            self._bodies.setdefault(body.pop("gathered"), []).append(body)

    def add(self, row: GatheredRow, name: str, common: Mapping[str, Cell]) -> list[str]:
        """Add the bodies a name stands for, with the common cells, and give their ids.

        Raises GatherFault for a name that the decisions do not have.
        """
        if name not in self._bodies:
            raise GatherFault(f"{row.origin}: organisation {name!r} is not in bodies.csv")
        bodies = self._bodies[name]
        for body in bodies:
            self._tables.add("organisations", row, **body, **common)
        return [body["id"] for body in bodies]
