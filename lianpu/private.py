"""Warning before pages are served that show what is not public."""

from __future__ import annotations

from graph.truth import VISIBILITIES, TruthStore
from lianpu.i18n import t
from lianpu.out import cell, console


def warn_of_private(truth: TruthStore) -> list[str]:
    """Say on stderr which datasets above public the pages show to whoever can open them; their names."""
    shown = [d["id"] for d in truth.datasets() if d["visibility"] != VISIBILITIES[0]]
    decisions = sum(1 for d in truth.decisions() if d.visibility and d.undone_at is None)
    if not shown and not decisions:
        return []
    names = ", ".join(shown) or t(f"{decisions} 个决定", f"{decisions} decisions")
    told = t(
        f"网页和接口会显示不公开的内容（{names}），凡能打开网址的人（含本机其他用户、转发的端口）都看得到；"
        "只显示公开的：lianpu clearance public",
        f"pages and API show what is not public ({names}) to whoever can open them: other users of this "
        "machine, forwarded ports. To show public data only: lianpu clearance public",
    )
    console(err=True).print(f"[yellow]{t('注意', 'Note')}[/]: {cell(told)}")
    return shown
