"""The text of a draft mapping: keys for what is sure enough, comments for the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from ingest.mapping.draft.guess import ENOUGH, Guess

#: Meaning → column of the table of firms.
_FIRM = {
    "name": "name", "short_name": "short_name", "name_en": "name_en", "aliases": "aliases",
    "former_names": "former_names", "uscc": "uscc", "stock_code": "stock_code", "founded": "founded",
    "status": "status", "products": "products", "place": "place", "park": "park", "note": "note",
}  # fmt: skip
_OPERATING, _CEASED = ("存续", "在业", "开业", "在营"), ("注销", "吊销", "停业")
_WORDS = [f"{word}: operating" for word in _OPERATING] + [f"{word}: ceased" for word in _CEASED]
_STATUS = "{" + ", ".join(_WORDS) + "}"
#: Meaning → the statement that it suggests.
_RELATIONS = {
    "supplier": "relation: SUPPLIES, from: {column: %s}, to: firm",
    "customer": "relation: SUPPLIES, from: firm, to: {column: %s}",
    "parent": "relation: SUBSIDIARY_OF, from: firm, to: {column: %s}",
    "owner": "relation: OWNS, from: {column: %s}, to: firm",
}
_HINTS = {
    "capital": "注册资本可记作指标值 · may become an Observation (see the mapping enterprises)",
    "scope": "经营范围只是登记文字，可放进 note · registered text, may go to note",
    "person": "个人信息，不建议载入 · personal data, better not loaded",
}
_PLAIN = re.compile(r"[\w\u4e00-\u9fff]*[A-Za-z_\u4e00-\u9fff][\w\u4e00-\u9fff]*")
#: Share of rows from which on a code tells the rows apart.
_NEARLY = 0.98
_RESERVED = frozenset(("null", "true", "false", "yes", "no", "on", "off"))


def mapping_text(file: str, sheet: str, guesses: Sequence[Guess]) -> str:
    """The YAML of a mapping that reads ``file`` as firms."""
    sure = {g.meaning: g for g in reversed(guesses) if g.confidence >= ENOUGH}
    slug = _slug(file)
    lines = [
        "# 草稿，由程序看列名和前一千行猜出；请逐条核对后再用。",
        "# A draft, guessed from the headings and the first thousand rows: check every line before use.",
        "# 每条后面的数字是把握（0 到 1）· the number behind each line is the confidence (0 to 1).",
        f"title: {_quoted(PurePath(file).stem)}",
        "# 先说明来源，再去掉注释 · name the source, then take off the comment marks:",
        "# sources:",
        f"#   - {{id: source/{slug}, name: …, publisher: …, date: …, medium: dataset, grade: C}}",
        "common:",
        f"#   sources: source/{slug}",
        "  standing: unverified",
        "files:",
        f"  - file: {_quoted(file)}",
    ]
    if sheet:
        lines.append(f"    sheet: {_quoted(sheet)}")
    if "name" not in sure:
        lines.insert(
            3, "# 没有找到企业名称的列：补上 name · no column of firms' names was found: put in name"
        )
    lines += [*_checks(sure), "    rows:", *_firm(sure, guesses, slug), *_site(sure, slug), *_left(guesses)]
    return "\n".join(lines) + "\n"


def _checks(sure: dict[str, Guess]) -> Iterator[str]:
    checks = []
    if "name" in sure:
        checks.append(f"      - {{column: {_quoted(sure['name'].column)}, empty: false}}")
    code = _code(sure)
    if code is not None:
        checks.append(
            f"      - {{column: {_quoted(code.column)}, empty: false, unique: [{_quoted(code.column)}]}}"
        )
    if checks:
        yield "    checks:"
        yield from checks


def _firm(sure: dict[str, Guess], guesses: Sequence[Guess], slug: str) -> Iterator[str]:
    yield "      - entity: Firm"
    yield "        as: firm"
    key = _key(sure, slug)
    if key is not None:
        yield f"        id: {key}"
    else:
        yield "        # 没有可作编号的列，按名称认 · no column for an id: firms go by their names"
    yield "        properties:"
    done: set[str] = set()
    if "name" not in sure:
        yield "          name: {value: 请改成名称列 · put the column of names here}"
    for guess in guesses:
        target = _FIRM.get(guess.meaning)
        if target is None or guess.confidence < ENOUGH or target in done:
            continue
        done.add(target)
        yield f"          {target}: {_cell(guess)}  # {guess.confidence:.2f}"


def _site(sure: dict[str, Guess], slug: str) -> Iterator[str]:
    address, key = sure.get("address"), _key(sure, slug)
    if address is None or "name" not in sure:
        return
    yield "      # 地址：登记的地方不一定在那里生产 · the registered address need not be where work is done"
    yield "      - entity: Site"
    yield "        as: site"
    yield f"        filter: {{{_quoted(address.column)}: {{empty: false}}}}"
    if key is not None:
        yield f"        id: {key}"
    yield "        properties:"
    named = json.dumps("{" + sure["name"].column + "}（注册地）", ensure_ascii=False)
    yield f"          name: {{text: {named}}}"
    yield "          kind: {value: unspecified}"
    yield f"          address: {_cell(address)}  # {address.confidence:.2f}"
    yield "      - relation: OPERATES"
    yield "        from: firm"
    yield "        to: site"


def _left(guesses: Sequence[Guess]) -> Iterator[str]:
    """Comments on the columns that are not used."""
    used: set[str] = set()
    left: list[str] = []
    for guess in guesses:
        taken = guess.meaning in _FIRM or guess.meaning == "address"
        if taken and guess.confidence >= ENOUGH and guess.meaning not in used:
            used.add(guess.meaning)
            continue
        about = _about(guess)
        left.append(f"#   {_one_line(guess.column)}{about}")
    if left:
        yield "# 没有用到的列 · columns not used:"
        yield from left


def _about(guess: Guess) -> str:
    if guess.meaning in _RELATIONS:
        suggestion = _RELATIONS[guess.meaning] % _quoted(guess.column)
        return f"：也许 · perhaps - {{{suggestion}}}  # {guess.confidence:.2f}"
    if guess.meaning in _HINTS:
        return f"：{_HINTS[guess.meaning]}"
    shown = "、".join(_one_line(text[:20]) for text in guess.samples)
    perhaps = f" {guess.meaning}? {guess.confidence:.2f}" if guess.meaning else ""
    perhaps = perhaps or (f" ({guess.shape})" if guess.shape else "")
    return f"：{shown}{perhaps}" if shown or perhaps else ""


def _key(sure: dict[str, Guess], slug: str) -> str | None:
    """How ids come about: hashed from the code that tells the rows apart, if there is one."""
    code = _code(sure)
    return f"{{hash: [{_quoted(code.column)}], space: {slug}}}" if code is not None else None


def _code(sure: dict[str, Guess]) -> Guess | None:
    """The code that nearly all rows have and hardly two share; the rows that do not are faults then."""
    codes = [sure[meaning] for meaning in ("uscc", "stock_code") if meaning in sure]
    return next((code for code in codes if code.distinct >= _NEARLY and code.filled >= _NEARLY), None)


def _cell(guess: Guess) -> str:
    column = _quoted(guess.column)
    extra: list[str] = []
    if guess.unknown:
        extra.append(f"unknown: [{', '.join(_quoted(text) for text in guess.unknown)}]")
    if guess.meaning == "founded" and any(" " in text for text in guess.samples):
        extra.append("extract: '^[^ ]+'")
    if guess.meaning == "status":
        extra.append(f"translate: {_STATUS}, untranslated: fault")
    if guess.meaning == "place" and guess.shape == "place_code":
        extra.append("prepend: place/")
    if guess.meaning in ("products", "former_names", "aliases") and (mark := _separator(guess)):
        extra.append(f"split: {_quoted(mark)}")
    return f"{{column: {column}, {', '.join(extra)}}}" if extra else column


def _separator(guess: Guess) -> str:
    return next((mark for mark in "、；;，," if any(mark in text for text in guess.samples)), "")


def _quoted(text: str) -> str:
    """``text`` as a YAML scalar."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _slug(file: str) -> str:
    words = re.findall(r"[a-z0-9]+", PurePath(file).stem.lower())
    return "-".join(words)[:40].strip("-") or "own"
