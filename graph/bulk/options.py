"""The options of the import as a file of arguments (``neo4j-admin … @FILE``), one a line.

Options as in the Neo4j Operations Manual, "Import", of 5.26.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Literal, NamedTuple

from graph.bulk.member_file import ARRAY_DELIMITER, MemberFile

OPTIONS_FILE = "import.args"


class Group(NamedTuple):
    """Files of members that have the same labels or the same type."""

    kind: Literal["nodes", "relationships"]
    labels: str
    file: MemberFile


def import_options(groups: Sequence[Group], folder: Path) -> str:
    """The text of the file of arguments, for files that lie in ``folder`` where the import runs.

    No bad entry is tolerated; only files whose values hold line breaks are read in the slower way that these
    need; an existing database is replaced.
    """
    lines = [
        "--overwrite-destination=true",
        f"--array-delimiter=U+{ord(ARRAY_DELIMITER):04X}",
        "--bad-tolerance=0",
    ]
    broken = [_path(folder, group.file.path.name) for group in groups if group.file.broken]
    if broken:
        lines += [f"--multiline-fields={','.join(broken)}", "--multiline-fields-format=v2"]
    for kind, labels, file in groups:
        names = ",".join(_path(folder, path.name) for path in (file.header, file.path))
        lines.append(f"--{kind}={labels}={names}")
    return "".join(f'"{line}"\n' if " " in line else f"{line}\n" for line in lines)


def _path(folder: PurePath, name: str) -> str:
    return (folder / name).as_posix()
