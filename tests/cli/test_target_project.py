"""``lianpu target --make-project``: a signed target becomes a project, linked, and is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput
from graph.ontology import Ontology
from graph.truth import TruthStore
from ingest.load import commit_load, plan_load
from lianpu.target_project import DATASETS, earlier
from tests.support.folders import write_folder
from tests.support.program import Program
from tests.support.small import load

SALT, CELL = "x/salt@360900", "x/cell@360900"


def target(program: Program, firm: str, gap: str, *options: str, code: int = 0) -> Any:
    told = program("target", firm, gap, *options, "--yes", "--json")
    assert told.code == code, told.out + told.err
    return told.json


def test_a_signed_target_becomes_a_project_and_earlier_ones_stay(small: Program) -> None:
    target(small, "firm/one", SALT)
    refused = target(small, "firm/one", SALT, "--make-project", code=1)
    assert refused["code"] == "bad-input"
    signed = target(small, "firm/one", SALT, "--status", "签约", "--contracted", "5亿元")
    first = target(small, "firm/one", SALT, "--make-project", "--name", "锂盐项目")
    key = first["project"]
    shown = small("show", key, "--json").json["entity"]["node"]
    props = shown["props"]
    day = props["status_date"]
    assert (props["name"], props["status"], props["contract_capital"]) == ("锂盐项目", "signed", "5亿元")
    assert shown["standing"] == "unverified"
    assert signed["decision"] in props["note"]
    assert SALT in props["note"]
    since = datetime.fromisoformat(small("targets", "--json").json["items"][0]["since"])
    assert day == since.astimezone(timezone(timedelta(hours=8))).date().isoformat()
    around = small("neighbours", key, "--json").out
    assert all(end in around for end in ("firm/one", "segment/x/salt", "place/360900"))
    (entry,) = small("targets", "--json").json["items"]
    assert entry["entry"]["project"] == key
    assert target(small, "firm/one", SALT, "--make-project", code=1)["code"] == "bad-input"

    target(small, "firm/two", CELL, "--status", "开工")
    planned = small("target", "firm/two", CELL, "--make-project", "--plan-only", "--json")
    assert planned.code == 0, planned.err
    assert planned.json["decision"] is None
    assert small("show", planned.json["project"]).code == 1
    second = target(small, "firm/two", CELL, "--make-project")
    assert small("show", key).code == 0
    assert small("show", second["project"]).code == 0

    assert small("undo", second["decision"], "--yes").code == 0
    assert small("undo", str(second["load"]), "--yes").code == 0
    assert small("show", second["project"]).code == 1
    assert small("show", key, "--json").json["entity"]["node"]["props"]["name"] == "锂盐项目"


def test_making_a_project_goes_with_no_other_change(small: Program) -> None:
    refused = target(small, "firm/one", SALT, "--make-project", "--due", "2026", code=2)
    assert refused["code"] == "usage"
    assert target(small, "firm/one", SALT, "--name", "某项目", code=2)["code"] == "usage"


def test_a_dataset_of_that_name_with_other_things_is_left_alone(tmp_path: Path, ontology: Ontology) -> None:
    truth = TruthStore(tmp_path / "truth.sqlite")
    try:
        folder = write_folder(tmp_path / DATASETS[0], {"firms": [{"id": "firm/other", "name": "别的公司"}]})
        commit_load(plan_load(folder, truth, ontology), truth)
        with pytest.raises(BadInput) as told:
            earlier(truth, DATASETS[0])
        assert told.value.extra["found"] == "firm/other"
    finally:
        truth.close()


def test_the_target_of_a_removed_firm_is_changed_by_its_last_name_and_says_that_it_is_gone(
    small: Program,
) -> None:
    firms = [{"id": "firm/guest", "name": "来客公司"}]
    number = load(small, "guest", {"firms": firms})
    target(small, "来客公司", SALT, "--due", "2024-05")
    assert small("undo", str(number), "--yes").code == 0
    assert small("show", "firm/guest").code == 1
    for firm in ("firm/guest", "来客公司"):
        told = target(small, firm, SALT, "--status", "流失" if firm == "来客公司" else "在谈")
        assert told["target"] == f"guest~{SALT}"
    every = small("targets", "--json").json["items"]
    (held,) = [one for one in every if one["entry"]["firm"] == "firm/guest"]
    assert (held["entry"]["status"], held["gone"]) == ("lost", ["firm/guest"])
    assert held["names"]["firm/guest"] == "来客公司"
    text = small("targets").out
    assert "来客公司" in text and "已不在案" in text
    assert "状态 在谈 → 流失" in small("targets", f"guest~{SALT}").out
    place = small("targets", "--funnel", "place", "--json").json["rows"]
    assert [(row["group"], row["name"]) for row in place] == [("place/360900", "宜春市")]
    assert "宜春市" in small("targets", "--funnel", "place", "--csv").out
    assert target(small, "无此公司", SALT, "--status", "在谈", code=1)["code"] == "not-found"
