"""What to do about an error, by its code or subject: the last line of what the command line prints."""

from __future__ import annotations

from graph.errors import LianpuError
from lianpu.i18n import t

_HINTS = {
    "bad-setting": (
        "改正或删除该环境变量；lianpu settings 列出全部设置",
        "Correct or unset the variable; `lianpu settings` lists them all",
    ),
    "usage": ("加 --help 看用法", "Add --help to see how it is called"),
    "not-found": (
        "用 lianpu find 按名称、别名、代码、拼音或首字母查找",
        "Look for it with `lianpu find`: name, alias, code, pinyin or initials",
    ),
    "ambiguous": ("写出完整的标识再试", "Name one of them by its full id"),
    "engine-unavailable": (
        "看 LIANPU_NEO4J_URI 是否可达；不设该变量则用内置图引擎",
        "See whether LIANPU_NEO4J_URI can be reached; unset it to use the embedded engine",
    ),
    "engine-locked": (
        "等占用者结束，或用 LIANPU_HOME 换一个数据目录",
        "Wait until the other program ends, or name another data directory by LIANPU_HOME",
    ),
    "wrong-password": (
        "核对 LIANPU_NEO4J_USER 与 LIANPU_NEO4J_PASSWORD",
        "Check LIANPU_NEO4J_USER and LIANPU_NEO4J_PASSWORD",
    ),
    "foreign-graph": (
        "换一个空的数据库（LIANPU_NEO4J_DATABASE 或 LIANPU_NEO4J_URI）；原有数据未被改动",
        "Name an empty database (LIANPU_NEO4J_DATABASE or LIANPU_NEO4J_URI); what is there was not touched",
    ),
    "busy": (
        "等另一个写入结束后再试；LIANPU_WRITE_WAIT_S 可延长等待",
        "Try again when the other writer has ended; LIANPU_WRITE_WAIT_S waits longer",
    ),
    "truth-store": (
        "检查数据目录是否存在、可写、有空间；LIANPU_HOME 可另指一处",
        "See whether the data directory exists, is writable and has room; LIANPU_HOME names another",
    ),
    "read-too-large": (
        "用 --limit 取少些，或调高 LIANPU_MAX_ROWS",
        "Ask for less with --limit, or raise LIANPU_MAX_ROWS",
    ),
    "read-timeout": (
        "缩小问题，或调高 LIANPU_READ_TIMEOUT_S",
        "Ask for less, or raise LIANPU_READ_TIMEOUT_S",
    ),
    "port-taken": ("换一个端口：--port 或 LIANPU_PORT", "Name another port: --port or LIANPU_PORT"),
}
#: Where that is listed which was asked for by its number.
_LISTED = {
    "load": ("lianpu loads 列出历次载入", "`lianpu loads` lists the loads"),
    "decision": ("lianpu decisions --all 列出全部决定", "`lianpu decisions --all` lists them all"),
    "dataset": ("lianpu loads 列出数据集", "`lianpu loads` lists the datasets"),
}


def hint_for(error: LianpuError) -> str | None:
    """The advice for an error in the language of this run, or ``None``."""
    if error.extra.get("faults"):
        return t(
            "改好所列各处再载入；--plan-only 只检查，不写入",
            "Mend what is listed and load again; --plan-only checks without writing",
        )
    if error.code == "not-found" and "query" in error.extra:
        return t("lianpu queries 列出全部查询", "`lianpu queries` lists them all")
    for subject, (zh, en) in _LISTED.items():
        if error.code == "not-found" and subject in error.extra:
            return t(zh, en)
    texts = _HINTS.get(error.code)
    return None if texts is None else t(*texts)
