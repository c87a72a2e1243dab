"""What a Round needs from this laptop: log, Outbox, cursors and Blobs behind sync's LocalLedger."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from inspector_app.domain.changeset import Touched
from inspector_app.store import journal, log, schema
from inspector_app.store.database import Store
from inspector_app.store.schema import blob, cursor, entity, hub, outbox
from inspector_app.store.taking import any_of
from inspector_app.sync.identity import Identity
from inspector_app.sync.ports import BlobInfo, HubLink, OutboxItem, Pending, PulledRow, PushOutcome

MAX_TRIES = 5
"""A Changeset that fails so often is parked and shown (sync.md §8)."""
_HUB_FIELDS = ("url", "hub_id", "hub_key", "epoch", "device", "token", "token_expires_ms")


class StoreLedger:
    """LocalLedger over an open Store. Every method is one transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def identity(self) -> Identity:
        """This laptop's key."""
        return self._store.identity

    def hub(self) -> HubLink | None:
        """The home hub, None before enrolment."""
        with self._store.reading() as session:
            row = session.execute(select(*(hub.c[name] for name in _HUB_FIELDS))).one_or_none()
        return HubLink(**row._mapping) if row else None

    def save_hub(self, link: HubLink) -> None:
        """Remember the home hub."""
        values = {name: getattr(link, name) for name in _HUB_FIELDS}
        statement = upsert(hub).values(pos=1, **values)
        with self._store.writing() as session:
            session.execute(statement.on_conflict_do_update(index_elements=["pos"], set_=values))

    def outbox(self, limit: int, max_bytes: int) -> Sequence[OutboxItem]:
        """Ready items in order of `n`: at most `limit`, about `max_bytes` of raw bytes, always at least one."""
        query = select(outbox.c.cs, outbox.c.n, schema.log.c.body).join(schema.log, schema.log.c.cs == outbox.c.cs)
        ready = query.where(outbox.c.state == "ready").order_by(outbox.c.n, outbox.c.cs).limit(limit)
        found: list[OutboxItem] = []
        size = 0
        with self._store.reading() as session:
            for row in session.execute(ready):
                size += len(row.body or b"")
                if found and size > max_bytes:
                    break
                found.append(OutboxItem(row.cs, row.n, row.body))
        return found

    def acknowledge(self, outcomes: Sequence[PushOutcome]) -> None:
        """ok and dup leave the Outbox, held stays visible as held, rejected and fork are parked with their code."""
        with self._store.writing() as session:
            for outcome in outcomes:
                mine = outbox.c.cs == outcome.cs
                if outcome.status in ("ok", "dup"):
                    session.execute(delete(outbox).where(mine))
                    continue
                state = "held" if outcome.status == "held" else "parked"
                session.execute(update(outbox).where(mine).values(state=state, code=outcome.code or outcome.status))

    def count_try(self, cs: str, code: str) -> None:
        """One failed try of a single item; the fifth parks it."""
        with self._store.writing() as session:
            session.execute(update(outbox).where(outbox.c.cs == cs).values(tries=outbox.c.tries + 1, code=code))
            tired = (outbox.c.cs == cs, outbox.c.state == "ready", outbox.c.tries >= MAX_TRIES)
            session.execute(update(outbox).where(*tired).values(state="parked"))

    def cursors(self) -> Mapping[str, int]:
        """Scope → the last sequence number applied, for the home hub."""
        home = select(hub.c.hub_id).scalar_subquery()
        with self._store.reading() as session:
            rows = session.execute(select(cursor.c.scope, cursor.c.seq).where(cursor.c.hub == home))
            return {row.scope: row.seq for row in rows}

    def apply_page(self, rows: Sequence[PulledRow], cursors: Mapping[str, int]) -> Touched:
        """Log, merge, projections and cursors of one page in one transaction; known Changesets change nothing."""
        with self._store.writing() as session:
            touched = log.apply_remote(session, rows)
            home = session.execute(select(hub.c.hub_id)).scalar() or ""
            for scope, seq in cursors.items():
                statement = upsert(cursor).values(hub=home, scope=scope, seq=seq)
                session.execute(statement.on_conflict_do_update(index_elements=["hub", "scope"], set_={"seq": seq}))
        return touched

    def known_ids(self) -> Sequence[str]:
        """Every Changeset id on this laptop."""
        with self._store.reading() as session:
            return list(session.execute(select(schema.log.c.cs)).scalars())

    def requeue(self, ids: Sequence[str], epoch: int) -> None:
        """The hub lost its memory: cursors to 0, `ids` back into the Outbox, Blobs to be confirmed again, the new epoch."""
        columns = (schema.log.c.cs, schema.log.c.n, schema.log.c.t, schema.log.c.ent)
        lost = select(*columns, text("0"), text("'ready'"), text("''")).where(
            any_of(schema.log.c.cs, ids), schema.log.c.body.is_not(None)
        )
        names = ["cs", "n", "t", "ent", "tries", "state", "code"]
        with self._store.writing() as session:
            session.execute(delete(cursor).where(cursor.c.hub.in_(select(hub.c.hub_id))))
            session.execute(delete(outbox).where(any_of(outbox.c.cs, ids)))
            session.execute(insert(outbox).from_select(names, lost))
            session.execute(update(blob).where(blob.c.state == "confirmed").values(state="here"))
            session.execute(update(hub).values(epoch=epoch))

    def blobs_to_send(self) -> Sequence[BlobInfo]:
        """Blobs whose bytes are here and whose arrival the hub has not confirmed."""
        return self._blobs("here")

    def blob_chunk(self, sha: str, number: int) -> bytes:
        """Plain bytes of one 512 KiB chunk."""
        return self._store.blobs.chunk(sha, number)

    def blob_confirmed(self, sha: str) -> None:
        """The hub holds the whole Blob, verified."""
        self._mark(sha, "confirmed")

    def blobs_wanted(self) -> Sequence[BlobInfo]:
        """Blobs named by records whose bytes are not here."""
        return self._blobs("wanted")

    def wanted_parts(self, sha: str) -> int:
        """How many leading chunks of a wanted Blob are kept already."""
        return self._store.blobs.kept_parts(sha)

    def keep_chunk(self, sha: str, number: int, plain: bytes) -> None:
        """Keep the next chunk durably."""
        self._store.blobs.keep_chunk(sha, number, plain)

    def finish_blob(self, sha: str) -> bool:
        """Assemble, verify, store; the hub has it, so it is confirmed at once. False when the digest differs."""
        if not self._store.blobs.finish(sha):
            return False
        self._mark(sha, "confirmed")
        return True

    def _blobs(self, state: str) -> list[BlobInfo]:
        with self._store.reading() as session:
            rows = session.execute(select(blob).where(blob.c.state == state).order_by(blob.c.size, blob.c.sha))
            return [BlobInfo(row.sha, row.size, row.mime) for row in rows]

    def _mark(self, sha: str, state: str) -> None:
        with self._store.writing() as session:
            session.execute(update(blob).where(blob.c.sha == sha).values(state=state))

    def pending(self) -> Pending:
        """Changesets and Blobs that still wait to go up, and Changesets a person must look at (parked or held)."""
        with self._store.reading() as session:
            by_state = dict(
                _pairs(session.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state)).all())
            )
            waiting = select(func.count()).select_from(blob).where(blob.c.state == "here")
            blobs = session.execute(waiting).scalar_one()
        return Pending(by_state.get("ready", 0), blobs, by_state.get("parked", 0) + by_state.get("held", 0))

    def conflict_count(self) -> int:
        """Fields that hold several different values."""
        with self._store.reading() as session:
            total = session.execute(select(func.sum(entity.c.conflict)).where(entity.c.conflict > 0)).scalar()
        return total or 0

    def journal(self, kind: str, text: str) -> None:
        """A line in plain words in the journal."""
        with self._store.writing() as session:
            journal.write(session, self._store.clock(), kind, text)


def _pairs(rows: Sequence[Row[tuple[str, int]]]) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in rows]
