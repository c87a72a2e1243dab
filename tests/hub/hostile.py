"""Hostile requests from one seed: bodies that are no bodies, numbers that are no numbers, other people's ids."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import zstandard

from inspector_app.domain.ids import new_id
from inspector_app.hub.access import RULES
from inspector_app.sync import wire
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.asgi import Wish
from tests.hub.knocking import sealed

BOMB = zstandard.ZstdCompressor(level=3).compress(bytes(8 * 1024 * 1024))
_wide = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
_writer = zstandard.ZstdCompressor(compression_params=_wide).compressobj()
WIDE = _writer.compress(b"x" * 1000) + _writer.flush()
TEXTS = (
    "",
    "\0",
    "x" * 70_000,
    "../../etc/passwd",
    "'; DROP TABLE entity; --",
    "%00",
    "團",
    "\ud800",
    "team:07",
    "null",
)
NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63, -(2**63) - 1, 10**400)
TOKENS = (b"1e400", b"NaN", b"-0", b"1.0", b"Infinity", b"01", b"'x'", b"\xff\xfe", b'"\\u0000"', b'{"a":1,"a":2}')


@dataclass
class Spoils:
    """What the attacker has: own key and token, and everything it may have heard of the victims."""

    me: Identity
    token: str
    scope: str
    ids: list[str]
    raws: list[bytes]
    shas: list[str]
    foreign_scope: str
    foreign_device: str
    n: int = 0
    sent: list[bytes] = field(default_factory=list)


class Attacker:
    """Makes request `number` from `seed` alone, apart from what it sent before."""

    def __init__(self, spoils: Spoils) -> None:
        self.spoils = spoils
        self._kinds: tuple[Callable[[random.Random], Wish], ...] = (
            self._noise, self._shapes, self._shapes, self._push, self._push, self._push, self._pull, self._blob, self._blob,
            self._look, self._sign, self._stash,
        )  # fmt: skip

    def wish(self, rng: random.Random) -> Wish:
        """One request."""
        made = rng.choice(self._kinds)(rng)
        headers = dict(made.headers)
        if rng.random() < 0.95:
            headers["authorization"] = f"Bearer {self.spoils.token}"
        elif rng.random() < 0.5:
            headers["authorization"] = rng.choice(
                ("Bearer", "Basic x", f"Bearer {'f' * 64}", "Bearer \udcff", f"Bearer {_text(rng)[:50]}")
            )
        if rng.random() < 0.02:
            headers[rng.choice(("content-encoding", "content-length", "range", "x-sha256"))] = _text(rng)[:100]
        body = damaged(made.body, rng) if rng.random() < 0.1 else made.body
        return Wish(made.method, made.path, made.query, body, tuple(headers.items()))

    def _path(self, rng: random.Random) -> tuple[str, str]:
        method, path = rng.choice(list(RULES)).split()
        ours = {"{sha}": rng.choice([*self.spoils.shas, _hex(rng), _text(rng)]), "{number}": str(_number(rng))[:20]}
        ours |= {"{id}": rng.choice([*self.spoils.ids, _text(rng)]), "{scope}": self._scope(rng)}
        for name, value in ours.items():
            path = path.replace(name, value)
        return method, path

    def _scope(self, rng: random.Random) -> str:
        return rng.choice((self.spoils.foreign_scope, self.spoils.scope, "district", "team:99", _text(rng)))

    def _noise(self, rng: random.Random) -> Wish:
        method, path = self._path(rng)
        if rng.random() < 0.2:
            method, path = (
                rng.choice(("GET", "POST", "PUT", "DELETE", "TRACE", "PATCH", "HEAD")),
                path + rng.choice(("", "/", "//", "/../x")),
            )
        body = rng.choice(
            (
                rng.randbytes(rng.randrange(600)),
                BOMB,
                WIDE,
                b"",
                wire.compress(rng.randbytes(300)),
                wire.compress(b"[" * 90_000),
            )
        )
        return Wish(method, path, f"{_text(rng)}={_text(rng)}", body)

    def _shapes(self, rng: random.Random) -> Wish:
        method, path = self._path(rng)
        plain = as_json(anything(rng, 4))
        for _ in range(rng.randrange(3)):
            if rng.random() < 0.5 and b"1" in plain:
                plain = plain.replace(b"1", rng.choice(TOKENS), 1)
        return Wish(method, path, "", wire.compress(plain))

    def _push(self, rng: random.Random) -> Wish:
        lines = [self._line(rng) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
        if rng.random() < 0.3:
            lines = wire.elide(lines)
        if rng.random() < 0.01:
            lines *= 200
        return Wish("POST", "/v1/push", "", wire.ndjson(lines))

    def _line(self, rng: random.Random) -> bytes:
        spoils = self.spoils
        if rng.random() < 0.2:
            return (
                damaged(rng.choice([*spoils.raws, *spoils.sent[-20:]]), rng)
                if rng.random() < 0.6
                else rng.choice(spoils.raws)
            )
        fields: dict[str, Any] = {"sc": spoils.scope}
        evil: dict[str, Callable[[], Any]] = {
            "id": lambda: rng.choice([*spoils.ids, _text(rng), _number(rng)]),
            "sc": lambda: rng.choice((self._scope(rng), None)),
            "cs": lambda: rng.choice([*spoils.ids, _text(rng)]),
            "dev": lambda: rng.choice((spoils.foreign_device, _text(rng))),
            "n": lambda: _number(rng),
            "t": lambda: _number(rng),
            "u": lambda: _text(rng),
            "e": lambda: rng.choice(("photo", "finding", "site", "x", _text(rng))),
            "set": lambda: rng.choice(
                (
                    {"inspection": rng.choice(spoils.ids)},
                    {"blob": {"sha": _hex(rng), "size": _number(rng)}},
                    anything(rng, 3),
                )
            ),
            "prev": lambda: rng.choice(({"a": [rng.choice(spoils.ids)]}, {"a": [new_id()] * 50}, anything(rng, 2))),
            "saw": lambda: anything(rng, 2),
            "ph": lambda: rng.choice((_hex(rng), _text(rng))),
            "v": lambda: _number(rng),
            "sv": lambda: _number(rng),
            "alg": lambda: rng.choice(("none", "HS256", "ed25519")),
        }
        for name in rng.sample(sorted(evil), rng.choice((0, 1, 1, 2, 3))):
            fields[name] = evil[name]()
        number = fields.pop("n", self._next())
        key = new_identity() if rng.random() < 0.05 else spoils.me
        try:
            raw = (
                sealed(spoils.me, number, **fields)
                if key is spoils.me
                else sealed(key, number, **{**fields, "dev": spoils.me.device})
            )
        except (UnicodeEncodeError, OverflowError, ValueError, TypeError, msgspec.ValidationError):
            raw = as_json({**fields, "n": number})
        spoils.sent.append(raw)
        del spoils.sent[:-50]
        return raw

    def _next(self) -> int:
        self.spoils.n += 2  # a hole before each: legal, and no chain to keep
        return self.spoils.n

    def _pull(self, rng: random.Random) -> Wish:
        asked = {
            "cursors": {self._scope(rng): _number(rng), self.spoils.foreign_scope: 0},
            "want": rng.choice((1, 10**6, _number(rng))),
        }
        asked |= rng.choice(({}, {"wait": 25}, {"nonce": "a" * 20}, {"nonce": _text(rng)}))
        if rng.random() < 0.7:
            asked["cursors"] = {self.spoils.foreign_scope: 0}
        return Wish("POST", "/v1/pull", "", wire.compress(as_json(asked)))

    def _blob(self, rng: random.Random) -> Wish:
        sha = rng.choice([*self.spoils.shas, _hex(rng)])
        which = rng.random()
        if which < 0.3:
            headers = (("range", rng.choice(("bytes=0-", "bytes=5-2", "bytes=0-99999999999", "x", _text(rng)[:60]))),)
            return Wish(
                "GET", f"/v1/blobs/{sha}{rng.choice(('', '/thumb'))}", "", b"", headers if rng.random() < 0.5 else ()
            )
        if which < 0.6:
            asked = {sha: {"size": _number(rng), "chunks": rng.choice((1, 2, 400, _number(rng)))}}
            return Wish("POST", "/v1/blobs/missing", "", wire.compress(as_json(asked)))
        plain = rng.randbytes(rng.randrange(2000))
        digest = hashlib.sha256(plain).hexdigest() if rng.random() < 0.7 else _hex(rng)
        number, of = rng.choice((0, 0, 1, _number(rng))), rng.choice((1, 1, 2, _number(rng)))
        return Wish("PUT", f"/v1/blobs/{sha}/{str(number)[:30]}", f"of={str(of)[:30]}", plain, (("x-sha256", digest),))

    def _look(self, rng: random.Random) -> Wish:
        one = rng.choice([*self.spoils.ids, _text(rng)])
        moved = Wish("POST", "/v1/move", "", wire.compress(as_json({"id": one, "scope": self._scope(rng)})))
        have = Wish(
            "POST",
            "/v1/have",
            "",
            wire.compress(as_json({"cs": [rng.choice(self.spoils.ids), one] * rng.choice((1, 5000))})),
        )
        return rng.choice(
            (Wish("GET", f"/v1/entities/{one}"), Wish("GET", f"/v1/scopes/{self._scope(rng)}/snapshot"), moved, have)
        )

    def _sign(self, rng: random.Random) -> Wish:
        path = rng.choice(("enroll", "token", "rotate"))
        asked: dict[str, Any] = {
            "code": _text(rng),
            "pubkey": _hex(rng),
            "name": _text(rng),
            "app": "0",
            "alg": "ed25519",
        }
        asked |= {"sig": _hex(rng) * 2, "proof": _hex(rng) * 2, "reason": "fork", "nonce": _hex(rng)}
        asked["device_id"] = rng.choice((self.spoils.foreign_device, self.spoils.me.device, _text(rng)))
        for name in rng.sample(sorted(asked), rng.randrange(3)):
            asked[name] = anything(rng, 2)
        return Wish("POST", f"/v1/{path}", "", wire.compress(as_json(asked)))

    def _stash(self, rng: random.Random) -> Wish:
        query = f"id={rng.choice([*self.spoils.ids, _text(rng)])}&part={_number(rng)}&of={_number(rng)}"
        return Wish("POST", "/v1/quarantine", query, rng.randbytes(rng.randrange(200)))


def damaged(raw: bytes, rng: random.Random) -> bytes:
    """One byte changed, a piece cut out, doubled or appended."""
    if not raw:
        return rng.randbytes(3)
    place = rng.randrange(len(raw))
    return rng.choice((
        raw[:place] + bytes([rng.randrange(256)]) + raw[place + 1 :], raw[:place], raw[place:], raw + raw[:place],
        raw + rng.randbytes(5), raw.replace(b":", b": ", 1),
    ))  # fmt: skip


def anything(rng: random.Random, depth: int) -> Any:
    """Some JSON value."""
    which = rng.randrange(8 if depth else 5)
    if which < 2:
        return _text(rng)
    if which < 4:
        return _number(rng)
    if which == 4:
        return rng.choice((None, True, False))
    if which < 7:
        names = ("cursors", "cs", "set", "a", _text(rng))
        return {rng.choice(names): anything(rng, depth - 1) for _ in range(rng.randrange(4))}
    return [anything(rng, depth - 1) for _ in range(rng.randrange(4))]


def as_json(value: Any) -> bytes:
    """JSON even of what no encoder of the product writes: huge integers, lone surrogates."""
    import json

    return json.dumps(value, ensure_ascii=rng_safe(value)).encode("utf-8", "surrogatepass")


def rng_safe(value: Any) -> bool:
    """Half of the values are escaped, decided by the value itself."""
    return len(repr(value)) % 2 == 0


def _text(rng: random.Random) -> str:
    return (
        rng.choice(TEXTS)
        if rng.random() < 0.7
        else "".join(
            chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x4E00, 0x9FFF)))) for _ in range(rng.randrange(12))
        )
    )


def _number(rng: random.Random) -> int:
    return rng.choice(NUMBERS) if rng.random() < 0.6 else rng.randrange(-5, 500)


def _hex(rng: random.Random) -> str:
    return rng.randbytes(32).hex()
