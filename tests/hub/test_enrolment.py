"""Codes, tokens, nonces and the limits on guessing."""

import hashlib

import msgspec
import pytest
from sqlalchemy import select

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.team import Role
from inspector_app.hub import invites, tables
from inspector_app.hub.database import open_database
from inspector_app.hub.enrolment import letter
from inspector_app.sync import client, wire
from inspector_app.sync.identity import Identity, new_identity
from tests.hub.knocking import Knock
from tests.hub.trial import Trial


def join(hub: Trial, code: str, identity: Identity) -> client.Enrolled:
    return client.enroll(hub.url, code, identity, "李四", "0.1.0")


def key_of(hub: Trial, code: str, identity: Identity) -> str:
    with pytest.raises((UserError, WorldError)) as caught:
        join(hub, code, identity)
    return caught.value.key


def test_a_code_works_once_and_a_lost_reply_gives_the_same_answer(hub: Trial) -> None:
    code, me = hub.code(7), new_identity()
    first = join(hub, code, me)
    assert join(hub, code, me) == first
    assert key_of(hub, code, new_identity()) == "invite"
    assert key_of(hub, hub.code(7), me) == "already_joined"


def test_a_code_ends_after_seven_days(hub: Trial) -> None:
    code = hub.code(7)
    hub.clock.forward(hours=7 * 24 + 1)
    assert key_of(hub, code, new_identity()) == "invite"


def test_codes_survive_being_copied_by_hand(hub: Trial) -> None:
    code = hub.code(7)
    assert len(invites.normal(code)) == 26
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert join(hub, typed, new_identity()).team == 7


def test_letters_are_unique_in_a_team_and_never_given_twice(hub: Trial) -> None:
    letters = [join(hub, hub.code(7), new_identity()).letter for _ in range(2)]
    gone = new_identity()
    letters.append(join(hub, hub.code(7), gone).letter)
    invites.revoke(hub.settings, gone.device)
    letters.append(join(hub, hub.code(7), new_identity()).letter)
    assert letters == ["A", "B", "C", "D"]
    assert join(hub, hub.code(8), new_identity()).letter == "A"
    assert [letter(number) for number in (25, 26, 51, 52, 701, 702)] == ["Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_wrong_codes_are_limited_per_account(hub: Trial) -> None:
    me, code = new_identity(), hub.code(7)
    assert [key_of(hub, "WRONG", me) for _ in range(10)] == ["invite"] * 10
    assert key_of(hub, code, me) == "too_many_tries"
    hub.clock.forward(minutes=16)
    assert join(hub, code, me).team == 7


@pytest.mark.parametrize(("team", "role"), [(0, Role.INSPECTOR), (40, Role.LEADER), (-1, Role.ADMIN)])
def test_no_code_for_a_team_that_does_not_exist(hub: Trial, team: int, role: Role) -> None:
    with pytest.raises(UserError):
        hub.code(team, role)


def test_enrolment_needs_proof_of_the_key(hub: Trial) -> None:
    me, knock = new_identity(), Knock(hub)
    asked = {
        "code": hub.code(7),
        "pubkey": me.public.hex(),
        "name": "x",
        "app": "0",
        "alg": "ed25519",
        "sig": "00" * 64,
    }
    assert knock.ask("POST", "/v1/enroll", asked)[0] == 403
    assert knock.ask("POST", "/v1/enroll", {**asked, "alg": "none"})[0] == 403
    assert knock.ask("POST", "/v1/enroll", {**asked, "pubkey": "zz"})[0] == 403


def token_body(knock: Knock, me: Identity, **wrong: str) -> dict[str, str]:
    _, hello = knock.ask("GET", f"/v1/hello?nonce={'a' * 32}")
    nonce = wrong.get("nonce", hello["nonce"])
    asked = wire.TokenRequest(me.device, nonce, "ed25519", "")
    signature = me.sign(wrong.get("purpose", "token"), wire.signable(asked)).hex()
    return {"device_id": me.device, "nonce": nonce, "alg": "ed25519", "sig": signature}


def test_tokens_need_a_fresh_nonce_of_this_hub_and_the_right_purpose(hub: Trial) -> None:
    me, knock = new_identity(), Knock(hub)
    join(hub, hub.code(7), me)
    fresh = token_body(knock, me)
    assert knock.ask("POST", "/v1/token", fresh)[0] == 200
    assert knock.ask("POST", "/v1/token", token_body(knock, me, nonce="ab" * 32))[0] == 401
    assert knock.ask("POST", "/v1/token", token_body(knock, me, nonce="not hex"))[0] == 401
    assert knock.ask("POST", "/v1/token", token_body(knock, me, purpose="hello"))[0] == 401
    assert knock.ask("POST", "/v1/token", token_body(knock, new_identity()))[0] == 401
    hub.clock.forward(minutes=6)
    assert knock.ask("POST", "/v1/token", fresh)[0] == 401


def test_a_token_ends_after_an_hour_and_with_revocation(hub: Trial) -> None:
    ledger = hub.laptop(7)
    knock = Knock(hub, ledger)
    assert knock.ask("POST", "/v1/have", {"cs": []})[0] == 200
    hub.clock.forward(minutes=61)
    assert knock.ask("POST", "/v1/have", {"cs": []})[0] == 401
    knock = Knock(hub, ledger)
    invites.revoke(hub.settings, ledger.identity.device)
    assert knock.ask("POST", "/v1/have", {"cs": []})[0] == 401
    with pytest.raises(UserError):
        invites.revoke(hub.settings, "nobody")


def test_tampered_tokens_are_refused(hub: Trial) -> None:
    knock = Knock(hub, hub.laptop(7))
    good = knock.token
    for place in range(len(good)):
        knock.token = good[:place] + ("0" if good[place] != "0" else "1") + good[place + 1 :]
        assert knock.ask("POST", "/v1/have", {"cs": []})[0] == 401


def test_secrets_are_stored_hashed(hub: Trial) -> None:
    code = hub.code(7)
    knock = Knock(hub, hub.laptop(7))
    database = open_database(hub.settings)
    with database.reading() as connection:
        stored = repr([list(connection.execute(select(table))) for table in (tables.invite, tables.token)]).encode()
    database.close()
    assert knock.token and hashlib.sha256(knock.token.encode()).hexdigest().encode() in stored
    for secret in (code, invites.normal(code), knock.token):
        assert secret.encode() not in stored


def test_hello_needs_a_decent_nonce(hub: Trial) -> None:
    knock = Knock(hub)
    for wrong in ("", "?nonce=short", "?nonce=" + "a" * 65, "?nonce=" + "%00" * 20):
        reply = knock.raw("GET", "/v1/hello" + wrong)
        assert msgspec.json.decode(wire.inflate(reply.content))["code"] == "nonce"
