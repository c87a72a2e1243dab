"""Planned visits."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """CREATE TABLE plan_row (id TEXT NOT NULL PRIMARY KEY, site TEXT NOT NULL, team INTEGER NOT NULL, day TEXT NOT NULL,
       form TEXT NOT NULL, note TEXT NOT NULL, "by" TEXT NOT NULL, visit TEXT NOT NULL)""",
    "CREATE INDEX plan_day ON plan_row (visit, day)",
    "CREATE INDEX plan_site ON plan_row (site)",
)


def upgrade() -> None:
    """No older version has made any."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Plans would be lost from sight."""
    raise NotImplementedError("An older program cannot show planned visits.")
