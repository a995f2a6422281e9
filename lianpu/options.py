"""Options that several commands share, with one wording."""

from __future__ import annotations

from typing import Annotated

import typer

from lianpu.i18n import t

Json = Annotated[bool, typer.Option("--json", help=t("只输出 JSON", "Print JSON and nothing else"))]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, max=1000, help=t("最多几条", "Most entries to give"))
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help=t(
            "按哪一天的情况（2024、2024-07 或 2024-07-01）", "As of which day (2024, 2024-07 or 2024-07-01)"
        ),
    ),
]
Entity = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        show_default=False,
        help=t(
            "标识、不带前缀的标识，或确切的名称、别名",
            "An id, an id without prefix, or an exact name or alias",
        ),
    ),
]
NoInput = Annotated[
    bool, typer.Option("--no-input", help=t("从不提问，也不显示进度", "Never ask and show no progress"))
]
