"""The six ones of a cluster."""

from __future__ import annotations

from typing import Any, Final, Literal

from graph.errors import BadInput
from graph.repository.models import Citing, LinkView, Model, NodeView, Text
from graph.repository.neighbours import existing
from graph.repository.reader import Reader
from graph.repository.sources import cited, sources_in


class OneItem(Model):
    """Something that is one of a cluster's six ones; ``via`` says whether it belongs to the cluster itself
    (``cluster``), to its chain (``chain``) or to a firm in it (``member``)."""

    node: NodeView
    via: Literal["cluster", "chain", "member"]
    link: LinkView


class One(Model):
    """One of the six: what is recorded of it. Empty means that nothing is recorded."""

    key: str
    label: Text
    items: list[OneItem]


class SixOnes(Citing):
    """The 六个一 of a cluster."""

    cluster: NodeView
    ones: list[One]
    truncated: bool


_ONES: Final = (
    ("promotion_body", Text(zh="促进组织", en="promotion body")),
    ("alliance", Text(zh="联盟", en="alliance")),
    ("leader", Text(zh="链主", en="chain leader")),
    ("innovation_centre", Text(zh="创新中心", en="innovation centre")),
    ("fund", Text(zh="基金", en="fund")),
    ("college", Text(zh="学院", en="college")),
)
_OF_KIND: Final = {
    "promotion_body": "promotion_body",
    "alliance": "alliance",
    "college": "college",
    "university": "college",
}
_OF_CLASS: Final = {"Firm": "leader", "Platform": "innovation_centre", "Fund": "fund"}


async def six_ones(reader: Reader, cluster_id: str) -> SixOnes:
    """The six ones of a cluster (``cluster/…``, or what comes after the slash).

    Raises ``NotFound`` or ``BadInput`` for what is no cluster.
    """
    cluster_id = cluster_id if "/" in cluster_id else f"cluster/{cluster_id}"
    cluster = await existing(reader, cluster_id)
    if cluster.cls != "Cluster":
        raise BadInput(
            f"{cluster_id} 不是集群 · {cluster_id} is no cluster", found=cluster.cls, expected="Cluster"
        )
    most = reader.limits.list_max
    rows = await reader.rows("six_ones", {"id": cluster_id, "limit": most})
    items: dict[str, list[OneItem]] = {key: [] for key, _ in _ONES}
    for row in rows:
        key = _one_of(row["node"])
        if key is not None:
            link = reader.link_view(row["type"], row["link"], row["source"], row["target"])
            items[key].append(OneItem(node=reader.node_view(row["node"]), via=row["via"], link=link))
    answer = SixOnes(
        cluster=cluster,
        ones=[One(key=key, label=label, items=items[key]) for key, label in _ONES],
        truncated=any(sum(r["via"] == via for r in rows) == most for via in ("cluster", "chain", "member")),
    )
    return answer.model_copy(update={"cited": await cited(reader, sources_in(answer))})


def _one_of(node: dict[str, Any]) -> str | None:
    if node["cls"] == "Organisation":
        return _OF_KIND.get(node.get("kind", ""))
    return _OF_CLASS.get(node["cls"])
