"""Routes open to anyone: hello, enroll, token, rotate (sync.md §5, §7)."""

import msgspec

from inspector_app.domain.errors import UserError
from inspector_app.hub import enrolment, rotation, tokens
from inspector_app.hub.calls import Call, Hub, Reply, said
from inspector_app.sync import wire
from inspector_app.sync.sealed import CHUNK

MIN_APP = "0.1.0"
_LIMITS = {
    "body": wire.MAX_BODY,
    "plain": wire.MAX_PLAIN,
    "items": wire.MAX_ITEMS,
    "chunk": CHUNK,
    "blob": wire.MAX_BLOB,
}


def hello(hub: Hub, call: Call) -> Reply:
    """Who the hub is and what time it has, signed together with the caller's nonce."""
    nonce = call.query.get("nonce", "")
    check_nonce(nonce)
    return said(signed_hello(hub, nonce))


def check_nonce(nonce: str) -> None:
    """Raises UserError `nonce` unless it has 16 to 64 letters and digits."""
    if not 16 <= len(nonce) <= 64 or not nonce.isascii() or not nonce.isalnum():
        raise UserError("nonce", "A nonce of 16 to 64 letters and digits is needed.")


def signed_hello(hub: Hub, nonce: str) -> wire.Hello:
    """The hub's word for one nonce."""
    home, now = hub.desk.home, hub.desk.clock()
    word = wire.Hello(
        hub_id=home.hub_id, epoch=home.epoch, now=now, proto=list(hub.speaks), min_app=MIN_APP, limits=_LIMITS,
        nonce=tokens.new_nonce(home, now), client=nonce, alg="ed25519", sig="",
    )  # fmt: skip
    return msgspec.structs.replace(word, sig=home.identity.sign("hello", wire.signable(word)).hex())


def enroll(hub: Hub, call: Call) -> Reply:
    """A device for a one-time code."""
    asked, signed = wire.unpack_signed(call.body, wire.EnrollRequest)
    hub.failures.check(asked.pubkey, call.address)
    try:
        return said(enrolment.enroll(hub.desk, asked, signed))
    except UserError as error:
        if error.key in ("invite", "signature"):
            hub.failures.count(asked.pubkey, call.address)
        raise


def token(hub: Hub, call: Call) -> Reply:
    """A token for a fresh nonce signed by the device."""
    asked, signed = wire.unpack_signed(call.body, wire.TokenRequest)
    hub.failures.check(asked.device_id, call.address)
    try:
        return said(tokens.issue(hub.desk, asked, signed))
    except UserError as error:
        if error.key == "unauthorized":
            hub.failures.count(asked.device_id, call.address)
        raise


def rotate(hub: Hub, call: Call) -> Reply:
    """A new key for a device that still has its old one."""
    plain = wire.unpack(call.body, dict[str, object])
    asked, _ = wire.unpack_signed(call.body, wire.RotateRequest)
    hub.failures.check(asked.device_id, call.address)
    try:
        return said(rotation.rotate(hub.desk, asked, plain))
    except UserError as error:
        if error.key == "unauthorized":
            hub.failures.count(asked.device_id, call.address)
        raise
