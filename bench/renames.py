"""Old names of listed firms, asked of an index that knows the new ones among other firms."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.match import Answer, FirmRecord, Matcher, MatchIndex
from ingest.places import china

DISTRACTORS = 4_000
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_OLD, _NEW = ("fullname_2021", "name_2021"), ("fullname_2026", "name_2026")
_FULL, _SHORT, _CODE = "公司全称", "股票名称", "股票代码"


def measure_renames(er: Path, listed: Path) -> dict[str, list[dict[str, Any]]]:
    """Precision and recall by threshold: with full names alone, and with short names too; and false alarms.

    A row of the table: ``asked`` old names; ``answered`` those whose best candidate reaches the threshold;
    ``right`` those where it is the firm; precision = right/answered, recall = right/asked. ``false alarms``
    asks of an index without the distractors who the distractors are: the right answer is always "new".
    """
    pairs = [row for path in sorted(er.glob("*.csv")) for row in _rows(path)]
    renamed = {row["code"] for row in pairs}
    others = [
        row
        for path in sorted(listed.glob("*.csv"))
        for row in _rows(path)
        if row.get(_FULL) and row[_CODE][:6] not in renamed
    ]
    random.Random(427).shuffle(others)
    others = others[:DISTRACTORS]
    known = [FirmRecord(f"pair/{row['code']}", row[_NEW[0]], (row[_NEW[1]],)) for row in pairs]
    noise = [FirmRecord(f"other/{row[_CODE]}", row[_FULL], (row[_SHORT],)) for row in others]
    matcher = Matcher(MatchIndex.build([*known, *noise], china()))
    results: dict[str, list[dict[str, Any]]] = {}
    for title, with_short in (("old full name", False), ("old full and short name", True)):
        asked = [FirmRecord("ask", row[_OLD[0]], (row[_OLD[1]],) if with_short else ()) for row in pairs]
        answers = list(matcher.match_many(asked))
        truths = [f"pair/{row['code']}" for row in pairs]
        results[f"{title}, all pairs"] = _table(answers, truths)
        changed = [i for i, row in enumerate(pairs) if row[_OLD[0]] != row[_NEW[0]]]
        results[f"{title}, full name changed"] = _table(
            [answers[i] for i in changed], [truths[i] for i in changed]
        )
    alone = Matcher(MatchIndex.build(known, china()))
    results["false alarms"] = _alarms(list(alone.match_many(noise)))
    return results


def _table(answers: Sequence[Answer], truths: Sequence[str]) -> list[dict[str, Any]]:
    kinds = {kind: sum(a.kind == kind for a in answers) for kind in ("same", "perhaps", "new")}
    rows = [_row("answer is same", [a.kind == "same" for a in answers], answers, truths)]
    for threshold in THRESHOLDS:
        reached = [bool(a.candidates) and a.candidates[0].score >= threshold for a in answers]
        rows.append(_row(f"score ≥ {threshold}", reached, answers, truths))
    rows[0] |= {"note": " ".join(f"{kind} {count}" for kind, count in kinds.items())}
    return rows


def _row(
    title: str, reached: Sequence[bool], answers: Sequence[Answer], truths: Sequence[str]
) -> dict[str, Any]:
    answered = sum(reached)
    right = sum(
        r and a.candidates[0].id == truth for r, a, truth in zip(reached, answers, truths, strict=True)
    )
    return {
        "threshold": title,
        "asked": len(answers),
        "answered": answered,
        "right": right,
        "precision": round(right / answered, 3) if answered else "–",
        "recall": round(right / len(answers), 3),
        "note": "",
    }


def _alarms(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    rows = [
        {
            "threshold": "answer is same",
            "asked": len(answers),
            "alarms": sum(a.kind == "same" for a in answers),
        }
    ]
    for threshold in THRESHOLDS:
        count = sum(bool(a.candidates) and a.candidates[0].score >= threshold for a in answers)
        rows.append({"threshold": f"score ≥ {threshold}", "asked": len(answers), "alarms": count})
    return rows


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
