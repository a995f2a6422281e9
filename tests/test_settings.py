"""Settings: read from the environment, wrong values named, secrets never shown."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
import structlog

from lianpu.log import configure_logging
from lianpu.settings import (
    BadSetting,
    Settings,
    describe,
    help_of,
    load_settings,
    unknown_variables,
    variable,
)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def test_defaults_are_used_and_said_to_be_defaults() -> None:
    rows = {row["variable"]: row for row in describe(load_settings())}
    assert rows["LIANPU_PORT"]["value"] == 8269
    assert rows["LIANPU_HOST"]["value"] == "127.0.0.1"
    assert {row["origin"] for row in rows.values()} == {"default"}


def test_the_environment_wins_over_the_default_and_an_option_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LIANPU_PORT", "9001")
    monkeypatch.setenv("LIANPU_HOME", str(tmp_path / "江西"))
    settings = load_settings()
    assert (settings.port, settings.home) == (9001, tmp_path / "江西")
    assert {r["name"] for r in describe(settings) if r["origin"] == "environment"} == {"port", "home"}
    assert load_settings(port=9002, host=None).port == 9002


def test_the_data_directory_becomes_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIANPU_HOME", "data")
    assert load_settings().home == tmp_path / "data"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANPU_NEO4J_URI", "")
    assert load_settings().neo4j_uri is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIANPU_PORT", "abc"),
        ("LIANPU_PORT", "-1"),
        ("LIANPU_PORT", "65536"),
        ("LIANPU_LANG", "fr"),
        ("LIANPU_HEAP", "lots"),
        ("LIANPU_READ_TIMEOUT_S", "0"),
        ("LIANPU_MAX_ROWS", "-1"),
        ("LIANPU_LOG_LEVEL", "loud"),
        ("LIANPU_NEO4J_URI", "http://localhost:7474"),
        ("LIANPU_NEO4J_USER", " "),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert caught.value.exit_code == 2
    (fault,) = caught.value.extra["settings"]
    assert (fault["setting"], fault["found"]) == (name, value)
    assert fault["expected"]
    assert name in caught.value.detail


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANPU_PORT", "abc")
    monkeypatch.setenv("LIANPU_HEAP", "lots")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert {f["setting"] for f in caught.value.extra["settings"]} == {"LIANPU_PORT", "LIANPU_HEAP"}


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANPU_NEO4J_PASSWORD", "open-sesame")
    settings = load_settings()
    assert settings.neo4j_password is not None
    assert settings.neo4j_password.get_secret_value() == "open-sesame"
    assert "open-sesame" not in json.dumps(describe(settings)) + repr(settings) + str(settings)


def test_a_password_inside_the_address_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANPU_NEO4J_URI", "bolt://neo4j:open-sesame@localhost:7687")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert "open-sesame" not in caught.value.detail + json.dumps(caught.value.extra)


def test_a_misspelt_variable_is_noticed_with_the_setting_it_looks_like() -> None:
    environ = {"LIANPU_PROT": "1", "LIANPU_PORT": "1", "LIANPU_TEST_NEO4J_URI": "x", "LIANPU_XYZZY": "1"}
    assert unknown_variables(environ) == {"LIANPU_PROT": "LIANPU_PORT", "LIANPU_XYZZY": None}


def test_every_setting_has_help_in_both_languages() -> None:
    for name in Settings.model_fields:
        about = help_of(name)
        assert all((about.zh, about.en, about.values_zh, about.values_en)), name


@pytest.fixture
def log_stream() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(autouse=True)
def former_logging():  # the root logger is shared with the other tests
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_logs_are_json_lines_without_secrets(log_stream: io.StringIO) -> None:
    configure_logging("info", "json", log_stream)
    structlog.get_logger("lianpu.x").info("已连接", neo4j_password="open-sesame", revision=3)
    logging.getLogger("other.library").warning("hot %s", "water")
    structlog.get_logger("lianpu.x").debug("below the level")
    first, second = (json.loads(line) for line in log_stream.getvalue().splitlines())
    assert (first["event"], first["revision"], first["level"]) == ("已连接", 3, "info")
    assert first["neo4j_password"] != "open-sesame"
    assert (second["event"], second["logger"]) == ("hot water", "other.library")


def test_logs_as_text_have_no_colours_in_a_file(log_stream: io.StringIO) -> None:
    configure_logging("warning", "text", log_stream)
    structlog.get_logger("lianpu.x").warning("慢", seconds=3)
    assert "慢" in log_stream.getvalue()
    assert "\x1b[" not in log_stream.getvalue()
