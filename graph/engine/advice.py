"""From what size on the embedded engine is the wrong choice; measured, see ``docs/scale.md``."""

from __future__ import annotations

from dataclasses import dataclass

#: Relations from which on Neo4j is advised. Set by measurement, see ``docs/scale.md``.
EMBEDDED_RELATIONS = 500_000
#: Entities from which on Neo4j is advised.
EMBEDDED_NODES = 500_000


@dataclass(frozen=True, slots=True)
class Advice:
    """A word of advice before a large load, in both languages."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """English for ``en``, else Chinese."""
        return self.en if lang == "en" else self.zh


def embedded_advice(nodes: int, relations: int) -> Advice | None:
    """What to tell before ``nodes`` entities and ``relations`` relations go into the embedded engine.

    ``None`` where it is the right choice.
    """
    if nodes <= EMBEDDED_NODES and relations <= EMBEDDED_RELATIONS:
        return None
    most = f"{EMBEDDED_NODES:,}", f"{EMBEDDED_RELATIONS:,}"
    return Advice(
        f"图谱将有 {nodes:,} 个实体、{relations:,} 条关系，超过内置引擎合用的大小"
        f"（约 {most[0]} 个、{most[1]} 条）：写入要很久，查询会变慢，还要更大的 LIANPU_HEAP。"
        "请改用 Neo4j（设 LIANPU_NEO4J_URI），首次装入可用 lianpu bulk；见 docs/scale.md",
        f"The graph will have {nodes:,} entities and {relations:,} relations, more than the embedded engine "
        f"is good for (about {most[0]} and {most[1]}): writing takes long, questions get slow, and it needs "
        "a larger LIANPU_HEAP. Use Neo4j (set LIANPU_NEO4J_URI); its first load can go by lianpu bulk; "
        "see docs/scale.md",
    )
