"""The log cannot be changed: triggers refuse UPDATE and DELETE; who saw what, moves, and pages of snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

APPEND_ONLY = ("changeset", "chain", "scope_log")


def upgrade() -> None:
    op.add_column("hub_meta", sa.Column("bumped_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("entity", sa.Column("parent", sa.String(length=64), nullable=True))
    op.add_column("entity", sa.Column("review", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("device", sa.Column("reason", sa.String(length=16), nullable=True))
    op.add_column("device", sa.Column("host", sa.Text(), nullable=True))
    op.create_index("ix_entity_parent", "entity", ["parent"])
    op.create_index("ix_scope_log_ent", "scope_log", ["ent"])
    op.create_index("ix_blob_ref_ent", "blob_ref", ["ent"])
    op.create_table(
        "snapshot",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "number"),
    )
    op.create_index("ix_snapshot_sha", "snapshot", ["sha"])
    op.execute(_PARENTS[op.get_bind().dialect.name])
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


_PARENTS = {
    "sqlite": "UPDATE entity SET parent = json_extract(doc, '$.inspection') "
    "WHERE json_type(doc, '$.inspection') = 'text' AND json_extract(doc, '$.inspection') <> id",
    "postgresql": "UPDATE entity SET parent = doc::json->>'inspection' "
    "WHERE json_typeof(doc::json->'inspection') = 'string' AND doc::json->>'inspection' <> id",
}


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only table %', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )


def _guard_sqlite() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}'); END"
            )
