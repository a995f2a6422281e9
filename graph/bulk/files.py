"""All members of a graph as the files of one import: a pair of files a class, and the import's options.

The folder is made whole or not at all: until it is finished, its files lie in a hidden folder beside it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.bulk.member_file import MemberFile
from graph.bulk.options import OPTIONS_FILE, Group, import_options
from graph.errors import BadInput
from graph.model import Node, Relation
from graph.store_dialect import ENTITY
from graph.store_meta import META_ID, META_LABEL, MetaState

Progress = Callable[[int], None]
#: Members between two calls of ``progress``.
_EVERY = 5000


@dataclass(frozen=True, slots=True)
class BulkFiles:
    """What was written: the folder, and members by class."""

    folder: Path
    nodes: dict[str, int]
    relations: dict[str, int]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for path in self.folder.iterdir())


def write_bulk(
    members: Iterable[Node | Relation],
    folder: Path,
    meta: MetaState,
    *,
    progress: Progress | None = None,
    seen_as: Path | None = None,
) -> BulkFiles:
    """Write ``members`` and the stamp ``meta`` as the files of one ``neo4j-admin database import full``.

    Parameters
    ----------
    members : nodes and relations in any order, each once; they are taken as they come.
    folder : the folder to make; it may be there if it is empty.
    meta : the stamp; ``imported`` and of the truth's revision, so that nothing is compared or written but the
        constraints, which the import does not make.
    progress : called with the number of members written, now and then and at the end.
    seen_as : the folder's path where the import will run, if that is another machine.

    Raises
    ------
    BadInput
        ``folder`` is not empty, is a file, cannot be written, or has a comma in its path.
    OntologyError
        A value cannot be imported as it is. Nothing is left behind then.
    """
    folder = folder.expanduser().absolute()
    _refuse(folder, seen_as or folder)
    try:
        partial = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
        partial.mkdir()
        try:
            files = _Files(partial)
            files.write(members, progress)
            files.stamp(meta)
            groups = files.close()
            text = import_options(groups, seen_as or folder)
            (partial / OPTIONS_FILE).write_text(text, encoding="utf-8")
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as error:
        raise BadInput(
            f"{folder} 不能写：{error.strerror} · {folder} cannot be written: {error.strerror}",
            file=str(folder),
        ) from error
    return BulkFiles(folder, files.count(Node), files.count(Relation))


def _refuse(folder: Path, seen_as: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} 是文件 · {folder} is a file", file=str(folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInput(f"{folder} 不是空的 · {folder} is not empty", file=str(folder))
    if not folder.parent.is_dir():
        raise BadInput(
            f"没有文件夹 {folder.parent} · there is no folder {folder.parent}", file=str(folder.parent)
        )
    if "," in str(seen_as):
        raise BadInput(
            f"{seen_as}：neo4j-admin 不接受路径里的逗号 · {seen_as}: neo4j-admin takes no comma in a path",
            file=str(seen_as),
        )


class _Files:
    """The files of all classes, made as their members come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nodes: dict[str, MemberFile] = {}
        self._relations: dict[str, MemberFile] = {}
        self._meta: MemberFile | None = None

    def write(self, members: Iterable[Node | Relation], progress: Progress | None) -> None:
        nodes, relations, done = self._nodes, self._relations, 0
        try:
            for member in members:
                if isinstance(member, Node):
                    file = nodes.get(member.cls) or self._open_nodes(member.cls)
                    file.add((member.id,), member.props, "id")
                else:
                    file = relations.get(member.cls) or self._open_relations(member.cls)
                    file.add((member.source, member.target), member.props)
                done += 1
                if progress is not None and not done % _EVERY:
                    progress(done)
        except BaseException:
            for file in (*nodes.values(), *relations.values()):
                file.discard()
            raise
        if progress is not None:
            progress(done)

    def stamp(self, meta: MetaState) -> None:
        self._meta = MemberFile(self._folder, META_LABEL, ("id:ID",))
        self._meta.add((META_ID,), asdict(meta))

    def close(self) -> list[Group]:
        groups = [Group("nodes", f"{ENTITY}:{cls}", file) for cls, file in sorted(self._nodes.items())]
        groups += [Group("relationships", cls, file) for cls, file in sorted(self._relations.items())]
        if self._meta is not None:
            groups.append(Group("nodes", META_LABEL, self._meta))
        for group in groups:
            group.file.close()
        return groups

    def count(self, kind: type[Node] | type[Relation]) -> dict[str, int]:
        files = self._nodes if kind is Node else self._relations
        return {cls: file.rows for cls, file in sorted(files.items())}

    def _open_nodes(self, cls: str) -> MemberFile:
        return self._nodes.setdefault(cls, MemberFile(self._folder, f"nodes-{cls}", ("id:ID",)))

    def _open_relations(self, cls: str) -> MemberFile:
        keys = (":START_ID", ":END_ID")
        return self._relations.setdefault(cls, MemberFile(self._folder, f"relations-{cls}", keys))
