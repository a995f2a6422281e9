"""The pyvis network of a picture, rendered with our own template instead of pyvis' stock one."""

from __future__ import annotations

from typing import Any

from pyvis.network import Network

from viz.picture.picture import Picture
from viz.templating import environment

#: vis-network: positions are ours, nothing moves by itself, keys are handled by the page.
OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": False},
        "multiselect": False,
        "navigationButtons": False,
        "tooltipDelay": 200,
    },
    "nodes": {"shape": "custom", "physics": False},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
        "smooth": {"enabled": True, "type": "cubicBezier", "forceDirection": "none", "roundness": 0.35},
        "selectionWidth": 1.6,
        "hoverWidth": 1.2,
        "arrowStrikethrough": False,
    },
}


def network_of(picture: Picture) -> Network:
    """A directed pyvis ``Network`` that holds the picture's nodes and edges.

    The lists are filled directly: ``add_edge`` compares every edge with all others, and the picture's ids are
    already unique.
    """
    net = Network(height="100%", width="100%", directed=True, cdn_resources="local")
    net.nodes = picture.nodes
    net.edges = picture.edges
    net.options = OPTIONS
    return net


def render_network(picture: Picture, template: str, **context: Any) -> str:
    """The page ``template`` with the network in it.

    pyvis hands ``nodes``, ``edges`` and ``options`` to the template; ``context`` holds what else it needs.
    """
    net = network_of(picture)
    env = environment().overlay()
    env.globals = {**env.globals, **context, "p": picture}
    net.templateEnv = env
    net.path = template
    return str(net.generate_html())
