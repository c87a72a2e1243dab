"""The push transaction: every item judged and, if need be, saved alone; dense numbers per Scope taken late (sync.md §9)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from inspector_app.domain.errors import WorldError
from inspector_app.hub.access import Action, Member, may
from inspector_app.hub.book import Book, close_book, open_book, parent_of
from inspector_app.hub.database import Database
from inspector_app.hub.offers import Offer, Refusal, authenticate, load_authors, parse
from inspector_app.hub.tables import blob_ref, chain, changeset, device, insert_new, quarantine, scope, scope_log
from inspector_app.sync import wire
from inspector_app.sync.envelope import FIRST_PARENT

_RETRY = ("40001", "40P01")
"""PostgreSQL: serialization failure, deadlock."""
_TRIES = 5


@dataclass(frozen=True)
class Verdict:
    """What becomes of one item; `scope` only when it was stored."""

    status: str
    code: str = ""
    scope: str = ""


@dataclass
class _Push:
    """One push while its transaction runs."""

    connection: Connection
    pusher: Member
    now: int
    book: Book
    careful: bool = False
    rows: list[dict[str, Any]] = field(default_factory=list)
    log: dict[str, list[Offer]] = field(default_factory=dict)
    refs: dict[tuple[str, str], str] = field(default_factory=dict)
    heads: dict[str, Offer] = field(default_factory=dict)
    forked: set[str] = field(default_factory=set)


def push(database: Database, pusher: Member, raws: Sequence[bytes], now: int) -> list[wire.PushLine]:
    """Take a batch in: one line per item in the order given, then the trailer.
    Acknowledged means durable and applied."""
    parsed, refusals = parse(raws)
    with database.reading() as connection:
        authors = load_authors(connection, {one.envelope.dev for one in parsed})
    offers, unauthentic = authenticate(parsed, authors)
    refusals += unauthentic
    careful = False
    for _ in range(_TRIES):
        try:
            with database.writing() as connection:
                work = _Push(connection, pusher, now, open_book(connection, offers), careful)
                return _transaction(work, offers, refusals)
        except IntegrityError:
            careful = True
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _RETRY:
                raise
    raise WorldError("hub_busy", "The hub is busy; try again.")


def _transaction(work: _Push, offers: list[Offer], refusals: list[Refusal]) -> list[wire.PushLine]:
    """Rows in few statements. If the database refuses one, the push is repeated with a savepoint per item (`careful`)."""
    verdicts = {}
    for offer in sorted(offers, key=lambda one: (one.envelope.dev, one.envelope.n)):
        verdicts[offer.line] = _take(work, offer)
    if work.rows:
        _insert(work.connection, work.rows)
    numbers = _number(work)
    close_book(work.connection, work.book, {one.envelope.id: seq for one, seq in numbers.values()})
    refs = [{"sha": sha, "ent": ent, "scope": place} for (sha, ent), place in sorted(work.refs.items())]
    insert_new(work.connection, blob_ref, refs)
    _advance_devices(work)
    _quarantine(work, refusals)
    lines = {offer.line: _line(offer, verdicts[offer.line], numbers) for offer in offers}
    lines.update({one.line: _refused(one) for one in refusals})
    return [*(lines[number] for number in sorted(lines)), _trailer(work.connection, work.pusher)]


def _take(work: _Push, offer: Offer) -> Verdict:
    verdict = judge(work.book, offer, work.pusher)
    if verdict.status == "ok" and not _save(work, offer):
        verdict = Verdict("rejected", "conflict")
    if verdict.status == "ok":
        _accept(work, offer, verdict.scope)
    elif verdict.status in ("held", "rejected"):
        _quarantine(work, [Refusal(offer.line, offer.raw, offer.envelope.cs, verdict.code)])
    elif verdict.status == "fork":
        work.forked.add(offer.envelope.dev)
    return verdict


def judge(book: Book, offer: Offer, pusher: Member) -> Verdict:
    """Duplicate, fork, or the author's right to write there; pure. Foreign and unknown entities get the same answer."""
    one = offer.envelope
    known = book.contents.get(one.cs)
    if known is not None:
        return Verdict("dup") if known == offer.content else Verdict("rejected", "cs_conflict")
    if pusher.device == one.dev and _is_fork(book, offer):
        return Verdict("fork", "fork")
    if offer.author.revoked and one.n > offer.author.head_n:
        return Verdict("held", "revoked_author")
    target = book.scope_of(one.id)
    place = target or one.sc
    if place is None or (target and one.sc not in (None, target)) or not may(offer.author.member, Action.WRITE, place):
        return Verdict("held", "access")
    if target and book.entities[one.id].type != one.e:
        return Verdict("rejected", "kind")
    parent = parent_of(offer)
    if parent and book.scope_of(parent) not in (None, place):
        return Verdict("held", "access")
    return Verdict("ok", scope=place)


