"""Installed forms keep their files, their workbook, and what a list shows of them."""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE form ADD COLUMN languages TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE form ADD COLUMN questions INTEGER NOT NULL DEFAULT -1",
    "ALTER TABLE form ADD COLUMN installed_ms INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE form ADD COLUMN bundled INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE form ADD COLUMN retired INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE form ADD COLUMN workbook_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE form ADD COLUMN workbook_sha TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE form_file (form_hash TEXT NOT NULL, name TEXT NOT NULL, sha TEXT NOT NULL, size INTEGER NOT NULL,
       PRIMARY KEY (form_hash, name)) WITHOUT ROWID""",
    "CREATE INDEX form_file_sha ON form_file (sha)",
    "CREATE TABLE form_content (sha TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL)",
    "CREATE INDEX inspection_form ON inspection_row (form_hash)",
    "UPDATE form SET bundled = 1 WHERE hash IN (SELECT value FROM setting WHERE key LIKE 'bundled:%')",
)


def upgrade() -> None:
    """What is installed stays; what was never kept (files, workbook) stays unknown."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Files would be lost."""
    raise NotImplementedError("An older program cannot keep the files of forms.")
