"""Prints the catalogue as Markdown."""

import sys

from cypher import catalogue
from cypher.document import document

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(document(catalogue()))