def _is_fork(book: Book, offer: Offer) -> bool:
    one = offer.envelope
    taken = book.chain.get((one.dev, one.n))
    before = FIRST_PARENT if one.n == 1 else book.chain.get((one.dev, one.n - 1))
    return taken not in (None, offer.hash) or before not in (None, one.ph)


def _save(work: _Push, offer: Offer) -> bool:
    """Queue the row, or in careful mode write it behind a savepoint; False if the database refuses it."""
    row = _row(work, offer)
    if not work.careful:
        work.rows.append(row)
        return True
    try:
        with work.connection.begin_nested():
            _insert(work.connection, [row])
    except IntegrityError:
        return False
    return True


def _row(work: _Push, offer: Offer) -> dict[str, Any]:
    one = offer.envelope
    return {
        "cs": one.cs, "dev": one.dev, "n": one.n, "hash": offer.hash, "content_hash": offer.content, "ent": one.id,
        "t": one.t, "u": one.u, "received_at": work.now, "via": work.pusher.device, "body": wire.compress(offer.raw),
    }  # fmt: skip


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(changeset.insert(), rows)
    insert_new(connection, chain, [{name: row[name] for name in ("dev", "n", "cs", "hash")} for row in rows])


def _accept(work: _Push, offer: Offer, place: str) -> None:
    one = offer.envelope
    if work.book.chain.get((one.dev, one.n), offer.hash) != offer.hash:
        work.forked.add(one.dev)  # the other branch of a clone, brought by a carrier: stored, and seen by an admin
    work.book.accept(offer, place)
    work.log.setdefault(place, []).append(offer)
    for sha in blob_digests(one.set):
        work.refs[sha, one.id] = place
    best = work.heads.get(one.dev)
    if one.n > (best.envelope.n if best else offer.author.head_n):
        work.heads[one.dev] = offer


def blob_digests(values: dict[str, Any]) -> list[str]:
    """Addresses of the Blobs a Changeset names: any field that is an object with `sha` (64 hex) and `size`."""
    found = []
    for value in values.values():
        if isinstance(value, dict) and isinstance(value.get("size"), int):
            sha = value.get("sha")
            if isinstance(sha, str) and len(sha) == 64 and set(sha) <= set("0123456789abcdef"):
                found.append(sha)
    return found


def _number(work: _Push) -> dict[int, tuple[Offer, int]]:
    """Take the counters as late as possible and in sorted order:
    no reader ever sees a gap, carriers cannot deadlock."""
    numbers = {}
    for place in sorted(work.log):
        taken = work.log[place]
        insert_new(work.connection, scope, [{"id": place, "head": 0}])
        raise_head = (
            update(scope).where(scope.c.id == place).values(head=scope.c.head + len(taken)).returning(scope.c.head)
        )
        first = int(work.connection.execute(raise_head).scalar_one()) - len(taken) + 1
        rows = []
        for seq, offer in enumerate(taken, first):
            numbers[offer.line] = (offer, seq)
            rows.append({"scope": place, "seq": seq, "kind": "cs", "cs": offer.envelope.cs, "ent": offer.envelope.id})
        work.connection.execute(scope_log.insert(), rows)
    return numbers


def _advance_devices(work: _Push) -> None:
    for dev, offer in work.heads.items():
        values = {"head_n": offer.envelope.n, "head_hash": offer.hash}
        higher = (device.c.id == dev) & (device.c.head_n < offer.envelope.n)
        work.connection.execute(update(device).where(higher).values(values))
    if work.forked:
        fresh = device.c.id.in_(sorted(work.forked)) & device.c.forked_at.is_(None)
        work.connection.execute(update(device).where(fresh).values(forked_at=work.now))


def _quarantine(work: _Push, refusals: Sequence[Refusal]) -> None:
    """Nothing is dropped: raw bytes and code, once per content."""
    rows = [
        {"id": hashlib.sha256(one.raw).hexdigest(), "dev": work.pusher.device, "cs": one.cs, "raw": one.raw}
        | {"reason": one.code, "received_at": work.now}
        for one in refusals
    ]
    insert_new(work.connection, quarantine, rows)


def _line(offer: Offer, verdict: Verdict, numbers: dict[int, tuple[Offer, int]]) -> wire.PushLine:
    seq = numbers[offer.line][1] if offer.line in numbers else 0
    return wire.PushLine(cs=offer.envelope.cs, st=verdict.status, scope=verdict.scope, seq=seq, code=verdict.code)


def _refused(one: Refusal) -> wire.PushLine:
    if one.cs:
        return wire.PushLine(cs=one.cs, st="rejected", code=one.code)
    return wire.PushLine(line=one.line, st="rejected", code=one.code)


def _trailer(connection: Connection, pusher: Member) -> wire.PushLine:
    row = connection.execute(select(device.c.head_n, device.c.head_hash).where(device.c.id == pusher.device)).one()
    return wire.PushLine(dev_head={"n": row.head_n, "hash": row.head_hash})
