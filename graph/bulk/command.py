"""What a person does with the files: the command, and the steps around it, in both languages."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from graph.bulk.options import OPTIONS_FILE


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do in Chinese and English, and the command for it."""

    zh: str
    en: str
    command: str = ""


def import_command(folder: Path, database: str = "neo4j", program: str = "bin/neo4j-admin") -> list[str]:
    """The import as arguments, for the machine where the files lie in ``folder``.

    ``program`` is Neo4j's own ``neo4j-admin``. The database's name comes first: options that take files
    would take it for one of theirs.
    """
    return [program, "database", "import", "full", database, f"@{(folder / OPTIONS_FILE).as_posix()}"]


def import_steps(folder: Path, database: str = "neo4j") -> list[Step]:
    """The steps from the files to a graph that is in use."""
    command = shlex.join(import_command(folder, database))
    return [
        Step(
            f"停下 Neo4j（导入只能在服务停着时做；数据库 {database} 的原有内容会整个换掉）",
            f"Stop Neo4j (the import needs it stopped; what the database {database} holds is replaced whole)",
            "bin/neo4j stop",
        ),
        Step(
            "以运行 Neo4j 的那个用户，在 Neo4j 的目录里导入；装了更多内存可调大 HEAP_SIZE",
            "Import, as the user that Neo4j runs as, in Neo4j's folder; with more memory, raise HEAP_SIZE",
            f"HEAP_SIZE=2g {command}",
        ),
        Step("启动 Neo4j", "Start Neo4j", "bin/neo4j start"),
        Step(
            "核对：第一次连接时建好约束和索引，再逐条比对，两个摘要应当相同",
            "Check: the first connection makes the constraints and indexes; both digests must be equal",
            "lianpu digest",
        ),
    ]
