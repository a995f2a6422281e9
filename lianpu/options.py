"""Options that several commands share, with one wording."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianpu.i18n import t

Json = Annotated[bool, typer.Option("--json", help=t("只输出 JSON", "Print JSON and nothing else"))]
Csv = Annotated[bool, typer.Option("--csv", help=t("只输出 CSV 表", "Print CSV and nothing else"))]
_CHAIN_HELP = t("产业链：如 new-energy 或 新能源", "Chain, such as new-energy or its Chinese name")
NeededChain = Annotated[str, typer.Option("--chain", metavar="CHAIN", show_default=False, help=_CHAIN_HELP)]
ChainName = Annotated[
    str | None, typer.Option("--chain", metavar="CHAIN", show_default=False, help=_CHAIN_HELP)
]
PlaceName = Annotated[
    str,
    typer.Option(
        "--place",
        metavar="PLACE",
        help=t(
            "地区或园区：名称、区划代码或编号，如 宜春市、360900、park/xiaolan",
            "Place or park by name, division code or id, such as 360900 or park/xiaolan",
        ),
    ),
]
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
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help=t(
            "映射文件：列怎样读（见 lianpu map）",
            "A mapping: how the columns are read (see lianpu map)",
        ),
    ),
]
DatasetName = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="NAME",
        help=t("数据集的名字，与 load 时相同", "Name of the dataset, as given to load"),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=t("已有的文件就替换", "Replace a file that is there"))]
NoInput = Annotated[
    bool, typer.Option("--no-input", help=t("从不提问，也不显示进度", "Never ask and show no progress"))
]
PlanOnly = Annotated[
    bool, typer.Option("--plan-only", help=t("只看会改什么，不写入", "Only show what would change"))
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=t("不问，直接做", "Do it without asking"))]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="TEXT",
        show_default=False,
        help=t("为什么（记在决定里）", "Why (kept with the decision)"),
    ),
]
VisibleTo = Annotated[
    str,
    typer.Option(
        "--visibility",
        metavar="LEVEL",
        help=t(
            "谁可见此决定：public、internal、secret（公开、内部、商业秘密）",
            "Who may see the decision: public, internal, secret",
        ),
    ),
]
