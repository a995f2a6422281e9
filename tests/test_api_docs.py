"""The page on the API says what the API does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api import Service, create_app
from api.guard import _host_name
from graph.errors import LianpuError
from graph.ontology import Ontology
from graph.repository.terms import State

PAGE = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(/[^`]*)` \|(.*)\|(.*)\|$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def description(ontology: Ontology) -> Any:
    """The description of the API; no room but the ontology is asked for it."""
    unasked: Any = None
    return create_app(Service(unasked, unasked, unasked, unasked, ontology, "1", unasked)).openapi()


def test_every_path_is_on_the_page_and_none_besides(description: Any) -> None:
    assert sorted(path for path, _, _ in ROWS) == sorted(description["paths"])


def test_every_parameter_is_on_the_page(description: Any) -> None:
    for path, _, parameters in ROWS:
        operation = description["paths"][path].get("get", {})
        asked = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
        named = re.findall(r"`(\w+)`", re.sub(r"\(.*?\)", "", parameters))
        assert set(named) == asked, path


def test_every_error_of_the_api_is_on_the_page() -> None:
    told = {
        (int(status), code)
        for status, codes in re.findall(r"^\| (\d{3}) \| ([^|]*) \|", PAGE, re.MULTILINE)
        for code in re.findall(r"`([a-z-]+)`", codes)
    }
    wanted = {
        "bad-input",
        "not-found",
        "usage",
        "read-too-large",
        "read-timeout",
        "engine-unavailable",
        "truth-store",
    }
    known = {(cls.http_status, cls.code) for cls in LianpuError.__subclasses__() if cls.code in wanted}
    assert known <= told
    assert {code for _, code in known} == wanted


def test_every_state_of_a_term_is_on_the_page() -> None:
    table = PAGE[PAGE.index("## How a term is told") : PAGE.index("## Errors")]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(State.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost:80", "localhost"),
        ("[::1]:80", "[::1]"),
        ("[::1]", "[::1]"),
        ("a:b", "a:b"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_the_name_in_a_host_header(host: str, name: str) -> None:
    assert _host_name(host) == name
