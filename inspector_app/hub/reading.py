"""What a member may fetch: pages of its Scopes, and which exact Changesets the hub holds (sync.md §7)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from inspector_app.domain.errors import UserError
from inspector_app.hub.access import Action, Member, may, own_scopes
from inspector_app.hub.book import steps
from inspector_app.hub.database import Database
from inspector_app.hub.states import states_of
from inspector_app.hub.tables import changeset, device, entity, scope, scope_log
from inspector_app.sync import wire

_ROWS = 2_000
_HELD = 20_000
"""So many rows of its own a laptop may leave out at once; more are sent as ever."""


@dataclass
class _Page:
    """A page while it fills; `left` is raw bytes still allowed."""

    left: int
    rows: list[wire.PullLine] = field(default_factory=list)
    raws: dict[int, bytes] = field(default_factory=dict)
    """Envelopes by the place of their row."""

    def has_room(self, size: int) -> bool:
        """Always for the first row; after a refusal for none."""
        if self.rows and size > self.left:
            self.left = 0
            return False
        self.left -= size
        return True


Greet = Callable[[str], wire.Hello]


def pull(database: Database, member: Member, asked: wire.PullRequest, greet: Greet) -> list[bytes]:
    """Rows after the cursors, at most `want` raw bytes (always one), then the trailer, with a Hello for a nonce;
    raises UserError `epoch` for a cursor ahead."""
    with database.reading() as connection:
        heads = _heads(connection, member)
        cursors = {name: max(0, asked.cursors.get(name, 0)) for name in heads}
        if any(cursors[name] > head for name, head in heads.items()):
            raise UserError("epoch", "The laptop knows more than the hub: the hub was restored from a backup.")
        held = {
            name: one.last for name, one in asked.held.items() if _is_held(connection, name, cursors.get(name), one)
        }
        cursors |= held
        page = _Page(min(max(asked.want, 1), wire.MAX_PAGE))
        for name in sorted(heads):
            if cursors[name] < heads[name] and page.left > 0:
                cursors[name] = _fill(connection, page, name, cursors[name])
        own = select(device.c.head_n, device.c.head_hash).where(device.c.id == member.device)
        head = connection.execute(own).one()
    trailer = wire.PullLine(
        cursors=cursors,
        heads=heads,
        more=any(cursors[name] < head for name, head in heads.items()),
        scopes_added=sorted(heads.keys() - asked.cursors.keys()),
        scopes_removed=sorted(asked.cursors.keys() - heads.keys()),
        dev_head={"n": head.head_n, "hash": head.head_hash},
        hello=greet(asked.nonce) if asked.nonce else None,
        held=held,
    )
    elided = iter(wire.elide(list(page.raws.values())))
    lines = [_line(row, next(elided) if place in page.raws else None) for place, row in enumerate(page.rows)]
    return [*lines, msgspec.json.encode(trailer)]


def _heads(connection: Connection, member: Member) -> dict[str, int]:
    known = {row.id: int(row.head) for row in connection.execute(select(scope))}
    readable = {name for name in known if may(member, Action.READ, name)} | set(own_scopes(member))
    return {name: known.get(name, 0) for name in readable}


def _is_held(connection: Connection, name: str, cursor: int | None, held: wire.Held) -> bool:
    """Whether the rows behind the cursor are exactly those Changesets; None is the cursor of a Scope not readable."""
    if cursor is None or not cursor < held.last <= cursor + _HELD:
        return False
    log = scope_log.c
    found = select(log.cs).where((log.scope == name) & (log.seq > cursor) & (log.seq <= held.last) & (log.kind == "cs"))
    ids = list(connection.execute(found.order_by(log.seq)).scalars())
    return len(ids) == held.last - cursor and wire.digest_of(ids) == held.ids


def _fill(connection: Connection, page: _Page, name: str, cursor: int) -> int:
    found = (
        select(scope_log, changeset.c.body)
        .join(changeset, changeset.c.cs == scope_log.c.cs, isouter=True)
        .where((scope_log.c.scope == name) & (scope_log.c.seq > cursor))
        .order_by(scope_log.c.seq)
        .limit(_ROWS)
    )
    for row in connection.execute(found).all():
        line, raw = _read(connection, row)
        if not page.has_room(len(raw)):
            break
        if row.kind == "cs":
            page.raws[len(page.rows)] = raw
        page.rows.append(line)
        cursor = row.seq
    return cursor


def _read(connection: Connection, row: Any) -> tuple[wire.PullLine, bytes]:
    """A row of the log and what it weighs: the author's bytes, the state that enters as it is now, or only a name."""
    if row.kind == "cs":
        return wire.PullLine(scope=row.scope, seq=row.seq, kind="cs"), wire.inflate(row.body)
    state = states_of(connection, [row.ent]).get(row.ent) if row.kind == "enter" else None
    if state is not None and state.scope != row.scope:
        state = (
            None  # it has left again since; the leave follows, and what it holds now is none of this Scope's business
        )
    line = wire.PullLine(scope=row.scope, seq=row.seq, kind=row.kind, ent=row.ent, state=state)
    return line, msgspec.json.encode(line)


def _line(row: wire.PullLine, env: bytes | None) -> bytes:
    if env is None:
        return msgspec.json.encode(row)
    return msgspec.json.encode(wire.PullLine(scope=row.scope, seq=row.seq, kind=row.kind, env=msgspec.Raw(env)))


def history(database: Database, member: Member, record: str) -> wire.History:
    """One entity with its authors' envelopes; raises UserError `missing` for foreign and unknown alike."""
    with database.reading() as connection:
        state = states_of(connection, [record]).get(record)
        if state is None or not may(member, Action.READ, state.scope):
            raise UserError("missing", "There is nothing here.")
        asked = select(changeset.c.body).where(changeset.c.ent == record)
        rows = connection.execute(asked.order_by(changeset.c.received_at, changeset.c.dev, changeset.c.n).limit(_ROWS))
        envelopes = [msgspec.Raw(wire.inflate(row.body)) for row in rows]
    return wire.History(state, envelopes)


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
