"""数据说明: what the lists hold, how they are read, by which rules, and the sources by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from graph.gaps.rules import Rule
from graph.gaps.words import STATUS_LABELS, value_label
from viz.documents.content import Content, Numbers
from viz.documents.sheet import Column, Line, Sheet, Value

NAME: Final = "数据说明"
_COLUMNS: Final = (
    Column("类别", 9, "short"),
    Column("编号", 16, "short"),
    Column("名称", 36, "long"),
    Column("说明", 50, "long"),
    Column("发布者", 14),
    Column("日期", 11, "short"),
    Column("等级", 6, "short"),
    Column("网址", 26, "long"),
)
#: Thresholds told in one cell: Excel lets no row be higher than 409 points.
_TOGETHER: Final = 12
#: Of which class and property the values are that a rule lists as a threshold.
_VALUES: Final = {
    "building": ("Project", "status"),
    "candidates": ("Title", "status"),
    "role": ("POSITIONED_FOR", "role"),
    "status": ("Title", "status"),
}
#: How the values of the axes are read.
_WORDS: Final = (
    ("现状·强", "有来源说强，或有 A、B 级来源的链主、龙头，或在有效的覆盖声明下企业数够多且有高于门槛的一家"),
    ("现状·弱", "有来源说薄弱，或在有效的覆盖声明下企业数不到门槛"),
    ("现状·缺", "有来源说缺失且没有更晚的在产记录，或在有效的覆盖声明下没有企业"),
    ("现状·有记录·未定", "记录到企业，但没有声明和表述可据以判强弱"),
    ("现状·未知", "什么也没有记录到；不等于没有企业"),
    ("来源等级", "A：政府、交易所、标准、党报；B：有公信力的媒体、行业媒体、企业公布；C：其他或不明"),
    ("待核实", "还没有人对照来源核实；“无来源”是一般知识"),
    ("空白", "没有记录；没有用任何估计去填"),
)


def explained_sheet(
    content: Content, numbers: Numbers, sheets: Sequence[Sheet], notes: Sequence[str]
) -> Sheet:
    """The last sheet; ``sheets`` are those before it, ``notes`` what else has to be told."""
    made = [
        *_scope(content),
        *(_line("怎样读", name, None, text) for name, text in _WORDS),
        *(
            _line("清单", sheet.name, sheet.counted if sheet.lines else "0 条", sheet.note)
            for sheet in sheets
        ),
        *_coverage(content, numbers),
        *(_line("注意", None, None, text) for text in _notes(content, notes)),
        *(line for _, rule in sorted(content.rules.all.items()) for line in _rule(content, rule)),
        *_sources(numbers),
    ]
    return Sheet(NAME, _COLUMNS, made, "各清单“来源”栏方括号中的数字，是本表“来源”各行的编号")


def _line(*values: Value) -> Line:
    return Line((*values, *[None] * (len(_COLUMNS) - len(values))))


def _scope(content: Content) -> Iterator[Line]:
    answer = content.panorama
    yield _line("范围", "产业链", answer.chain.caption, answer.chain.id)
    yield _line("范围", "地区", answer.place.caption, answer.place.id)
    yield _line("范围", "截至", content.as_of, "这一天之后的事实不计")
    yield _line("范围", "编制时间", content.made_at, f"链谱生成；事实的版本号 {content.revision}")
    yield _line(
        "范围",
        "可见范围",
        content.visibility,
        "所据数据和招商目标标明的可见范围，取最高的一级；是否另定密级由单位决定，交出前请确认",
    )
    told = "，".join(f"{STATUS_LABELS[key].zh} {count}" for key, count in sorted(answer.counts.items()))
    yield _line("范围", "环节", f"{sum(answer.counts.values())} 个（最细一级）", told)


def _coverage(content: Content, numbers: Numbers) -> Iterator[Line]:
    seen: set[str] = set()
    for cell in content.panorama.cells:
        fact = cell.presence.declared
        if fact is not None and fact.key not in seen:
            seen.add(fact.key)
            told = "有效" if cell.presence.declared_valid else "已过期或未称完整，不据以判断"
            mark = numbers.mark(numbers.of(fact.sources))
            yield Line(
                (
                    "覆盖声明",
                    fact.key,
                    fact.says.zh,
                    f"{told}；来源 {mark}",
                    None,
                    fact.date,
                    fact.grade,
                    None,
                )
            )
    if not seen:
        yield _line(
            "覆盖声明", None, "没有", "没有人声明过本链在本地的名录完整：因此没有环节因“没有记录”而判为缺或弱"
        )


def _notes(content: Content, notes: Sequence[str]) -> Iterator[str]:
    texts = [t.zh for part in (content.panorama.notes, content.gaps.notes, content.lists.notes) for t in part]
    yield from dict.fromkeys([*texts, *notes])
    for name, told in (("缺口", content.gaps), ("要紧的未知", content.worklist)):
        if told.total > len(told.items):
            yield f"{name}只列前 {len(told.items)} 个，共 {told.total} 个"


def _rule(content: Content, rule: Rule) -> Iterator[Line]:
    """A rule in a line, its thresholds and weights in the next."""
    chain, areas = content.panorama.chain.id, content.areas or (content.panorama.place.id,)
    source = f"出处：{rule.source}" if rule.source else None
    yield _line("规则", rule.id, rule.name.zh, "\n".join(filter(None, (rule.why.zh, source))))
    told = []
    for name, threshold in rule.thresholds.items():
        value = content.rules.value(rule.id, name, chain, areas)
        shown = "、".join(_word(rule.id, one) for one in value) if isinstance(value, list) else value
        told.append(
            f"{threshold.label.zh}：{shown}" + (f"（{threshold.source}）" if threshold.source else "")
        )
    weights = content.rules.weights(rule.id)
    told += [f"权重 {rule.weights[part].label.zh}：{weight:g}" for part, weight in weights.items()]
    for start in range(0, len(told), _TOGETHER):
        yield _line("规则", rule.id, "阈值和权重", "\n".join(told[start : start + _TOGETHER]))


def _word(rule: str, value: str) -> str:
    """A value of a threshold in Chinese, where it is one of an enumeration."""
    return value_label(*_VALUES[rule], value).zh if rule in _VALUES else value


def _sources(numbers: Numbers) -> Iterator[Line]:
    for number, title, publisher, date, grade, url in numbers.views():
        values = (
            "来源",
            f"[{number}]",
            title,
            None,
            publisher or None,
            date or None,
            grade or None,
            url or None,
        )
        yield Line(values, (number,))
