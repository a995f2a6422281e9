"""Write the sample workbooks: ``python -m tools.samples FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.samples.books import books
from tools.samples.write import write_book

for book in books():
    folder = Path(sys.argv[1])
    write_book(book, folder / f"{book.name}.xlsx", mended=False)
    write_book(book, folder / f"{book.name}-mended.xlsx", mended=True)
