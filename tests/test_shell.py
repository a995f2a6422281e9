"""Parts of the shell that need no process of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import lianpu.commands.serve
import lianpu.resolve
from api.routers.health import NotReady as ApiNotReady
from graph.errors import LianpuError, NotFound
from graph.ontology import load_ontology
from lianpu import hints, i18n
from lianpu.app import PANELS, build_app, command_names
from lianpu.out import problem_of
from lianpu.serve import NotLoopback, loopback


def every_error(cls: type[LianpuError] = LianpuError) -> set[type[LianpuError]]:
    """The class and all that derive from it."""
    return {cls}.union(*(every_error(sub) for sub in cls.__subclasses__()))


def test_advice_is_given_for_errors_that_exist() -> None:
    assert lianpu.commands.serve
    assert lianpu.resolve
    assert ApiNotReady in every_error()
    assert set(hints._HINTS) <= {cls.code for cls in every_error()}


def test_every_error_has_both_titles_and_an_exit_code_that_scripts_know() -> None:
    for cls in every_error():
        assert cls.title_zh != cls.title_en, cls
        assert cls.title_en.isascii() or "链" in cls.title_en, cls
        assert cls.exit_code in (1, 2, 3), cls
        assert cls.code == cls.code.lower(), cls


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("No such option: --x", "没有这个选项：--x"),
        ("No such option: --jsn (Possible options: --json)", "没有这个选项：--jsn。可能想用：--json"),
        ("No such command 'x'.", "没有这个命令：x"),
        ("Missing argument 'ID'.", "缺少参数：ID"),
        ("Got unexpected extra argument(s) (x y)", "多出的参数：x y"),
        (
            "Invalid value for '--limit': 0 is not in the range 1<=x<=1000.",
            "--limit：0 不在范围 1<=x<=1000 内",
        ),
        ("Something typer never said before", "Something typer never said before"),
    ],
)
def test_what_typer_says_is_said_in_chinese(
    monkeypatch: pytest.MonkeyPatch, message: str, chinese: str
) -> None:
    monkeypatch.setattr(i18n, "LANG", "zh")
    assert i18n.usage_text(message) == chinese
    monkeypatch.setattr(i18n, "LANG", "en")
    assert i18n.usage_text(message) == message


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("没有甲 · there is no 甲", "没有甲", "there is no 甲"),
        ("没有 'a · b' · there is no 'a · b'", "没有 'a · b'", "there is no 'a · b'"),
        ("plain English", "plain English", "plain English"),
        ("宜春 · 南昌 · 九江", "宜春 · 南昌 · 九江", "宜春 · 南昌 · 九江"),
    ],
)
def test_a_detail_in_both_languages_is_told_in_one(
    monkeypatch: pytest.MonkeyPatch, text: str, zh: str, en: str
) -> None:
    for lang, wanted in (("zh", zh), ("en", en)):
        monkeypatch.setattr(i18n, "LANG", lang)
        assert i18n.one_language(text) == wanted


@pytest.mark.parametrize("typed", ["园区", "Park", "park", "PARKS", " 园区 "])
def test_a_class_is_named_by_any_of_its_words(typed: str) -> None:
    assert lianpu.resolve.class_named(load_ontology(), typed) == "Park"


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("127.9.9.9", "127.9.9.9"), ("[::1]", "::1")],
)
def test_loopback_addresses_are_served(host: str, address: str) -> None:
    assert loopback(host) == address


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "localhost.example.org", ""])
def test_other_addresses_are_not(host: str) -> None:
    with pytest.raises(NotLoopback):
        loopback(host)


def test_a_problem_has_the_api_s_form() -> None:
    problem = problem_of(NotFound("nothing is there", found="x"))
    assert problem["type"] == "urn:lianpu:problem:not-found"
    assert (problem["status"], problem["exit_code"], problem["detail"]) == (404, 1, "nothing is there")
    assert problem["extra"] == {"found": "x"}
    json.dumps(problem)


def test_every_command_has_its_file_and_its_panel() -> None:
    app = build_app()
    assert {info.name for info in app.registered_commands} == set(command_names())
    assert len(PANELS) == len({info.rich_help_panel for info in app.registered_commands})
    (alone,) = build_app("version").registered_commands
    assert alone.name == "version"


def test_a_question_does_not_pay_for_pandas() -> None:
    code = "import sys; from lianpu.app import build_app; build_app('chain'); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
    code = "from lianpu.driver import import_driver as i; i(); import pandas; print(pandas.Series([1]).sum())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "1"
