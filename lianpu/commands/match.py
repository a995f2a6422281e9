"""``lianpu match``: which firms of a file or dataset are known already; each question is answered once."""

from __future__ import annotations

import asyncio
import shlex
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from graph.changes import deciding_all
from ingest.answers import Answer, as_table, read_answers
from ingest.identify import Question
from ingest.match import Candidate
from ingest.settle import Matching, matching_of_dataset, matching_of_plan
from lianpu.app import command
from lianpu.begin import begin
from lianpu.changing import Manner, carry_out
from lianpu.i18n import LANG, t
from lianpu.interrupts import interruptible
from lianpu.loading import planned_load
from lianpu.names import called
from lianpu.options import DatasetName, Force, Json, MappingFile
from lianpu.out import cell, console, print_json, table
from lianpu.outfile import check_target, written
from lianpu.render.answers import Recorded, as_json, recorded, show_recorded
from lianpu.session import Session, open_session
from lianpu.settings import Settings

PANEL = "data"
PLACE = 25
#: Questions shown where nobody can be asked.
_SHOWN = 20
#: Candidates below this score are not shown, but for the best; and of the reasons only the first.
_LEAST, _REASONS = 0.1, 3


def register(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        PANEL,
        "match",
        "回答“这家企业是不是已有的那家”：逐家问，或导出填好再读回",
        "Answer which firms are known already: one by one, or in a table that you fill in",
    )
    def match(
        what: Annotated[
            str,
            typer.Argument(
                metavar="PATH|DATASET",
                show_default=False,
                help=t(
                    "要载入的文件或文件夹，或已载入的数据集", "A file or folder to load, or a loaded dataset"
                ),
            ),
        ],
        *,
        name: DatasetName = None,
        mapping: MappingFile = None,
        export: Annotated[
            Path | None,
            typer.Option(
                "--export",
                metavar="FILE.csv",
                help=t(
                    "把问题写成表，在“答案”列填 是 或 否", "Write the questions; fill yes or no into 'answer'"
                ),
            ),
        ] = None,
        answers: Annotated[
            Path | None,
            typer.Option("--answers", metavar="FILE", help=t("读回填好的表", "Read the filled-in table")),
        ] = None,
        force: Force = False,
        json: Json = False,
    ) -> None:
        is_path = Path(what).expanduser().exists()
        settings = begin()
        if export is not None:
            never = [settings.home, *([Path(what).expanduser()] if is_path else [])]
            check_target(export, option="--export", force=force, never=never)
        asked = Asked(what, is_path, name, mapping, export, answers, json)
        asyncio.run(_match(settings, asked))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the call asks for; ``is_path``: ``what`` is a file or folder, not a dataset."""

    what: str
    is_path: bool
    name: str | None
    mapping: Path | None
    export: Path | None
    answers: Path | None
    json: bool


async def _match(settings: Settings, asked: Asked) -> None:
    async with open_session(settings, quiet=asked.json) as session:
        with _opened(asked, session) as matching:
            questions = matching.found.questions
            if asked.answers is not None:
                given = read_answers(asked.answers)
            elif asked.export is not None or asked.json or not sys.stdin.isatty():
                given = []
                _tell(questions, asked)
            else:
                given = _asked(questions)
            if matching.same_name and not asked.json:
                _tell_same_name(matching.same_name, asked)
            made = matching.decisions(given)
            kept = recorded(made, questions)
            names = _names(matching, kept)
        if made:
            await _keep(session, made, json=asked.json)
    if asked.json and asked.answers is not None:
        print_json(
            {
                "decisions": len(made),
                "recorded": [as_json(one, names) for one in kept],
                "questions": [q.as_json() for q in questions],
            }
        )
    elif given:
        show_recorded(kept, names, console())
        left = max(len(questions) - len({one.id for one in given}), 0)
        console().print(
            t(
                f"记下 {len(made)} 个决定，还有 {left} 家没有回答；撤销见 lianpu decisions",
                f"{len(made)} decisions kept, {left} firms left; to take one back: lianpu decisions",
            )
        )


def _names(matching: Matching, kept: list[Recorded]) -> dict[str, str]:
    """What the firms and candidates of recorded answers are called."""
    better = (one.better[0] for one in kept if one.better is not None)
    ids = {*better, *(key for one in kept for key in (one.firm, one.candidate))}
    return called(matching.own.of_keys(sorted(ids)))


def _opened(asked: Asked, session: Session) -> AbstractContextManager[Matching]:
    truth, ontology = session.truth, session.ontology
    if not asked.is_path:
        return matching_of_dataset(asked.what, truth, ontology)
    with interruptible():
        plan = planned_load(
            asked.what, truth, ontology,
            name=asked.name, mapping=asked.mapping, partial=True, quiet=asked.json,
        )  # fmt: skip
    loaded = {d["id"] for d in truth.datasets() if d["current_version"] is not None}
    if not len(plan.changes) and plan.input.dataset in loaded:  # nothing new to plan: ask of what is loaded
        return matching_of_dataset(plan.input.dataset, truth, ontology)
    return matching_of_plan(plan, truth, ontology)


async def _keep(session: Session, made: list[tuple[str, dict[str, str], str]], *, json: bool) -> None:
    title = t("记下决定", "keep the answers")
    await carry_out(
        session,
        title,
        lambda: deciding_all(session.truth, [(kind, payload) for kind, payload, _ in made]),
        lambda plan: session.truth.settle(make=made, planned_at=plan.mark[0]),
        Manner(yes=True, quiet=json),
    )


def _tell(questions: list[Question], asked: Asked) -> None:
    export, json = asked.export, asked.json
    if export is not None:
        with written(export) as part:
            part.write_text(as_table(questions), encoding="utf-8", newline="")
    if json:
        print_json({"questions": [q.as_json() for q in questions], "export": export and str(export)})
        return
    if not questions:
        console().print(
            t("没有要问的：每家不是新的就是已经认出的", "Nothing to ask: every firm is new or known")
        )
        return
    for question in questions[:_SHOWN]:
        _show(question)
    if len(questions) > _SHOWN:
        console().print(t(f"……共 {len(questions)} 家", f"… {len(questions)} in all"))
    call = _call("match", asked)
    told = (
        t(f"{len(questions)} 家。用 Excel 打开 {export}，“答案”列写 是 或 否（每家最多一个 是），"
          f"存好后：{call} --answers {shlex.quote(str(export))}",
          f"{len(questions)} firms. Open {export}, write yes or no into its last column (one yes a firm at "
          f"most), then: {call} --answers {shlex.quote(str(export))}")
        if export is not None
        else t(f"{len(questions)} 家可能已有。在终端里运行会逐家问；或导出来回答：{call} --export 问题.csv",
               f"{len(questions)} firms may be known. At a terminal you are asked one by one; or write them "
               f"to a table: {call} --export questions.csv")
    )  # fmt: skip
    console().print(cell(told))


def _tell_same_name(count: int, asked: Asked) -> None:
    told = t(
        f"另有 {count} 处同名的项目等，这里只问企业；逐条看：{_call('check', asked)}",
        f"{count} other things share a name (projects and so on); only firms are asked about here. "
        f"To see them: {_call('check', asked)}",
    )
    console().print(cell(told))


def _call(name: str, asked: Asked) -> str:
    options = [] if asked.name is None else ["--as", asked.name]
    options += [] if asked.mapping is None else ["--mapping", str(asked.mapping)]
    return shlex.join(["lianpu", name, asked.what, *options])


def _show(question: Question) -> None:
    firm = question.firm
    grid = table(
        f"{cell(firm.props.get('name', firm.key))}  [dim]{cell(firm.table)}:{firm.row}[/]",
        "#",
        t("候选", "Candidate"),
        t("标识", "Id"),
        "#" + t("分数", "Score"),
        t("理由", "Reasons"),
    )
    for number, c in enumerate(_shown(question), start=1):
        reasons = t("；", "; ").join(r.zh if LANG == "zh" else r.en for r in c.reasons[:_REASONS])
        name = question.names.get(c.id, "")
        grid.add_row(str(number), cell(name), cell(c.id), f"{c.score:.0%}", cell(reasons))
    console().print(grid)


def _shown(question: Question) -> list[Candidate]:
    """The candidates that a person sees, best first."""
    best, *others = question.candidates
    return [best, *(c for c in others if c.score >= _LEAST)]


def _asked(questions: list[Question]) -> list[Answer]:
    """What a person at the terminal answers."""
    answers: list[Answer] = []
    help_text = t(
        "号码=就是它，n=都不是，回车=以后再说，q=停", "number = that one, n = none, Enter = later, q = stop"
    )
    for done, question in enumerate(questions, start=1):
        _show(question)
        said = _choice(f"[{done}/{len(questions)}] {help_text}", len(_shown(question)))
        if said == "q":
            break
        if said == "n":
            answers += [Answer(question.firm.key, c.id, same=False) for c in question.candidates]
        elif said:
            answers.append(Answer(question.firm.key, question.candidates[int(said) - 1].id, same=True))
    return answers


def _choice(text: str, most: int) -> str:
    while True:
        with interruptible():
            said = str(typer.prompt(text, default="", show_default=False, err=True)).strip().lower()
        if said in ("", "n", "q") or (said.isdecimal() and 1 <= int(said) <= most):
            return said
        console(err=True).print(t(f"请输入 1–{most}、n、q 或回车", f"1–{most}, n, q or Enter, please"))
