"""A chain neighbourhood as one file that opens from disk without a network."""

from __future__ import annotations

from typing import Any

from graph.office_time import office_today
from graph.ontology import Ontology
from graph.repository import FirmNeighbourhood
from viz.dates import show_date
from viz.evidence import Evidence
from viz.inline import PICTURE_SCRIPTS, PICTURE_STYLES, inline_script, inline_style, policy
from viz.panel import entity_panel, relation_panel
from viz.picture.files import MEDIA_TYPES, file_name, picture_csv, picture_json
from viz.picture.network import render_network
from viz.picture.picture import make_picture
from viz.show import Show
from viz.words import HTML_LANG, Lang


def draw_firm(
    neighbourhood: FirmNeighbourhood, ontology: Ontology, lang: Lang = "zh", evidence: Evidence | None = None
) -> str:
    """The neighbourhood as a self-contained HTML page; write it with ``encoding="utf-8"``.

    Parameters
    ----------
    neighbourhood : the answer about a firm.
    ontology : the classes, for labels and colours.
    lang : ``zh`` or ``en``.
    evidence : the rows behind nodes and relations by id and rid (``viz.evidence.evidence_of``), if the file
        is to show every recorded value with its own sources; without it a fact is shown with the sources of
        its node or relation.

    Returns
    -------
    str
        HTML with everything in it: styles, scripts, data and the facts of all nodes and relations. Its policy
        lets only its own scripts run and nothing be fetched.
    """
    show = Show(ontology, lang)
    picture = make_picture(show, neighbourhood)
    styles = [inline_style(name) for name in PICTURE_STYLES]
    scripts = [inline_script(name) for name in PICTURE_SCRIPTS]
    texts = {"csv": picture_csv(picture, lang), "json": picture_json(picture)}
    return render_network(
        picture,
        "drawing.html",
        t=show.t,
        html_lang=HTML_LANG[lang],
        csp=policy(scripts, styles),
        styles=styles,
        scripts=scripts,
        downloads=(),
        panels=_panels(show, neighbourhood, evidence or {}),
        files={
            kind: {"text": text, "name": file_name(picture, kind), "type": MEDIA_TYPES[kind]}
            for kind, text in texts.items()
        },
        made=show.t(
            "picture.made_by",
            date=show_date(office_today().isoformat(), lang),
            as_of=show_date(neighbourhood.as_of, lang),
        ),
    )


def _panels(show: Show, answer: FirmNeighbourhood, evidence: Evidence) -> dict[str, dict[str, Any]]:
    """What the panel shows of every node and relation, by id."""
    captions = {node.id: node.caption for node in answer.nodes}
    panels = {}
    for node in answer.nodes:
        rows = evidence.get(node.id)
        known = {**answer.cited, **(rows.cited if rows else {})}
        panels[node.id] = entity_panel(show, node, rows.items if rows else (), known)
    for link in answer.edges:
        rows = evidence.get(link.rid)
        known = {**answer.cited, **(rows.cited if rows else {})}
        panels[link.rid] = relation_panel(show, link, captions, rows.items if rows else (), known)
    return panels
