"""A device goes on under a new key; both keys must sign."""

import msgspec
import pytest

from inspector_app.hub import invites, status
from inspector_app.sync import wire
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.knocking import Knock, sealed
from tests.hub.trial import Trial


def request(old: Identity, new: Identity, *, signer: Identity | None = None, prover: Identity | None = None) -> bytes:
    bare = {"device_id": old.device, "pubkey": new.public.hex(), "reason": "fork", "app": "0.1.0", "alg": "ed25519"}
    bare["host"] = "laptop 3"
    proven = {**bare, "proof": (prover or new).sign("rotate-proof", wire.signable(bare)).hex()}
    return wire.pack({**proven, "sig": (signer or old).sign("rotate", wire.signable(proven)).hex()})


def test_the_new_device_has_the_old_ones_place_and_a_lost_reply_changes_nothing(hub: Trial) -> None:
    ledger, new = hub.laptop(7), new_identity()
    knock = Knock(hub, ledger)
    said = [knock.raw("POST", "/v1/rotate", request(ledger.identity, new)) for _ in range(2)]
    assert [one.status_code for one in said] == [200, 200]
    assert said[0].content == said[1].content
    made = msgspec.json.decode(wire.inflate(said[0].content), type=wire.EnrollReply)
    assert (made.device_id, made.team, made.letter) == (new.device, 7, "B")
    old, fresh = status.status(hub.settings)["laptops"]
    assert (old["forked"], fresh["parent"], fresh["reason"], fresh["host"]) == (True, old["device"], "fork", "laptop 3")
    assert knock.ask("POST", "/v1/have", {"cs": []})[0] == 401, "the old token ends"
    assert knock.raw("POST", "/v1/rotate", request(new, ledger.identity)).status_code == 409


def test_both_keys_must_sign(hub: Trial) -> None:
    ledger, new, stranger = hub.laptop(7), new_identity(), new_identity()
    knock = Knock(hub)
    for body in (
        request(ledger.identity, new, signer=stranger),
        request(ledger.identity, new, prover=stranger),
        request(stranger, new),
    ):
        assert knock.send("POST", "/v1/rotate", body) == (401, "unauthorized")
    assert len(status.status(hub.settings)["laptops"]) == 1


def test_a_revoked_device_gets_no_new_key_but_the_hubs_signed_word(hub: Trial) -> None:
    ledger = hub.laptop(7)
    invites.revoke(hub.settings, ledger.identity.device)
    knock = Knock(hub)
    reply = knock.raw("POST", "/v1/rotate", request(ledger.identity, new_identity()))
    said = msgspec.json.decode(wire.inflate(reply.content), type=wire.Refused)
    assert (reply.status_code, said.code, bool(said.sig)) == (403, "revoked", True)


@pytest.mark.parametrize("wrong", [{"pubkey": "zz"}, {"pubkey": "00" * 32}, {"sig": 1}, {"reason": "x"}])
def test_malformed_requests(hub: Trial, wrong: dict[str, object]) -> None:
    ledger = hub.laptop(7)
    plain = msgspec.json.decode(wire.inflate(request(ledger.identity, new_identity())))
    assert Knock(hub).raw("POST", "/v1/rotate", wire.pack({**plain, **wrong})).status_code in (401, 422)


def test_unsent_work_goes_on_under_the_new_key(hub: Trial) -> None:
    ledger, new = hub.laptop(7), new_identity()
    knock = Knock(hub, ledger)
    first = sealed(ledger.identity, 1)
    assert knock.push(first) == [("ok", "")]
    knock.raw("POST", "/v1/rotate", request(ledger.identity, new))
    other = hub.laptop(7)
    cs = msgspec.json.decode(first)["cs"]
    again = sealed(new, 1, cs=cs, id=msgspec.json.decode(first)["id"])
    assert Knock(hub, other).push(again, sealed(new, 2)) == [("dup", ""), ("ok", "")]
