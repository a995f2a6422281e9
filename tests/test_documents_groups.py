"""招商目标企业清单 keeps firms from outside and firms that are here already apart."""

from __future__ import annotations

from graph.gaps.candidate_models import PathStep, RelationPath
from graph.repository.models import Ref
from tests.support.documents_sample import content, fact, targets, text
from viz.documents.content import Numbers
from viz.documents.target_list import target_sheet


def test_local_firms_stand_after_all_from_outside_and_are_called_so() -> None:
    found = targets()
    (far,) = found.items
    here = far.model_copy(
        update={"group": "local", "firm": Ref(id="firm/near", cls="Firm", caption="本地公司")}
    )
    step = PathStep(
        relation="OWNS",
        label=text("持有"),
        source=far.firm,
        target=here.firm,
        fact=fact("source/b"),
    )
    path = RelationPath(to=here.firm, leader=False, steps=[step])
    far = far.model_copy(update={"affiliates": [path]})
    both = found.model_copy(update={"items": [here, far]})
    made = content(targets=[both, found.model_copy(update={"items": [far]})])
    sheet = target_sheet(made, Numbers(made))
    headings = [column.heading for column in sheet.columns]
    firm, tie, status = (headings.index(name) for name in ("企业", "与本地关系", "状态"))
    assert [(line.values[firm], line.values[status]) for line in sheet.lines] == [
        ("@某外地公司", "线索(建议)"),
        ("@某外地公司", "线索(建议)"),
        ("本地公司", "线索(本地延伸)"),
    ]
    assert sheet.lines[0].values[tie] == "已落户企业的关联方：@某外地公司 持有 本地公司"
    assert sheet.lines[2].values[tie] == "本地企业可延伸"
    assert "线索(本地延伸)" in sheet.note
