"""The properties of a relation in one line, for tooltips, lists and tables."""

from __future__ import annotations

from graph.repository.models import LinkView
from viz.dates import show_term
from viz.facts import show_stored
from viz.show import Show


def relation_detail(show: Show, link: LinkView) -> str:
    """``产能 30GWh · 状态 在产 · 自 2022年``: the known properties of a relation as its class orders them."""
    props = link.props
    parts = [
        f"{prop.label.text(show.lang)} {show_stored(prop, props[name], show.lang)}"
        for name, prop in show.ontology.relation(link.cls).properties.items()
        if props.get(name) not in (None, "", [])
    ]
    if link.via is not None:
        parts.insert(0, show.t("common.via", name=link.via.caption))
    term = show_term(props.get("valid_from"), props.get("valid_to"), show.lang)
    return " · ".join([*parts, term] if term else parts)
