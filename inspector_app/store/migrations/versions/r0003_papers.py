"""Papers that were issued, tallies of finished visits, and the columns that day reports and rechecks read."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE inspection_row ADD COLUMN kind TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inspection_row ADD COLUMN stage TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE finding_row ADD COLUMN reported TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE finding_row ADD COLUMN rechecked TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE finding_row ADD COLUMN rechecked_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE finding_row ADD COLUMN recheck_note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE finding_row ADD COLUMN recheck_deadline TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE tally_row (inspection TEXT NOT NULL, dimension TEXT NOT NULL, passed INTEGER NOT NULL,
       failed INTEGER NOT NULL, na INTEGER NOT NULL, unchecked INTEGER NOT NULL,
       PRIMARY KEY (inspection, dimension)) WITHOUT ROWID""",
    """CREATE TABLE paper_row (id TEXT NOT NULL PRIMARY KEY, inspection TEXT NOT NULL, kind TEXT NOT NULL,
       number TEXT NOT NULL, issued TEXT NOT NULL, issued_by TEXT NOT NULL, seen TEXT NOT NULL)""",
    "CREATE INDEX paper_inspection ON paper_row (inspection, kind, issued)",
    """UPDATE inspection_row SET
       kind = coalesce((SELECT json_extract(doc, '$.kind') FROM entity WHERE entity.id = inspection_row.id), ''),
       stage = coalesce((SELECT json_extract(doc, '$.stage') FROM entity WHERE entity.id = inspection_row.id), '')""",
)


def upgrade() -> None:
    """Visits finished earlier have no tally yet: it is made of their answers when a report first asks."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Numbers that were given would be lost from sight."""
    raise NotImplementedError("An older program cannot show the papers that were issued.")
