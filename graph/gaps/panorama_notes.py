"""What a panorama cannot know, said beside it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.gaps.index import Index
from graph.gaps.models import Cell, ChainWide
from graph.repository.models import Text


def notes_of(index: Index, cells: Sequence[Cell], place: str, wide: Sequence[ChainWide] = ()) -> list[Text]:
    """What the answer made of ``cells``, and of what is said of the whole chain, rests on and lacks."""
    notes: list[Text] = []
    if not cells:
        return [
            Text(
                zh="此链没有环节的记录；先载入环节表（lianpu template --for 环节）",
                en="No segment of this chain is recorded; load some first (lianpu template --for segments)",
            )
        ]
    if all(_is_empty(cell) for cell in cells) and not any(said.reach == "here" for said in wide):
        notes.append(
            Text(
                zh="图里没有本地此链的任何记录（至所问日期）：没有记录不等于没有企业。"
                "载入 企业、企业环节、表述、覆盖声明 后再看（lianpu template）",
                en="Nothing about this chain here is in the graph (up to the day asked for); that does not "
                "mean nobody is there. Load firms, works-in, statements, coverages (lianpu template)",
            )
        )
    leaves = [cell for cell in cells if cell.leaf]
    declared = sum(cell.presence.declared_valid for cell in leaves)
    if declared and declared < len(leaves):
        notes.append(
            Text(
                zh=f"{len(leaves)} 个环节中只有 {declared} 个有有效的覆盖声明；"
                "其余的“缺”“弱”“外部依赖”只出自来源的表述",
                en=f"{declared} of {len(leaves)} segments have a valid coverage declaration; of the others "
                "missing, weak and outside dependence rest on cited statements only",
            )
        )
    if not any(cell.presence.declared_valid for cell in cells):
        notes.append(
            Text(
                zh="没有有效的覆盖声明：“缺”“弱”“外部依赖”只出自来源的表述，单点依赖无从判断",
                en="No valid coverage declaration: missing, weak and outside dependence rest on cited "
                "statements only, and single suppliers cannot be told",
            )
        )
    elsewhere = {
        work.site
        for cell in cells
        for one in index.below(cell.segment.id)
        for work in index.possible(one, place)
    }
    if elsewhere:
        notes.append(
            Text(
                zh=f"{len(elsewhere)} 个基地没有记地点或只记到上级地区，可能在本地，没有计入",
                en=f"{len(elsewhere)} sites are recorded for no place or only for one around this; they may "
                "be here and are not counted",
            )
        )
    return notes


def undated_notes(index: Index, cells: Sequence[Cell], place: str, *, earlier: bool) -> list[Text]:
    """That facts without any date count whatever the day: where the day asked for is ``earlier`` than today,
    or where none of what the verdicts on ``cells`` rest on is dated. Inputs between segments are left out."""
    keys: dict[bool, set[str]] = {True: set(), False: set()}
    for cell in cells:
        for work in index.present(cell.segment.id, place):
            keys[work.date is not None].add(work.key)
        bases = [cell.status.basis, cell.role.basis, *(risk.basis for risk in cell.risks)]
        facts = [fact for basis in bases for fact in basis.facts]
        for fact in (*facts, *(project.fact for project in cell.building)):
            if fact.kind != "input":
                keys[fact.date is not None].add(fact.key)
    undated, dated = len(keys[False]), len(keys[True])
    if not undated or not (earlier or not dated):
        return []
    if not dated:
        zh = f"所据的 {undated} 条事实全都没有日期，说的是哪一天看不出来"
        en = f"None of the {undated} facts behind the verdicts is dated: of which day they speak is not known"
    else:
        zh = f"所据的 {dated + undated} 条事实中有 {undated} 条没有日期"
        en = f"{undated} of the {dated + undated} facts behind the verdicts are not dated"
    if earlier:
        zh += f"；没有日期的不论问哪一天都算，到 {index.day} 是否已经如此，没有依据"
        en += f"; they count whatever the day, and nothing tells whether they held on {index.day}"
    return [Text(zh=zh, en=en)]


def _is_empty(cell: Cell) -> bool:
    """Whether nothing is recorded in the place for the cell."""
    presence = cell.presence
    return not (
        presence.by_status
        or presence.rates
        or presence.declared
        or cell.building
        or cell.risks
        or cell.status.basis.fact_count
    )
