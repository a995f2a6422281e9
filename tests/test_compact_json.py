"""The quick JSON of facts is that of the standard library, so that hashes in older stores still hold."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.compact_json import stored_json
from graph.facts import Assertion
from graph.model import relation_id

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
PROPS = st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True), VALUES, max_size=4)


def _sha(value: Any, separators: tuple[str, str] | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=separators)
    return hashlib.sha256(text.encode()).hexdigest()


@given(PROPS, st.lists(TEXTS, max_size=3), TEXTS, st.none() | TEXTS, st.none() | st.floats(0, 1))
def test_an_assertion_hashes_as_its_json(
    props: dict[str, Any], sources: list[str], table: str, note: str | None, confidence: float | None
) -> None:
    a = Assertion("d", table, 7, "Firm", "firm/x", props=props, sources=tuple(sources), note=note,
                  confidence=confidence)  # fmt: skip
    stated = asdict(a)
    del stated["dataset"], stated["row"]
    assert a.content_hash().hex() == _sha(stated, (",", ":"))[:32]
    del stated["table"]
    assert a.statement_hash().hex() == _sha(stated, (",", ":"))[:32]


@given(TEXTS, TEXTS, st.lists(VALUES, max_size=2))
def test_a_relation_id_is_the_hash_of_its_json(source: str, target: str, keys: list[Any]) -> None:
    assert relation_id("OWNS", source, target, keys) == _sha(["OWNS", source, target, keys])[:24]


@given(PROPS)
def test_stored_json_reads_back_in_the_same_order(props: dict[str, Any]) -> None:
    read = json.loads(stored_json(props))
    assert read == props
    assert list(read) == list(props)
