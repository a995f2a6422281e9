"""The repository keeps its own rules: small files, clean locks, one-way imports, nothing that is not ours."""

from __future__ import annotations

import ast
import os
import re
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("lianpu", "api", "viz", "ingest", "graph", "cypher", "data")
#: What a room may import, besides itself.
MAY_IMPORT = {
    "cypher": set[str](),
    "graph": {"cypher"},
    "ingest": {"graph", "cypher"},
    "viz": {"graph", "cypher", "api"},
    "api": {"graph", "ingest", "viz", "cypher"},
    "lianpu": {"api", "viz", "ingest", "graph", "cypher"},
    "data": set[str](),
}
SKIPPED = {".git", ".venv", ".cache", "__pycache__", "dist", "build", "node_modules"}
BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx"}


def files() -> list[Path]:
    """Every file that belongs to the repository (as git sees it, if there is a git checkout)."""
    found: Iterator[Path] | list[Path]
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True, text=True,
        )  # fmt: skip
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = ROOT.rglob("*")
    return sorted(p for p in found if p.is_file() and not SKIPPED & set(p.relative_to(ROOT).parts))


FILES = files()
TEXTS = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8") for p in FILES if p.suffix not in BINARY}
PYTHON = {name: text for name, text in TEXTS.items() if name.endswith(".py")}


def found_in(pattern: str, skip: tuple[str, ...] = ()) -> list[str]:
    """``file:line`` of every line that matches; ``skip`` are beginnings of file names."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in TEXTS.items()
        if not name.startswith(skip or ("\0",))
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_file_names_a_path_of_a_machine() -> None:
    # written in parts, so that this file does not match itself
    places = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "/Us" + "ers/[a-z]", r"[A-Z]:\\Us" + "ers"]
    assert found_in("|".join(rf"(?<![\w./-]){place}" for place in places)) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [
        "pypi" + r"\.org",
        "python" + r"hosted\.org",
        "npmjs" + r"\.",
        "maven" + r"\.org",
        "maven" + r"2/",
    ]
    hosts += ["crates" + r"\.io", "unpkg" + r"\.com", "jsdelivr" + r"\.net", "cdnjs" + r"\."]
    assert found_in("|".join(hosts), ("data/",)) == []


def test_nothing_is_left_unfinished() -> None:
    marks = ["TO" + "DO", "FIX" + "ME", r"\bXX" + r"X\b", "NotImplemented" + "Error", "pragma: no " + "cover"]
    assert found_in("|".join(marks), ("data/", "requirements")) == []


def test_no_secret_stands_in_a_file() -> None:
    assert (
        found_in(r"(?i)(password|passwd|secret|token)\s*[:=]\s*[\"'][^\"'\s${}<>]{12,}[\"']", ("tests/",))
        == []
    )


@pytest.mark.parametrize("name", sorted(PYTHON))
def test_modules_are_small(name: str) -> None:
    assert len(PYTHON[name].splitlines()) <= 400


def test_every_module_says_what_it_is() -> None:
    assert [n for n, text in PYTHON.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def _imports(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_imports_run_one_way(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = {
        name: sorted(bad)
        for name, text in PYTHON.items()
        if name.startswith(f"{room}/")
        and (bad := (_imports(text) & {*ROOMS, "tests", "bench", "tools"}) - allowed)
    }
    assert wrong == {}


def test_no_script_or_style_of_others_is_kept() -> None:
    assets = {n: t for n, t in TEXTS.items() if n.endswith((".js", ".css", ".html"))}
    assert [n for n in assets if ".min." in n] == []
    packed = [n for n, text in assets.items() if any(len(line) > 500 for line in text.splitlines())]
    assert [n for n in packed if not n.endswith(".html")] == []
    remote = re.compile(r"""(src|href)\s*=\s*["'](https?:)?//|@import\s+url\(["']?(https?:)?//""")
    assert [n for n, text in assets.items() if remote.search(text)] == []


def test_text_files_are_utf8_with_unix_line_ends() -> None:
    bad = [
        p.relative_to(ROOT).as_posix() for p in FILES if p.suffix not in BINARY and b"\r" in p.read_bytes()
    ]
    assert bad == []


LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_by_hash_and_name_no_address(lock: str) -> None:
    text = TEXTS[lock]
    assert "://" not in text
    assert not re.search(r"--(extra-)?index|--find-links|--trusted-host", text)
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9.-]*==\S+", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~; ]", one, maxsplit=1)[0].lower().replace("_", "-") for one in requirements}


def _pinned(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", TEXTS[lock], re.MULTILINE):
        pins.setdefault(name, set()).add(version)
    return pins


def test_locks_hold_every_dependency_and_agree() -> None:
    project = tomllib.loads(TEXTS["pyproject.toml"])
    build = _names(project["dependency-groups"]["build"])
    run = _names(project["project"]["dependencies"]) | build
    develop = run | _names(project["project"]["optional-dependencies"]["dev"])
    small, large = (_pinned(lock) for lock in LOCKS)
    assert run <= set(small)
    assert develop <= set(large)
    assert {name: large.get(name) for name in small} == small


def test_every_dependency_of_the_program_is_used() -> None:
    modules = {
        "arcadedb-embedded": "arcadedb_embedded",
        "python-docx": "docx",
        "python-stdnum": "stdnum",
        "pyyaml": "yaml",
    }
    used = set().union(*(_imports(text) for name, text in PYTHON.items() if name.startswith(ROOMS)))
    wanted = _names(tomllib.loads(TEXTS["pyproject.toml"])["project"]["dependencies"])
    extensions = {"neo4j-rust-ext"}  # the driver finds it by itself
    assert {n for n in wanted if modules.get(n, n.replace("-", "_")) not in used} == extensions


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_the_ci_script_can_be_run_and_parses() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    subprocess.run(["bash", "-n", os.fspath(script)], check=True)


def make_targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z0-9-]*):", TEXTS["Makefile"], re.MULTILINE))


def test_every_make_target_is_in_its_help() -> None:
    described = set(re.findall(r"^([a-z][a-z0-9-]*):.*## ", TEXTS["Makefile"], re.MULTILINE))
    assert described == make_targets()
    phony = re.search(r"^\.PHONY: (.+)$", TEXTS["Makefile"], re.MULTILINE)
    assert phony
    assert set(phony.group(1).split()) == make_targets()


def test_the_licences_are_there() -> None:
    assert "Apache License" in TEXTS["LICENSE"]
    assert "END OF TERMS AND CONDITIONS" in TEXTS["LICENSE"]
    assert "Creative Commons Attribution 4.0" in TEXTS["data/LICENSE"]
    assert tomllib.loads(TEXTS["pyproject.toml"])["project"]["license"] == "Apache-2.0 AND CC-BY-4.0"
