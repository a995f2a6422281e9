"""Writing changes: whole property sets, hubs and repeated pairs, batches, interruption; on either engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from graph.digest import digest_of, digest_of_graph
from graph.errors import EngineUnavailable, OntologyError
from graph.model import Graph, Node, Props, Relation, Stored, relation_id
from graph.ontology import Ontology
from graph.store import MetaState, Store
from graph.stored import stored_members
from graph.write import Change, RemoveNode, RemoveRelation, write_changes
from graph.write.batches import batches
from graph.write.crew import Crew, Job
from graph.write.grid import split


def node(key: str, cls: str = "Firm", **props: Stored) -> Node:
    return Node(key, cls, {"id": key, "cls": cls, "caption": key, **props})


def relation(cls: str, source: str, target: str, *key: str, **props: Stored) -> Relation:
    rid = relation_id(cls, source, target, key)
    return Relation(rid, cls, source, target, {"rid": rid, "standing": "unverified", **props})


def supply(source: str, target: str, what: str, **props: Stored) -> Relation:
    return relation("SUPPLIES", source, target, what, what=what, **props)


def graph_of(changes: Iterable[Change]) -> Graph:
    graph = Graph()
    for change in changes:
        if isinstance(change, Node):
            graph.nodes[change.id] = change
        elif isinstance(change, Relation):
            graph.relations[change.rid] = change
    return graph


async def digest(store: Store) -> dict[str, object]:
    return digest_of([member async for member in stored_members(store)]).as_json()


async def write(store: Store, ontology: Ontology, changes: list[Any], rows: int = 5000) -> list[int]:
    """The changes made after each batch, as progress told them."""
    told: list[int] = []

    def progress(done: int, total: int) -> None:
        assert total == len(changes)
        told.append(done)

    async with store.writing("test", 60):
        await write_changes(store, ontology, changes, len(changes), progress, rows=rows)
    return told


@pytest.fixture
async def ready(store: Store) -> Store:
    await store.bootstrap()
    await store.set_meta(MetaState("s", 1, "applying", 1))
    return store


def star(size: int, repeated: int) -> list[Node | Relation]:
    """A hub with ``size`` relations to as many others, a dozen more to some and ``repeated`` to one."""
    firms = [node("firm/hub"), *(node(f"firm/f{i}", name=f"企业{i}") for i in range(size))]
    out = [supply("firm/hub", f"firm/f{i}", "锂") for i in range(size)]
    back = [supply(f"firm/f{i}", "firm/hub", "盐") for i in range(0, size, 3)]
    some = [supply("firm/hub", f"firm/f{i}", f"料{n}") for i in range(1, min(size, 40)) for n in range(12)]
    pair = [supply("firm/hub", "firm/f0", f"件{i}", note=f"第{i}") for i in range(repeated)]
    return [*firms, *out, *back, *some, *pair]


async def test_a_hub_and_a_repeated_pair_are_written_once_and_the_same_again(
    ready: Store, ontology: Ontology
) -> None:
    changes = star(3000, 1200)
    wanted = digest_of_graph(graph_of(changes)).as_json()
    for _ in range(2):
        told = await write(ready, ontology, changes, rows=700)
        assert await digest(ready) == wanted
        assert told == sorted(told)
        assert told[-1] == len(changes)
        assert len(told) >= len(changes) / 700


async def test_a_member_that_is_there_gets_its_whole_property_set(ready: Store, ontology: Ontology) -> None:
    ends = [node("firm/a", name="甲", short_name="甲", products=["锂", "盐"]), node("firm/b", name="乙")]
    few = [supply("firm/a", "firm/b", "锂", note="旧", sources=["source/a", "source/b"])]
    many = [supply("firm/b", "firm/a", str(i), note="旧") for i in range(20)]
    await write(ready, ontology, [*ends, *few, *many])
    ends = [node("firm/a", name="甲股份"), node("firm/b", name="乙", status="operating", note="新")]
    few = [supply("firm/a", "firm/b", "锂", confidence=0.5)]
    many = [
        *(supply("firm/b", "firm/a", str(i), grade="A", confidence=1.0) for i in range(5, 20)),
        *(supply("firm/b", "firm/a", str(i), note="旧") for i in range(5)),
        *(supply("firm/b", "firm/a", str(i)) for i in range(20, 24)),
    ]
    changes = [*ends, *few, *many]
    for _ in range(2):
        await write(ready, ontology, changes)
        assert await digest(ready) == digest_of_graph(graph_of(changes)).as_json()


async def test_members_of_one_batch_differ_in_their_properties(ready: Store, ontology: Ontology) -> None:
    """Words that Cypher has for itself are names of properties too; a value keeps its type."""
    changes = [
        node("task/a", "Task", name="甲", order=3, kind="mode", confidence=1.0, sources=["source/a"]),
        node("task/b", "Task", name="`: r[0]}) DETACH DELETE n //"),
        node("coverage/a", "Coverage", by="某局", complete=False, confidence=0.0),
        node("coverage/b", "Coverage", complete=True, as_of="2024", as_of_min="2024-01-01"),
        node("place/a", "Place", lon=115.0, lat=28.5),
        node("place/b", "Place"),
    ]
    await write(ready, ontology, changes)
    assert await digest(ready) == digest_of_graph(graph_of(changes)).as_json()


async def test_removals_take_exactly_what_they_name(ready: Store, ontology: Ontology) -> None:
    changes = star(60, 40)
    await write(ready, ontology, changes)
    relations = [change for change in changes if isinstance(change, Relation)]
    gone = relations[::2]
    ends = {"firm/f59", "firm/f0"}
    removed: list[Change] = [RemoveRelation(r.cls, r.rid, r.source) for r in gone]
    await write(ready, ontology, [*removed, *(RemoveNode("Firm", end) for end in sorted(ends))], rows=15)
    kept = graph_of(changes)
    for end in ends:
        del kept.nodes[end]
    names = {r.rid for r in gone}
    kept.relations = {
        rid: r for rid, r in kept.relations.items() if rid not in names and not {r.source, r.target} & ends
    }
    assert await digest(ready) == digest_of_graph(kept).as_json()
    await write(ready, ontology, removed)
    assert await digest(ready) == digest_of_graph(kept).as_json()


async def cut_off(store: Store, ontology: Ontology, changes: list[Any], moment: int) -> None:
    """Write, and be cancelled after ``moment`` batches, as Ctrl-C does."""
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        told += 1
        if told == moment:
            task.cancel()

    async with store.writing("test", 60):
        task = asyncio.create_task(
            write_changes(store, ontology, iter(changes), len(changes), progress, rows=200)
        )
        with pytest.raises(asyncio.CancelledError):
            await task
    assert told < len(changes) / 200


@pytest.mark.parametrize("moment", [1, 4, 7])
async def test_an_interrupted_writing_is_finished_by_writing_all_again(
    ready: Store, ontology: Ontology, moment: int
) -> None:
    changes = star(900, 400)
    await cut_off(ready, ontology, changes, moment)
    await asyncio.sleep(0.1)
    found = await ready.count()
    await asyncio.sleep(0.2)
    assert await ready.count() == found  # nothing goes on writing
    meta = await ready.meta()
    assert meta is not None
    assert meta.state == "applying"
    await write(ready, ontology, changes, rows=200)
    assert await digest(ready) == digest_of_graph(graph_of(changes)).as_json()


async def test_changes_are_read_no_faster_than_they_are_written(ready: Store, ontology: Ontology) -> None:
    taken = written = most = 0

    def stream() -> Iterator[Change]:
        nonlocal taken, most
        for i in range(3000):
            taken += 1
            most = max(most, taken - written)
            yield node(f"firm/f{i}")

    def progress(done: int, total: int) -> None:
        nonlocal written
        written = done

    async with ready.writing("test", 60):
        await write_changes(ready, ontology, stream(), 3000, progress, rows=50)
    assert (taken, written) == (3000, 3000)
    assert most <= 50 * 7


async def test_a_property_that_is_not_in_the_ontology_is_refused(ready: Store, ontology: Ontology) -> None:
    props: Props = {"id": "firm/x", "cls": "Firm", "x} DETACH DELETE n //": 1}
    with pytest.raises(OntologyError, match="Firm has no property"):
        await write(ready, ontology, [Node("firm/x", "Firm", props)])
    assert (await ready.count()).nodes == 0


async def test_what_fails_a_batch_ends_the_writing(ready: Store, ontology: Ontology) -> None:
    """A whole number beyond 64 bits cannot be sent."""
    changes = [node(f"firm/f{i}") for i in range(400)]
    changes[150] = node("firm/f150", confidence=2**70)
    with pytest.raises(OverflowError):
        await write(ready, ontology, changes, rows=50)
    assert (await ready.count()).nodes < 400
    changes[150] = node("firm/f150")
    await write(ready, ontology, changes, rows=50)
    assert (await ready.count()).nodes == 400


def test_batches_are_bounded_in_bytes_and_a_row_beyond_goes_alone() -> None:
    large = [node(f"firm/{i}", note="长" * 1000) for i in range(9)]
    huge = node("firm/huge", note="长" * 100_000)
    members = [*large, huge, *large]
    found = list(batches(iter(members), 4, 20_000))
    assert [member for batch in found for member in batch] == members
    assert [huge] in found
    assert max(len(batch) for batch in found) == 4
    assert {len(batch) for batch in batches(iter(large), 100, 10_000)} == {3}


def test_the_grid_splits_into_cells_that_share_no_entity() -> None:
    relations = [supply(f"firm/{i}", f"firm/{i * 7 % 997}", str(i)) for i in range(3000)]
    cells = split(relations)
    assert sorted(r.rid for _, cell in cells for r in cell) == sorted(r.rid for r in relations)
    ends = {places: {e for r in cell for e in (r.source, r.target)} for places, cell in cells}
    assert len(ends) == len(cells) == 10
    for one, of_one in ends.items():
        for other, of_other in ends.items():
            assert bool(one & other) or not of_one & of_other
    assert len(split(relations[:100])) == 1


async def test_a_crew_keeps_jobs_apart_that_need_the_same_places() -> None:
    at_work: set[int] = set()
    most = 0
    ended: list[int] = []

    def job(*places: int) -> Job:
        async def run() -> None:
            nonlocal most
            assert not at_work & set(places)
            at_work.update(places)
            most = max(most, len(at_work))
            await asyncio.sleep(0.001)
            at_work.difference_update(places)

        return Job(1, run, frozenset(places))

    async with Crew(2, lambda done: ended.append(done.size)) as crew:
        for _ in range(5):
            for places in ((0, 1), (0, 2), (2, 3), (1,), (0, 1, 2, 3)):
                await crew.put(job(*places), ahead=4)
        await crew.drain()
    assert len(ended) == 25
    assert most == 4


async def test_a_crew_tells_the_first_failure_and_stops_the_others() -> None:
    async def fail() -> None:
        raise EngineUnavailable("gone")

    stopped = asyncio.Event()

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            stopped.set()
            raise

    async def give(crew: Crew) -> None:
        for run in (long, fail, long, long, long):
            await crew.put(Job(1, run))

    with pytest.raises(EngineUnavailable, match="gone"):
        async with Crew(2, lambda job: None) as crew:
            await give(crew)
    assert stopped.is_set()
