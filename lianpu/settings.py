"""Every setting of the program, in one place. Each is an environment variable ``LIANPU_<NAME>``.

``load_settings()`` reads and checks them; ``describe(settings)`` lists them with value and origin (secrets
hidden). ``docs/settings.md`` documents the same fields and a test compares the two.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from platformdirs import user_data_dir
from pydantic import BaseModel, Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import UsageError
from lianpu.i18n import LANG, Lang, t

PREFIX = "LIANPU_"
#: Variables of the test suite and the bench: known, and no setting of the program.
RESERVED = ("LIANPU_TEST_", "LIANPU_BENCH_")


class BadSetting(UsageError):
    """A ``LIANPU_*`` variable has a value the program cannot use."""

    code: ClassVar[str] = "bad-setting"
    title_zh: ClassVar[str] = "设置有误"
    title_en: ClassVar[str] = "A setting is wrong"


class Help(BaseModel):
    """What a setting is for and which values it takes, in both languages."""

    zh: str
    en: str
    values_zh: str
    values_en: str

    def text(self, lang: Lang = LANG) -> str:
        """What it is for."""
        return self.en if lang == "en" else self.zh

    def values(self, lang: Lang = LANG) -> str:
        """Which values it takes."""
        return self.values_en if lang == "en" else self.values_zh


def _setting(default: Any, zh: str, en: str, values: tuple[str, str], **limits: Any) -> Any:
    """A field with its help; ``default`` may be a function, ``limits`` are pydantic's (``ge``, ``le`` …)."""
    text = Help(zh=zh, en=en, values_zh=values[0], values_en=values[1])
    extra: dict[str, Any] = {"help": text.model_dump()}
    if callable(default):
        return Field(default_factory=default, json_schema_extra=extra, **limits)
    return Field(default, json_schema_extra=extra, **limits)


def _whole(low: int, high: int) -> tuple[str, str]:
    return f"整数 {low}–{high}", f"a whole number {low}–{high}"


def _seconds(low: float, high: float) -> tuple[str, str]:
    return f"秒数 {low:g}–{high:g}", f"seconds {low:g}–{high:g}"


def _default_home() -> Path:
    return Path(user_data_dir("lianpu", appauthor=False))


