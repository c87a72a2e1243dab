"""The push transaction: every item judged and, if need be, saved alone; dense numbers per Scope taken late (sync.md §9)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.exc import DataError, IntegrityError, InternalError, ProgrammingError

from inspector_app.hub.access import Action, Member, may, may_set
from inspector_app.hub.book import Book, close_book, open_book, parent_of
from inspector_app.hub.bulk import insert_all, insert_new
from inspector_app.hub.database import Database
from inspector_app.hub.numbering import Entry, number
from inspector_app.hub.offers import Offer, Refusal, authenticate, load_authors, parse
from inspector_app.hub.tables import blob_ref, chain, changeset, device, quarantine
from inspector_app.sync import wire
from inspector_app.sync.envelope import FIRST_PARENT

_OBJECTIONS = (IntegrityError, DataError, InternalError, ProgrammingError)
"""How databases refuse a row; all else (locks, disk, connection) concerns the whole push."""
_CAREFUL = 3
"""Tries in which each item is judged alone; more than one only if others begin the same records at the same moment."""


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
    with database.asking() as connection:
        authors = load_authors(connection, {one.envelope.dev for one in parsed})
    offers, unauthentic = authenticate(parsed, authors)
    refusals += unauthentic

    careful = 0

    def work(connection: Connection) -> list[wire.PushLine]:
        book = open_book(connection, offers)
        return _transaction(_Push(connection, pusher, now, book, careful > 0), offers, refusals)

    while True:
        try:
            return database.write(work)
        except _OBJECTIONS:
            careful += 1
            if careful > _CAREFUL:
                raise


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
    heads = _advance_devices(work)
    _quarantine(work, refusals)
    lines = {offer.line: _line(offer, verdicts[offer.line], numbers) for offer in offers}
    lines.update({one.line: _refused(one) for one in refusals})
    return [*(lines[number] for number in sorted(lines)), _trailer(work, heads)]


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
    place = _place(book, offer)
    if place is None:
        return Verdict("held", "access")
    home = book.entities[one.id]
    if home.scope and home.type != one.e:
        return Verdict("rejected", "kind")
    if not may_set(offer.author.member, one.e, one.set, home.shown(one.prev)):
        return Verdict("held", "role")
    return Verdict("ok", scope=place)


def _place(book: Book, offer: Offer) -> str | None:
    """The Scope an offer belongs to, None when its author may not write there: where the entity lives, for a new child
    where its parent lives, otherwise where the author puts it. Late edits of the Team it was taken from still count."""
    one, author = offer.envelope, offer.author.member
    target, parent = book.entities[one.id].scope, parent_of(offer)
    above = book.scope_of(parent) if parent else None
    if target is None:
        if one.sc is None or not may(author, Action.WRITE, one.sc):
            return None
        return one.sc if above in (None, one.sc) or not parent else book.moved_on(parent, one.sc)
    if one.sc not in (None, target) or above not in (None, target):
        return None
    return target if may(author, Action.WRITE, target) or book.is_late(offer) else None


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
    except _OBJECTIONS:
        return False
    return True


def _row(work: _Push, offer: Offer) -> dict[str, Any]:
    one = offer.envelope
    return {
        "cs": one.cs, "dev": one.dev, "n": one.n, "hash": offer.hash, "content_hash": offer.content, "ent": one.id,
        "t": one.t, "u": one.u, "received_at": work.now, "via": work.pusher.device, "body": wire.compress(offer.raw),
    }  # fmt: skip


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    insert_all(connection, changeset, rows)
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
    """The log rows of what was accepted: offer and number by line."""
    entries = {
        place: [Entry("cs", one.envelope.id, one.envelope.cs) for one in taken] for place, taken in work.log.items()
    }
    first = number(work.connection, entries)
    return {
        offer.line: (offer, seq) for place, taken in work.log.items() for seq, offer in enumerate(taken, first[place])
    }


_ADVANCED = (
    update(device)
    .where(device.c.id == bindparam("dev"), device.c.head_n < bindparam("number"))
    .values(head_n=bindparam("number"), head_hash=bindparam("chain"))
    .returning(device.c.head_n, device.c.head_hash)
)
_HEAD = select(device.c.head_n, device.c.head_hash).where(device.c.id == bindparam("dev"))


def _advance_devices(work: _Push) -> dict[str, Any]:
    """The new heads of the devices that have one."""
    heads: dict[str, Any] = {}
    for dev, offer in sorted(work.heads.items()):
        given = {"dev": dev, "number": offer.envelope.n, "chain": offer.hash}
        heads[dev] = work.connection.execute(_ADVANCED, given).one_or_none()
    if work.forked:
        fresh = device.c.id.in_(sorted(work.forked)) & device.c.forked_at.is_(None)
        work.connection.execute(update(device).where(fresh).values(forked_at=work.now))
    return heads


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


def _trailer(work: _Push, heads: dict[str, Any]) -> wire.PushLine:
    row = heads.get(work.pusher.device) or work.connection.execute(_HEAD, {"dev": work.pusher.device}).one()
    return wire.PushLine(dev_head={"n": row.head_n, "hash": row.head_hash})
