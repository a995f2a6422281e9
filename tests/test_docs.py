"""The documents say what the program does: every setting, command, class, endpoint, query and dependency."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from lianpu.app import build_app
from lianpu.reference import settings_page
from lianpu.settings import Settings, variable

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
IDS = [p.relative_to(ROOT).as_posix() for p in PAGES]
COMMANDS = get_command(build_app()).commands  # type: ignore[attr-defined]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_settings_page_is_what_the_program_says() -> None:
    assert (ROOT / "docs/settings.md").read_text("utf-8") == settings_page(), "run `make docs`"


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    assert [variable(n) for n in Settings.model_fields if f"`{variable(n)}`" not in text] == []


def test_the_command_page_is_what_the_program_says(tmp_path: Path) -> None:
    environ = {**os.environ, "LIANPU_LANG": "en"}
    subprocess.run(
        [sys.executable, "-m", "lianpu.reference", str(tmp_path)], env=environ, cwd=ROOT, check=True
    )
    assert (ROOT / "docs/cli.md").read_text("utf-8") == (tmp_path / "cli.md").read_text("utf-8"), (
        "run `make docs`"
    )


def test_every_command_is_documented_with_its_options() -> None:
    text = (ROOT / "docs/cli.md").read_text("utf-8")
    for name, command in COMMANDS.items():
        assert f"### {name}\n" in text
        section = text.split(f"### {name}\n")[1].split("\n###")[0]
        for param in command.params:
            for option in param.opts:
                assert param.param_type_name == "argument" or f"`{option}`" in section or option in section, (
                    name
                )


def test_every_direct_dependency_is_documented() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["dependency-groups"]["build"],
    ]
    names = {re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0] for one in wanted}
    listed = set(
        re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), re.MULTILINE)
    )
    assert listed - {"package"} == names


def test_every_page_of_the_documentation_is_in_its_index() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = {p.relative_to(ROOT / "docs").as_posix() for p in PAGES if p.parent != ROOT} - {"README.md"}
    assert (
        set(re.findall(r"\]\(([^)#]+\.md)", index)) - set(re.findall(r"\]\((\.\./[^)]+)\)", index)) == pages
    )


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", page.read_text("utf-8"))
    local = [t.split("#")[0] for t in targets if not re.match(r"(https?:|mailto:|#)", t)]
    assert [t for t in local if not (page.parent / t).exists()] == []


def code_lines(text: str) -> list[str]:
    """Lines of code blocks (indented by four, or fenced)."""
    fenced = "\n".join(re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)).splitlines()
    return fenced + [line.strip() for line in text.splitlines() if line.startswith("    ")]


def calls(text: str) -> list[list[str]]:
    """Every call of the program that a page names, as words."""
    found = [
        shlex.split(line, comments=True) for line in code_lines(text) if re.match(r"(\S*[/\\])?lianpu ", line)
    ]
    found += [words.split() for words in re.findall(r"`(lianpu [a-z][^`]*)`", text)]
    return [words[1:] for words in found]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_calls_in_the_documents_name_commands_and_options_that_exist(page: Path) -> None:
    for command, *words in calls(page.read_text("utf-8")):
        assert command in COMMANDS, command
        known = {option for param in COMMANDS[command].params for option in param.opts} | {"--help"}
        used = {word.split("=")[0] for word in words if word.startswith("--")}
        assert used <= known, (command, used - known)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_make_targets_in_the_documents_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    named = [words.split() for words in re.findall(r"`make ([^`]+)`", text)]
    named += [line.split("#")[0].split()[1:] for line in code_lines(text) if line.startswith("make ")]
    assert {word for words in named for word in words if "=" not in word} <= targets


def test_variables_in_the_documents_are_settings() -> None:
    known = {variable(name) for name in Settings.model_fields}
    for page in PAGES:
        named = set(re.findall(r"\bLIANPU_[A-Z0-9_]+[A-Z0-9]\b", page.read_text("utf-8")))
        assert {n for n in named if not n.startswith(("LIANPU_TEST_", "LIANPU_BENCH_"))} <= known, page


def test_the_readme_begins_with_chinese_and_names_the_two_commands() -> None:
    assert "**中文简介**" in README.splitlines()[2]
    assert {"make run", "make test"} <= {line.split("#")[0].strip() for line in code_lines(README)}
