"""One Changeset on the wire: what is sealed can be read, what is altered cannot."""

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.sync import envelope
from inspector_app.sync.identity import device_id, identity_from, new_identity

ME = identity_from(bytes(range(32)))
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


def fields(**other: Any) -> dict[str, Any]:
    return {
        "v": 1, "cs": "0190a0a0-0000-7000-8000-000000000001", "dev": ME.device, "n": 1, "ph": envelope.FIRST_PARENT,
        "t": 1_700_000_000_000, "u": "陳大文", "sv": 1, "e": "site", "id": "x", "set": {"a": 1}, "alg": "ed25519", **other,
    }  # fmt: skip


def key_of(raw: bytes) -> str:
    with pytest.raises(UserError) as caught:
        envelope.parse(raw)
    return caught.value.key


@given(st.dictionaries(TEXT, VALUE, max_size=5))
@settings(max_examples=200, deadline=None)
def test_what_is_sealed_is_canonical_and_authentic(values: dict[str, Any]) -> None:
    raw, chain = envelope.seal(fields(set=values), ME.key)
    assert envelope.parse(raw).set == values
    assert envelope.is_authentic(raw, ME.public)
    assert envelope.chain_hash(raw) == chain
    assert b"\n" not in raw


@given(st.integers(0, 10**6), st.integers(1, 255))
@example(1140, 32)
@settings(max_examples=300, deadline=None)
def test_any_altered_byte_is_noticed(place: int, mask: int) -> None:
    raw, _ = envelope.seal(fields(), ME.key)
    at = place % len(raw)
    altered = raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :]
    try:
        envelope.parse(altered)
    except UserError:
        return
    assert not envelope.is_authentic(altered, ME.public)


def test_a_signature_of_another_key_or_purpose_is_worthless() -> None:
    raw, _ = envelope.seal(fields(), ME.key)
    assert not envelope.is_authentic(raw, new_identity().public)
    body = envelope.unsigned_bytes(raw)
    assert not envelope.verify(ME.public, "changeset", body, ME.sign("token", body))
    assert not envelope.verify(b"short", "changeset", body, b"")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        (b'"a":1', b'"a":1,"a":1', "envelope_not_canonical"),
        (b'"a":1', b'"a": 1', "envelope_not_canonical"),
        (b'"a":1', b'"b":1,"a":1', "envelope_not_canonical"),
        (b'"a":1', b'"a":-0', "envelope_not_canonical"),
        (b'"a":1', b'"a":1.0', "envelope_number"),
        (b'"a":1', b'"a":9007199254740992', "envelope_number"),
        (b'"a":1', b'"a":' + b"9" * 400, "envelope_number"),
        (b'"a":1', b'"a":"\\u0000"', "envelope_nul"),
        (b'"a":1', b'"a":"\\ud800"', "envelope_malformed"),
        (b'"n":1', b'"n":0', "envelope_range"),
        (b'"n":1', b'"n":"1"', "envelope_malformed"),
        (b'"a":1', b'"a":"' + b"x" * 2**18 + b'"', "envelope_size"),
        (b'"a":1', b'"a":' + b"[" * 65 + b"]" * 65, "envelope_depth"),
    ],
)
def test_hostile_bytes_are_refused_with_a_stable_key(old: bytes, new: bytes, key: str) -> None:
    raw, _ = envelope.seal(fields(), ME.key)
    assert key_of(raw.replace(old, new)) == key


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=None)
def test_random_bytes_are_refused(raw: bytes) -> None:
    assert key_of(raw).startswith("envelope_")


def test_brackets_inside_texts_are_not_depth() -> None:
    envelope.check_depth(msgspec.json.encode({"note": "[" * 500 + '"\\' + "{" * 500}))
    for deep in (b"[" * 65, b'"open' + b'"[' + b"[" * 65, b'{"a":' * 65):
        with pytest.raises(UserError):
            envelope.check_depth(deep)


@pytest.mark.parametrize("raw", [b'"' + b'\\"' * 10**6, b'"a' * 10**6, b'"' * 10**6, b"[" * 10**6])
def test_depth_costs_one_pass(raw: bytes) -> None:
    with suppress(UserError):
        envelope.check_depth(raw)  # returns at once; a quadratic scan would hang here for hours


def test_content_is_equal_after_a_new_envelope_and_only_then() -> None:
    cs = new_id()
    first, _ = envelope.seal(fields(cs=cs, sc="team:07"), ME.key)
    other = new_identity()
    again, _ = envelope.seal(fields(cs=cs, sc="team:07", dev=other.device, n=9, ph="ab" * 32), other.key)
    changed, _ = envelope.seal(fields(cs=cs, sc="team:08"), ME.key)
    assert envelope.content_hash(first) == envelope.content_hash(again) != envelope.content_hash(changed)


def test_unknown_fields_survive_in_the_authors_bytes() -> None:
    raw, _ = envelope.seal(fields(later={"x": 1}), ME.key)
    assert envelope.parse(raw).cs
    assert msgspec.json.decode(raw)["later"] == {"x": 1}


def test_a_device_is_named_by_its_key() -> None:
    assert ME.device == device_id(ME.public)
    assert len(ME.device) == 32
