"""A draft mapping: the guesses, and the text of the YAML file that they make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.mapping.draft.guess import Guess, guess_columns
from ingest.mapping.draft.sample import sample
from ingest.mapping.draft.write import mapping_text


@dataclass(frozen=True, slots=True)
class Draft:
    """What was guessed of a file.

    Attributes
    ----------
    file, sheet : what was looked at. rows : how many rows of it.
    guesses : one for each column, in the order of the file.
    text : the mapping file, with the guesses that are sure enough as keys and the others as comments.
    """

    file: str
    sheet: str
    rows: int
    guesses: list[Guess]
    text: str

    def as_json(self) -> dict[str, object]:
        """JSON-ready."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "rows": self.rows,
            "columns": [guess.as_json() for guess in self.guesses],
            "mapping": self.text,
        }


def draft_mapping(path: Path, sheet: str | None = None) -> Draft:
    """Look at the first thousand rows of a table of firms, and draft a mapping for it.

    Parameters
    ----------
    path : CSV, text, xlsx or JSON-lines. sheet : of a workbook; else the first that is visible.

    Raises
    ------
    BadInput
        The file cannot be read, or has no headings.

    Notes
    -----
    A guess joins what the heading says (words in use, Chinese and English) with the share of values that have
    the fitting shape (check character, form of a code, endings such as 公司). Nothing is decided by it: the
    draft is to be read, mended and checked like any mapping.
    """
    found = sample(path, sheet)
    guesses = guess_columns(found.headings, found.rows)
    text = mapping_text(path.name, found.sheet, guesses)
    return Draft(path.name, found.sheet, len(found.rows), guesses, text)
