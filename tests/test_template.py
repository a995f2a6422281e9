"""The template: what an office gets, and that it reads back."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import BadInput
from graph.facts import Assertion
from graph.ontology import EntityClass, RelationClass, load_ontology
from graph.values import clean_cell
from ingest.faults import Fault
from ingest.grid import GridNote
from ingest.lines import EXAMPLE
from ingest.rows import Row
from ingest.tables import read_rows
from ingest.template import OFFICE, Names, classes_named, names_of, with_sources, write_template
from ingest.template.examples import example_row
from ingest.template.sheets import columns_for
from tests.support.program import Program

ONTOLOGY = load_ontology()
EVERY: list[EntityClass | RelationClass] = [*ONTOLOGY.entities.values(), *ONTOLOGY.relations.values()]


def entity(cls: str, key: str, name: str) -> Assertion:
    return Assertion("d", "t.csv", 1, cls, key, props={"name": name}, sources=(), standing="verified")


def within(lower: str, upper: str) -> Assertion:
    rid = f"{lower}-{upper}"
    return Assertion(
        "d", "t.csv", 1, "WITHIN", rid, source=lower, target=upper, props={}, sources=(), standing="verified"
    )


KNOWN = [
    entity("Place", "place/360000", "江西省"), entity("Place", "place/360900", "宜春市"),
    entity("Place", "place/360922", "万载县"), entity("Place", "place/440300", "深圳市"),
    within("place/360900", "place/360000"), within("place/360922", "place/360900"),
    entity("Chain", "chain/x", "新能源"), entity("Segment", "segment/x/salt", "锂盐"),
    entity("Segment", "segment/x/other", "其他"), entity("Segment", "segment/y/other", "其他"),
    entity("Park", "park/a", "=1+1园区"), entity("Firm", "firm/a", "甲公司"),
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    write_template(path, ONTOLOGY, names_of(KNOWN), classes_named(OFFICE, ONTOLOGY))
    return load_workbook(path)


def sheet_of(book: Workbook, title: str) -> Worksheet:
    sheet = book[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def headings(sheet: Worksheet) -> dict[str, str]:
    """Heading → letter of its column."""
    return {str(cell.value): cell.column_letter for cell in sheet[1]}


def choices(book: Workbook, sheet: Worksheet, letter: str) -> list[str]:
    """What the drop-down below a heading offers."""
    found = [v for v in sheet.data_validations.dataValidation if f"{letter}3" in v.sqref]
    if not found:
        return []
    title, _, span = str(found[0].formula1).partition("!")
    cells = book[title.strip("'")][span.replace("$", "")]
    return [str(row[0].value) for row in cells]


def test_names_are_those_that_read_back(book: Workbook) -> None:
    names = names_of(KNOWN)
    assert names.by_class["Place"] == ["江西省", "宜春市", "万载县"]
    assert names.by_class["Segment"] == ["segment/x/other", "锂盐", "segment/y/other"]
    assert "Firm" not in names.by_class


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("classes", [classes_named(OFFICE, ONTOLOGY), EVERY])
@pytest.mark.parametrize("names", [Names(), names_of(KNOWN)])
def test_it_reads_back_without_a_fault_and_without_a_row(
    tmp_path: Path, lang: str, classes: list[EntityClass | RelationClass], names: Names
) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, ONTOLOGY, names, classes, lang)
    found = list(read_rows(path, ONTOLOGY))
    assert [f for f in found if isinstance(f, Fault | Row)] == []
    examples = [f.sheet for f in found if isinstance(f, GridNote) and f.kind == "example"]
    assert examples == [cls.table.en if lang == "en" else cls.table.zh for cls in classes]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_typed_below_the_example_is_read(tmp_path: Path, lang: str) -> None:
    """The example itself, without its mark, is a row whose every value fits."""
    path = tmp_path / "t.xlsx"
    write_template(path, ONTOLOGY, names_of(KNOWN), EVERY, lang)
    book = load_workbook(path)
    for sheet in book.worksheets[1:-1]:
        for cell in sheet[2]:
            if isinstance(cell.value, str):
                sheet.cell(3, cell.column, cell.value.removeprefix(EXAMPLE)).data_type = "s"
    book.save(path)
    found = list(read_rows(path, ONTOLOGY))
    rows = [f for f in found if isinstance(f, Row)]
    assert [f for f in found if isinstance(f, Fault)] == []
    assert [r.cls.name for r in rows] == [cls.name for cls in EVERY]
    for row in rows:
        for name, prop in {**ONTOLOGY.common, **row.cls.properties}.items():
            if name in row.cells:
                assert clean_cell(prop, row.cells[name]) is not None


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.name)
def test_every_template_has_the_source_that_its_example_cites(
    tmp_path: Path, cls: EntityClass | RelationClass
) -> None:
    """As given it has examples and no row; what the example cites stands in its own sheet of sources."""
    classes = with_sources([cls], ONTOLOGY)
    assert [c.name for c in classes] == list(dict.fromkeys([cls.name, "Source"]))
    path = tmp_path / "t.xlsx"
    write_template(path, ONTOLOGY, names_of(KNOWN), classes)
    found = list(read_rows(path, ONTOLOGY))
    assert [f for f in found if isinstance(f, Fault | Row)] == []
    notes = [f.sheet for f in found if isinstance(f, GridNote) and f.kind == "example"]
    assert notes == [c.table.zh for c in classes]
    book = load_workbook(path)
    sheet, sources = sheet_of(book, cls.table.zh), sheet_of(book, ONTOLOGY.entities["Source"].table.zh)
    cited = sheet[f"{headings(sheet)['来源']}2"].value
    if cls.name == "Source":
        assert not cited
    else:
        assert cited == str(sources["A2"].value).removeprefix(EXAMPLE) != ""


def test_a_template_as_given_is_told_to_be_empty_and_with_its_examples_loads(tmp_path: Path) -> None:
    program = Program({"LIANPU_HOME": str(tmp_path / "home")}, tmp_path)
    assert program("template", "t.xlsx", "--for", "企业").code == 0
    empty = program("check", "t.xlsx")
    assert empty.code == 1
    assert "只有示例行" in empty.out
    book = load_workbook(tmp_path / "t.xlsx")
    for title in ("企业", "来源"):
        first = sheet_of(book, title)["A2"]
        first.value = str(first.value).removeprefix(EXAMPLE)
    book.save(tmp_path / "filled.xlsx")
    filled = program("check", "filled.xlsx", "--json")
    assert (filled.code, filled.json["rejected"], filled.json["rows"]) == (0, [], 2)


def test_drop_downs(book: Workbook) -> None:
    firms, works, projects = (sheet_of(book, title) for title in ("企业", "企业环节", "项目"))
    assert choices(book, firms, headings(firms)["所在地"]) == ["江西省", "宜春市", "万载县"]
    assert choices(book, firms, headings(firms)["状态"]) == ["存续", "停业注销", "已并入他企", "未明"]
    assert choices(book, works, headings(works)["终点（环节）*"])[1] == "锂盐"
    assert "建设" in choices(book, projects, headings(projects)["状态"])
    assert choices(book, projects, headings(projects)["环评"]) == ["不需要", "未办", "办理中", "已批复"]
    assert choices(book, projects, headings(projects)["所在园区"]) == ["=1+1园区"]
    titles, coverage = sheet_of(book, "认定名单"), sheet_of(book, "覆盖声明")
    assert {"链主企业", "专精特新中小企业", "规上工业企业"} <= set(
        choices(book, titles, headings(titles)["种类"])
    )
    assert choices(book, coverage, headings(coverage)["是否查全"]) == ["是", "否"]


def test_headings_are_marked_explained_and_frozen(book: Workbook) -> None:
    for title in book.sheetnames[1:-1]:
        sheet = sheet_of(book, title)
        assert sheet.freeze_panes == "B2"
        assert all(cell.comment and cell.comment.text for cell in sheet[1])
        assert str(sheet["A2"].value).startswith(EXAMPLE)
    projects = sheet_of(book, "项目")
    assert str(projects["A1"].value) == "名称*"
    assert "必填" in projects["A1"].comment.text
    column = headings(projects)["总投资（亿元）"]
    assert "亿元" in projects[f"{column}1"].comment.text


def test_the_first_sheet_explains_and_the_lists_are_hidden(book: Workbook) -> None:
    assert book.sheetnames[0] == "填写说明"
    texts = [str(cell.value) for row in sheet_of(book, "填写说明").iter_rows() for cell in row if cell.value]
    assert any("必填" in text for text in texts)
    assert {"企业", "项目", "认定名单"} <= set(texts)
    assert [s.title for s in book.worksheets if s.sheet_state != "visible"] == ["列表"]


def test_codes_and_dates_are_typed_as_text(book: Workbook) -> None:
    firms = sheet_of(book, "企业")
    for heading in ("统一社会信用代码", "成立日期"):
        assert firms.column_dimensions[headings(firms)[heading]].number_format == "@"


def test_no_name_becomes_a_formula(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_tables_by_name(tmp_path: Path) -> None:
    assert [c.name for c in classes_named(["项目", "firms", "WORKS_IN", "生产基地"], ONTOLOGY)] == [
        "Project", "Firm", "WORKS_IN", "Site",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="没有这样的东西"):
        classes_named(["没有这样的东西"], ONTOLOGY)


def test_the_command_writes_it_with_the_names_of_the_built_in_data(tmp_path: Path) -> None:
    program = Program({"LIANPU_HOME": str(tmp_path / "home")}, tmp_path)
    told = program("template", "填报.xlsx", "--for", "项目，企业", "--json")
    assert told.code == 0, told.err
    assert told.json == {"file": "填报.xlsx", "sheets": ["项目", "企业", "来源"]}
    book = load_workbook(tmp_path / "填报.xlsx")
    assert book.sheetnames == ["填写说明", "项目", "企业", "来源", "列表"]
    projects = sheet_of(book, "项目")
    places = choices(book, projects, headings(projects)["所在地"])
    assert {"南昌市", "宜春市", "万载县"} <= set(places)
    assert "北京市" not in places
    assert len(choices(book, projects, headings(projects)["环节"])) > 500
    assert [f for f in read_rows(tmp_path / "填报.xlsx", ONTOLOGY) if isinstance(f, Fault | Row)] == []
    again = program("template", "填报.xlsx")
    assert again.code == 1
    assert "--force" in again.err
    assert program("template", "填报.xls").code == 1
    assert program("template", "absent/填报.xlsx").code == 1
    assert program("template", "b.xlsx", "--for", "没有的表").code == 1
    assert not (tmp_path / "b.xlsx").exists()


def test_only_lists_of_values_are_binding(book: Workbook) -> None:
    titles = sheet_of(book, "认定名单")
    letters = headings(titles)
    strict = {
        heading: rule.showErrorMessage
        for heading, letter in letters.items()
        for rule in titles.data_validations.dataValidation
        if f"{letter}3" in rule.sqref
    }
    assert {heading: bool(value) for heading, value in strict.items()} == {
        "种类": False, "级别": False, "状态": True, "产业链": False,
    }  # fmt: skip


def test_every_choice_and_example_names_a_column() -> None:
    for name in ("examples.yml", "choices.yml"):
        data = yaml.safe_load(files("ingest.template").joinpath(name).read_text("utf-8"))
        for cls, columns in data.items():
            if cls == "known":
                assert set(columns) <= ONTOLOGY.entities.keys()
                continue
            known = {c.name for c in columns_for(classes_named([cls], ONTOLOGY)[0], ONTOLOGY)}
            assert set(columns) <= known, cls


def test_the_examples_belong_to_one_chain_and_one_place_of_the_built_in_data() -> None:
    """By the tables themselves: the segment is of the chain, the park in the place."""

    def table(name: str) -> list[dict[str, str]]:
        text = files("data").joinpath("jiangxi", f"{name}.csv").read_text("utf-8")
        return list(csv.DictReader(text.splitlines()))

    ids: dict[str, dict[str, str]] = {}
    for cls in ("Place", "Chain", "Segment", "Park"):
        for row in table(ONTOLOGY.entities[cls].table.en):
            ids.setdefault(cls, {})[row["name"]] = row["id"]
    names = Names({cls: sorted(found) for cls, found in ids.items()})
    named: dict[str, set[str]] = {}
    for cls in classes_named(OFFICE, ONTOLOGY):
        columns = columns_for(cls, ONTOLOGY)
        row = example_row(cls, columns, names, ONTOLOGY, "zh")
        for column, text in zip(columns, row, strict=True):
            for end in column.ends:
                if text in ids.get(end, {}):
                    named.setdefault(end, set()).add(ids[end][text])
    (place,), (chain,), (segment,), (park,) = (named[c] for c in ("Place", "Chain", "Segment", "Park"))
    (of_segment,) = (row for row in table("segments") if row["id"] == segment)
    (of_park,) = (row for row in table("parks") if row["id"] == park)
    assert chain in of_segment["chain"].split("|")
    assert of_park["place"].split("|") == [place]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_an_example_names_is_in_another_example_or_offered(lang: str) -> None:
    classes = classes_named(OFFICE, ONTOLOGY)
    names = names_of(KNOWN)
    rows = {
        cls.name: dict(zip([c.name for c in columns_for(cls, ONTOLOGY)],
                           example_row(cls, columns_for(cls, ONTOLOGY), names, ONTOLOGY, lang), strict=True))
        for cls in classes
    }  # fmt: skip
    known = {cls: {row["name"].removeprefix(EXAMPLE)} for cls, row in rows.items() if "name" in row}
    for cls in classes:
        for column in columns_for(cls, ONTOLOGY):
            text = rows[cls.name][column.name].removeprefix(EXAMPLE)
            if column.ends and text:
                offered = {*names.of(column.ends), *(n for end in column.ends for n in known.get(end, ()))}
                assert text in offered, f"{cls.name}.{column.name}"
