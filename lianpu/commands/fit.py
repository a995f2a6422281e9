"""``lianpu fit``: an investor is here; which links and parks suit, whom to meet, what forbids."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from graph.gaps.candidates.fit import fit as fit_of
from graph.gaps.candidates.fit_models import Fit, FitList
from lianpu.app import command
from lianpu.ask import ask
from lianpu.i18n import t
from lianpu.options import AsOf, ChainName, Json, Limit, PlaceName
from lianpu.render.gaps import as_of as day_text
from lianpu.render.gaps import fact_line, signed
from lianpu.render.words import heading, named, text
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "gaps"
PLACE = 40


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "fit",
        "客商来了：它适合补哪些环节、进哪个园区、和谁配套，什么不许",
        "An investor is here: which links and parks suit it, whom it would deal with, what forbids",
    )
    def fit(
        *,
        firm: Annotated[
            str | None, typer.Option("--firm", metavar="FIRM", help=t("哪家企业", "Which firm"))
        ] = None,
        product: Annotated[
            str | None,
            typer.Option("--product", metavar="PRODUCT", help=t("做什么产品", "What product it makes")),
        ] = None,
        place: PlaceName = "江西省",
        chain: ChainName = None,
        as_of: AsOf = None,
        limit: Limit = None,
        json: Json = False,
    ) -> None:
        async def question(session: Session) -> FitList:
            investor = None if firm is None else await resolve(session, firm, cls="Firm")
            gaps = session.gaps
            look = await gaps.look(place, chain=chain, as_of=as_of)
            return await fit_of(
                gaps.reader,
                look.index,
                gaps.rules,
                look.place.id,
                firm=investor,
                product=product,
                limit=limit,
            )

        ask(question, _show, json=json)


def _show(answer: FitList, out: Console) -> None:
    who = named(answer.firm) if answer.firm else t("此产品", "This product")
    out.print(f"[bold]{who} · {named(answer.place)}[/]  {day_text(answer.as_of)}")
    makes = escape(t("、", ", ").join(answer.makes)) or t("没有记录", "not recorded")
    out.print(f"{t('产品', 'Makes')}: {makes}")
    if not answer.items:
        out.print(t("没有适合的环节", "No link suits it"))
    for one in answer.items:
        _fit(one, out)
    if answer.total > len(answer.items):
        out.print(t(f"共 {answer.total} 个，--limit 可多列", f"{answer.total} in all: see --limit"))


def _fit(one: Fit, out: Console) -> None:
    chains = t("、", ", ").join(chain.caption for chain in one.chains)
    out.print(heading(one.segment.caption) + f" [dim]{escape(one.segment.id)}[/] {escape(chains)}")
    match = one.match
    wanted = f"{text(match.label)}: {escape(match.found)} → {escape(match.wanted)}"
    out.print(f"  {t('匹配', 'Match')} {match.value:.2f} — {wanted}")
    out.print(f"  {t('现状', 'Status')} {signed(one.status.value)} — {text(one.status.basis.because)}")
    colour = "red" if one.role.value == "unfit" else "default"
    out.print(f"  {t('定位', 'Role')} [{colour}]{text(one.role.label)}[/] — {text(one.role.basis.because)}")
    for park in one.parks:
        out.print(f"  {t('园区', 'Park')} {named(park.park)} — {fact_line(park.fact)}")
    for partner in one.partners:
        way = t("可供给", "would feed") if partner.way == "feeds" else t("可采购", "would buy from")
        firms = escape(t("、", ", ").join(firm.caption for firm in partner.firms[:8]))
        out.print(f"  {way} {named(partner.segment)}: {firms}")
    if one.here:
        firms = escape(t("、", ", ").join(firm.caption for firm in one.here[:8]))
        out.print(f"  {t('本地已有', 'Here already')}: {firms}")
