"""Hand-curated rows: files in the final table format, `<table>.csv` or `<table>.<part>.csv`."""

from pathlib import Path

from tools.gather.csvfile import read_csv
from tools.gather.tables import Tables


def add_curated(tables: Tables, folder: Path) -> None:
    """Add every row of the folder's files; ids may be raw or final."""
    for path in sorted(folder.glob("*.csv")):
        for line, row in read_csv(path):
            tables.add(path.stem.split(".")[0], f"curated/{path.name}:{line}", **row)
