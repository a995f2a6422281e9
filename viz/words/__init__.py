"""The words of the pages in Chinese and English: one YAML file per page, ``key: {zh: …, en: …}``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
HTML_LANG = {"zh": "zh-CN", "en": "en"}
Translate = Callable[..., str]


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All words: ``{"<file>.<key>": {"zh": …, "en": …}}``. Raises ``ValueError`` where a language lacks."""
    words: dict[str, dict[str, str]] = {}
    for entry in sorted(files("viz.words").iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".yml"):
            continue
        page = entry.name.removesuffix(".yml")
        for key, texts in yaml.safe_load(entry.read_text(encoding="utf-8")).items():
            if set(texts) != set(LANGS):
                raise ValueError(f"{entry.name}: {key} needs {' and '.join(LANGS)}, found {sorted(texts)}")
            words[f"{page}.{key}"] = texts
    return words


def translator(lang: Lang) -> Translate:
    """``t("home.title", n=3)`` in ``lang``; raises ``KeyError`` for a word that is not in the catalogue."""

    def translate(key: str, /, **values: object) -> str:
        text = catalogue()[key][lang]
        return text.format(**values) if values else text

    return translate


def page_words(prefix: str, lang: Lang) -> dict[str, str]:
    """The words of one file, keyed without the file's name: what a script of that page shows."""
    start = f"{prefix}."
    return {k.removeprefix(start): v[lang] for k, v in catalogue().items() if k.startswith(start)}
