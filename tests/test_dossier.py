"""The visiting pack: what is recorded of a firm for a park, what becomes a question, and the document."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document

from api import Service, create_app
from graph.engine import EngineConfig
from graph.errors import BadInput, NotFound
from graph.gaps.dossier import Dossier, dossier
from graph.gaps.dossier.models import DossierPart
from graph.gaps.gaps import Gaps
from graph.limits import Limits
from graph.model import Node, Relation
from graph.ontology import Ontology
from graph.search import LiveSearch
from graph.store import open_store
from tests.gaps.candidate_sample import DAY, SEGMENT, asked_of
from tests.support.chain_sample import node, relation
from tests.support.databases import empty
from viz.documents.dossier import DossierDocument

PARK = "park/x"
MORE: list[Node | Relation] = [
    node(PARK, {"name": "某园区", "level": "provincial"}),
    node("factor/power", {"name": "专线", "kind": "power", "available": "3万千瓦", "as_of": "2024-03"}),
    node("factor/far", {"name": "别处的地", "kind": "land"}),
    node("policy/p", {"name": "某政策", "means": "贷款贴息"}),
    node("policy/over", {"name": "过期的政策", "validity": "2020", "validity_max": "2020-12-31"}),
    node(
        "statement/weak", {"name": "电解液薄弱", "kind": "gap", "gap_kind": "weak", "subject_kind": "place"}
    ),
    node("site/own", {"name": "甲的本地基地"}),
    relation(PARK, "LOCATED_IN", "place/360902", {}),
    relation(PARK, "POSITIONED_FOR", SEGMENT, {"role": "main"}),
    relation("factor/power", "ABOUT", PARK, {}),
    relation("factor/far", "ABOUT", "place/360600", {}),
    relation("policy/p", "LOCATED_IN", "place/360000", {}),
    relation("policy/over", "LOCATED_IN", "place/360000", {}),
    relation("statement/weak", "ABOUT", SEGMENT, {}),
    relation("statement/weak", "ABOUT", "place/360900", {}),
    relation("firm/a-maker", "OPERATES", "site/own", {}),
    relation("site/own", "IN_PARK", PARK, {}),
]


@dataclass(frozen=True, slots=True)
class Pack:
    """Asks for packs."""

    gaps: Gaps
    search: LiveSearch

    async def __call__(self, firm: str, park: str = PARK, **options: Any) -> Dossier:
        return await dossier(self.gaps, f"firm/{firm}", park, search=self.search, **options)


@pytest.fixture(scope="module")
async def pack(
    engine_config: EngineConfig, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Pack]:
    """Asks for packs over the sample, written once for this module."""
    await empty(engine_config)
    async with open_store(engine_config, ontology) as store:
        asked = await asked_of(store, tmp_path_factory.mktemp("dossier"), MORE)
        gaps = Gaps(store, ontology, Limits(), today=lambda: date.fromisoformat(DAY))

        yield Pack(gaps, asked.search)


def told(part: DossierPart) -> set[tuple[str, str]]:
    return {(line.label.zh, line.fact.says.zh) for line in part.lines}


async def test_who_it_is_what_it_makes_and_what_is_here_already(pack: Pack) -> None:
    answer = await pack("a-maker")
    assert [area.id for area in answer.areas] == [PARK, "place/360902", "place/360900"]
    assert {("名称", "甲"), ("证券代码", "600000.SH"), ("位于", "深圳市")} <= told(answer.who)
    assert ("产品", "动力电池电解液") in told(answer.makes)
    assert [line.fact.about.id for line in answer.here.lines if line.fact.about] == ["site/own"]
    assert {label.zh for label in answer.who.missing} >= {"统一社会信用代码", "状态", "认定与称号"}


async def test_whom_it_deals_with_here_is_told_with_the_path(pack: Pack) -> None:
    direct = await pack("a-maker")
    ((one,), count) = direct.dealings, direct.dealing_count
    assert (one.path.to.id, one.path.leader, one.area.id, count) == ("firm/lead", True, "place/360902", 1)
    assert [(s.source.id, s.relation, s.target.id) for s in one.path.steps] == [
        ("firm/a-maker", "SUPPLIES", "firm/lead")
    ]
    (two,) = (await pack("b-narrow")).dealings
    assert [(s.source.id, s.relation, s.target.id) for s in two.path.steps] == [
        ("firm/b-narrow", "SUBSIDIARY_OF", "firm/mother"),
        ("firm/mother", "SUPPLIES", "firm/lead"),
    ]
    assert (await pack("a-maker", "place/360600")).dealings == []


async def test_the_gap_is_told_where_it_is_one_and_how_the_firm_stands(pack: Pack) -> None:
    answer = await pack("a-maker")
    (gap,) = answer.gaps
    assert (gap.gap, gap.place.id) == ("new-energy/electrolyte@360900", "place/360900")
    assert (gap.fit.status.value, gap.fit.match.how) == ("weak", "product")
    assert gap.asked is not None
    assert gap.asked.candidate is not None
    assert SEGMENT not in {one.segment.id for one in answer.suits}
    nothing = await pack("z-fridge")
    assert (nothing.gaps, nothing.suits) == ([], [])


async def test_what_is_offered_and_what_of_it_is_not_recorded(pack: Pack) -> None:
    answer = await pack("a-maker")
    said = told(answer.offers)
    assert ("要素·电力", "专线，可供 3万千瓦") in said
    assert ("政策", "某政策，江西省，支持方式：贷款贴息") in said
    assert not any("过期" in text or "别处" in text for _, text in said)
    assert any(label == "产业定位" for label, _ in said)
    lacking = {label.zh for label in answer.offers.missing}
    assert {"土地", "面积"} <= lacking
    assert "电力" not in lacking
    asked = {(q.whom, q.ask.zh) for q in answer.questions}
    assert ("park", "某园区：土地（没有记录）") in asked
    assert any(whom == "firm" and "锂盐环节从哪里来" in text for whom, text in asked)


async def test_a_firm_of_which_little_is_known_gets_questions_and_no_invented_line(pack: Pack) -> None:
    answer = await pack("z-fridge", "袁州区")
    assert told(answer.who) == {("名称", "某家电")}
    assert (answer.here.lines, answer.dealings) == ([], [])
    asked = " ".join(q.ask.zh for q in answer.questions if q.whom == "firm")
    assert all(word in asked for word in ("所在地", "产能", "客户、供应商或合作方"))


async def test_bad_firms_and_parks_are_refused(pack: Pack) -> None:
    with pytest.raises(NotFound):
        await pack("nobody")
    with pytest.raises(NotFound):
        await pack("a-maker", "没有的园区")
    with pytest.raises(BadInput):
        await pack("a-maker", as_of="明天")


async def test_the_api_gives_the_same(pack: Pack, ontology: Ontology) -> None:
    unasked: Any = None
    service = Service(unasked, pack.search, unasked, unasked, ontology, "1", pack.gaps)
    transport = httpx.ASGITransport(create_app(service), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        given = await client.get("/api/v1/dossier", params={"firm": "firm/a-maker", "park": "某园区"})
        assert given.status_code == 200, given.text
        assert given.json() == (await pack("a-maker")).model_dump(mode="json")
        for firm, status in (("firm/nobody", 404), ("product/wanted", 422), ("?", 422)):
            refused = await client.get("/api/v1/dossier", params={"firm": firm, "park": PARK})
            assert refused.status_code == status, firm


@pytest.mark.parametrize("firm", ["a-maker", "z-fridge"])
async def test_each_number_in_the_document_is_a_source_at_its_end(
    pack: Pack, ontology: Ontology, tmp_path: Path, firm: str
) -> None:
    answer, path = await pack(firm), tmp_path / "pack.docx"
    DossierDocument(answer, ontology, "2024-07-01 08:00+08:00", "内部").write(path)
    doc = Document(str(path))
    texts = [p.text for p in doc.paragraphs]
    texts += [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    listed = {m for text in texts if (m := "".join(re.findall(r"^\[(\d+)\] ", text)))}
    used = {m for text in texts for m in re.findall(r"\[(\d+)\]", text)}
    assert used == listed
    assert {f"{sign}" for sign in "一二三四五六"} <= {text[0] for text in texts if text[1:2] == "、"}
    for question in answer.questions:
        assert question.ask.zh in texts
    if firm == "z-fridge":
        assert any("没有记录它在本地有基地或项目" in text for text in texts)
