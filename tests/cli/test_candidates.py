"""``lianpu candidates`` about the built-in data."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.support.program import Program

DAY = ("--as-of", "2026-11-01")


def test_candidates_by_names_with_reasons_and_sources(cli: Program) -> None:
    """宜春's electrolyte, which is cited as weak: 天赐 makes it elsewhere, 金晖 is here already."""
    told = cli("candidates", "电解液@宜春市", *DAY, "--json")
    assert told.code == 0, told.err
    found = told.json
    assert found["gap"] == "new-energy/electrolyte@360900"
    items = {c["firm"]["id"]: c for c in found["items"]}
    assert {"firm/tinci-materials", "firm/tinci-jiujiang"} <= set(items)
    assert items["firm/tinci-materials"]["origin"] == "elsewhere"
    assert items["firm/tinci-jiujiang"]["origin"] == "province"
    assert ("firm/jinhui-dj", "here") in {(e["firm"]["id"], e["reason"]) for e in found["excluded"]}
    text = cli("candidates", "new-energy/electrolyte@360900", *DAY, "--why", "江西铜业", LIANPU_LANG="en").out
    assert "it is not recorded as making what is wanted" in text
    assert "source/" not in text  # nothing of the list, which the question is not about
    assert "source/" in cli("candidates", "new-energy/electrolyte@360900", *DAY, "--why", "天赐材料").out


def test_candidates_chosen_and_as_a_table(cli: Program, tmp_path: Path) -> None:
    unwanted = tmp_path / "unwanted.txt"
    unwanted.write_text("# 不要\n天赐材料\n", encoding="utf-8")
    args = ("--weight", "产品匹配=1", "--origin", "省外", "--exclude-file", str(unwanted), "--csv")
    told = cli("candidates", "电解液@宜春市", *DAY, *args)
    assert told.code == 0, told.err
    rows = list(csv.DictReader(io.StringIO(told.out)))
    assert all(row["来源地"] == "省外" for row in rows)
    assert "天赐材料" not in {row["企业"] for row in rows}


def test_candidates_refuse_what_is_none(cli: Program) -> None:
    assert cli("candidates", "电解液@宜春市", "--weight", "product=-1").code == 1
    assert cli("candidates", "电解液@宜春市", "--origin", "海外").code == 1
    near = cli("candidates", "new-energy/electrolite@360900", "--json")
    assert (near.code, near.json["extra"]["near"][0]) == (1, "segment/new-energy/electrolyte")
    assert cli("candidates", "江西铜业@宜春市").code == 1
    for wrong in ("firm/nobody", "无此企业"):
        refused = cli("candidates", "电解液@宜春市", "--exclude", wrong, "--json")
        assert (refused.code, refused.json["code"]) == (1, "not-found")


def test_outside_firms_and_local_ones_stand_apart(cli: Program) -> None:
    """赣锋锂业 of 新余 owns 宜春赣锋; 永兴新能源 is in 宜春 itself."""
    gap = "锂电池回收利用@宜春市"
    text = cli("candidates", gap, *DAY).out
    assert text.index("外地企业 ") < text.index("本地企业可延伸 ") and "居中分" in text
    assert "先列外地企业" in text and "产品匹配 0.35" in text
    assert "先列外地企业" in cli("candidates", gap, *DAY, "--order", "low").out
    rows = list(csv.DictReader(io.StringIO(cli("candidates", gap, *DAY, "--limit", "100", "--csv").out)))
    assert {row["组别"] for row in rows} == {"外地企业", "本地企业可延伸"}
    (ganfeng,) = [row for row in rows if row["企业"] == "赣锋锂业"]
    assert ganfeng["组别"] == "外地企业" and "宜春赣锋" in ganfeng["已落户企业的关联方"]
    found = cli("candidates", gap, *DAY, "--limit", "1", "--json").json
    assert [one["group"] for one in found["items"]] == ["outside", "local"]
    assert found["groups"]["outside"] + found["groups"]["local"] == found["total"]


def test_why_answers_about_that_firm_alone(cli: Program) -> None:
    told = cli("candidates", "电解液@宜春市", *DAY, "--why", "天赐材料").out
    assert "天赐材料" in told and "排第 1" in told
    assert "九江天赐" not in told and "被排除的" not in told
    found = cli("candidates", "电解液@宜春市", *DAY, "--why", "宜春金晖", "--json").json
    assert (found["items"], [e["firm"]["id"] for e in found["excluded"]]) == ([], ["firm/jinhui-dj"])
    assert found["asked"]["standing"] == "kept_out" and found["total"] > 1
    assert set(found["cited"]) == {s for f in found["asked"]["excluded"]["facts"] for s in f["sources"]}


def test_what_suits_an_investor_that_is_here(cli: Program) -> None:
    """天赐 makes electrolyte: the link is cited as weak in 宜春, whose cell makers would buy it."""
    told = cli("fit", "--firm", "天赐材料", "--place", "宜春市", *DAY, "--limit", "20", "--json")
    assert told.code == 0, told.err
    items = {one["segment"]["id"]: one for one in told.json["items"]}
    electrolyte = items["segment/new-energy/electrolyte"]
    assert electrolyte["status"]["value"] == "weak"
    assert ("feeds", "segment/new-energy/cell") in {
        (p["way"], p["segment"]["id"]) for p in electrolyte["partners"]
    }
    assert "适合" in cli("fit", "--product", "某种没有的东西", "--place", "宜春市").out
    assert cli("fit", "--place", "宜春市").code == 1
