"""Where what visitors change is done: the shell gives it, since it alone writes."""

from __future__ import annotations

from typing import Protocol


class Desk(Protocol):
    """Changes the target list."""

    async def change(
        self, pair: tuple[str, str], changes: dict[str, str | None], *, version: str | None, reason: str
    ) -> str:
        """Make or change the entry of a firm and a gap; its key.

        Parameters
        ----------
        pair : firm (id or name) and gap (id). changes : fields and their texts, empty to take a value out.
        version : the decision that was seen; if it is no longer the last, ``ChangedMeanwhile`` is raised.
            ``graph.targets.NEW``: the entry is to be made; ``BadInput`` where it is there.
        """
