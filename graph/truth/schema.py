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

#: How far a dataset or decision may be seen, from everybody on: 公开, 内部, 商业秘密.
VISIBILITIES = ("public", "internal", "secret")
VISIBILITIES_ZH = ("公开", "内部", "商业秘密")
#: Raised when the tables change in a way that older programs cannot read.
SCHEMA_VERSION = 2

metadata = MetaData()

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("store_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    # of the revision: two copies of one store that went on apart have other tokens
    Column("token", String, nullable=False, server_default=""),
    # what the graph and every answer show: facts and decisions up to this visibility
    Column("clearance", Integer, nullable=False, server_default="2"),
)

dataset = Table(
    "dataset",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("current_version", Integer),
    Column("visibility", Integer, nullable=False, server_default="0"),
    Column("owner", String, nullable=False, server_default=""),
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
# an entity stands as long as a relation names it: found by its ends, without the entities, which have none
Index("assertion_source", assertion.c.source, sqlite_where=assertion.c.source.is_not(None))
Index("assertion_target", assertion.c.target, sqlite_where=assertion.c.target.is_not(None))

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
    Column("visibility", Integer, nullable=False, server_default="0"),
    Column("load", Integer),  # the load that made it, NULL: a person
    sqlite_autoincrement=True,  # a number that people have noted is never given again
)

# What was done to the datasets: loads, and what took them back. ``before`` and ``after`` are versions of the
# dataset (NULL: out).
load = Table(
    "load",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("user", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("dataset", String, nullable=False),
    Column("before", Integer),
    Column("after", Integer),
    Column("origin", String, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("undoes", Integer),
    sqlite_autoincrement=True,
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("event", String, nullable=False),
    Column("detail", JSON, nullable=False),
)
