"""``lianpu resilience``: how the local supply net of a chain hangs together."""

from __future__ import annotations

import typer

from graph.gaps.whatif_models import Resilience
from lianpu.app import command
from lianpu.ask import ask
from lianpu.options import AsOf, Json, NeededChain, PlaceName
from lianpu.render.whatif import show_resilience
from lianpu.session import Session

PANEL = "gaps"
PLACE = 65


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "resilience",
        "一地一链的本地供应网：谁走了影响最大，哪里一断就散，替代者在哪",
        "The local supply net of a chain: whose loss breaks most, what parts it, who could stand in",
    )
    def resilience(
        chain: NeededChain, place: PlaceName = "江西省", *, as_of: AsOf = None, json: Json = False
    ) -> None:
        async def question(session: Session) -> Resilience:
            return await session.gaps.resilience(chain, place, as_of=as_of)

        ask(question, show_resilience, json=json)
