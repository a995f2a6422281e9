"""Readable ids for names: pinyin without tones, told apart by a number where two sound the same."""

import re
from collections import Counter
from collections.abc import Iterable

from graph.search.pinyin import reader


def slug(name: str) -> str:
    """Lower-case ascii letters, digits and hyphens; Chinese becomes pinyin."""
    text = "-".join(reader()(name, errors="default")).lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def slugs(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """Ids `<prefix>/<slug>` by name; of names with the same slug the later ones get -2, -3 …"""
    ids: dict[str, str] = {}
    used: Counter[str] = Counter()
    for name in sorted(set(names)):
        base = slug(name)
        used[base] += 1
        ids[name] = f"{prefix}/{base}" if used[base] == 1 else f"{prefix}/{base}-{used[base]}"
    return ids
