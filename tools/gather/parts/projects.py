"""Projects with their milestones: one project however often it is named, one milestone per stage reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.ontology import load_ontology
from graph.values import date_max, date_min
from tools.gather.csvfile import read_csv
from tools.gather.decisions import FOLDER
from tools.gather.facts import Cells, Decision, carried, cited, parts
from tools.gather.faults import GatherFault
from tools.gather.gathered import Gathered, GatheredRow, place_ref
from tools.gather.notes import clean_note
from tools.gather.parks import park_id
from tools.gather.places_within import finest
from tools.gather.tables import Tables

STAGES = {
    "谋划": "planned",
    "洽谈": "negotiating",
    "签约": "signed",
    "开工": "started",
    "建设": "building",
    "投产": "producing",
    "达产": "full",
    "暂停": "suspended",
    "终止": "terminated",
}
_CURRENCIES = {"CNY": "亿元", "USD": "亿美元"}
_ORDER = list(STAGES.values())
NONE = "-"


@dataclass(frozen=True)
class Reached:
    """A stage that a project reached, with the gathered row that says so."""

    row: GatheredRow
    stage: str
    date: str
    phase: str
    note: str
    curated: str = ""  # id of the curated milestone that is the same


@dataclass
class Project:
    """One project: `kept` is the row whose name it bears, `rows` all that name it."""

    kept: GatheredRow
    rows: list[GatheredRow] = field(default_factory=list)

    @property
    def capacity(self) -> str:
        """Of what the rows say of its capacity, what the kept row says, else the first."""
        told = [row["products_capacity"] for row in (self.kept, *self.rows)]
        return next(filter(None, told), "")

    @property
    def places(self) -> set[str]:
        """Where it is, as closely as the rows tell."""
        return finest(row["place_code"] for row in self.rows)


def build(tables: Tables, gathered: Gathered) -> None:
    """Add projects and milestones by merge_projects.csv, project_rows.csv and milestones.csv."""
    details = {row["id"]: row for _, row in read_csv(FOLDER / "project_rows.csv")}
    stage = load_ontology().entity("Milestone").properties["stage"]
    stages = {value.value: value.zh for value in stage.values}
    for raw, project in _projects(gathered).items():
        reached = [_own(row, details.get(row["id"], {})) for row in project.rows]
        reached += _further(project)
        latest = latest_of(reached)
        for row in project.rows:
            status = _status(row, reached, latest)
            _add(tables, gathered, row, project, details.get(row["id"], {}), status=status)
        for step in reached:
            _add_milestone(
                tables,
                gathered,
                step,
                raw,
                exact=_exact(step, reached),
                name=project.kept["name"],
                stages=stages,
            )


def _projects(gathered: Gathered) -> dict[str, Project]:
    rows = {f"project/{row['id']}": row for row in gathered.rows("projects")}
    found: dict[str, Project] = {}
    for raw, row in rows.items():
        kept = gathered.decisions.merged(raw)
        found.setdefault(kept, Project(rows[kept])).rows.append(row)
    return found


def _own(row: GatheredRow, detail: Decision) -> Reached:
    if row["status"] not in STAGES:
        raise GatherFault(f"{row.origin}: column status: found {row['status']!r}, expected {sorted(STAGES)}")
    return Reached(
        row, STAGES[row["status"]], row["date"], detail.get("phase", ""), "", detail.get("milestone", "")
    )


def _further(project: Project) -> Iterable[Reached]:
    """Stages that a row's evidence dates beside its own, as milestones.csv reads it."""
    rows = {row["id"]: row for row in project.rows}
    for line, step in read_csv(FOLDER / "milestones.csv"):
        if row := rows.get(step["id"]):
            if row["evidence"] != step["evidence"]:
                raise GatherFault(
                    f"milestones.csv:{line}: column evidence: found {step['evidence']!r}, "
                    f"expected {row['evidence']!r}"
                )
            yield Reached(row, step["stage"], step["date"], step["phase"], step["note"])


