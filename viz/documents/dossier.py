"""The visiting pack 拜访材料 as a document: who they are, what to talk about, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from docx.document import Document as Doc

from graph.gaps.candidate_models import Candidate, RelationPath
from graph.gaps.candidates.fit_models import Fit
from graph.gaps.dossier.models import Dossier, DossierGap, DossierPart
from graph.gaps.models import FactRef
from graph.ontology import Ontology
from graph.repository.models import Cited
from viz.documents.brief import list_sources
from viz.documents.content import Numbers, sources_of
from viz.documents.docx import new_document, paragraph, table
from viz.documents.lists import names

#: Widths of the columns of a table of facts, in centimetres.
_FACTS: Final = (2.4, 8.3, 2.6, 2.9)
_FIRMS: Final = 8
#: Whom a question is for.
_WHOM: Final = {"firm": "企业", "park": "园区"}


@dataclass(slots=True)
class DossierDocument:
    """One pack to write.

    Parameters
    ----------
    answer : what is recorded. made_at : when the document is made. visibility : the highest level
        among the facts of the data directory that are shown, in Chinese.
    """

    answer: Dossier
    ontology: Ontology
    made_at: str
    visibility: str
    used: list[int] = field(default_factory=list)

    def cited(self) -> Cited:
        """The sources of the answer."""
        return self.answer.cited

    def write(self, path: Path) -> None:
        """Write it to ``path``. Raises ``OSError`` where that cannot be written."""
        answer, numbers = self.answer, Numbers(self)
        firm, park = answer.firm.caption, answer.park.caption
        doc = new_document(f"{firm} 拜访材料", f"{firm} · {park} · 截至 {answer.as_of}")
        doc.add_heading(f"{firm}\n拜访材料", 0)
        areas = "、".join(area.caption for area in answer.areas)
        paragraph(
            doc,
            f"为{park}准备 · 截至 {answer.as_of} · {self.made_at} 由链谱编制 · "
            f"所据数据的可见范围：{self.visibility} · "
            f"“本地”指{areas} · 方括号中的数字是文末来源的编号，字母是来源等级（A 最好） · "
            "没有记录不等于没有",
            grey=True,
        )
        self._part(doc, numbers, "一、企业是谁", answer.who)
        self._part(doc, numbers, "二、做什么", answer.makes)
        self._dealings(doc, numbers)
        self._gaps(doc, numbers)
        self._part(doc, numbers, f"五、{park}能给什么", answer.offers)
        self._questions(doc)
        list_sources(doc, numbers, self.used, none="本材料没有引用来源。")
        doc.save(str(path))

    def _part(self, doc: Doc, numbers: Numbers, title: str, part: DossierPart) -> None:
        doc.add_heading(title, 1)
        if part.lines:
            self._facts(doc, numbers, part)
        if part.missing:
            paragraph(doc, "、".join(label.zh for label in part.missing) + "。", bold="没有记录的：")
        elif not part.lines:
            paragraph(doc, "什么也没有记录。")
        if part.total > len(part.lines):
            paragraph(doc, f"共有 {part.total} 条，这里列 {len(part.lines)} 条。", grey=True)

    def _facts(self, doc: Doc, numbers: Numbers, part: DossierPart) -> None:
        rows, before = [], ""
        for one in part.lines:
            label = one.label.zh
            rows.append(
                [
                    "" if label == before else label,
                    _says(one.fact),
                    one.fact.date or "",
                    self._mark(numbers, [one.fact]),
                ]
            )
            before = label
        table(doc, ["项目", "内容", "日期", "来源"], rows, _FACTS)

    def _dealings(self, doc: Doc, numbers: Numbers) -> None:
        answer = self.answer
        doc.add_heading("三、与本地的往来", 1)
        if answer.here.lines:
            paragraph(doc, "", bold="在本地已有：")
            self._facts(doc, numbers, answer.here)
        else:
            paragraph(doc, "没有记录它在本地有基地或项目。")
        if not answer.dealings:
            paragraph(doc, "没有记录它与本地的企业、机构有股权、供货、投资或合作关系（查到两步）。")
            return
        rows = [
            [
                one.path.to.caption + ("（链主或龙头）" if one.path.leader else ""),
                one.area.caption,
                _path(one.path),
                self._mark(numbers, [step.fact for step in one.path.steps]),
            ]
            for one in answer.dealings
        ]
        table(doc, ["本地的往来方", "在哪里", "怎样相关", "来源"], rows, (3.6, 2.6, 7.0, 3.0))
        if answer.dealing_count > len(rows):
            paragraph(doc, f"共 {answer.dealing_count} 家，这里列 {len(rows)} 家。", grey=True)

    def _gaps(self, doc: Doc, numbers: Numbers) -> None:
        answer = self.answer
        doc.add_heading("四、能补本地哪些缺口", 1)
        if not answer.gaps:
            paragraph(doc, "按已有记录，没有它能补的、有依据的缺口。这不说明没有缺口。")
        for gap in answer.gaps:
            self._gap(doc, numbers, gap)
        if answer.gap_count > len(answer.gaps):
            paragraph(doc, f"共 {answer.gap_count} 个，这里列前 {len(answer.gaps)} 个。", grey=True)
        if answer.suits:
            paragraph(doc, "", bold="它也适合、但现状不是缺口或还不清楚的环节：")
            rows = [
                [
                    one.segment.caption,
                    f"{one.match.label.zh}：{one.match.found}",
                    f"{one.status.label.zh}；{one.role.label.zh}",
                    self._mark(numbers, [*one.match.facts, *one.role.basis.facts[:2]]),
                ]
                for one in answer.suits
            ]
            table(doc, ["环节", "为什么适合", "现状；定位", "来源"], rows, (4.2, 5.6, 3.4, 3.0))

    def _gap(self, doc: Doc, numbers: Numbers, gap: DossierGap) -> None:
        one = gap.fit
        verdicts = "、".join([one.status.label.zh, *(risk.label.zh for risk in gap.risks)])
        doc.add_heading(f"{one.segment.caption}（{gap.place.caption}：{verdicts}）", 2)
        for basis in (one.status.basis, *(risk.basis for risk in gap.risks)):
            text = f"{basis.because.zh}。{_quoted(basis.facts)} {self._mark(numbers, basis.facts)}"
            paragraph(doc, text, bold=f"{basis.rule_name.zh}：")
        match = one.match
        text = f"{match.label.zh}，记录的是“{match.found}” {self._mark(numbers, match.facts)}"
        paragraph(doc, text, bold="为什么是它：")
        candidate = None if gap.asked is None else gap.asked.candidate
        if candidate is not None:
            self._score(doc, numbers, candidate, gap)
        elif gap.asked is not None:
            paragraph(doc, f"{gap.asked.because.zh}。", bold="与其他候选相比：")
        role = one.role
        actions = "、".join(action.label.zh for action in gap.actions) or "未给出"
        mark = self._mark(numbers, role.basis.facts)
        text = f"{role.label.zh}；对策：{actions}。{role.basis.because.zh} {mark}"
        paragraph(doc, text, bold="定位：")
        self._partners(doc, numbers, one)

    def _score(self, doc: Doc, numbers: Numbers, candidate: Candidate, gap: DossierGap) -> None:
        score = "未知" if candidate.score is None else f"{candidate.score:.2f}"
        standing = "" if gap.asked is None else f"{gap.asked.because.zh}；"
        told = f"{standing}得分 {score}（已知 {candidate.known:.0%}）。"
        paragraph(doc, told, bold="与其他候选相比：")
        rows = [
            [
                part.label.zh,
                "未知" if part.value is None else f"{part.value:.2f}",
                part.because.zh,
                self._mark(numbers, part.facts) if part.facts else "",
            ]
            for part in candidate.parts
        ]
        table(doc, ["分项", "得分", "依据", "来源"], rows, (3.0, 1.6, 8.6, 3.0))

    def _partners(self, doc: Doc, numbers: Numbers, one: Fit) -> None:
        for partner in one.partners:
            way = "可供给" if partner.way == "feeds" else "可采购自"
            more = f"等 {len(partner.firms)} 家" if len(partner.firms) > _FIRMS else ""
            text = f"{names(partner.firms[:_FIRMS])}{more} {self._mark(numbers, [partner.fact])}"
            paragraph(doc, text, bold=f"{way}{partner.segment.caption}：", indent=True)
        if one.here:
            paragraph(doc, f"{names(one.here[:_FIRMS])}。", bold="本地已在这个环节的：", indent=True)

    def _questions(self, doc: Doc) -> None:
        doc.add_heading("六、要问的", 1)
        asked = self.answer.questions
        if not asked:
            paragraph(doc, "没有缺的记录。")
            return
        rows = [[_WHOM[one.whom], one.ask.zh, ""] for one in asked]
        table(doc, ["问谁", "没有记录、要问清的", "答复"], rows, (1.6, 9.2, 5.4))
        for note in self.answer.notes:
            paragraph(doc, note.zh, grey=True)

    def _mark(self, numbers: Numbers, facts: Iterable[FactRef]) -> str:
        found = numbers.of(sources_of(facts))
        self.used += found
        return numbers.mark(found)


def _says(fact: FactRef) -> str:
    standing = (
        "（待核实）" if fact.standing == "unverified" else "（候选）" if fact.standing == "candidate" else ""
    )
    return f"{fact.says.zh}{standing}"


def _quoted(facts: Sequence[FactRef]) -> str:
    return "；".join(_says(fact) for fact in facts[:2])


def _path(path: RelationPath) -> str:
    """``甲 —供货给 铜箔→ 乙``, each step as it is recorded."""
    return "；".join(
        f"{step.source.caption} —{step.fact.says.zh or step.label.zh}→ {step.target.caption}"
        for step in path.steps
    )
