"""The reference pages ``docs/settings.md`` and ``docs/cli.md``, made from the program itself.

``LIANPU_LANG=en python -m lianpu.reference docs`` writes them; a test compares them with what is there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from typer.main import get_command

from lianpu.app import PANELS, build_app
from lianpu.settings import Settings, help_of, variable

_SETTINGS_HEAD = """\
# Settings

Every setting is an environment variable. `lianpu settings` shows them all with their value and where it
comes from; a password is never shown or logged. A value that does not fit ends the program with exit code 2
and says which setting, what was found and what was expected. A variable with this prefix that is no setting
is warned of.

每个设置都是一个环境变量。`lianpu settings` 列出全部设置、现值与来历；密码从不显示。

(This page is made from the program by `make docs`.)

| variable | default | values | what for | 用途 |
|---|---|---|---|---|
"""

_CLI_HEAD = """\
# Command line

Help is Chinese by default and English with `LIANPU_LANG=en`. Results go to stdout, everything else
(progress, logs, errors) to stderr. With `--json` stdout is one JSON document, also when the command is
refused: then it is a problem object (RFC 9457) with `code`, `title`, `detail` and `exit_code`. Output is
UTF-8 in every locale.

| exit code | meaning |
|---:|---|
| 0 | done |
| 1 | the input is refused: no or several entities of that name, faults in a table, an answer too large |
| 2 | the call or a setting is wrong |
| 3 | engine or data directory cannot be used: down, locked, wrong password, a foreign graph, time limit |
| 130 | interrupted with Ctrl-C |

An `ID` may be a full id (`firm/jiangxi-copper`), an id without its prefix where that is unambiguous
(`jiangxi-copper`), or an exact name or alias (`江西铜业`). If several entities match, they are listed and the
exit code is 1. Each command loads the built-in data first when the store is empty.

(This page is made from the program by `make docs`.)
"""


def _md(value: object) -> str:
    return str(value).replace("|", "\\|")


def _default(name: str) -> str:
    if name == "home":
        return "the user data directory of the system"
    value = Settings.model_fields[name].default
    return "not set" if value is None else f"`{value}`"


def settings_page() -> str:
    """The text of ``docs/settings.md``."""
    rows = []
    for name in Settings.model_fields:
        about = help_of(name)
        cells = (
            f"`{variable(name)}`",
            _default(name),
            about.values("en"),
            about.text("en"),
            about.text("zh"),
        )
        rows.append("| " + " | ".join(_md(cell) for cell in cells) + " |\n")
    return _SETTINGS_HEAD + "".join(rows)


def _usage(name: str, params: Iterable[Any]) -> str:
    words = ["lianpu", name]
    for param in params:
        if param.param_type_name == "argument":
            label = param.metavar or param.name.upper()
            words.append(label if param.required else f"[{label}]")
    return " ".join([*words, "[options]"])


def _option_rows(params: Iterable[Any]) -> list[str]:
    rows = []
    for param in params:
        label = (
            param.metavar or param.name.upper()
            if param.param_type_name == "argument"
            else ", ".join(param.opts)
        )
        default = (
            param.default if param.default not in (None, False) and not callable(param.default) else None
        )
        note = f" (default {default})" if default is not None else ""
        rows.append(f"| `{_md(label)}` | {_md(param.help)}{note} |\n")
    return rows


def commands_page() -> str:
    """The text of ``docs/cli.md``; English only under ``LIANPU_LANG=en``."""
    group: Any = get_command(build_app())
    parts = [_CLI_HEAD]
    for _, title in PANELS.values():
        inside = [(n, c) for n, c in group.commands.items() if c.rich_help_panel == title]
        if inside:
            parts.append(f"\n## {title}\n")
        for name, command in inside:
            parts.append(f"\n### {name}\n\n{command.help}.\n\n    {_usage(name, command.params)}\n\n")
            parts.append("| argument or option | meaning |\n|---|---|\n")
            parts.extend(_option_rows(command.params))
    return "".join(parts)


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {"settings.md": settings_page(), "cli.md": commands_page()}


if __name__ == "__main__":
    if os.environ.get("LIANPU_LANG") != "en":
        sys.exit("the reference is English: run with LIANPU_LANG=en")
    for file, text in pages().items():
        (Path(sys.argv[1]) / file).write_text(text, encoding="utf-8", newline="\n")
