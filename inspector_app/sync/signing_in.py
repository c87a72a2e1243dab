"""Meeting a hub: hello with its signature, enrolment with a code, a token for the hour (sync.md §5)."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

import msgspec

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.sync import wire
from inspector_app.sync.envelope import verify
from inspector_app.sync.identity import Identity
from inspector_app.sync.ports import HubLink
from inspector_app.sync.transport import Answer, Ask, Transport

QR_START = "daowei:1?"


@dataclass(frozen=True)
class Enrolled:
    """What joining gave: the link to keep, and the laptop's place in the district."""

    link: HubLink
    team: int
    role: str
    letter: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Invitation:
    """A code as typed, or the text of its QR picture, which also pins the hub."""

    code: str
    hub_id: str = ""
    hub_key: str = ""


def read_invitation(text: str) -> Invitation:
    """Raises UserError `code` for an empty or garbled code."""
    text = text.strip()
    if text.startswith(QR_START):
        parts = {name: values[0] for name, values in parse_qs(text[len(QR_START) :]).items()}
        invitation = Invitation(parts.get("code", ""), parts.get("hub", ""), parts.get("key", ""))
    else:
        invitation = Invitation(text)
    if not 0 < len(invitation.code) <= 100 or not invitation.code.isascii():
        raise UserError("code", "This is not an enrolment code.")
    return invitation


def greet(transport: Transport, hub_id: str, hub_key: str) -> wire.Hello:
    """The hub's signed hello; '' for id and key accepts any hub (first contact by code). From then on the newest version
    both know is spoken. Raises WorldError, also `upgrade_needed` and `hub_older` where there is none."""
    nonce = os.urandom(16).hex()
    answer = transport.exchange(Ask("GET", f"/v1/hello?nonce={nonce}"))
    if answer.status != 200:
        raise refusal(answer, hub_key)
    word, signed = answer.read_signed(wire.Hello)
    _check(word, signed, nonce, (hub_id, hub_key))
    transport.protocol = agreed(transport.speaks, word.proto)
    return word


