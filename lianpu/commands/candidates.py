"""``lianpu candidates``: who could fill a link of a chain in a place, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.gaps.candidate_models import CandidateList, Order
from graph.gaps.candidates import (
    candidates_of_gap,
    only_asked,
    origins_named,
    weights_of_file,
    weights_of_pairs,
)
from lianpu.app import command
from lianpu.ask import ask
from lianpu.csv_out import print_csv
from lianpu.firms_named import firms_named
from lianpu.i18n import t
from lianpu.options import AsOf, Csv, Json, Limit
from lianpu.render.candidate_rows import CANDIDATE_COLUMNS, candidate_rows
from lianpu.render.candidates import show_candidates
from lianpu.resolve import resolve
from lianpu.session import Session

PANEL = "gaps"
PLACE = 30

_Gap = Annotated[
    str,
    typer.Argument(
        metavar="GAP",
        show_default=False,
        help=t(
            "缺口的编号，或 环节@地区，如 电解液@宜春市",
            "A gap by its id, or SEGMENT@PLACE by their names",
        ),
    ),
]
_Origins = Annotated[
    list[str] | None,
    typer.Option(
        "--origin",
        metavar="ORIGIN",
        help=t(
            "只要哪里的：省内、省外、境外、所在地未知，可多次",
            "Only firms from there: province, elsewhere, abroad, unknown; repeatable",
        ),
    ),
]
_Weights = Annotated[
    list[str] | None,
    typer.Option(
        "--weight",
        metavar="PART=NUMBER",
        help=t(
            "一项的权重，如 产品匹配=0.5，可多次", "The weight of a part, such as product=0.5; repeatable"
        ),
    ),
]
_WeightFile = Annotated[
    Path | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help=t("权重文件，每行一项，如 product: 0.5", "A file of weights, a part a line: product: 0.5"),
    ),
]
_Excluded = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="FIRM", help=t("不要这家企业，可多次", "A firm not wanted; repeatable")
    ),
]
_ExcludeFile = Annotated[
    Path | None,
    typer.Option(
        "--exclude-file",
        metavar="FILE",
        help=t("不要的企业的名单，每行一家", "A file of firms not wanted, one a line"),
    ),
]
_Why = Annotated[
    str | None,
    typer.Option(
        "--why",
        metavar="FIRM",
        help=t(
            "只答这家企业：为什么没有它，或它排在哪里",
            "Only about this firm: why it is not among them, or where it stands",
        ),
    ),
]
_Order = Annotated[
    Order,
    typer.Option(
        "--order",
        help=t(
            "组内按什么排：middle 未知项计一半，score 只看已知项，low 未知项计零",
            "What ranks in a group: unknown parts count half (middle), not at all (score), or as 0 (low)",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "candidates",
        "谁能补上一个环节：先列外地企业，再列本地企业可延伸；按产品找，分项评分，说明理由；没有记录的不算零分",
        "Who could fill a link: firms from outside, then firms here that may extend, by what they make, "
        "scored part by part with reasons; what is not recorded is not zero",
    )
    def candidates(
        gap: _Gap,
        *,
        origin: _Origins = None,
        weight: _Weights = None,
        weights: _WeightFile = None,
        exclude: _Excluded = None,
        exclude_file: _ExcludeFile = None,
        why: _Why = None,
        order: _Order = "middle",
        as_of: AsOf = None,
        limit: Limit = None,
        csv: Csv = False,
        json: Json = False,
    ) -> None:
        origins = origins_named(origin or ())
        weighed = {**({} if weights is None else weights_of_file(weights)), **weights_of_pairs(weight or ())}

        async def question(session: Session) -> CandidateList:
            answer = await candidates_of_gap(
                session.gaps,
                session.search,
                gap,
                as_of=as_of,
                weights=weighed,
                origin=origins,
                exclude=await firms_named(session, exclude or (), exclude_file),
                limit=limit,
                order=order,
                asked=None if why is None else await resolve(session, why, cls="Firm"),
            )
            return answer if why is None else only_asked(answer)

        if csv:
            ask(
                question,
                lambda answer, _: print_csv([t(*c) for c in CANDIDATE_COLUMNS], candidate_rows(answer)),
                json=False,
            )
        else:
            ask(question, show_candidates, json=json)