def latest_of(reached: Sequence[Reached]) -> Reached:
    """The stage a project has reached: by date, but a dated one gives way to an undated later stage.

    A date that is only of a month or year gives way to an exact one within it, of the same or a later stage.
    """
    sharp = [step for step in reached if not any(_sharper(other, step) for other in reached)]
    return max(sharp, key=lambda step: _when(step, sharp))


def _sharper(other: Reached, step: Reached) -> bool:
    """Whether `other` dates the same or a later stage more exactly within the date of `step`."""
    return (
        _order(other) >= _order(step)
        and bool(step.date and other.date)
        and date_min(step.date) <= date_min(other.date)
        and date_max(other.date) <= date_max(step.date)
        and len(other.date) > len(step.date)
    )


def _exact(step: Reached, reached: Iterable[Reached]) -> Reached:
    """`step`, or the same stage of the same phase where another row dates it more exactly."""
    same = [other for other in reached if (other.stage, other.phase) == (step.stage, step.phase)]
    return next((other for other in same if _sharper(other, step)), step)


def _when(step: Reached, others: Iterable[Reached]) -> tuple[str, int]:
    last = max((date_max(other.date) for other in others if other.date), default="")
    beyond = all(_order(step) > _order(other) for other in others if other.date)
    when = date_max(step.date) if step.date else last if beyond else ""
    return when, _order(step)


def _order(step: Reached) -> int:
    return _ORDER.index(step.stage)


def _status(row: GatheredRow, reached: Iterable[Reached], latest: Reached) -> Cells:
    """The latest status, for every row that tells just that."""
    told = any(step.row is row and (step.stage, step.date) == (latest.stage, latest.date) for step in reached)
    return {"status": latest.stage, "status_date": latest.date} if told else {}


def _add(
    tables: Tables,
    gathered: Gathered,
    row: GatheredRow,
    project: Project,
    detail: Decision,
    *,
    status: Cells,
) -> None:
    other = [row["name"]] if row["name"] != project.kept["name"] else []
    capacity = row["products_capacity"]
    differs = f"另记“{capacity}”" if capacity not in ("", project.capacity) else ""
    tables.add(
        "projects",
        row,
        id=f"project/{row['id']}",
        name=project.kept["name"],
        aliases=other,
        investment=_investment(row, detail),
        capacity=capacity if capacity == project.capacity else "",
        firms=parts(detail.get("firms", "")) or gathered.firm_refs(row, "firms"),
        segments=[f"segment/{row['segment']}"] if row["segment"] else [],
        place=place_ref(row["place_code"]) if row["place_code"] in project.places else "",
        park=park_id(row["park"], row["place_code"]) if row["park"] else "",
        **status,
        **(carried(gathered, row) | {"note": clean_note(detail.get("note", ""), row["evidence"], differs)}),
    )


def _investment(row: GatheredRow, detail: Decision) -> str:
    if decided := detail.get("investment"):
        return "" if decided == NONE else decided
    return f"{row['investment_yi']}{_CURRENCIES[row['currency']]}" if row["investment_yi"] else ""


def _add_milestone(
    tables: Tables,
    gathered: Gathered,
    step: Reached,
    raw: str,
    *,
    exact: Reached,
    name: str,
    stages: dict[str, str],
) -> None:
    slug = gathered.decisions.final(raw).removeprefix("project/")
    named = exact.curated or "-".join(filter(None, (f"milestone/{slug}/{exact.stage}", exact.date)))
    if exact.curated or exact is not step:
        tables.add("milestones", step.row, id=named, **cited(gathered, step.row))
        return
    common = carried(gathered, step.row)
    tables.add(
        "milestones",
        step.row,
        id=named,
        name=f"{name}{stages[step.stage]}",
        stage=step.stage,
        date=step.date,
        phase=step.phase,
        project=raw,
        **(common | {"note": step.note}),
    )