def agreed(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """The newest version both speak; raises WorldError `upgrade_needed` or `hub_older`. Nothing but sync stops."""
    common = set(ours) & set(theirs)
    if common:
        return max(common)
    if theirs and max(theirs) < min(ours):
        raise WorldError("hub_older", "The hub is older than this program; it must be updated first.")
    raise WorldError("upgrade_needed", "The hub speaks another version; update this program to sync again.")


def check_hello(plain: Mapping[str, Any], nonce: str, hub_id: str, hub_key: str) -> wire.Hello:
    """A Hello that came inside another reply, fields unknown to this version included; raises as `greet`."""
    try:
        word = msgspec.convert(plain, wire.Hello)
    except msgspec.ValidationError as error:
        raise WorldError("foreign_reply", f"The reply cannot be read: {error}") from None
    _check(word, wire.signable(plain), nonce, (hub_id, hub_key))
    return word


def _check(word: wire.Hello, signed: bytes, nonce: str, pinned: tuple[str, str]) -> None:
    hub_id, hub_key = pinned
    if hub_id and word.hub_id != hub_id:
        raise WorldError("foreign_reply", "Another hub answered than the one this laptop joined.")
    if hub_key and not (word.client == nonce and _is_signed(word, signed, hub_key)):
        raise WorldError("foreign_reply", "The hub could not prove that it is the one this laptop joined.")


def _is_signed(word: wire.Hello, signed: bytes, hub_key: str) -> bool:
    return word.alg == "ed25519" and is_signed_by(hub_key, "hello", signed, word.sig)


def is_signed_by(hub_key: str, purpose: str, body: bytes, signature: str) -> bool:
    """Whether a hex signature over `body` was made with the hex key."""
    try:
        return verify(bytes.fromhex(hub_key), purpose, body, bytes.fromhex(signature))
    except ValueError:
        return False


def join(transport: Transport, url: str, invitation: Invitation, who: tuple[Identity, str, str]) -> Enrolled:
    """Use the code; `who` is identity, inspector's name, program version. Raises UserError for a refused code."""
    identity, name, app = who
    greet(transport, invitation.hub_id, invitation.hub_key)
    asked = wire.EnrollRequest(invitation.code, identity.public.hex(), name, app, "ed25519", "")
    signature = identity.sign("enroll", wire.signable(asked)).hex()
    signed = wire.EnrollRequest(invitation.code, identity.public.hex(), name, app, "ed25519", signature)
    answer = transport.exchange(Ask("POST", "/v1/enroll", wire.pack(signed)))
    if answer.status != 200:
        said = answer.read(wire.Refused)
        kind = WorldError if said.retry else UserError
        raise kind(said.code, said.msg)
    made = answer.read(wire.EnrollReply)
    pinned = invitation.hub_key in ("", made.hub_pubkey) and made.hub_id == answer.hub_id
    if made.device_id != identity.device or not pinned:
        raise WorldError("foreign_reply", "The hub's answer does not fit this laptop or this code.")
    link = HubLink(url.rstrip("/"), made.hub_id, made.hub_pubkey, made.epoch, made.device_id)
    return Enrolled(link, made.team, made.role, made.letter, tuple(made.scopes))


def fresh_token(transport: Transport, link: HubLink, identity: Identity, nonce: str) -> HubLink:
    """The link with a new token; its end is told in this laptop's own time by `expires - now`. Raises WorldError."""
    asked = wire.TokenRequest(link.device, nonce, "ed25519", "")
    signature = identity.sign("token", wire.signable(asked)).hex()
    body = wire.pack(wire.TokenRequest(link.device, nonce, "ed25519", signature))
    answer = transport.exchange(Ask("POST", "/v1/token", body))
    if answer.status != 200:
        raise refusal(answer, link.hub_key)
    given = answer.read(wire.TokenReply)
    return replace(link, token=given.token, token_expires_ms=given.expires - given.now)


def rotate(transport: Transport, link: HubLink, keys: tuple[Identity, Identity], app: str) -> wire.EnrollReply:
    """Tell the hub that the device it knows (`keys[0]`) goes on under a new key (`keys[1]`). A lost reply changes
    nothing: the same two keys are answered the same again. Raises WorldError."""
    old, new = keys
    asked = wire.RotateRequest(old.device, new.public.hex(), "fork", app, "ed25519", "", "")
    bare = {name: getattr(asked, name) for name in asked.__struct_fields__ if name not in ("proof", "sig")}
    proven = {**bare, "proof": new.sign("rotate-proof", wire.signable(bare)).hex()}
    signed = {**proven, "sig": old.sign("rotate", wire.signable(proven)).hex()}
    answer = transport.exchange(Ask("POST", "/v1/rotate", wire.pack(signed)))
    if answer.status != 200:
        raise refusal(answer, link.hub_key)
    made = answer.read(wire.EnrollReply)
    if made.device_id != new.device or answer.hub_id != link.hub_id:
        raise WorldError("foreign_reply", "The hub's answer does not fit this laptop.")
    return made


def refusal(answer: Answer, hub_key: str) -> WorldError:
    """The stable key of an error reply; a revocation counts only with the hub's signature (sync.md §5)."""
    said, signed = answer.read_signed(wire.Refused)
    if said.code == "revoked":
        genuine = said.alg == "ed25519" and is_signed_by(hub_key, "revoked", signed, said.sig)
        return (
            WorldError("revoked", said.msg) if genuine else WorldError("unauthorized", "The hub refused this laptop.")
        )
    keys = {401: "unauthorized", 403: "unauthorized", 409: "epoch", 426: "upgrade_needed", 429: "hub_busy"}
    keys |= {503: "hub_busy", 507: "hub_full"}
    if said.code == "quota":
        return WorldError("quota", said.msg)
    fallback = "rejected" if answer.status < 500 else "hub_defect"
    return WorldError(keys.get(answer.status, fallback), said.msg, code=said.code)
