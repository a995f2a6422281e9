"""ChainKnowledgeGraph by its mapping: rows and faults as counted independently with pandas.

Needs the files in the folder that LIANPU_CKG names, or in shared/data/ckg beside the source tree.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from graph.ontology import load_ontology
from ingest.faults import Fault
from ingest.mapping import read_mapped, shipped_mapping
from ingest.rows import Row

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
CKG = Path(os.environ.get("LIANPU_CKG") or BESIDE / "ckg")
pytestmark = pytest.mark.skipif(
    not (CKG / "product_product.csv").is_file(),
    reason=f"the files of ChainKnowledgeGraph are not in {CKG} (set LIANPU_CKG)",
)


def frame(name: str) -> pd.DataFrame:
    return pd.read_csv(CKG / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")


def damaged(name: str) -> bool:
    """Quotes that are no pair, a straight double quote or line break, an apostrophe first, or U+FFFD."""
    depth = 0
    for char in name:
        if char in '"\n\r\ufffd' or (char == "“" and depth) or (char == "”" and not depth):
            return True
        depth += (char == "“") - (char == "”")
    return bool(depth) or name.startswith("'")


@pytest.fixture(scope="module")
def read() -> tuple[list[Row], list[Fault]]:
    """All rows and faults of the folder."""
    items = list(read_mapped(CKG, shipped_mapping("ckg"), load_ontology()))
    return [i for i in items if isinstance(i, Row)], [i for i in items if isinstance(i, Fault)]


def lines(read: tuple[list[Row], list[Fault]], file: str, column: str) -> set[int]:
    """The lines of the faults of a column."""
    return {f.row for f in read[1] if (f.file, f.column) == (file, column)}


def where(mask: pd.Series) -> set[int]:
    """Line numbers of the rows of a frame in which ``mask`` holds (no cell here has a line break)."""
    return {int(i) + 2 for i in mask[mask].index}


def test_firms(read: tuple[list[Row], list[Fault]]) -> None:
    firms, raw = frame("companies"), frame("companies_raw")
    made = {r.cells["id"]: r.cells for r in read[0] if r.cls.name == "Firm"}
    assert set(made) == {f"firm/ckg-{code}" for code in firms["code"]}
    blank = set(firms.loc[firms["fullname"] == "", "code"])
    assert {k[-6:] for k, cells in made.items() if cells["name_standing"] == "press"} == blank
    assert lines(read, "companies_raw.csv", "code") == where(raw.duplicated("code"))
    assert lines(read, "companies_raw.csv", "time") == where(~raw["time"].str.fullmatch(r"\d{4}-\d\d-\d\d"))
    assert lines(read, "companies_raw.csv", "location") == where(~raw["location"].str.endswith("证券交易所"))


def test_products_and_what_firms_make(read: tuple[list[Row], list[Fault]]) -> None:
    products, makes = frame("products"), frame("company_product")
    bad = products["name"].map(damaged)
    assert lines(read, "products.csv", "name") == where(bad)
    names = [r.cells["name"] for r in read[0] if r.cls.name == "Product"]
    assert Counter(names) == Counter(products.loc[~bad, "name"])
    weight = makes["weight"].astype(float)
    assert (weight < 0).sum() > 0
    assert lines(read, "company_product.csv", "weight") == where((weight < 0) | (weight > 1))
    known = set(products.loc[~bad, "name"])
    dangling = ~makes["product"].isin(known)
    assert lines(read, "company_product.csv", "product") == where(dangling)
    twice = makes.duplicated(["code", "product"])
    assert lines(read, "company_product.csv", "code") == where(twice)
    good = where(~(dangling | twice | (weight < 0) | (weight > 1)))
    assert {r.line for r in read[0] if r.cls.name == "MAKES"} == good


def test_products_of_products(read: tuple[list[Row], list[Fault]]) -> None:
    products, edges = frame("products"), frame("product_product")
    known = set(products.loc[~products["name"].map(damaged), "name"])
    itself = edges["from_product"] == edges["to_product"]
    dangling = ~edges["from_product"].isin(known) | ~edges["to_product"].isin(known)
    told = lines(read, "product_product.csv", "to_product") | lines(
        read, "product_product.csv", "from_product"
    )
    assert told == where(itself | dangling)
    assert itself.sum() > 100
    good = edges[~(itself | dangling)]
    kinds = Counter(good["rel"])
    made = Counter(r.cls.name for r in read[0] if r.file == "product_product.csv")
    assert made == {"INPUT_TO": kinds["上游材料"] + kinds["下游产品"], "KIND_OF": kinds["产品小类"]}
    ids = {r.cells["name"]: r.cells["id"] for r in read[0] if r.cls.name == "Product"}
    of_line = {r.line: (r.cells["from"], r.cells["to"]) for r in read[0] if r.file == "product_product.csv"}
    for rel, turned in (("上游材料", True), ("下游产品", False), ("产品小类", True)):
        some = good[good["rel"] == rel].head(200)
        for at, a, b in zip(some.index, some["from_product"], some["to_product"], strict=True):
            ends = (ids[b], ids[a]) if turned else (ids[a], ids[b])
            assert of_line[int(at) + 2] == ends


def test_industries(read: tuple[list[Row], list[Fault]]) -> None:
    industries, links, works = frame("industries"), frame("industry_industry"), frame("company_industry")
    firms = set(frame("companies")["code"])
    known = set(industries["code"])
    made = Counter(r.cls.name for r in read[0] if r.file == "industry_industry.csv")
    good = links[links["from_code"].isin(known) & links["to_code"].isin(known)]
    assert made == {
        "PART_OF": (good["rel"] == "上级行业").sum(),
        "INPUT_TO": (good["rel"] == "上游产业").sum(),
    }
    told = {f.row for f in read[1] if f.file == "industry_industry.csv"}
    assert told == where(~pd.Series(links.index.isin(good.index)))
    assert lines(read, "company_industry.csv", "code") == where(~works["code"].isin(firms))
    assert lines(read, "company_industry.csv", "industry_code") == where(~works["industry_code"].isin(known))
    rows = {r.line for r in read[0] if r.cls.name == "WORKS_IN"}
    assert rows == where(works["code"].isin(firms) & works["industry_code"].isin(known))


def test_every_fault_names_its_row_and_column(read: tuple[list[Row], list[Fault]]) -> None:
    assert read[1]
    assert all(f.row > 1 and f.column and f.expected_zh and f.expected_en for f in read[1])


def test_it_is_fast() -> None:
    start = time.perf_counter()
    count = sum(1 for _ in read_mapped(CKG, shipped_mapping("ckg"), load_ontology()))
    rate = count / (time.perf_counter() - start)
    assert rate > 15_000, f"{rate:,.0f} rows/s"  # 140,000 on an idle core; machines that test are busy


@pytest.mark.skipif(not (BESIDE / "listed").is_dir(), reason=f"no listed firms in {BESIDE}")
def test_listed_firms() -> None:
    items = list(read_mapped(BESIDE / "listed", shipped_mapping("listed"), load_ontology()))
    assert not [i for i in items if isinstance(i, Fault)]
    (path,) = (BESIDE / "listed").glob("stock_basic*.csv")
    listed = pd.read_csv(path, dtype=str, keep_default_na=False)
    firms = [i.cells for i in items if isinstance(i, Row) and i.file == path.name]
    assert [f["stock_code"] for f in firms] == list(listed["股票代码"])
    assert [f["id"][-6:] for f in firms] == [code[:6] for code in listed["股票代码"]]
    jiangxi = {f["name"] for f in firms if f["place"] == "place/360000"}
    assert jiangxi == set(listed.loc[listed["地区"] == "江西", "公司全称"])
    places = {i.cells["id"] for i in items if isinstance(i, Row) and i.cls.name == "Place"}
    assert {f["place"] for f in firms} <= places


@pytest.mark.skipif(not (BESIDE / "enterprises").is_dir(), reason=f"no enterprises in {BESIDE}")
def test_enterprises() -> None:
    items = list(read_mapped(BESIDE / "enterprises", shipped_mapping("enterprises"), load_ontology()))
    (path,) = (BESIDE / "enterprises").glob("*.csv")
    given = pd.read_csv(path, dtype=str, keep_default_na=False)
    twice = given.duplicated("usci")
    assert {i.row for i in items if isinstance(i, Fault)} == where(twice)
    rows = [i for i in items if isinstance(i, Row)]
    assert Counter(r.cls.name for r in rows)["Firm"] == (~twice).sum()
    assert [r.cells["value"] for r in rows if r.cls.name == "Observation"] == list(
        given.loc[~twice, "registered_capital"]
    )
    assert not [r for r in rows if r.cls.name in ("SUPPLIES", "MAKES", "WORKS_IN")]
