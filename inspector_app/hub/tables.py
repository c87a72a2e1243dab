"""The hub's tables, the same on SQLite and PostgreSQL (sync.md §13); history is in `migrations`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()

hub_meta = Table(
    "hub_meta",
    metadata,
    Column("hub_id", String(32), primary_key=True),
    Column("pubkey", String(64), nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("bumped_at", BigInteger, nullable=False, server_default="0"),
)
device = Table(
    "device",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("parent", String(32)),
    Column("pubkey", String(64), nullable=False),
    Column("alg", String(16), nullable=False),
    Column("team", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("letter", String(4), nullable=False),
    Column("name", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("head_n", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("forked_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("reason", String(16)),
    Column("host", Text),
    UniqueConstraint("team", "letter"),
)
invite = Table(
    "invite",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("team", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("used_by", String(32)),
)
token = Table(
    "token",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("dev", ForeignKey("device.id"), nullable=False, index=True),
    Column("exp", BigInteger, nullable=False),
)
scope = Table(
    "scope",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("head", BigInteger, nullable=False),
    postgresql_with={"fillfactor": 50},
)
changeset = Table(
    "changeset",
    metadata,
    Column("cs", String(36), primary_key=True),
    Column("dev", String(32), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("ent", String(64), nullable=False, index=True),
    Column("t", BigInteger, nullable=False),
    Column("u", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("via", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("changeset_dev_n", "dev", "n"),
)
chain = Table(
    "chain",
    metadata,
    Column("dev", String(32), primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("cs", String(36), nullable=False),
    Column("hash", String(64), nullable=False),
)
scope_log = Table(
    "scope_log",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), nullable=False),
    Column("cs", String(36), nullable=False),
    Column("ent", String(64), nullable=False, index=True),
)
entity = Table(
    "entity",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("type", String(32)),
    Column("scope", String(64), index=True),
    Column("doc", Text),
    Column("cs0", String(36)),
    Column("t0", BigInteger),
    Column("heads", Text),
    Column("conflict", Boolean, nullable=False),
    Column("parent", String(64), index=True),
    Column("review", Boolean, nullable=False, server_default=false()),
    Column("last_seq", BigInteger, nullable=False),
)
gone = Table(
    "gone",
    metadata,
    Column("ent", String(64), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("cs", String(36), primary_key=True),
)
blob = Table(
    "blob",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("stored_at", BigInteger, nullable=False),
)
blob_ref = Table(
    "blob_ref",
    metadata,
    Column("sha", String(64), primary_key=True),
    Column("ent", String(64), primary_key=True, index=True),
    Column("scope", String(64), nullable=False),
)
snapshot = Table(
    "snapshot",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("as_of", BigInteger, nullable=False),
)
quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String(128), primary_key=True),
    Column("dev", String(32), nullable=False),
    Column("cs", String(64), nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("decided_by", Text),
)
