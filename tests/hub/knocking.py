"""A caller that says exactly what a test wants, over real HTTP."""

from typing import Any

import httpx2
import msgspec

from inspector_app.domain.ids import new_id
from inspector_app.sync import envelope, wire
from inspector_app.sync.identity import Identity
from tests.hub.trial import Trial
from tests.sync.memory_ledger import MemoryLedger


class Knock:
    """A joined device with a token; every method returns (status, decoded body)."""

    def __init__(self, hub: Trial, ledger: MemoryLedger | None = None) -> None:
        self.hub = hub
        self.ledger = ledger
        self.token = ""
        self._client = httpx2.Client(base_url=hub.url, trust_env=False, verify=False)
        if ledger is not None:
            assert hub.round(ledger).outcome == "done"
            assert ledger.link is not None
            self.token = ledger.link.token

    def raw(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, *, epoch: str = "1"
    ) -> httpx2.Response:
        given = ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | (headers or {})
        reply = self._client.request(method, path, content=body, headers=given)
        assert reply.headers["x-hub"] and reply.headers["x-epoch"] == epoch
        assert reply.headers["content-type"] in (wire.MEDIA, wire.BYTES)
        return reply

    def ask(self, method: str, path: str, value: object = None) -> tuple[int, Any]:
        reply = self.raw(method, path, wire.pack(value) if value is not None else b"")
        return reply.status_code, msgspec.json.decode(wire.inflate(reply.content))

    def send(self, method: str, path: str, body: bytes) -> tuple[int, str]:
        """Status and error code ('' on success)."""
        reply = self.raw(method, path, body)
        said = wire.lines(wire.inflate(reply.content))[0]
        return reply.status_code, msgspec.json.decode(said).get("code", "") if reply.status_code >= 300 else ""

    def push(self, *raws: bytes) -> list[tuple[str, str]]:
        """(status, code) per item."""
        reply = self.raw("POST", "/v1/push", wire.ndjson(raws))
        assert reply.status_code == 200
        said = [msgspec.json.decode(line) for line in wire.lines(wire.inflate(reply.content))]
        assert "dev_head" in said[-1]
        return [(one["st"], one.get("code", "")) for one in said[:-1]]


def sealed(identity: Identity, n: int, ph: str = envelope.FIRST_PARENT, **fields: Any) -> bytes:
    """A signed envelope with sensible fields unless told otherwise."""
    plain: dict[str, Any] = {
        "v": 1, "cs": new_id(), "dev": identity.device, "n": n, "ph": ph, "t": 1_700_000_000_000, "u": "someone",
        "sv": 1, "e": "inspection", "id": new_id(), "sc": "team:07", "set": {"a": 1}, "alg": "ed25519",
    }  # fmt: skip
    return envelope.seal({**plain, **fields}, identity.key)[0]


def rows_of(knock: Knock, cursors: dict[str, int], **more: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rows and trailer of one pulled page; cursors of Scopes that are not named stand at their end."""
    reply = knock.raw("POST", "/v1/pull", wire.pack({"cursors": cursors, **more}))
    assert reply.status_code == 200
    said = [msgspec.json.decode(line) for line in wire.lines(wire.inflate(reply.content))]
    return [row for row in said[:-1] if row["scope"] in cursors], said[-1]
