"""What can be loaded: the built-in tables, a folder of tables, a workbook, or any file with a mapping."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput
from graph.ontology import Ontology
from ingest.batches import Item
from ingest.mapping import Mapping, find_mapping, read_mapped
from ingest.tables import other_files, read_rows

#: Longest name of a dataset.
_NAME_LIMIT = 100
#: Id of the dataset that comes with the program, and the word for it on the command line.
BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class Input:
    """Something to load.

    Attributes
    ----------
    path : the folder or file. mapping : how its columns are read, where it is no Lianpu table.
    dataset, title, origin : what the dataset is called, for programs and for people, and where it comes from.
    options : what a call names besides the path: the mapping, the name.
    """

    path: Path
    dataset: str
    title: str
    origin: str
    mapping: Mapping | None = None
    options: tuple[str, ...] = ()

    def call(self, command: str) -> str:
        """The call of ``lianpu command`` with this input, as one types it."""
        return shlex.join(["lianpu", command, str(self.path), *self.options])

    def items(self, ontology: Ontology) -> Iterator[Item]:
        """The rows, and the faults and notes between them."""
        if self.mapping is not None:
            yield from read_mapped(self.path, self.mapping, ontology)
        else:
            yield from read_rows(self.path, ontology)

    def ignored(self) -> list[str]:
        """Files of the folder that are not read."""
        skip = self.dataset == BUILTIN or self.mapping is not None or not self.path.is_dir()
        return [] if skip else other_files(self.path)


def input_of(what: str | Path, *, name: str | None = None, mapping: Path | None = None) -> Input:
    """The input at ``what``, a folder or a file; its dataset is called ``name``, or after it.

    Raises
    ------
    BadInput
        There is nothing at that path, a name that no dataset may have, or a faulty mapping.
    """
    if not str(what).strip():
        raise BadInput(
            "没有写路径；应为 builtin、文件夹或文件 · found no path; expected builtin, a folder or a file"
        )
    path = Path(what).expanduser()
    if not path.exists():
        raise BadInput(
            f"{path}：没有这个文件夹或文件；应为放着链谱表的文件夹、工作簿（.xlsx）或 CSV · "
            f"{path}: found no folder or file; expected a folder of Lianpu tables, a workbook (.xlsx) "
            "or a CSV file",
            file=str(path),
        )
    how = None if mapping is None else find_mapping(str(mapping))
    resolved = path.resolve()
    called = (resolved.name if path.is_dir() else resolved.stem) if name is None else name.strip()
    clear = called.isprintable() and not any(mark in called for mark in "/\\\"'")
    if called in ("", ".", "..", BUILTIN) or len(called) > _NAME_LIMIT or not clear:
        raise BadInput(
            f"{path}：数据集不能叫 {called[:_NAME_LIMIT]!r}；用 --as 另起名字 · "
            f"{path}: a dataset may not be named {called[:_NAME_LIMIT]!r}; give another name with --as",
            file=str(path),
        )
    title = called if how is None or name else how.title
    options = [] if mapping is None else ["--mapping", str(mapping)]
    options += [] if name is None else ["--as", called]
    return Input(path, called, title, str(resolved), how, tuple(options))
