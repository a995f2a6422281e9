"""The days that documents, drawings and checks are made on: those of the office, wherever the machine is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

import ingest.check
from graph.ontology import load_ontology
from graph.repository import FirmNeighbourhood, NodeView, Seat, Text
from lianpu import deliveries
from lianpu.commands import check
from lianpu.settings import load_settings
from tests.support.small import small_home
from viz import draw

pytestmark = pytest.mark.usefixtures("elsewhere")


@pytest.fixture(params=["<-12>12", "<+14>-14"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in another time zone; in one of the two the day is never the office's."""
    with monkeypatch.context() as zone:
        zone.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


def office() -> date:
    """The day in China, which is eight hours ahead of UTC."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


def test_a_drawing_is_of_the_day_in_the_office() -> None:
    ontology = load_ontology()
    firm: dict[str, Any] = {
        "id": "firm/a", "cls": "Firm", "caption": "甲", "label": Text.of(ontology.entity("Firm").label),
        "standing": "verified", "grade": "A", "sources": [], "props": {"name": "甲"},
    }  # fmt: skip
    around = FirmNeighbourhood(
        firm=NodeView(**firm), as_of="2024-07-01", level="city", nodes=[Seat(**firm, role="focus")], edges=[],
        sections=[], nearby=[], chains=[], leads=[], totals={}, truncated=False, cited={},
    )  # fmt: skip
    today = office()
    assert f"链谱导出 · {today.year}年{today.month}月{today.day}日" in draw.draw_firm(around, ontology)


def test_documents_of_the_server_are_told_by_the_clock_of_the_office() -> None:
    told = datetime.fromisoformat(deliveries._now())
    assert told.utcoffset() == timedelta(hours=8)
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)


def test_age_is_counted_from_the_day_in_the_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, days = ingest.check.check_data, []

    def noting(*args: Any, today: date, **options: Any) -> Any:
        days.append(today)
        return real(*args, today=today, **options)

    home = Path(small_home(tmp_path).environ["LIANPU_HOME"])
    monkeypatch.setattr(ingest.check, "check_data", noting)
    monkeypatch.setattr(check, "begin", lambda: load_settings(home=home))
    app = typer.Typer()
    check.register(app)
    done = CliRunner().invoke(app, ["--json"])
    assert done.exit_code == 0, done.output
    assert days == [office()]
