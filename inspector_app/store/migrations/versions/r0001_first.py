"""The first schema."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """CREATE TABLE entity (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, parent TEXT NOT NULL,
       doc TEXT NOT NULL, cs0 TEXT NOT NULL, t0 INTEGER NOT NULL, heads TEXT NOT NULL, conflict INTEGER NOT NULL)""",
    "CREATE INDEX entity_parent ON entity (parent) WHERE parent <> ''",
    "CREATE INDEX entity_conflict ON entity (conflict) WHERE conflict > 0",
    """CREATE TABLE gone (ent TEXT NOT NULL, field TEXT NOT NULL, cs TEXT NOT NULL,
       PRIMARY KEY (ent, field, cs)) WITHOUT ROWID""",
    """CREATE TABLE log (pos INTEGER NOT NULL PRIMARY KEY, cs TEXT NOT NULL UNIQUE, dev TEXT NOT NULL,
       n INTEGER NOT NULL, t INTEGER NOT NULL, u TEXT NOT NULL, ent TEXT NOT NULL, body BLOB, origin TEXT NOT NULL)""",
    "CREATE INDEX log_ent ON log (ent)",
    """CREATE TABLE outbox (cs TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL, t INTEGER NOT NULL, ent TEXT NOT NULL,
       tries INTEGER NOT NULL, state TEXT NOT NULL, code TEXT NOT NULL)""",
    "CREATE INDEX outbox_order ON outbox (state, n)",
    "CREATE INDEX outbox_ent ON outbox (ent)",
    """CREATE TABLE cursor (hub TEXT NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL,
       PRIMARY KEY (hub, scope)) WITHOUT ROWID""",
    """CREATE TABLE blob (sha TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, mime TEXT NOT NULL,
       state TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX blob_state ON blob (state) WHERE state <> 'confirmed'",
    """CREATE TABLE device (pos INTEGER NOT NULL PRIMARY KEY CHECK (pos = 1), id TEXT NOT NULL, key BLOB NOT NULL,
       n INTEGER NOT NULL, hash TEXT NOT NULL, acked_n INTEGER NOT NULL)""",
    """CREATE TABLE hub (pos INTEGER NOT NULL PRIMARY KEY CHECK (pos = 1), url TEXT NOT NULL, hub_id TEXT NOT NULL,
       hub_key TEXT NOT NULL, epoch INTEGER NOT NULL, device TEXT NOT NULL, token TEXT NOT NULL,
       token_expires_ms INTEGER NOT NULL)""",
    """CREATE TABLE event (pos INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL,
       text TEXT NOT NULL)""",
    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE serial (word TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL,
       PRIMARY KEY (word, year)) WITHOUT ROWID""",
    """CREATE TABLE draft (entity TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL,
       PRIMARY KEY (entity, field)) WITHOUT ROWID""",
    """CREATE TABLE unread (pos INTEGER NOT NULL PRIMARY KEY, scope TEXT NOT NULL, seq INTEGER NOT NULL,
       kind TEXT NOT NULL, why TEXT NOT NULL, raw BLOB NOT NULL)""",
    """CREATE TABLE form (pos INTEGER NOT NULL PRIMARY KEY, hash TEXT NOT NULL UNIQUE, form_id TEXT NOT NULL,
       version TEXT NOT NULL, title TEXT NOT NULL, xml BLOB NOT NULL, totals TEXT NOT NULL)""",
    """CREATE TABLE site_row (pos INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
       street TEXT NOT NULL, type TEXT NOT NULL, code TEXT NOT NULL, address TEXT NOT NULL, contact TEXT NOT NULL,
       phone TEXT NOT NULL, park TEXT NOT NULL, "group" TEXT NOT NULL, department TEXT NOT NULL, area TEXT NOT NULL,
       risk TEXT NOT NULL, team INTEGER NOT NULL, headcount INTEGER NOT NULL, remarks TEXT NOT NULL)""",
    "CREATE INDEX site_code ON site_row (code, type, street, team)",
    "CREATE INDEX site_name ON site_row (name, type, street, team)",
    """CREATE VIRTUAL TABLE site_text USING fts5(name, street, code, address, facet, content='', contentless_delete=1,
       tokenize='unicode61')""",
    """CREATE TABLE inspection_row (id TEXT NOT NULL PRIMARY KEY, site TEXT NOT NULL, team INTEGER NOT NULL,
       form_hash TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL, status TEXT NOT NULL,
       number TEXT NOT NULL, result TEXT NOT NULL, inspectors TEXT NOT NULL, answered INTEGER NOT NULL,
       saved_ms INTEGER NOT NULL)""",
    "CREATE INDEX inspection_started ON inspection_row (started, id)",
    "CREATE INDEX inspection_site ON inspection_row (site)",
    """CREATE TABLE finding_row (id TEXT NOT NULL PRIMARY KEY, inspection TEXT NOT NULL, site TEXT NOT NULL,
       team INTEGER NOT NULL, item TEXT NOT NULL, dimension TEXT NOT NULL, requirement TEXT NOT NULL,
       observation TEXT NOT NULL, level TEXT NOT NULL, rule TEXT NOT NULL, deadline TEXT NOT NULL, status TEXT NOT NULL,
       owner TEXT NOT NULL, reported_by TEXT NOT NULL, closed_by TEXT NOT NULL, closed TEXT NOT NULL,
       due_ms INTEGER NOT NULL)""",
    "CREATE INDEX finding_inspection ON finding_row (inspection)",
    "CREATE INDEX finding_site ON finding_row (site)",
    "CREATE INDEX finding_due ON finding_row (status, due_ms)",
    """CREATE TABLE photo_row (id TEXT NOT NULL PRIMARY KEY, inspection TEXT NOT NULL, item TEXT NOT NULL,
       sha TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
       taken TEXT NOT NULL, taken_source TEXT NOT NULL, name TEXT NOT NULL, caption TEXT NOT NULL,
       latitude TEXT NOT NULL, longitude TEXT NOT NULL)""",
    "CREATE INDEX photo_inspection ON photo_row (inspection)",
)


def upgrade() -> None:
    """Make every table."""
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    """There is nothing older."""
    raise NotImplementedError("The first schema has no predecessor.")
