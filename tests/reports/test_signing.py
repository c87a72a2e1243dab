"""Signing and checking: valid only when known, unchanged and whole; never a traceback, never valid after a change."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from inspector_app.reports.archive import archived
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.signing import Signer, signed
from inspector_app.reports.verifying import verify
from inspector_app.store.certificate import make
from tests.reports import sample

FLIPS, IN_THE_GAP = 60, 30
"""documents.md A15; the gap is the signature's own hexadecimal, which no signature covers."""


def signer(name: str) -> Signer:
    made = make(name, "海珠", sample.START)
    return Signer(made.key, made.certificate)


@pytest.fixture(scope="module")
def archive() -> bytes:
    facts = sample.facts(photos=2)
    record = record_json(facts)
    assert facts.finished is not None
    return archived(
        inspection_record(facts).pdf, record, digest=record_digest(record), when=facts.finished, language="zh-Hant"
    )


@pytest.fixture(scope="module")
def ours() -> Signer:
    return signer("第17服務隊 A 機")


@pytest.fixture(scope="module")
def file(archive: bytes, ours: Signer) -> bytes:
    return signed(archive, ours)


def test_a_known_signer_an_unchanged_file_a_matching_record(file: bytes, ours: Signer) -> None:
    found = verify(file, [ours.certificate])
    assert (found.signature, found.record, found.changed_after_signing) == ("valid", "matches", False)
    assert found.is_good
    assert "第17服務隊 A 機" in found.signer
    assert found.number == "海復督記〔2020〕17A-0042號"


def test_an_unknown_signer_is_not_good(file: bytes) -> None:
    for trusted in ([], [signer("別人").certificate]):
        found = verify(file, trusted)
        assert (found.signature, found.record, found.is_good) == ("unknown-signer", "matches", False)


def test_an_unsigned_file_says_so(archive: bytes, ours: Signer) -> None:
    found = verify(archive, [ours.certificate])
    assert (found.signature, found.record, found.is_good) == ("absent", "matches", False)


def test_something_appended_is_a_change(file: bytes, ours: Signer) -> None:
    for more in (b"\n%%EOF\n", b"\n% a remark\n", file[-400:]):
        found = verify(file + more, [ours.certificate])
        assert (found.signature, found.changed_after_signing, found.is_good) == ("invalid", True, False)


def test_another_record_in_the_store_differs(file: bytes, ours: Signer) -> None:
    asked: list[Mapping[str, Any]] = []

    def known(facts: Mapping[str, Any]) -> str:
        asked.append(facts)
        return "0" * 64

    assert verify(file, [ours.certificate], known=known).record == "differs"
    assert asked[0]["language"] == "zh-Hant"
    own = verify(file).digest
    assert verify(file, [ours.certificate], known=lambda facts: own).is_good


def test_no_flipped_bit_passes(file: bytes, ours: Signer) -> None:
    random = Random(15)
    gap = file.rindex(b"/Contents <") + 10, file.rindex(b"/ByteRange")
    places = [random.randrange(len(file)) for _ in range(FLIPS)] + [random.randrange(*gap) for _ in range(IN_THE_GAP)]
    for at in places:
        bit = 1 << random.randrange(8)
        changed = bytearray(file)
        changed[at] ^= bit
        found = verify(bytes(changed), [ours.certificate])
        assert not found.is_good, (at, bit)
        assert found.signature == "invalid", (at, bit)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a pdf", b"%PDF-1.7\n" + b"\0" * 5000])
def test_what_is_no_pdf_is_an_answer_not_a_traceback(content: bytes) -> None:
    assert not verify(content).is_good


def test_the_record_is_json_of_the_facts(file: bytes) -> None:
    from inspector_app.reports.archive import attached_record

    record = attached_record(file)
    assert record is not None
    assert json.loads(record)["site"]["code"] == "91350100M000100Y43"
