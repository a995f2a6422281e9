"""The drawing: one file with everything in it, harmless whatever the names are, working without a network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.ontology import Ontology, load_ontology
from graph.repository import (
    Assertions,
    AssertionView,
    FirmNeighbourhood,
    LinkView,
    NodeView,
    Seat,
    Section,
    SourceView,
    Text,
)
from graph.repository.assertions import Stated
from graph.values import flatten_value
from tests.support.chromium import CHROMIUM, NO_CHROMIUM, browser
from viz.draw import draw_firm
from viz.inline import inline_script
from viz.picture.files import picture_csv, picture_json
from viz.picture.network import network_of
from viz.picture.picture import make_picture
from viz.show import Show

SCRIPT = "</script><img src=x onerror=alert(1)>"
LINK = '<a href="javascript:alert(2)">href</a>'
FIRM = "firm/centre"


def seat(ontology: Ontology, key: str, caption: str, role: str, **props: Any) -> Seat:
    cls = ontology.entity_of_id(key)
    return Seat(
        id=key, cls=cls.name, caption=caption, label=Text.of(cls.label), role=role,
        standing="verified", grade="A", sources=["source/plan"], props={"name": caption, **props},
    )  # fmt: skip


def link(ontology: Ontology, rid: str, cls: str, ends: tuple[str, str], **props: Any) -> LinkView:
    relation = ontology.relation(cls)
    return LinkView(
        rid=rid, cls=cls, label=Text.of(relation.label), inverse=Text.of(relation.inverse), source=ends[0],
        target=ends[1], standing="unverified", grade="C", sources=["source/odd"], props=props,
    )  # fmt: skip


@pytest.fixture(scope="module")
def neighbourhood() -> FirmNeighbourhood:
    """A firm with a site, a segment, what that needs, and a supplier whose name is an attack."""
    o = load_ontology()
    founded = o.entity("Firm").properties["founded"]
    nodes = [
        seat(o, FIRM, "中心电路板", "focus", **flatten_value(founded, "2010")),
        seat(o, "site/centre", "中心基地", "site"),
        seat(o, "segment/electronics/board", "印制电路板", "segment"),
        seat(o, "segment/electronics/foil", "电子铜箔", "upstream"),
        seat(o, "firm/odd", SCRIPT, "supplier"),
        seat(o, "firm/href", LINK, "a role of tomorrow"),
    ]
    edges = [
        link(o, "r1", "OPERATES", (FIRM, "site/centre")),
        link(
            o, "r2", "WORKS_IN", ("site/centre", "segment/electronics/board"), product="HDI板", capacity="1万"
        ),
        link(o, "r3", "INPUT_TO", ("segment/electronics/foil", "segment/electronics/board"), input="铜箔"),
        link(o, "r4", "SUPPLIES", ("firm/odd", FIRM), what=LINK),
    ]
    return FirmNeighbourhood(
        firm=NodeView(**nodes[0].model_dump(exclude={"role"})), as_of="2024-07-01", level="city",
        nodes=nodes, edges=edges, nearby=[], chains=[], leads=[], totals={}, truncated=True,
        sections=[
            Section(key="own_firms", label=Text(zh="同环节企业", en="peers"), total=112,
                    total_at_least=False, shown=40, truncated=True, links=[]),
            Section(key="sites", label=Text(zh="生产基地", en="sites"), total=1,
                    total_at_least=False, shown=1, truncated=False, links=["r1"]),
        ],
        cited={
            "source/plan": SourceView(id="source/plan", name="行动计划", date="2023-07", grade="A", link=True,
                                      url="https://example.org/plan"),
            "source/odd": SourceView(id="source/odd", name=SCRIPT, grade="C", url="https://example.org/no"),
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def html(neighbourhood: FirmNeighbourhood, ontology: Ontology) -> str:
    return draw_firm(neighbourhood, ontology)


def embedded(html: str, name: str) -> Any:
    (text,) = re.findall(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


def test_names_stay_text_in_markup_and_in_json(html: str) -> None:
    assert "<img" not in html and '<a href="javascript' not in html
    nodes = {n["id"]: n for n in embedded(html, "picture-data")["nodes"]}
    assert nodes["firm/odd"]["label"] == SCRIPT and nodes["firm/odd"]["title_text"].startswith(SCRIPT)
    assert embedded(html, "picture-panels")["firm/href"]["title"] == LINK
    assert all("title" not in node for node in nodes.values())


def test_only_the_sources_own_link_leads_elsewhere_and_nothing_is_loaded(html: str) -> None:
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", markup)
    assert not re.search(r"<(?:link|iframe|object|embed|base)\b", markup)
    panels = json.dumps(embedded(html, "picture-panels"))
    assert set(re.findall(r"https?://[^\"]+", panels)) == {"https://example.org/plan"}


def test_the_policy_lets_exactly_the_embedded_scripts_and_styles_in(html: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    policy = policy.replace("&#39;", "'")
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for element in ("script", "style"):
        for text in re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_facts_and_sources_of_everything_shown_are_embedded(
    html: str, neighbourhood: FirmNeighbourhood
) -> None:
    panels = embedded(html, "picture-panels")
    assert set(panels) == {n.id for n in neighbourhood.nodes} | {e.rid for e in neighbourhood.edges}
    facts = {f["label"]: [v["text"] for v in f["values"]] for f in panels["r2"]["facts"]}
    assert facts == {"产品": ["HDI板"], "产能": ["1万"]}
    assert [(s["title"], s["grade"], s["url"]) for s in panels["r4"]["sources"]] == [(SCRIPT, "C", None)]
    assert "统一社会信用代码" in panels[FIRM]["unknown"]


def test_rows_given_as_evidence_bring_their_own_sources_and_contradictions(
    neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    def row(year: str, source: str, standing: str) -> AssertionView:
        label = Text.of(ontology.entity("Firm").properties["founded"].label)
        stated = Stated(name="founded", label=label, value=year, text=Text(zh=year, en=year))
        return AssertionView(
            dataset="d", table="firms", row=2, cls="Firm", key=FIRM, source=None, target=None,
            stated=[stated], sources=[source], seen_at=None, valid_from=None, valid_to=None,
            standing=standing, confidence=None, note=None,
        )  # fmt: skip

    rows = [row("2011", "source/odd", "unverified"), row("2010", "source/plan", "verified")]
    evidence = {FIRM: Assertions(key=FIRM, items=rows, total=2, truncated=False)}
    panel = embedded(draw_firm(neighbourhood, ontology, "zh", evidence), "picture-panels")[FIRM]
    (founded,) = [f["values"] for f in panel["facts"] if f["name"] == "founded"]
    told = [(v["text"], [panel["sources"][n]["title"] for n in v["sources"]]) for v in founded]
    assert told == [("2010年", ["行动计划"]), ("2011年", [SCRIPT])]
    assert founded[1]["standing"]["code"] == "unverified"


def test_the_drawing_speaks_the_language_asked_for(
    neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    page = draw_firm(neighbourhood, ontology, "en")
    assert '<html lang="en">' in page and "Chain neighbourhood of 中心电路板" in page
    assert embedded(page, "picture-data")["words"]["close"] == "Close"


def test_the_same_neighbourhood_gives_the_same_file(
    html: str, neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    assert draw_firm(neighbourhood, ontology) == html
    assert str(date.today().year) in html


def test_what_was_left_out_is_told_and_what_is_whole_is_not(html: str) -> None:
    note = html[html.index('class="limits"') :][:400]
    assert "同环节企业 40 / 112" in note and "生产基地" not in note


def test_the_network_is_filled_with_positions_and_every_role_is_placed(
    neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    picture = make_picture(Show(ontology, "zh"), neighbourhood)
    net = network_of(picture)
    assert {n["id"] for n in net.nodes} == {n.id for n in neighbourhood.nodes}
    assert all(isinstance(n["x"], float) and isinstance(n["y"], float) for n in net.nodes)
    assert {(e["from"], e["to"]) for e in net.edges} == {(e.source, e.target) for e in neighbourhood.edges}
    assert net.options["physics"] == {"enabled": False}
    roles = {row["id"]: row["role_label"] for row in picture.node_rows}
    assert roles["firm/href"] == "其他" and roles[FIRM] == "本企业"


def test_downloads_hold_the_same_and_a_spreadsheet_runs_nothing(
    neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    nodes = [
        n.model_copy(update={"caption": "=1+1"}) if n.id == "site/centre" else n for n in neighbourhood.nodes
    ]
    picture = make_picture(Show(ontology, "zh"), neighbourhood.model_copy(update={"nodes": nodes}))
    lines = picture_csv(picture, "zh").removeprefix("\ufeff").splitlines()
    assert len(lines) == 1 + len(neighbourhood.edges)
    assert ",'=1+1," in lines[1]
    body = json.loads(picture_json(picture))
    assert len(body["nodes"]) == 6 and len(body["relations"]) == 4 and body["focus"] == FIRM


def test_a_relation_to_what_is_not_drawn_is_refused(
    neighbourhood: FirmNeighbourhood, ontology: Ontology
) -> None:
    broken = neighbourhood.model_copy(update={"nodes": neighbourhood.nodes[:-2]})
    with pytest.raises(KeyError):
        make_picture(Show(ontology, "zh"), broken)


def test_a_script_that_would_end_its_element_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from viz.assets import Asset

    bad = {"js/bad.js": Asset(b"var s = '</SCRIPT>';", "text/javascript", "x")}
    monkeypatch.setattr("viz.inline.assets", lambda: bad)
    with pytest.raises(ValueError, match="script"):
        inline_script("js/bad.js")


@pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
def test_the_file_opens_without_a_network_draws_and_opens_its_panels(html: str, tmp_path: Path) -> None:
    file = tmp_path / "图.html"
    file.write_text(html, encoding="utf-8")
    with browser() as tab:
        tab.send(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )
        tab.open(file.as_uri())
        tab.wait("document.querySelector('#picture.ready')")
        assert tab.run("document.querySelectorAll('#list button').length") == 6
        painted = (
            "(() => { const c = document.querySelector('#canvas canvas'); const d = c.getContext('2d')"
            ".getImageData(0, 0, c.width, c.height).data; const s = new Set(); for (let i = 0; i < d.length; "
            "i += 4000) s.add(d[i] + ',' + d[i + 1] + ',' + d[i + 2]); return s.size; })()"
        )
        assert tab.run(painted) > 3
        tab.run("document.querySelector('button[data-open=\"firm/odd\"]').click()")
        tab.wait("document.querySelector('#panel .sources')")
        assert tab.run("document.getElementById('panel-title').textContent") == SCRIPT
        tab.run("document.querySelector('button[data-open=\"r2\"]').click()")
        tab.wait("document.getElementById('panel').textContent.includes('HDI板')")
        assert tab.run("document.querySelectorAll('img').length") == 0
        assert tab.complaints() == []
        assert {url.partition(":")[0] for url in tab.requests()} <= {"file", "blob", "data"}
