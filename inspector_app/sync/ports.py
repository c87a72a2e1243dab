"""What a Round needs from the laptop's storage: the store implements this Protocol, sync never imports it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from inspector_app.domain.changeset import Touched
from inspector_app.sync import wire
from inspector_app.sync.identity import Identity

PushStatus = Literal["ok", "dup", "held", "rejected", "fork"]
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class HubLink:
    """The home hub of this laptop, as kept since enrolment. `hub_key` is the raw Ed25519 public key in hex."""

    url: str
    hub_id: str
    hub_key: str
    epoch: int
    device: str
    token: str = ""
    token_expires_ms: int = 0


@dataclass(frozen=True)
class OutboxItem:
    """One unsent Changeset: the author's bytes, sent verbatim."""

    cs: str
    n: int
    raw: bytes


@dataclass(frozen=True)
class PushOutcome:
    """The hub's word on one pushed Changeset; only ok, dup and held let it leave the Outbox (sync.md §7). What is ok now
    has its place: `scope` and `seq`."""

    cs: str
    status: PushStatus
    code: str = ""
    scope: str = ""
    seq: int = 0


@dataclass(frozen=True)
class PulledRow:
    """One row of a Scope's log: `raw` is the author's envelope (`kind` cs), or the whole line of an unknown kind;
    enter carries `state`, leave only `entity`."""

    scope: str
    seq: int
    kind: str
    raw: bytes
    state: wire.StateRow | None = None
    entity: str = ""


@dataclass(frozen=True)
class BlobInfo:
    """Address and size in bytes of one Blob."""

    sha: str
    size: int
    mime: str = ""


@dataclass(frozen=True)
class Pending:
    """What still waits on this laptop, counted in the store, never in a running process."""

    changesets: int
    blobs: int
    parked: int = 0


@dataclass(frozen=True)
class RoundOutcome:
    """How one Round ended. `why` is a stable key, '' when done; counts are items, bytes are on the wire."""

    outcome: Literal["done", "partial", "failed"]
    why: str = ""
    detail: str = ""
    pushed: int = 0
    pulled: int = 0
    blobs_up: int = 0
    blobs_down: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    conflicts: int = 0
    pending: Pending = Pending(0, 0)
    touched: Touched = Touched()


def journal_text(facts: Mapping[str, int | str]) -> str:
    """Facts as one line of the journal: names and values, what is 0 or empty left out."""
    return json.dumps({name: value for name, value in facts.items() if value}, ensure_ascii=False)


@dataclass(frozen=True)
class Progress:
    """Where a Round is: `step` ∈ hello, push, pull, photos_up, photos_down; items done of total, bytes moved so far."""

    step: str
    done: int
    total: int
    moved: int


HeadVerdict = Literal["same", "hub_behind", "copied"]
"""The hub's head of our chain: as we know it; behind what it once acknowledged; or one that we never wrote."""


class LocalLedger(Protocol):
    """The laptop's log, Outbox, cursors and Blobs. Every method is one transaction of its own."""

    @property
    def identity(self) -> Identity: ...
    def parent(self) -> Identity | None:
        """The key the hub knows this laptop by, while a newer incarnation is not linked to it yet; else None."""

    def reincarnate(self) -> None:
        """A new key from now on; what the hub has not acknowledged is enveloped anew, `cs` and content stay
        (sync.md §5)."""

    def linked(self, letter: str) -> None:
        """The hub knows the new key: the old one is forgotten."""

    def compare_head(self, number: int, chain: str) -> HeadVerdict:
        """What the hub's `dev_head` says about this laptop and about the hub."""

    def is_copy(self) -> bool:
        """Whether records of this device arrived that it never wrote: it is a clone or was restored."""

    def hub(self) -> HubLink | None: ...
    def save_hub(self, link: HubLink) -> None: ...
    def outbox(self, limit: int, max_bytes: int) -> Sequence[OutboxItem]:
        """Ready items in order of `n`, at most `limit` and about `max_bytes` of raw bytes (always at least one)."""

    def acknowledge(self, outcomes: Sequence[PushOutcome]) -> None:
        """ok and dup leave the Outbox, held stays visible as held, rejected is parked with its code."""

    def count_try(self, cs: str, code: str) -> None:
        """One failed try of a single item; the fifth parks it."""

    def cursors(self) -> Mapping[str, int]: ...
    def apply_page(self, rows: Sequence[PulledRow], cursors: Mapping[str, int]) -> Touched:
        """Log, merge, projections and cursors of one pulled page in one transaction;
        known Changesets change nothing."""

    def strangers(self, devices: Sequence[str]) -> Sequence[str]:
        """Those of the devices whose public key is not known here."""

    def keep_keys(self, keys: Sequence[str]) -> None:
        """Public keys of authors: with them a colleague's stick is checked without any hub (sync.md §5)."""

    def known_ids(self) -> Sequence[str]:
        """All Changeset ids this laptop holds (for `have` after an epoch change)."""

    def may_offer_again(self, epoch: int) -> bool:
        """At most one full offer per epoch value and hour; noted when True (sync.md §10)."""

    def requeue(self, ids: Sequence[str], epoch: int) -> None:
        """Epoch changed: cursors to 0, the Changesets `ids` (author's bytes) back into the Outbox, recovery
        Changesets for heads without body, the new epoch stored; all in one transaction."""

    def pages_done(self, scope: str) -> Sequence[str]:
        """Digests of snapshot pages that were applied while this Scope's first sync is under way."""

    def apply_states(self, scope: str, page: str, rows: Sequence[wire.StateRow]) -> Touched:
        """Join the states of one snapshot page (digest `page`); unreadable or known ones change nothing."""

    def begin_at(self, cursors: Mapping[str, int]) -> None:
        """All pages of these Scopes are applied: pull goes on from there."""

    def blobs_to_send(self) -> Sequence[BlobInfo]:
        """Blobs named by our records whose bytes are here and whose arrival the hub has not confirmed."""

    def blob_chunk(self, sha: str, number: int) -> bytes:
        """Plain bytes of one 512 KiB chunk."""

    def blobs_confirmed(self, shas: Sequence[str]) -> None:
        """The hub holds these Blobs whole, verified; whatever came from it counts as well."""

    def blobs_wanted(self) -> Sequence[BlobInfo]:
        """Blobs named by records in our Scopes whose bytes are not here."""

    def wanted_parts(self, sha: str) -> int:
        """How many leading chunks of a wanted Blob are already kept."""

    def keep_chunk(self, sha: str, number: int, plain: bytes) -> None:
        """Keep the next chunk durably."""

    def keep_whole(self, sha: str, plain: bytes) -> bool:
        """Store a Blob of one chunk durably; False (and nothing kept) when the digest differs."""

    def finish_blob(self, sha: str) -> bool:
        """Assemble, verify SHA-256, store durably; False (and the parts thrown away) when the digest differs."""

    def pending(self) -> Pending: ...
    def conflict_count(self) -> int: ...
    def journal(self, kind: str, text: str) -> None:
        """A line in the persistent journal of Rounds: `journal_text`, or plain words."""
