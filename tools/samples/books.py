"""What stands in the three sample workbooks: ``books.yml``, read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

Cell = str | int | float | date | None


class Sheet(BaseModel):
    """One sheet: rows from the first on, merged areas, rows that are hidden."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    rows: list[list[Cell]]
    merged: list[str] = []
    hidden_rows: list[int] = []
    hidden: bool = False


class Book(BaseModel):
    """One workbook, and what a person changes in it after the check: sheet, cell, new value."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    sheets: list[Sheet]
    mends: list[list[Cell]]


def books() -> list[Book]:
    """The samples."""
    text = Path(__file__).with_name("books.yml").read_text(encoding="utf-8")
    return [Book.model_validate(book) for book in yaml.safe_load(text)]
