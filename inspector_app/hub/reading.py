"""What a member may fetch: pages of its Scopes, and which exact Changesets the hub holds (sync.md §7)."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, select

from inspector_app.domain.errors import UserError
from inspector_app.hub.access import Action, Member, may, own_scopes
from inspector_app.hub.book import steps
from inspector_app.hub.database import Database
from inspector_app.hub.tables import changeset, entity, scope, scope_log
from inspector_app.sync import wire

_ROWS = 2_000


@dataclass
class _Page:
    """A page while it fills; `left` is raw bytes still allowed."""

    left: int
    rows: list[wire.PullLine] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)


def pull(database: Database, member: Member, asked: wire.PullRequest) -> list[bytes]:
    """Rows after the cursors, at most `want` raw bytes (always one), then the trailer;
    raises UserError `epoch` for a cursor ahead."""
    with database.reading() as connection:
        heads = _heads(connection, member)
        cursors = {name: max(0, asked.cursors.get(name, 0)) for name in heads}
        if any(cursors[name] > head for name, head in heads.items()):
            raise UserError("epoch", "The laptop knows more than the hub: the hub was restored from a backup.")
        page = _Page(min(max(asked.want, 1), wire.MAX_PAGE))
        for name in sorted(heads):
            if cursors[name] < heads[name] and page.left > 0:
                cursors[name] = _fill(connection, page, name, cursors[name])
    trailer = wire.PullLine(
        cursors=cursors,
        heads=heads,
        more=any(cursors[name] < head for name, head in heads.items()),
        scopes_added=sorted(heads.keys() - asked.cursors.keys()),
        scopes_removed=sorted(asked.cursors.keys() - heads.keys()),
    )
    envelopes = wire.elide(page.raws)
    lines = [_row(row, env) for row, env in zip(page.rows, envelopes, strict=True)]
    return [*lines, msgspec.json.encode(trailer)]


def _heads(connection: Connection, member: Member) -> dict[str, int]:
    known = {row.id: int(row.head) for row in connection.execute(select(scope))}
    readable = {name for name in known if may(member, Action.READ, name)} | set(own_scopes(member))
    return {name: known.get(name, 0) for name in readable}


def _fill(connection: Connection, page: _Page, name: str, cursor: int) -> int:
    found = (
        select(scope_log.c.seq, changeset.c.body)
        .join(changeset, changeset.c.cs == scope_log.c.cs)
        .where((scope_log.c.scope == name) & (scope_log.c.seq > cursor))
        .order_by(scope_log.c.seq)
        .limit(_ROWS)
    )
    for row in connection.execute(found):
        raw = wire.inflate(row.body)
        if page.raws and len(raw) > page.left:
            page.left = 0
            break
        page.raws.append(raw)
        page.rows.append(wire.PullLine(scope=name, seq=row.seq, kind="cs"))
        page.left -= len(raw)
        cursor = row.seq
    return cursor


def _row(row: wire.PullLine, env: bytes) -> bytes:
    return msgspec.json.encode(wire.PullLine(scope=row.scope, seq=row.seq, kind=row.kind, env=msgspec.Raw(env)))


def missing(database: Database, member: Member, ids: list[str]) -> list[str]:
    """Which of `ids` this hub lacks or the member may not read: both look the same."""
    if len(ids) > wire.MAX_IDS:
        raise UserError("too_many", f"At most {wire.MAX_IDS} ids in one request.")
    held: set[str] = set()
    with database.reading() as connection:
        for step in steps(ids):
            found = (
                select(changeset.c.cs, entity.c.scope)
                .join(entity, entity.c.id == changeset.c.ent)
                .where(changeset.c.cs.in_(step))
            )
            held.update(row.cs for row in connection.execute(found) if may(member, Action.READ, row.scope))
    return [one for one in ids if one not in held]
