"""``python -m ingest.reading_process``: a process that reads rows for another one; see ``ingest.workers``.

Frames on stdin and stdout: eight bytes of length, then that many bytes. The first frame has what a
``BatchReader`` needs; each of the others has rows and is answered by their outcome, or by the error that
reading them raised. It ends with its input.
"""

from __future__ import annotations

import marshal
import os
import pickle
import struct
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import IO

from graph.errors import LianpuError
from graph.ontology import Ontology
from ingest.batches import BatchReader, Outcome
from ingest.rows import Row

_LENGTH = struct.Struct("<Q")


def write_frame(to: IO[bytes], content: bytes) -> None:
    """Send one frame."""
    to.write(_LENGTH.pack(len(content)))
    to.write(content)
    to.flush()


def read_frame(of: IO[bytes]) -> bytes | None:
    """The next frame; ``None`` where the other side has ended."""
    head = of.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = of.read(length)
    return content if len(content) == length else None


def rows_frame(rows: Sequence[Row]) -> bytes:
    """Rows as bytes: what they have in common once, then their lines and cells."""
    runs = []
    for _, run in groupby(rows, key=lambda r: (r.cls.name, r.file, r.sheet, r.in_doubt, id(r.headings))):
        some = list(run)
        one = some[0]
        shared = (one.cls.name, one.file, one.sheet, one.in_doubt, one.headings)
        runs.append((shared, [(row.line, row.cells) for row in some]))
    return marshal.dumps(runs)


def rows_of_frame(frame: bytes, ontology: Ontology) -> list[Row]:
    """The rows in a frame."""
    rows: list[Row] = []
    for (name, file, sheet, in_doubt, headings), lines in marshal.loads(frame):  # noqa: S302 - from our own
        cls = ontology.entities.get(name) or ontology.relation(name)
        rows += [Row(cls, file, line, cells, headings, sheet, in_doubt) for line, cells in lines]
    return rows


def outcome_frame(outcome: Outcome) -> bytes:
    """An outcome as bytes."""
    return marshal.dumps((outcome.values, pickle.dumps(outcome.odd), None))


def error_frame(error: Exception) -> bytes:
    """An error instead of an outcome, as bytes; one that cannot be sent becomes a ``LianpuError``."""
    try:
        sent = pickle.dumps(error)
        pickle.loads(sent)  # noqa: S301 - of this very process
    except Exception:
        sent = pickle.dumps(LianpuError(f"{type(error).__name__}: {error}"))
    return marshal.dumps((None, None, sent))


def outcome_of_frame(frame: bytes) -> Outcome:
    """The outcome in a frame. Raises the error that is in it instead, of the class that it has there."""
    values, odd, sent = marshal.loads(frame)  # noqa: S302 - from our own process
    if sent is not None:
        error = pickle.loads(sent)  # noqa: S301 - from our own process
        assert isinstance(error, Exception)
        raise error
    return Outcome(values, pickle.loads(odd))  # noqa: S301 - from our own process


def main() -> None:
    """Answer until there is no more to answer."""
    source, target = sys.stdin.buffer, _frames_only()
    setup = read_frame(source)
    if setup is None:
        return
    dataset, ontology, partial = pickle.loads(setup)  # noqa: S301 - from the process that started this one
    reader = BatchReader(dataset, ontology, partial=partial)
    while (frame := read_frame(source)) is not None:
        write_frame(target, _answer(reader, rows_of_frame(frame, ontology)))


def _answer(reader: BatchReader, rows: Sequence[Row]) -> bytes:
    try:
        return outcome_frame(reader.read(rows))
    except MemoryError:  # no room for an answer either
        raise
    except Exception as error:
        return error_frame(error)


def _frames_only() -> IO[bytes]:
    """What was stdout, now for frames alone: whatever else is printed goes to stderr."""
    frames = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return frames


if __name__ == "__main__":
    main()
