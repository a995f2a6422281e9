"""Rows read by several processes: the same as by one, and no process is left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.generate import generate
from bench.generated.tables import Size
from graph.errors import BadInput, LianpuError
from graph.ontology import load_ontology
from graph.truth import TruthStore, View
from ingest import workers
from ingest.batches import Item
from ingest.inputs import input_of
from ingest.load import plan_load
from ingest.rows import Row
from tests.support.folders import write_folder

ONTOLOGY = load_ontology()


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes help from the first rows on, and get few at a time."""
    monkeypatch.setattr(workers, "FROM_ROWS", 5)
    monkeypatch.setattr(workers, "_BATCH", 7)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that were started; none is left in the end."""
    known: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def told(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        known.append(start(*args, **options))
        return known[-1]

    monkeypatch.setattr(subprocess, "Popen", told)
    yield known
    assert known
    assert all(process.poll() is not None for process in known)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, Size(firms=300, relations=1500, faults=0.03), seed=3)
    return folder


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Names instead of ids, entities without ids, the same one twice, firms where sites are meant, faults."""
    firms = [{"id": "" if i % 3 else f"firm/n{i}", "name": f"甲{i % 40}公司", "uscc": "1" if i == 9 else ""}
             for i in range(60)]  # fmt: skip
    segments = [{"id": f"segment/s{i}", "name": f"环节{i}", "position": "?" if i == 4 else ""}
                for i in range(20)]  # fmt: skip
    works = [{"from": f"firm/n{i}", "to": f"segment/s{i % 20}"} for i in range(0, 60, 3)]
    supplies = [{"from": f"甲{i}公司", "to": f"firm/n{3 * i}", "what": "铜"} for i in range(30)]
    tables = {"firms": firms, "segments": segments, "works_in": works, "supplies": supplies}
    return write_folder(tmp_path / "named", tables)


def planned(folder: Path, home: Path, count: int, *, partial: bool) -> tuple[list[Any], dict[str, Any]]:
    """What a load with so many processes states, line by line with its row, and its report."""
    truth = TruthStore(home / f"{count}.sqlite")
    try:
        plan = plan_load(folder, truth, ONTOLOGY, "d", partial=partial, workers=count)
        with plan.scratch, truth.looking(plan.scratch) as db:
            return list(View(db, stage="d").all()), plan.as_json()
    finally:
        truth.close()


@pytest.mark.parametrize("partial", [True, False])
@pytest.mark.parametrize("which", ["generated", "named"])
@pytest.mark.usefixtures("early", "started")
def test_several_processes_give_what_one_gives(
    request: pytest.FixtureRequest, tmp_path: Path, which: str, partial: bool
) -> None:
    folder: Path = request.getfixturevalue(which)
    alone, alone_told = planned(folder, tmp_path, 0, partial=partial)
    for count in (1, 2):
        assert planned(folder, tmp_path, count, partial=partial) == (alone, alone_told)
    assert alone
    assert alone_told["faults"]


@pytest.mark.usefixtures("early", "started")
def test_a_load_that_is_given_up_ends_them(generated: Path, tmp_path: Path) -> None:
    truth = TruthStore(tmp_path / "truth.sqlite")

    def report(_step: str, done: int, _total: int) -> None:
        raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt, match="1000"):
        plan_load(generated, truth, ONTOLOGY, "d", partial=True, progress=report, workers=2)
    truth.close()


@pytest.mark.usefixtures("early", "started")
def test_one_that_fails_is_told_with_its_reason(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "rows_frame", lambda rows: b"no frame")
    with pytest.raises(LianpuError, match=r"ended before its time \(code 1.*ValueError: bad marshal data"):
        list(read(generated))


