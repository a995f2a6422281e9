"""The stamp on the graph: whose it is, which revision it shows, whether it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from graph.errors import ForeignGraph

META_LABEL = "LianpuMeta"
META_ID = "meta"
READ_META = f"MATCH (m:{META_LABEL}) RETURN properties(m) AS meta LIMIT 2"
WRITE_META = f"MERGE (m:{META_LABEL} {{id: $id}}) SET m = $props"
ANY_NODE = "MATCH (n) RETURN labels(n) AS labels LIMIT 1"


@dataclass(frozen=True, slots=True)
class MetaState:
    """The stamp.

    ``store_id`` names the truth store the graph shows, ``revision`` its revision, ``schema`` the form of
    the stored graph; ``state`` is ``applying`` while it is being changed, ``imported`` where it came whole by
    the bulk way and lacks its constraints, and ``whole`` else. ``token`` tells revisions of one number apart,
    as two copies of a data directory may have them.
    """

    store_id: str
    revision: int
    state: Literal["applying", "imported", "whole"]
    schema: int
    token: str = ""

    @property
    def mark(self) -> tuple[int, str]:
        """Revision and token."""
        return self.revision, self.token


def meta_statement(meta: MetaState) -> tuple[str, Mapping[str, Any]]:
    """The statement that puts ``meta`` on the graph, for use among others in one transaction."""
    return WRITE_META, {"id": META_ID, "props": {"id": META_ID, **asdict(meta)}}


def read_stamp(found: list[dict[str, Any]], expected_store_id: str | None, engine: str) -> MetaState:
    """The stamp among the properties of the meta nodes found (one or more).

    Raises
    ------
    ForeignGraph
        If it is not a stamp of ours, or names another store than ``expected_store_id``.
    """
    try:
        (row,) = found
        meta = MetaState(**{key: value for key, value in row["meta"].items() if key != "id"})
    except (TypeError, ValueError) as error:
        raise ForeignGraph(f"{engine} holds a stamp that this version cannot read: {error}.") from error
    if expected_store_id is not None and meta.store_id != expected_store_id:
        raise ForeignGraph(
            f"{engine} holds the graph of another data directory (store {meta.store_id}, expected "
            f"{expected_store_id}). It was left as it is. Use another database, or the data directory it "
            "belongs to.",
            found=meta.store_id,
            expected=expected_store_id,
        )
    return meta


def not_ours(labels: list[str], engine: str) -> ForeignGraph:
    """The error for nodes without a stamp."""
    return ForeignGraph(
        f"{engine} is not empty and bears no stamp of this program (a node has the labels "
        f"{', '.join(labels) or 'none'}). It was left as it is. Use an empty database.",
        labels=labels,
    )
