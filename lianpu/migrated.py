"""Saying once that an older data directory was brought up to this program."""

from __future__ import annotations

from rich.markup import escape

from graph.truth.migrate import Migration
from lianpu.i18n import t
from lianpu.out import console


def tell_migrated(done: Migration) -> None:
    """On stderr: from which format to which, what that changed, and where the former file is kept."""
    out = console(err=True)
    head = t(
        f"事实库是较旧版本写的（格式 {done.found}），已升级到格式 {done.now}；事实不变",
        f"The truth store was written by an older version (format {done.found}); "
        f"it is now of format {done.now}, the facts are the same",
    )
    out.print(f"[yellow]{t('已升级', 'Upgraded')}[/]: {head}")
    for line in t("\n".join(done.did_zh), "\n".join(done.did_en)).splitlines():
        out.print(f"  {escape(line)}")
    out.print(escape(t(f"  升级前的文件留作 {done.copy}", f"  The file as it was is kept as {done.copy}")))
