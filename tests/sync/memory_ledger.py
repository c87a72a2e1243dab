"""A laptop's ledger in memory: the same Protocol as the store's, small enough to read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from inspector_app.domain.changeset import Touched, touched_by
from inspector_app.domain.errors import WorldError
from inspector_app.domain.ids import new_id
from inspector_app.sync import carried, envelope, merge, wire
from inspector_app.sync.identity import Identity, device_id, new_identity
from inspector_app.sync.ports import BlobInfo, HeadVerdict, HubLink, OutboxItem, Pending, PulledRow, PushOutcome
from inspector_app.sync.sealed import CHUNK, chunk_count


class MemoryLedger:
    """Log, Outbox, cursors and Blobs as dictionaries."""

    def __init__(self) -> None:
        self._identity = new_identity()
        self.link: HubLink | None = None
        self.log: dict[str, bytes] = {}
        self.states: dict[str, merge.EntityState] = {}
        self.kinds: dict[str, str] = {}
        self.waiting: dict[str, OutboxItem] = {}
        self.parked: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.tries: dict[str, int] = {}
        self.kept_cursors: dict[str, int] = {}
        self.blobs: dict[str, bytes] = {}
        self.named: dict[str, int] = {}
        self.confirmed: set[str] = set()
        self.parts: dict[str, list[bytes]] = {}
        self.lines: list[tuple[str, str]] = []
        self._n, self._ph = 0, envelope.FIRST_PARENT
        self._parent: Identity | None = None
        self.letter, self.acked_n, self.behind = "", 0, False
        self.offered: set[int] = set()
        self.pages: dict[str, list[str]] = {}
        self.keys: dict[str, str] = {}
        self.unread: list[PulledRow] = []

    # what a user does

    def edit(
        self, entity: str, values: Mapping[str, Any], *, scope: str | None = None, kind: str = "inspection"
    ) -> str:
        """Save one Changeset; the scope only when creating."""
        state = self.states.setdefault(entity, merge.EntityState())
        names = list(values)
        self._n += 1
        fields = {
            "v": 1, "cs": new_id(), "dev": self.identity.device, "n": self._n, "ph": self._ph,
            "t": merge.next_stamp(state, names, 1_700_000_000_000), "u": "someone", "sv": 1, "e": kind, "id": entity,
            "sc": scope, "set": dict(values), "prev": merge.parents(state, names), "alg": "ed25519",
        }  # fmt: skip
        raw, self._ph = envelope.seal(fields, self.identity.key)
        self._take(raw)
        cs = str(fields["cs"])
        self.waiting[cs] = OutboxItem(cs, self._n, raw)
        return cs

    def photograph(self, inspection: str, plain: bytes, *, scope: str) -> str:
        """Keep bytes and name them in a photo record; gives the digest."""
        sha = hashlib.sha256(plain).hexdigest()
        self.blobs[sha] = plain
        blob = {"sha": sha, "size": len(plain), "mime": "image/jpeg", "chunks": chunk_count(len(plain))}
        self.edit(new_id(), {"inspection": inspection, "blob": blob}, scope=scope, kind="photo")
        return sha

    def shown(self) -> dict[str, dict[str, Any]]:
        """Displayed values per entity."""
        return {one: merge.displayed(state) for one, state in self.states.items()}

    def _take(self, raw: bytes) -> tuple[str, str]:
        one = envelope.parse(raw)
        self.log.setdefault(one.cs, raw)
        self.kinds[one.id] = one.e
        merge.apply(self.states.setdefault(one.id, merge.EntityState()), one.cs, one.t, one.set, one.prev)
        for value in one.set.values():
            if isinstance(value, dict) and "sha" in value:
                self.named[value["sha"]] = value["size"]
        return one.e, one.id

    # LocalLedger

    @property
    def identity(self) -> Identity:
        return self._identity

    def parent(self) -> Identity | None:
        return self._parent

    def reincarnate(self) -> None:
        old = self._identity.device
        self._parent = self._parent or self._identity
        self._identity = new_identity()
        self._n, self._ph, self.acked_n, self.behind = 0, envelope.FIRST_PARENT, 0, False
        for cs, item in sorted(self.waiting.items(), key=lambda one: one[1].n):
            if envelope.parse(item.raw).dev == old:
                self._n += 1
                raw, self._ph = envelope.reseal(item.raw, self._n, self._ph, self._identity)
                self.log[cs] = raw
                self.waiting[cs] = OutboxItem(cs, self._n, raw)

    def linked(self, letter: str) -> None:
        self._parent, self.letter = None, letter

    def compare_head(self, number: int, chain: str) -> HeadVerdict:
        if number < self.acked_n:
            return "hub_behind"
        return "copied" if number > self._n or (number == self._n and chain != self._ph) else "same"

    def is_copy(self) -> bool:
        return self.behind

    def may_offer_again(self, epoch: int) -> bool:
        if epoch in self.offered:
            return False
        self.offered.add(epoch)
        return True

    def pages_done(self, scope: str) -> Sequence[str]:
        return self.pages.setdefault(scope, [])

    def apply_states(self, scope: str, page: str, rows: Sequence[wire.StateRow]) -> Touched:
        for row in rows:
            merge.join(self.states.setdefault(row.id, merge.EntityState()), carried.read_state(row))
            self.kinds[row.id] = row.e
        self.pages.setdefault(scope, []).append(page)
        return touched_by([(row.e, row.id) for row in rows])

    def begin_at(self, cursors: Mapping[str, int]) -> None:
        self.pages.clear()
        self.kept_cursors.update(cursors)

    def hub(self) -> HubLink | None:
        return self.link

    def save_hub(self, link: HubLink) -> None:
        self.link = link

    def outbox(self, limit: int, max_bytes: int) -> Sequence[OutboxItem]:
        chosen: list[OutboxItem] = []
        for item in sorted(self.waiting.values(), key=lambda one: one.n)[:limit]:
            if chosen and sum(len(one.raw) for one in chosen) + len(item.raw) > max_bytes:
                break
            chosen.append(item)
        return chosen

    def acknowledge(self, outcomes: Sequence[PushOutcome]) -> None:
        for one in outcomes:
            assert one.status != "fork"
            item = self.waiting.pop(one.cs, None)
            if item and one.status in ("ok", "dup") and envelope.parse(item.raw).dev == self.identity.device:
                self.acked_n = max(self.acked_n, item.n)
            if one.status == "held":
                self.held[one.cs] = one.code
            elif one.status == "rejected":
                self.parked[one.cs] = one.code

    def count_try(self, cs: str, code: str) -> None:
        self.tries[cs] = self.tries.get(cs, 0) + 1
        if self.tries[cs] >= 5:
            self.parked[cs] = code
            self.waiting.pop(cs, None)

    def cursors(self) -> Mapping[str, int]:
        return dict(self.kept_cursors)

    def apply_page(self, rows: Sequence[PulledRow], cursors: Mapping[str, int]) -> Touched:
        touched = touched_by([self._take(row.raw) for row in rows if row.kind == "cs"])
        self.unread += [row for row in rows if row.kind != "cs"]
        own = [one for row in rows if row.kind == "cs" and (one := envelope.parse(row.raw)).dev == self.identity.device]
        self.behind = self.behind or any(one.n > self._n for one in own)
        self.kept_cursors = dict(cursors)
        return touched

    def strangers(self, devices: Sequence[str]) -> Sequence[str]:
        return [one for one in devices if one not in self.keys and one != self.identity.device]

    def keep_keys(self, keys: Sequence[str]) -> None:
        self.keys |= {device_id(bytes.fromhex(key)): key for key in keys}

    def known_ids(self) -> Sequence[str]:
        return list(self.log)

    def requeue(self, ids: Sequence[str], epoch: int) -> None:
        assert self.link is not None
        self.kept_cursors, self.acked_n = {}, 0
        for cs in ids:
            self.waiting.setdefault(cs, OutboxItem(cs, envelope.parse(self.log[cs]).n, self.log[cs]))
        self.confirmed.clear()
        self.link = replace(self.link, epoch=epoch)

    def blobs_to_send(self) -> Sequence[BlobInfo]:
        return [BlobInfo(sha, self.named[sha]) for sha in self.blobs if sha in self.named and sha not in self.confirmed]

    def blob_chunk(self, sha: str, number: int) -> bytes:
        if self.blobs[sha] == b"damaged":
            raise WorldError("blob_damaged", "A stored photo is damaged and was not opened.")
        return self.blobs[sha][number * CHUNK : (number + 1) * CHUNK]

    def blobs_confirmed(self, shas: Sequence[str]) -> None:
        self.confirmed.update(shas)

    def keep_whole(self, sha: str, plain: bytes) -> bool:
        self.parts[sha] = [plain]
        return self.finish_blob(sha)

    def blobs_wanted(self) -> Sequence[BlobInfo]:
        return [BlobInfo(sha, size) for sha, size in self.named.items() if sha not in self.blobs]

    def wanted_parts(self, sha: str) -> int:
        return len(self.parts.get(sha, []))

    def keep_chunk(self, sha: str, number: int, plain: bytes) -> None:
        kept = self.parts.setdefault(sha, [])
        assert number == len(kept)
        kept.append(plain)

    def finish_blob(self, sha: str) -> bool:
        whole = b"".join(self.parts.pop(sha, []))
        if hashlib.sha256(whole).hexdigest() != sha:
            return False
        self.blobs[sha] = whole
        self.confirmed.add(sha)
        return True

    def pending(self) -> Pending:
        return Pending(len(self.waiting), len(self.blobs_to_send()), len(self.parked))

    def conflict_count(self) -> int:
        return sum(bool(merge.conflicts(state)) for state in self.states.values())

    def journal(self, kind: str, text: str) -> None:
        self.lines.append((kind, text))
