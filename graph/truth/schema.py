"""Tables of the truth store (SQLAlchemy Core, so that another SQL database can take SQLite's place).

An assertion is kept once for each unbroken run of versions of its dataset in which it stood:
``from_version`` is the first, ``to_version`` the first in which it stood no longer (NULL: still standing
in the newest). Version ``v`` is made of the rows with ``from_version <= v`` and ``to_version`` NULL or > v.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

#: Raised when the tables change in a way that older programs cannot read.
SCHEMA_VERSION = 1

metadata = MetaData()

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("store_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
)

dataset = Table(
    "dataset",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("current_version", Integer),
)

version = Table(
    "version",
    metadata,
    Column("dataset", String, ForeignKey("dataset.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("created_at", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("assertions", Integer, nullable=False),
)

assertion = Table(
    "assertion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dataset", String, ForeignKey("dataset.id"), nullable=False),
    Column("hash", LargeBinary(16), nullable=False),
    Column("from_version", Integer, nullable=False),
    Column("to_version", Integer),
    Column("table", String, nullable=False),
    Column("row", Integer, nullable=False),
    Column("cls", String, nullable=False),
    Column("key", String, nullable=False),
    Column("source", String),
    Column("target", String),
    Column("props", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("seen_at", String),
    Column("valid_from", String),
    Column("valid_to", String),
    Column("standing", String, nullable=False),
    Column("confidence", Float),
    Column("note", Text),
    Index("assertion_key", "key"),
    Index("assertion_dataset_hash", "dataset", "hash"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("user", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("undone_at", String),
    Column("undone_by", String),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("event", String, nullable=False),
    Column("detail", JSON, nullable=False),
)
