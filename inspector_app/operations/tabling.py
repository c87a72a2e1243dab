"""A laptop as the table colleagues meet at, and as a visitor of one: work passes on and goes to the hub with whoever meets
it first; only the hub's word empties anybody's Outbox (sync.md §12)."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.operations import bundling
from inspector_app.store import parcels
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from inspector_app.sync.ports import Cancelled, RoundOutcome, journal_text
from inspector_app.sync.table import BATCH, Holding, Lacking, Table, TableLine

Told = Callable[[RoundOutcome], None]


def holding(store: Store) -> Holding:
    """What this laptop is and holds; raises UserError `not_joined`."""
    link = bundling.link_of(store)
    ledger = StoreLedger(store)
    wants = [one.sha for one in ledger.blobs_wanted()]
    return Holding(store.identity.public.hex(), link.hub_id, store.me.team, list(ledger.known_ids()), wants)


def who(store: Store) -> tuple[str, str]:
    """This laptop's public key in hex and its hub, as a table says them; raises UserError `not_joined`."""
    return store.identity.public.hex(), bundling.link_of(store).hub_id


class StoreHost:
    """A `Host` on a store; `told` hears of every bundle that was taken in, in the server's thread."""

    def __init__(self, store: Store, told: Told = lambda _: None) -> None:
        self._store, self._told = store, told

    def lacking(self, theirs: Holding) -> Lacking:
        """What is not here."""
        ours = holding(self._store)
        _check_same(ours, theirs)
        known = set(ours.cs)
        return Lacking([one for one in theirs.cs if one not in known], ours.wants)

    def pack(self, theirs: Holding, path: Path) -> bool:
        """What they lack and we can give."""
        _check_same(holding(self._store), theirs)
        with self._store.reading() as session:
            known = set(theirs.cs)
            ids = [one for one in parcels.ids_with_bodies(session) if one not in known]
        return _write(self._store, theirs.key, (ids, theirs.wants), path) is not None

    def take(self, path: Path) -> None:
        """Verified whole, then applied."""
        outcome = bundling.take_file(self._store, path)
        _note(self._store, outcome)
        self._told(outcome)


def visit(store: Store, table: Table, cancelled: Cancelled = lambda: False) -> RoundOutcome:
    """Exchange with a colleague's table both ways until neither lacks anything. A line that breaks costs one bundle.

    Raises UserError table_address, table_key, table_team, bundle_foreign, not_joined; WorldError table_away.
    """
    ours = holding(store)
    with tempfile.TemporaryDirectory(prefix="daowei-table-") as folder, TableLine(table) as line:
        found = line.greet()
        if found.hub_id != ours.hub_id:
            raise UserError("bundle_foreign", "That laptop belongs to another hub.")
        path = Path(folder) / "bundle.zip"
        given = _give(store, line, (found.key, path), cancelled)
        taken = _take(store, line, path, cancelled)
    outcome = RoundOutcome("done", pushed=given[0], blobs_up=given[1], pulled=taken[0], blobs_down=taken[1])
    _note(store, outcome)
    return bundling.with_rest(store, outcome, taken[2])


def _give(store: Store, line: TableLine, to: tuple[str, Path], cancelled: Cancelled) -> tuple[int, int]:
    key, path = to
    changes = photos = 0
    before: Lacking | None = None
    while not cancelled():
        lacking = line.lacking(holding(store))
        if lacking == before:  # what is left cannot be given: it has no body here, or its author is unknown
            break
        before = lacking
        written = _write(store, key, (lacking.cs, lacking.wants), path)
        if written is None:
            break
        line.give(path)
        changes, photos = changes + written[0], photos + written[1]
    return changes, photos


def _take(store: Store, line: TableLine, path: Path, cancelled: Cancelled) -> tuple[int, int, Touched]:
    changes = photos = 0
    touched, before = Touched(), None
    while not cancelled():
        ours = holding(store)
        if ours == before or not line.fetch(ours, path):
            break
        before = ours
        outcome = bundling.take_file(store, path)
        changes, photos = changes + outcome.pulled, photos + outcome.blobs_down
        touched |= outcome.touched
    return changes, photos, touched


def _write(store: Store, key: str, wanted: tuple[Sequence[str], Sequence[str]], path: Path) -> tuple[int, int] | None:
    """Changesets and photos written; None when there is nothing to give."""
    ids, shas = wanted
    with store.reading() as session:
        bodies = parcels.chosen(session, ids)
        blobs = parcels.blobs_among(session, shas, BATCH)
    bodies, known = bundling.with_keys(store, bodies)
    if not bodies and not blobs:
        return None
    path.unlink(missing_ok=True)
    bundling.write_volume(store, path, key, (bodies, known, blobs))
    return len(bodies), len(blobs)


def _check_same(ours: Holding, theirs: Holding) -> None:
    """Raises UserError: only laptops of one hub and one Team meet."""
    if ours.hub_id != theirs.hub_id:
        raise UserError("bundle_foreign", "That laptop belongs to another hub.")
    if ours.team != theirs.team:
        raise UserError("table_team", "That laptop belongs to another team; it exchanges its work at the hub.")


def _note(store: Store, outcome: RoundOutcome) -> None:
    facts = {"up": outcome.pushed, "photos_up": outcome.blobs_up, "down": outcome.pulled}
    facts["photos_down"] = outcome.blobs_down
    if any(facts.values()):
        StoreLedger(store).journal("note", journal_text({"table": 1, **facts}))
