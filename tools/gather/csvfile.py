"""Reading and writing the CSV files of the gather tools (UTF-8, header row, RFC 4180 quotes)."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tools.gather.faults import GatherFault


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number of the row's end, row) with every cell stripped.

    Raises GatherFault when a row has more or fewer cells than the header.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader, None)
        if header is None:
            return
        for cells in reader:
            if len(cells) != len(header):
                raise GatherFault(
                    f"{path}:{reader.line_num}: found {len(cells)} cells, expected {len(header)}"
                )
            yield reader.line_num, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows with the given columns in the given order; newline is LF so that the bytes are stable."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n", restval="", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)
