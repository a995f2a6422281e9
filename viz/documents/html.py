"""The pictures in one HTML file that opens without a network."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from viz.documents.content import Content
from viz.inline import inline_style, policy
from viz.templating import environment

_STYLE = "css/documents.css"


def pictures_html(content: Content, pictures: Mapping[str, str]) -> str:
    """One page with all pictures.

    Parameters
    ----------
    pictures : SVG text by name, as the modules of ``pictures`` make it (escaped by the XML writer).
    """
    drawn = {name: Markup(svg) for name, svg in pictures.items()}  # noqa: S704 - escaped by its writer
    style = inline_style(_STYLE)
    template = environment().get_template("documents_pictures.html")
    return template.render(
        title=content.title,
        as_of=content.as_of,
        pictures=drawn,
        style=style,
        policy=policy([], [style]),
    )