class Settings(BaseSettings):
    """The settings of one run; see the help of each field."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, env_file=None, extra="ignore", frozen=True
    )

    home: Path = _setting(
        _default_home,
        "数据目录：事实库、内置图引擎的数据、日志",
        "The data directory: truth store, data of the embedded engine, logs",
        ("目录路径", "a path"),
    )
    lang: Lang = _setting(
        "zh",
        "命令行和页面的默认语言",
        "Language of the command line and default language of the pages",
        ("zh 或 en", "zh or en"),
    )
    host: str = _setting(
        "127.0.0.1",
        "服务监听的地址；目前只接受本机回环地址",
        "Address the server listens on; only loopback is accepted for now",
        ("127.0.0.1、localhost 或 ::1", "127.0.0.1, localhost or ::1"),
    )
    port: int = _setting(
        8269,
        "服务监听的端口；0 为任一空闲端口",
        "Port the server listens on; 0 takes any free one",
        _whole(0, 65535),
        ge=0,
        le=65535,
    )
    neo4j_uri: str | None = _setting(
        None,
        "Neo4j 的地址；不设则用内置图引擎",
        "Address of a Neo4j; without it the embedded engine is used",
        (
            "bolt://主机:端口 或 neo4j://主机:端口（可带 +s、+ssc），不含用户名和密码",
            "bolt://host:port or neo4j://host:port (+s and +ssc allowed), without user and password",
        ),
    )
    neo4j_user: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = _setting(
        "neo4j", "Neo4j 的用户名", "User name at Neo4j", ("文字", "text")
    )
    neo4j_password: SecretStr | None = _setting(
        None,
        "Neo4j 的密码；从不写入日志，也不显示",
        "Password at Neo4j; never logged or shown",
        ("文字", "text"),
    )
    neo4j_database: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = _setting(
        "neo4j", "Neo4j 的数据库名", "Name of the database at Neo4j", ("文字", "text")
    )
    heap: Annotated[str, StringConstraints(pattern=r"^[1-9]\d*[mg]$")] = _setting(
        "512m",
        "内置图引擎的堆内存上限",
        "Heap limit of the embedded engine",
        ("如 512m 或 2g", "such as 512m or 2g"),
    )
    read_timeout_s: float = _setting(
        30.0, "一次查询的时间上限", "Time limit of one question", _seconds(0.1, 3600), ge=0.1, le=3600
    )
    write_wait_s: float = _setting(
        30.0,
        "等待另一个写入结束的时间上限",
        "How long to wait for another writer to end",
        _seconds(0, 3600),
        ge=0,
        le=3600,
    )
    max_rows: int = _setting(
        10_000,
        "一次查询最多返回的行数",
        "Most rows one question may return",
        _whole(100, 1_000_000),
        ge=100,
        le=1_000_000,
    )
    page_size: int = _setting(
        50, "分页时每页的条数", "Entries on a page of a paged answer", _whole(1, 200), ge=1, le=200
    )
    list_size: int = _setting(
        25,
        "链条卡片和企业邻域里每个列表的条数",
        "Entries in each list of a chain card or of a firm's neighbourhood",
        _whole(1, 200),
        ge=1,
        le=200,
    )
    gap_rules: Path | None = _setting(
        None,
        "自己的规则文件：按链、按地区另定的阈值与权重；不设则用自带的",
        "Your own rules file: thresholds by chain or place, and weights; the program's own without it",
        ("YAML 文件的路径", "the path of a YAML file"),
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "warning",
        "写日志的最低级别；serve 在未设置时用 info",
        "Lowest level that is logged; serve uses info when this is not set",
        ("debug、info、warning 或 error", "debug, info, warning or error"),
    )
    log_format: Literal["text", "json"] = _setting(
        "text",
        "日志的格式（写到标准错误）",
        "Format of the log (on stderr)",
        ("text 或 json", "text or json"),
    )

    @field_validator("home", "gap_rules")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser().resolve()

    @field_validator("lang", "log_level", "log_format", "heap", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("neo4j_uri")
    @classmethod
    def _bolt(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"(bolt|neo4j)(\+s|\+ssc)?://[^@/?#\s]+/?", value):
            raise ValueError("not an address of Neo4j")
        return value

    def given(self, name: str) -> bool:
        """Whether the field ``name`` was set by the caller or the environment, not by default."""
        return name in self.model_fields_set


def help_of(name: str) -> Help:
    """The help of the field ``name``."""
    extra = Settings.model_fields[name].json_schema_extra
    if not isinstance(extra, dict):
        raise KeyError(name)
    return Help.model_validate(extra["help"])


def variable(name: str) -> str:
    """The environment variable of the field ``name``."""
    return PREFIX + name.upper()


def _is_secret(name: str) -> bool:
    return "SecretStr" in str(Settings.model_fields[name].annotation)


def _complaint(error: ErrorDetails) -> dict[str, str]:
    name = str(error["loc"][0])
    found = str(error["input"])
    if _is_secret(name) or "@" in found:
        found = t("（不显示）", "(hidden)")
    return {"setting": variable(name), "found": found, "expected": help_of(name).values()}


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment; ``overrides`` (from options, ``None`` = not given) win.

    Raises
    ------
    BadSetting
        Names each wrong setting with what was found and what is expected.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        faults = [_complaint(one) for one in error.errors()]
        lines = [
            t(
                f"{f['setting']}：现为“{f['found']}”，应为 {f['expected']}",
                f'{f["setting"]}: found "{f["found"]}", expected {f["expected"]}',
            )
            for f in faults
        ]
        raise BadSetting("\n".join(lines), settings=faults) from error


def unknown_variables(environ: Mapping[str, str] = os.environ) -> dict[str, str | None]:
    """``LIANPU_*`` variables that are no setting, each with the setting it looks like (or ``None``)."""
    known = {variable(name) for name in Settings.model_fields}
    names = [n for n in environ if n.startswith(PREFIX) and n not in known and not n.startswith(RESERVED)]
    return {n: next(iter(difflib.get_close_matches(n, known, 1, 0.7)), None) for n in sorted(names)}


def describe(settings: Settings) -> list[dict[str, object]]:
    """All settings in order: name, variable, value, origin (``default`` / ``environment``), help, values."""
    rows: list[dict[str, object]] = []
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            value = "********"
        about = help_of(name)
        rows.append(
            {
                "name": name,
                "variable": variable(name),
                "value": str(value) if isinstance(value, Path) else value,
                "origin": "environment" if settings.given(name) else "default",
                "help": about.text(),
                "values": about.values(),
            }
        )
    return rows
