"""Packed lines and bounded bodies."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.domain.errors import UserError
from inspector_app.sync import envelope, wire
from inspector_app.sync.identity import new_identity
from tests.sync.memory_ledger import MemoryLedger


def written(count: int) -> list[bytes]:
    ledger = MemoryLedger()
    for number in range(count):
        ledger.edit("visit", {"a": number}, scope=None if number else "team:07")
    return list(ledger.log.values())


@given(st.permutations(range(8)), st.integers(0, 8))
@settings(max_examples=100, deadline=None)
def test_lines_without_their_parent_hash_come_back_byte_for_byte(order: list[int], garbage: int) -> None:
    mixed = written(5) + written(3)
    raws = [mixed[number] for number in order]
    raws.insert(garbage, b"not json at all")
    assert wire.restore(wire.elide(raws)) == raws


def test_a_run_of_one_device_loses_all_but_the_first_parent_hash() -> None:
    sent = wire.elide(written(5))
    assert [b'"ph"' in line for line in sent] == [True, False, False, False, False]


def test_a_true_chain_break_keeps_its_parent_hash() -> None:
    me = new_identity()
    plain: dict[str, Any] = {
        "v": 1,
        "cs": "x",
        "dev": me.device,
        "t": 1,
        "u": "",
        "sv": 1,
        "e": "s",
        "id": "i",
        "set": {},
    }
    first, _ = envelope.seal({**plain, "n": 1, "ph": envelope.FIRST_PARENT, "alg": "ed25519"}, me.key)
    forked, _ = envelope.seal({**plain, "n": 2, "ph": "ab" * 32, "alg": "ed25519"}, me.key)
    assert wire.restore(wire.elide([first, forked])) == [first, forked]


@given(st.lists(st.binary(max_size=40), max_size=5))
@settings(max_examples=200, deadline=None)
def test_any_lines_can_be_restored_without_an_error(sent: list[bytes]) -> None:
    assert len(wire.restore(sent)) == len(sent)


def test_inflating_stops_at_the_cap() -> None:
    assert wire.inflate(wire.compress(b"x" * 1000), 1000) == b"x" * 1000
    with pytest.raises(UserError) as caught:
        wire.inflate(wire.compress(b"x" * 1001), 1000)
    assert caught.value.key == "body_too_large"


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_random_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(UserError):
        wire.unpack(body, wire.HaveRequest)


def test_signable_leaves_the_signature_out() -> None:
    asked = wire.TokenRequest("d", "n", "ed25519", "00")
    assert msgspec.json.decode(wire.signable(asked)) == {"device_id": "d", "nonce": "n", "alg": "ed25519"}
