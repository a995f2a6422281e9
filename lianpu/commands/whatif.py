"""``lianpu whatif``: what changes in a chain in a place if firms, places or links go, or a firm comes."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.errors import UsageError
from graph.gaps.whatif import STEPS, Supposed
from graph.gaps.whatif_models import WhatIf
from lianpu.app import command
from lianpu.ask import ask
from lianpu.i18n import t
from lianpu.options import AsOf, Json, NeededChain, PlaceName
from lianpu.render.whatif import show_what_if
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "gaps"
PLACE = 60


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "whatif",
        "假如：去掉企业、园区、地区或环节，或加上一家，判断怎样变，下游波及到哪",
        "What if firms, parks, places or links go, or a firm comes: verdicts that change, links reached",
    )
    def whatif(
        chain: NeededChain,
        place: PlaceName = "江西省",
        *,
        without: Annotated[
            list[str] | None,
            typer.Option(
                "--without",
                metavar="NAME",
                help=t(
                    "去掉的企业、园区、地区或环节，可写多次",
                    "A firm, park, place or segment that goes; repeatable",
                ),
            ),
        ] = None,
        added: Annotated[
            list[str] | None,
            typer.Option(
                "--with",
                metavar="FIRM@SEGMENT",
                help=t(
                    "来此地开工的企业和环节，可写多次", "A firm that comes, and in which segment; repeatable"
                ),
            ),
        ] = None,
        steps: Annotated[int, typer.Option("--steps", help=t("往下游看几步", "Steps downstream"))] = STEPS,
        as_of: AsOf = None,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> WhatIf:
            supposed = await _supposed(session, without or [], added or [])
            return await session.gaps.what_if(chain, place, supposed, steps=steps, as_of=as_of)

        ask(question, show_what_if, json=json)


async def _supposed(session: Session, without: list[str], added: list[str]) -> Supposed:
    gone = [await resolve(session, name, cls="Firm") for name in without]
    pairs = []
    for pair in added:
        firm, at, segment = pair.rpartition("@")
        if not (at and firm and segment):
            zh, en = f"--with {pair}：应为 企业@环节", f"--with {pair}: FIRM@SEGMENT is expected"
            raise UsageError(t(zh, en), found=pair)
        pairs.append(
            (await resolve(session, firm, cls="Firm"), await resolve(session, segment, cls="Segment"))
        )
    classes = {one: session.ontology.entity_of_id(one).name for one in gone}
    for one, cls in classes.items():
        if cls not in ("Firm", "Segment", "Place", "Park", "Zone"):
            zh = f"--without {one}：应为企业、园区、地区或环节"
            raise UsageError(t(zh, f"--without {one}: a firm, park, place or segment is expected"), found=one)
    return Supposed(
        firms=tuple(one for one in gone if classes[one] == "Firm"),
        segments=tuple(one for one in gone if classes[one] == "Segment"),
        places=tuple(one for one in gone if classes[one] in ("Place", "Park", "Zone")),
        added=tuple(pairs),
    )
