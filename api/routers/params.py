"""Parameters that several resources take."""

from typing import Annotated, Any

from fastapi import Path, Query

EntityId = Annotated[
    str,
    Path(
        max_length=200, description="编号 · id such as firm/jiangxi-copper", examples=["firm/jiangxi-copper"]
    ),
]
AsOf = Annotated[
    str | None,
    Query(
        max_length=20,
        description="年、月或日，不写为今天 · the day, month or year the answer speaks of, else today",
        examples=["2024-07-01"],
    ),
]
Cursor = Annotated[str | None, Query(max_length=250, description="上一页的 next · `next` of the page before")]


def limit_up_to(most: int, default: int) -> Any:
    """What bounds the parameter ``limit`` of a list that has at most ``most`` items."""
    return Query(
        ge=1, le=most, description=f"最多几条，默认 {default} · items at most; {default} if not given"
    )
