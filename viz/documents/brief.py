"""The brief 简报: findings, each with the numbers of its sources; then what is not known, and the sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from docx.document import Document as Doc
from docx.shared import Cm

from graph.gaps.list_models import Amount, Line, Lists
from graph.gaps.models import FactRef, Finding, Gap, Reach
from graph.repository.models import Ref
from graph.targets import STATUSES
from viz.documents.content import Content, Numbers, Surroundings, facts_of, sources_of
from viz.documents.docx import landscape, new_document, paragraph, table
from viz.documents.gap_lists import NO_GAP, because, elsewhere, priority
from viz.documents.lists import names, source_text, zh
from viz.documents.pictures.frame import LOOKS
from viz.documents.pictures.png import png_size
from viz.documents.unknown_list import OPEN

#: Gaps, findings, tasks and leads that the brief tells; the workbook has all.
MOST: Final = 12
#: Firms named in one sentence.
_NAMED: Final = 6
#: Of which place a source speaks that speaks of the chain as a whole.
_REACHES: Final[dict[Reach, str]] = {
    "here": "来源说本地整条链（不据以判断各环节）",
    "around": "来源说上级地区整条链",
    "below": "来源说下级地区整条链",
}
#: Room for a picture on an A4 page across, in centimetres.
_PICTURE_CM: Final = (25.4, 15.6)


def write_brief(path: Path, content: Content, numbers: Numbers, pictures: Mapping[str, bytes]) -> None:
    """Write the brief to ``path``.

    Parameters
    ----------
    numbers : those of the workbook, so that both documents number alike.
    pictures : PNG by name; without any the brief names the SVG files.
    """
    doc = new_document(f"{content.title} 缺口与招商简报", f"{content.title} · 截至 {content.as_of}")
    doc.add_heading(f"{content.title}\n缺口与招商简报", 0)
    paragraph(
        doc,
        f"截至 {content.as_of} · {content.made_at} 由链谱编制 · 方括号中的数字是文末来源的编号，"
        "字母是来源等级（A 最好）· 详见同一文件夹的工作簿",
        grey=True,
    )
    used: list[int] = []
    _overview(doc, content)
    _recorded(doc, content, numbers, used)
    _wide(doc, content, numbers, used)
    _gaps(doc, content, numbers, used)
    _findings(doc, content, numbers, used)
    _unknown(doc, content)
    _leads(doc, content, numbers, used)
    list_sources(doc, numbers, used, none="本简报没有引用来源。")
    _pictures(doc, pictures)
    doc.save(str(path))


def _overview(doc: Doc, content: Content) -> None:
    doc.add_heading("一、总体情况", 1)
    answer, lists = content.panorama, content.lists
    total = sum(answer.counts.values())
    paragraph(
        doc,
        f"{content.chain}产业链有最细一级环节 {total} 个。在{content.place}记录到"
        f"企业 {_number(lists, 'firms')} 家、"
        f"项目 {_number(lists, 'projects')} 个、集群 {_number(lists, 'clusters')} 个、"
        f"政策 {_number(lists, 'policies')} 项；"
        f"有依据的缺口 {content.gaps.total} 个。没有记录不等于没有。",
    )
    counted = [(LOOKS[key].word, answer.counts.get(key, 0)) for key in LOOKS if key != "partly_unknown"]
    table(doc, [word for word, _ in counted], [[str(count) for _, count in counted]], [3.2] * len(counted))
    for note in dict.fromkeys(text.zh for text in (*answer.notes, *content.gaps.notes, *lists.notes)):
        paragraph(doc, note, grey=True)


def _number(lists: Lists, name: str) -> str:
    """How many there are; of a list that was cut, that there may be more."""
    least = lists.cut.get(name)
    return str(len(getattr(lists, name))) if least is None else f"至少 {least}"


def _recorded(doc: Doc, content: Content, numbers: Numbers, used: list[int]) -> None:
    """The first firms, clusters here and projects by name, each with its sources."""
    lists = content.lists
    told: dict[str, list[tuple[Line, Ref, str | None]]] = {
        "企业": [(f, f.firm, names(w.segment for w in f.works)) for f in lists.firms],
        "项目": [(p, p.project, _joined(zh(p.status), _given(p.investment))) for p in lists.projects],
        "集群": [(c, c.cluster, _joined(zh(c.level), zh(c.status))) for c in lists.clusters],
    }
    for name, rows in told.items():
        texts = [
            f"{ref.caption}{f'（{what}）' if what else ''} {_cited(numbers, used, fact)}"
            for fact, ref, what in rows[:_NAMED]
        ]
        more = f"；其余 {len(rows) - _NAMED} 个见工作簿" if len(rows) > _NAMED else ""
        if texts:
            paragraph(doc, f"{'；'.join(texts)}{more}。", bold=f"记录到的{name}：")


def _given(amount: Amount | None) -> str | None:
    return amount.given if amount else None


def _joined(*parts: str | None) -> str | None:
    return "，".join(part for part in parts if part) or None


def _wide(doc: Doc, content: Content, numbers: Numbers, used: list[int]) -> None:
    """What sources say of the chain as a whole, by whether they speak of the place itself."""
    for reach, name in _REACHES.items():
        said = [one for one in content.panorama.chain_wide if one.reach == reach]
        told = [
            f"{one.says.zh}{f'（{one.date}）' if one.date else ''} {_cited(numbers, used, one)}"
            for one in said[:_NAMED]
        ]
        rest = content.panorama.chain_wide_counts.get(reach, len(said)) - len(told)
        more = [f"{'另有' if told else '有'} {rest} 条"] if rest > 0 else []
        if told or more:
            paragraph(doc, f"{'；'.join(told + more)}。", bold=f"{name}：")


def _gaps(doc: Doc, content: Content, numbers: Numbers, used: list[int]) -> None:
    doc.add_heading("二、缺口（按定位和优先级）", 1)
    if not content.gaps.items:
        paragraph(
            doc,
            f"{NO_GAP}；要核实的环节见第四部分。",
        )
    for gap in content.gaps.items[:MOST]:
        _gap(doc, content, gap, _mark(numbers, used, sources_of(facts_of(gap))))
    if content.gaps.total > MOST:
        paragraph(doc, f"其余 {content.gaps.total - MOST} 个见工作簿《缺口清单》。", grey=True)


def _gap(doc: Doc, content: Content, gap: Gap, mark: str) -> None:
    cell, around = gap.cell, content.around.get(gap.id, Surroundings())
    verdicts = "、".join([cell.status.label.zh, *(risk.label.zh for risk in cell.risks)])
    doc.add_heading(f"{gap.rank}. {cell.segment.caption}：{verdicts}", 2)
    bases = [cell.status.basis, *(risk.basis for risk in cell.risks)]
    for basis in bases:
        paragraph(
            doc, f"{because(basis)} {mark if basis is bases[-1] else ''}", bold=f"{basis.rule_name.zh}："
        )
    actions = "、".join(action.label.zh for action in cell.actions) or "未给出"
    told = [f"对策：{actions}", f"定位：{cell.role.label.zh}", f"省内：{elsewhere(around)}"]
    if around.affected:
        several = f"等 {len(around.affected)} 家" if len(around.affected) > _NAMED else ""
        told.append(f"受影响的本地企业：{names(around.affected[:_NAMED])}{several}")
    if cell.priority is not None:
        told.append(f"优先级 {priority(cell.priority)}")
    if gap.candidates is not None:
        told.append(f"候选企业 {gap.candidates_told} 家")
    paragraph(doc, "；".join(told) + "。", grey=True)


def _findings(doc: Doc, content: Content, numbers: Numbers, used: list[int]) -> None:
    doc.add_heading("三、其他发现", 1)
    found = content.panorama.findings
    if not found:
        paragraph(doc, "按规则没有其他发现。")
    for number, finding in enumerate(found[:MOST], 1):
        mark = _mark(numbers, used, sources_of(finding.basis.facts))
        paragraph(doc, f"{finding.says.zh} {mark}", bold=f"{number}. {_about(finding)}")
    if len(found) > MOST:
        paragraph(doc, f"另有 {len(found) - MOST} 条，见工作簿《待核实与未知清单》。", grey=True)


def _about(finding: Finding) -> str:
    return (
        f"{finding.rule_name.zh}："
        if finding.segment is None
        else f"{finding.rule_name.zh}（{finding.segment.caption}）："
    )


def _pictures(doc: Doc, pictures: Mapping[str, bytes]) -> None:
    if not pictures:
        doc.add_heading("附图", 1)
        paragraph(doc, "本机没有中文字体，未能生成位图；图见同一文件夹的 SVG 文件和《图集.html》。")
        return
    landscape(doc)
    for name, png in pictures.items():
        across, high = png_size(png)
        doc.add_heading(f"附图：{name}", 1)
        doc.add_picture(BytesIO(png), width=Cm(min(_PICTURE_CM[0], _PICTURE_CM[1] * across / high)))


def _unknown(doc: Doc, content: Content) -> None:
    doc.add_heading("四、尚不知道的", 1)
    cells = [c for c in content.panorama.cells if c.leaf and c.status.value in OPEN]
    unknown = sum(1 for c in cells if c.status.value == "unknown")
    paragraph(
        doc,
        f"{unknown} 个环节什么也没有记录到，{len(cells) - unknown} 个环节有企业记录但强弱未定。"
        "它们不是“缺”，也不是“弱”，要先问清楚：",
    )
    items = content.worklist.items[:MOST]
    rows = [[t.segment.caption, t.status.label.zh, t.reason.zh, t.whom.zh] for t in items]
    if rows:
        table(doc, ["环节", "现状", "为什么要紧", "问谁"], rows, [3.6, 2.4, 6.4, 3.8])
    paragraph(doc, f"全部 {len(cells)} 个和要问的话见工作簿《待核实与未知清单》。", grey=True)


def _leads(doc: Doc, content: Content, numbers: Numbers, used: list[int]) -> None:
    doc.add_heading("五、招商目标与线索", 1)
    for booked in content.booked[:MOST]:
        entry = booked.target.entry
        parts = (STATUSES[entry.status].zh, entry.responsible, entry.next_step, entry.due)
        paragraph(
            doc,
            f"{'；'.join(part for part in parts if part)}（台账 {booked.target.version}）",
            bold=f"{booked.segment.caption}：{booked.firm.caption}。",
        )
    if len(content.booked) > MOST:
        paragraph(doc, f"台账其余 {len(content.booked) - MOST} 条见工作簿。", grey=True)
    told = [(found, one) for found in content.targets for one in found.items[:1]][:MOST]
    if not told:
        paragraph(doc, f"{no_target(content)}。")
        return
    paragraph(doc, "以下按规则从已有记录中找出，尚未接触，不代表意向；各缺口的前几家见工作簿。")
    for found, one in told:
        facts = [fact for match in one.matches for fact in match.facts]
        reasons = "；".join(f"{m.label.zh} {m.found}" for m in one.matches[:2])
        score = "未知" if one.score is None else f"{one.score:.2f}"
        where = names(one.places) or one.origin_label.zh
        where += "；已在本地，可延伸" if one.group == "local" else ""
        mark = _mark(numbers, used, sources_of(facts))
        text = f"{where}；{reasons}；得分 {score}（已知 {one.known:.0%}） {mark}"
        paragraph(doc, text, bold=f"{found.segment.caption}：{one.firm.caption}。")


def no_target(content: Content) -> str:
    """Why no firm is suggested."""
    if content.booked:
        return "没有按规则另外给出的候选企业"
    if not content.gaps.items:
        return "没有可据以判定的缺口，所以没有按规则给出候选企业；招商台账里也还没有（lianpu target 录入）"
    return "各缺口在已有记录里没有找到候选企业；招商台账里也还没有（lianpu target 录入）"


def _mark(numbers: Numbers, used: list[int], sources: Iterable[str]) -> str:
    return numbers.mark(_use(numbers, used, sources))


def _cited(numbers: Numbers, used: list[int], fact: Line | FactRef) -> str:
    return source_text(numbers, _use(numbers, used, fact.sources), fact.standing)


def _use(numbers: Numbers, used: list[int], sources: Iterable[str]) -> tuple[int, ...]:
    found = numbers.of(sources)
    used += found
    return found


def list_sources(doc: Doc, numbers: Numbers, used: Iterable[int], *, none: str) -> None:
    """The sources with the numbers ``used``, with publisher, date and grade; else the text ``none``."""
    doc.add_heading("来源", 1)
    wanted = set(used)
    for number, title, publisher, date, grade, url in numbers.views():
        if number in wanted:
            told = "，".join(part for part in (publisher, date, f"{grade} 级" if grade else "") if part)
            paragraph(doc, f"[{number}] {title}。{told} {url}", grey=True)
    if not wanted:
        paragraph(doc, none, grey=True)