_ELSEWHERE = """
import os
from graph.errors import BadInput
from ingest import batches

read = batches.BatchReader.read

class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(one)

def reading(self, rows):
    print("stray")
    os.write(1, b"stray too")
    {what}
    return read(self, rows)

batches.BatchReader.read = reading
"""


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the other processes do something before they read."""

    def does(what: str) -> None:
        (tmp_path / "sitecustomize.py").write_text(_ELSEWHERE.replace("{what}", what))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return does


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("raise BadInput('第 3 行', row=3)", BadInput, "第 3 行"),
        ("raise ValueError('no number')", ValueError, "no number"),
        ("raise Odd('odd', 2)", LianpuError, "Odd: odd"),
    ],
)
@pytest.mark.usefixtures("early", "started")
def test_an_error_in_one_is_raised_as_it_is(
    generated: Path, elsewhere: Callable[[str], None], what: str, error: type[Exception], said: str
) -> None:
    elsewhere(what)
    with pytest.raises(error, match=said) as raised:
        list(read(generated))
    assert type(raised.value) is error
    if isinstance(raised.value, BadInput):
        assert (raised.value.detail, raised.value.extra) == ("第 3 行", {"row": 3})


@pytest.mark.usefixtures("early", "started")
def test_what_one_prints_is_no_answer(
    generated: Path, tmp_path: Path, elsewhere: Callable[[str], None]
) -> None:
    elsewhere("pass")
    assert planned(generated, tmp_path, 2, partial=True) == planned(generated, tmp_path, 0, partial=True)


@pytest.mark.usefixtures("early", "started")
def test_one_without_memory_is_told_to_have_ended(generated: Path, elsewhere: Callable[[str], None]) -> None:
    elsewhere("raise MemoryError")
    with pytest.raises(LianpuError, match="is there enough memory"):
        list(read(generated))


@pytest.mark.usefixtures("early")
def test_one_that_is_killed_is_told(
    generated: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = iter(input_of(generated).items(ONTOLOGY))

    def items() -> Iterator[Item]:
        for number, item in enumerate(rows):
            if number == 400:
                for process in started:
                    process.kill()
            yield item

    with pytest.raises(LianpuError, match="ended before its time"):
        list(workers.read_items(items(), "d", ONTOLOGY, partial=True, workers=2))


def read(folder: Path) -> Iterator[object]:
    items = input_of(folder).items(ONTOLOGY)
    return workers.read_items(items, "d", ONTOLOGY, partial=True, workers=2)


@pytest.mark.usefixtures("early")
def test_where_none_can_be_started_all_is_read_here(
    generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = planned(generated, tmp_path, 0, partial=True)

    def refused(*_args: Any, **_options: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert planned(generated, tmp_path, 2, partial=True) == alone


def test_few_rows_start_none(generated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_args, **_options: pytest.fail("a process was started"))
    rows = [item for items, _ in workers.read_items(
        input_of(generated).items(ONTOLOGY), "d", ONTOLOGY, partial=True, workers=2
    ) for item in items if isinstance(item, Row)]  # fmt: skip
    assert len(rows) > 1500


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no way to ask for the cores given")
def test_the_cores_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, count in ((1, 0), (2, 2), (64, 2)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _pid, n=cores: set(range(n)))
        assert workers.usual_workers() == count


def test_a_script_is_not_run_once_more(generated: Path, tmp_path: Path) -> None:
    """Neither is a folder of the working directory taken for the package."""
    script = tmp_path / "script.py"
    (tmp_path / "ingest").mkdir()
    (tmp_path / "ingest" / "__init__.py").write_text("raise SystemExit('the wrong package')")
    root = Path(workers.__file__).parents[1]
    script.write_text(
        f"import sys; sys.path[:] = [{str(root)!r}, *sys.path[1:]]\n"
        "print('run')\n"
        "from pathlib import Path\n"
        "from graph.ontology import load_ontology\n"
        "from graph.truth import TruthStore\n"
        "from ingest import workers\n"
        "from ingest.load import plan_load\n"
        "workers.FROM_ROWS = 5\n"
        f"plan = plan_load({str(generated)!r}, TruthStore(Path('t.sqlite')), load_ontology(), 'd',"
        " partial=True, workers=2)\n"
        "print(plan.staged.rows)\n"
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=99
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[0::2] == ["run"]
