"""The laptop's side of a Round: Outbox, cursors, pulled pages and Blobs (sync/ports.py)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import WorldError
from inspector_app.store import incarnation, journal, keys, leaving, log, offering, schema, settings
from inspector_app.store.database import Store
from inspector_app.store.taking import any_of
from inspector_app.sync.identity import Identity
from inspector_app.sync.ports import BlobInfo, HeadVerdict, HubLink, OutboxItem, Pending, PulledRow, PushOutcome
from inspector_app.sync.wire import StateRow

PARK_AFTER = 5
"""Failed tries of one item before it is set aside (sync.md §8)."""


class StoreLedger:
    """Implements `LocalLedger` on a Store; every method is one transaction of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def identity(self) -> Identity:
        """This laptop's key."""
        return self._store.identity

    def parent(self) -> Identity | None:
        """The key the hub knows while the present one is not linked to it."""
        with self._store.reading() as session:
            sealed = incarnation.sealed_parent(session)
        return self._store.open_key(sealed) if sealed else None

    def reincarnate(self) -> None:
        """A new key; what is not acknowledged is enveloped anew."""
        self._store.reincarnate()

    def linked(self, letter: str) -> None:
        """The hub was told; it gave this incarnation a letter of its own."""
        with self._store.writing() as session:
            incarnation.forget_parent(session)
            settings.put(session, settings.LETTER, letter)

    def compare_head(self, number: int, chain: str) -> HeadVerdict:
        """What the hub's head of our chain says."""
        with self._store.reading() as session:
            own = session.execute(select(schema.device.c.n, schema.device.c.hash, schema.device.c.acked_n)).one()
        if number < own.acked_n:
            return "hub_behind"
        return "copied" if number > own.n or (number == own.n and chain != own.hash) else "same"

    def is_copy(self) -> bool:
        """Whether records of this device arrived that it never wrote."""
        with self._store.reading() as session:
            return incarnation.is_copy(session)

    def hub(self) -> HubLink | None:
        """The home hub, None before enrolment."""
        with self._store.reading() as session:
            return _link(session)

    def save_hub(self, link: HubLink) -> None:
        """Remember hub, epoch and token."""
        values = {name: getattr(link, name) for name in HubLink.__dataclass_fields__}
        statement = upsert(schema.hub).values(pos=1, **values)
        with self._store.writing() as session:
            session.execute(statement.on_conflict_do_update(index_elements=["pos"], set_=values))

    def outbox(self, limit: int, max_bytes: int) -> Sequence[OutboxItem]:
        """Ready items in order of `n`; at least one if any is ready."""
        query = (
            select(schema.outbox.c.cs, schema.outbox.c.n, schema.log.c.body)
            .join(schema.log, schema.log.c.cs == schema.outbox.c.cs)
            .where(schema.outbox.c.state == "ready")
            .order_by(schema.outbox.c.n)
            .limit(limit)
        )
        items: list[OutboxItem] = []
        left = max_bytes
        with self._store.reading() as session:
            for row in session.execute(query):
                left -= len(row.body)
                if items and left < 0:
                    break
                items.append(OutboxItem(row.cs, row.n, bytes(row.body)))
        return items

    def acknowledge(self, outcomes: Sequence[PushOutcome]) -> None:
        """ok and dup leave; held and rejected stay visible with their code; fork stays ready for the next incarnation."""
        done = [one.cs for one in outcomes if one.status in ("ok", "dup")]
        states = {"held": "held", "rejected": "parked"}
        with self._store.writing() as session:
            mine = any_of(schema.log.c.cs, done) & (schema.log.c.dev == self._store.identity.device)
            acked = session.execute(select(func.max(schema.log.c.n)).where(mine)).scalar()
            session.execute(delete(schema.outbox).where(any_of(schema.outbox.c.cs, done)))
            for one in outcomes:
                if one.status in states:
                    values = {"state": states[one.status], "code": one.code}
                    session.execute(update(schema.outbox).where(schema.outbox.c.cs == one.cs).values(values))
            if acked is not None:
                session.execute(update(schema.device).values(acked_n=func.max(schema.device.c.acked_n, acked)))
            leaving.purge(session)

    def count_try(self, cs: str, code: str) -> None:
        """One failed try; the fifth parks the item."""
        box = schema.outbox
        with self._store.writing() as session:
            session.execute(update(box).where(box.c.cs == cs).values(tries=box.c.tries + 1, code=code))
            session.execute(update(box).where(box.c.cs == cs, box.c.tries >= PARK_AFTER).values(state="parked"))

    def cursors(self) -> Mapping[str, int]:
        """Scope → highest applied seq of the home hub."""
        with self._store.reading() as session:
            link = _link(session)
            query = select(schema.cursor.c.scope, schema.cursor.c.seq)
            rows = session.execute(query.where(schema.cursor.c.hub == (link.hub_id if link else "")))
            return {row.scope: row.seq for row in rows}

    def apply_page(self, rows: Sequence[PulledRow], cursors: Mapping[str, int]) -> Touched:
        """Log, merge, projections and cursors of one page together."""
        with self._store.writing() as session:
            link = _joined(session)
            touched = log.apply_remote(session, rows)
            touched |= leaving.lose_scopes(session, link.hub_id, set(cursors))
            _save_cursors(session, link, cursors)
        return touched

    def strangers(self, devices: Sequence[str]) -> Sequence[str]:
        """Devices without a key here; our own is known."""
        with self._store.reading() as session:
            known = keys.known(session, devices)
        return [one for one in devices if one not in known and one != self._store.identity.device]

    def keep_keys(self, found: Sequence[str]) -> None:
        """Remember authors' keys."""
        with self._store.writing() as session:
            keys.keep(session, found)

    def known_ids(self) -> Sequence[str]:
        """Every Changeset this laptop holds."""
        with self._store.reading() as session:
            return list(session.execute(select(schema.log.c.cs).order_by(schema.log.c.pos)).scalars())

    def may_offer_again(self, epoch: int) -> bool:
        """At most once per epoch value and hour."""
        with self._store.writing() as session:
            return offering.may_offer_again(session, epoch, self._store.clock())

    def requeue(self, ids: Sequence[str], epoch: int) -> None:
        """Another epoch: everything the hub lacks goes back into the Outbox, pulling begins at 0."""
        with self._store.writing() as session:
            offering.requeue(session, _joined(session), ids, epoch)

    def pages_done(self, scope: str) -> Sequence[str]:
        """Pages of a snapshot that were applied."""
        with self._store.reading() as session:
            return settings.get(session, f"snapshot:{scope}").split()

    def apply_states(self, scope: str, page: str, rows: Sequence[StateRow]) -> Touched:
        """States and the mark that this page is done, together."""
        with self._store.writing() as session:
            touched = log.apply_states(session, rows)
            key = f"snapshot:{scope}"
            settings.put(session, key, f"{settings.get(session, key)} {page}".strip())
        return touched

    def begin_at(self, cursors: Mapping[str, int]) -> None:
        """The first sync of these Scopes is complete."""
        with self._store.writing() as session:
            _save_cursors(session, _joined(session), cursors)
            session.execute(delete(schema.setting).where(schema.setting.c.key.startswith("snapshot:")))

    def blobs_to_send(self) -> Sequence[BlobInfo]:
        """Bytes are here, the hub has not confirmed them; small ones first."""
        return self._blobs("here")

    def blobs_wanted(self) -> Sequence[BlobInfo]:
        """Named by our records, bytes not here; small ones first."""
        return self._blobs("wanted")

    def _blobs(self, state: str) -> list[BlobInfo]:
        blob = schema.blob.c
        query = select(blob.sha, blob.size, blob.mime).where(blob.state == state).order_by(blob.size, blob.sha)
        with self._store.reading() as session:
            return [BlobInfo(row.sha, row.size, row.mime) for row in session.execute(query)]

    def blob_chunk(self, sha: str, number: int) -> bytes:
        """Plain bytes of one chunk."""
        return self._store.blobs.chunk(sha, number)

    def blobs_confirmed(self, shas: Sequence[str]) -> None:
        """The hub has them whole."""
        self._set_blobs(shas, "confirmed")

    def wanted_parts(self, sha: str) -> int:
        """Leading chunks that are kept."""
        return self._store.blobs.kept_parts(sha)

    def keep_chunk(self, sha: str, number: int, plain: bytes) -> None:
        """Keep the next chunk durably."""
        self._store.blobs.keep_chunk(sha, number, plain)

    def keep_whole(self, sha: str, plain: bytes) -> bool:
        """Store a small Blob at once; its row is marked by `blobs_confirmed`, or at the next start."""
        return self._store.blobs.put_as(sha, plain)

    def finish_blob(self, sha: str) -> bool:
        """Assemble and verify; its row is marked as by `keep_whole`."""
        return self._store.blobs.finish(sha)

    def blob_arrived(self, sha: str, *, confirmed: bool) -> None:
        """A wanted Blob's bytes came by stick; `confirmed` when the hub itself sent them."""
        self._set_blobs([sha], "confirmed" if confirmed else "here")

    def _set_blobs(self, shas: Sequence[str], state: str) -> None:
        with self._store.writing() as session:
            session.execute(update(schema.blob).where(any_of(schema.blob.c.sha, shas)).values(state=state))

    def pending(self) -> Pending:
        """What waits, counted in the tables."""
        box, blob = schema.outbox.c, schema.blob.c
        with self._store.reading() as session:
            rows = session.execute(select(box.state, func.count().label("items")).group_by(box.state))
            counted = {row.state: row.items for row in rows}
            blobs = session.execute(select(func.count()).where(blob.state == "here")).scalar_one()
        return Pending(counted.get("ready", 0), blobs, counted.get("parked", 0) + counted.get("held", 0))

    def conflict_count(self) -> int:
        """Fields with several distinct values, over all entities."""
        with self._store.reading() as session:
            counted = select(func.sum(schema.entity.c.conflict)).where(schema.entity.c.conflict > 0)
            total: int | None = session.execute(counted).scalar()
        return total or 0

    def journal(self, kind: str, text: str) -> None:
        """A line in plain words."""
        with self._store.writing() as session:
            journal.write(session, self._store.clock(), kind, text)


def _joined(session: Session) -> HubLink:
    link = _link(session)
    if link is None:
        raise WorldError("not_joined", "This laptop has not joined a hub.")
    return link


def _save_cursors(session: Session, link: HubLink, cursors: Mapping[str, int]) -> None:
    for scope, seq in cursors.items():
        statement = upsert(schema.cursor).values(hub=link.hub_id, scope=scope, seq=seq)
        session.execute(statement.on_conflict_do_update(index_elements=["hub", "scope"], set_={"seq": seq}))


def _link(session: Session) -> HubLink | None:
    row = session.execute(select(schema.hub)).mappings().first()
    return HubLink(**{name: row[name] for name in HubLink.__dataclass_fields__}) if row else None
