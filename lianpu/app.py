"""The command line application: typer set up for two languages, and the commands found in one folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

import lianpu.commands
from lianpu.driver import import_driver
from lianpu.i18n import t

#: Panels of ``lianpu --help`` in order; a command module names one as ``PANEL``.
PANELS = {
    "ask": ("提问", "Questions"),
    "gaps": ("缺口与招商", "Gaps and investment promotion"),
    "data": ("数据", "Data"),
    "serve": ("服务", "Serving"),
    "about": ("关于本程序", "About the program"),
}

_HELP_OPTION = t("显示本说明", "Show this help")


class _Bilingual:
    """What commands and groups share: typer's own words in the chosen language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate_typer()
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP_OPTION
        return option


class _Command(_Bilingual, TyperCommand):
    pass


class _Group(_Bilingual, TyperGroup):
    pass


def command(
    app: typer.Typer, panel: str, name: str, zh: str, en: str
) -> Callable[[Callable[..., None]], None]:
    """Register a function as the command ``name`` with its help in both languages."""

    def register(function: Callable[..., None]) -> None:
        app.command(name, cls=_Command, help=t(zh, en), rich_help_panel=t(*PANELS[panel]))(function)

    return register


def _translate_typer() -> None:
    utils: Any = importlib.import_module("typer.rich_utils")
    utils.ARGUMENTS_PANEL_TITLE = t("参数", "Arguments")
    utils.OPTIONS_PANEL_TITLE = t("选项", "Options")
    utils.COMMANDS_PANEL_TITLE = t("命令", "Commands")
    utils.DEFAULT_STRING = t("[默认：{}]", "[default: {}]")
    utils.REQUIRED_LONG_STRING = t("[必填]", "[required]")


def command_names() -> list[str]:
    """The names of all commands: each is that of its module in ``lianpu/commands/``, ``-`` for ``_``."""
    return [found.name.replace("_", "-") for found in pkgutil.iter_modules(lianpu.commands.__path__)]


def build_app(only: str | None = None) -> typer.Typer:
    """The application with its commands, panel by panel.

    ``only`` names one command: its module alone is imported, since some take a second to import.
    """
    app = typer.Typer(
        name="lianpu",
        cls=_Group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback(
        help=t(
            "链谱：江西产业链知识图谱。问链长、链主、企业、园区、上下游，每条事实带来源。",
            "Lianpu: the knowledge graph of Jiangxi's industrial chains. "
            "Ask who answers for a chain, who leads it, who works where; each fact with its source.",
        )
    )(_nothing_before_the_command)
    import_driver()
    known = command_names()
    names = [only] if only in known else known
    modules = [importlib.import_module(f"lianpu.commands.{name.replace('-', '_')}") for name in names]
    order = list(PANELS)
    for module in sorted(modules, key=lambda m: (order.index(m.PANEL), getattr(m, "PLACE", 50), m.__name__)):
        module.register(app)
    return app


def _nothing_before_the_command() -> None:
    """There are no options before the command; typer wants a function all the same."""
