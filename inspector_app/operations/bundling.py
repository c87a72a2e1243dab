"""The same Round on a stick: what waits goes out sealed, receipts and colleagues' work come in (sync.md §12)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.store import delivery, keys, parcels
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync import bundles, envelope, wire
from inspector_app.sync.bundles import Address, Bundle, Change, Parcel
from inspector_app.sync.ports import HubLink, PulledRow, PushOutcome, PushStatus, RoundOutcome, journal_text

_WORDS: dict[str, PushStatus] = {"ok": "ok", "dup": "dup", "held": "held", "rejected": "rejected"}


@dataclass(frozen=True)
class Written:
    """The volumes of an export."""

    files: tuple[Path, ...]
    outcome: RoundOutcome


def export(store: Store, path: Path, recipient: str = "hub") -> Written:
    """Write a bundle for the hub (everything it has not acknowledged) or for a laptop (everything we hold).

    `recipient` is "hub", a laptop's 64-hex public key, or the device id of one whose bundle was read here.
    Raises UserError not_joined, recipient; WorldError.
    """
    link = link_of(store)
    to_hub = recipient == "hub"
    to = link.hub_key if to_hub else _public_key(store, recipient)
    with store.reading() as session:
        bodies = parcels.bodies(session, unsent=to_hub)
        blobs = parcels.blobs_here(session, unsent=to_hub)
    bodies, known = (bodies, []) if to_hub else with_keys(store, bodies)
    address = Address(link.hub_id, link.epoch, to, store.clock())
    changes = [bundles.change(scope, raw) for scope, raw in bodies]
    parcel = Parcel(changes, list(StoreLedger(store).known_ids()), [], [_own_key(store), *known])
    files: list[Path] = []
    total = 0
    for number, batch in enumerate(bundles.volumes(blobs), 1):
        file = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        total += bundles.write(file, address, store.identity, parcel, ((sha, store.blobs.get(sha)) for sha in batch))
        files.append(file)
        parcel = Parcel(keys=parcel.keys)
    with store.writing() as session:
        delivery.note_stick(session, [sha for sha, _ in blobs], store.clock())
    moved = RoundOutcome("done", pushed=len(changes), blobs_up=len(blobs), bytes_up=total)
    outcome = with_rest(store, moved, Touched())
    StoreLedger(store).journal("note", journal_text({"stick": "out", "up": len(changes), "photos_up": len(blobs)}))
    return Written(tuple(files), outcome)


def import_(store: Store, path: Path) -> RoundOutcome:
    """Take a bundle in: verified whole, then applied; importing it again changes nothing. Only what the home hub signed
    empties the Outbox. Raises UserError bundle_damaged, bundle_not_for_us, bundle_foreign, not_joined; WorldError."""
    outcome = take_file(store, path)
    text = journal_text({"stick": "in", "down": outcome.pulled, "photos_down": outcome.blobs_down})
    StoreLedger(store).journal("note", text)
    return outcome


def take_file(store: Store, path: Path) -> RoundOutcome:
    """As `import_`, without a line in the journal."""
    link = link_of(store)
    bundle = bundles.open_bundle(path, store.identity, link.hub_id)
    try:
        return _take(store, bundle, from_hub=bundle.manifest.sender == link.hub_key)
    finally:
        bundle.close()


def write_volume(
    store: Store,
    path: Path,
    to: str,
    parts: tuple[Sequence[tuple[str, bytes]], Sequence[str], Sequence[tuple[str, int]]],
) -> int:
    """One sealed volume of (Scope, body) pairs, authors' keys and (digest, size) of photos; gives its bytes."""
    bodies, known, blobs = parts
    link = link_of(store)
    address = Address(link.hub_id, link.epoch, to, store.clock())
    parcel = Parcel([bundles.change(scope, raw) for scope, raw in bodies], [], [], [_own_key(store), *known])
    return bundles.write(path, address, store.identity, parcel, ((sha, store.blobs.get(sha)) for sha, _ in blobs))


def _take(store: Store, bundle: Bundle, *, from_hub: bool) -> RoundOutcome:
    changes = bundle.changes()
    if not from_hub:
        _check_authors(changes, bundle)
    rows = [PulledRow(one.scope, 0, "cs", bytes(one.env)) for one in changes]
    with store.writing() as session:
        touched = parcels.take(session, rows, forward=not from_hub)
        keys.keep(session, bundle.manifest.keys)
    ledger = StoreLedger(store)
    if from_hub:
        _settle(ledger, bundle)
    taken = _take_blobs(store, bundle, from_hub=from_hub)
    return with_rest(store, RoundOutcome("done", pulled=len(rows), blobs_down=taken), touched)


def _check_authors(changes: Sequence[Change], bundle: Bundle) -> None:
    """Every Changeset of a colleague's bundle is signed by its own author, or nothing is taken."""
    known = bundle.keys()
    for one in changes:
        raw = bytes(one.env)
        author = known.get(envelope.parse(raw).dev)
        if author is None or not envelope.is_authentic(raw, author):
            raise UserError("bundle_damaged", "A record in the bundle is not signed by its author; nothing was taken.")


def _settle(ledger: StoreLedger, bundle: Bundle) -> None:
    receipts = bundle.receipts()
    words = [PushOutcome(one.cs, _WORDS[one.st], one.code) for one in receipts if one.cs and one.st in _WORDS]
    ledger.acknowledge(words)
    for one in receipts:
        if one.sha and one.st == "stored":
            ledger.blobs_confirmed([one.sha])


def _take_blobs(store: Store, bundle: Bundle, *, from_hub: bool) -> int:
    with store.reading() as session:
        wanted = parcels.blobs_wanted(session, bundle.blobs())
    for sha in sorted(wanted):
        store.blobs.put(bundle.blob(sha))
        StoreLedger(store).blob_arrived(sha, confirmed=from_hub)
    return len(wanted)


def link_of(store: Store) -> HubLink:
    """The home hub; raises UserError `not_joined`."""
    link = StoreLedger(store).hub()
    if link is None:
        raise UserError("not_joined", "This laptop has not joined a hub yet; enrol it with a code first.")
    return link


def _own_key(store: Store) -> str:
    return store.identity.public.hex()


def with_keys(store: Store, bodies: Sequence[tuple[str, bytes]]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Changesets whose authors' keys are known here, and those keys: no others can be checked by whoever takes them."""
    authors = [wire.author_of(raw) for _, raw in bodies]
    with store.reading() as session:
        known = keys.known(session, set(authors))
    able = {*known, store.identity.device}
    return [one for one, author in zip(bodies, authors, strict=True) if author in able], sorted(known.values())


def _public_key(store: Store, recipient: str) -> str:
    if len(recipient) == 64:
        return recipient.lower()
    with store.reading() as session:
        found = keys.known(session, [recipient.lower()]).get(recipient.lower(), "")
    if not found:
        raise UserError("recipient", "Name the laptop by its 64-digit key; `inspector-app bundle key` shows it there.")
    return found


def with_rest(store: Store, moved: RoundOutcome, touched: Touched) -> RoundOutcome:
    """What was moved and touched, with what still waits and collides."""
    ledger = StoreLedger(store)
    return replace(moved, conflicts=ledger.conflict_count(), pending=ledger.pending(), touched=touched)
