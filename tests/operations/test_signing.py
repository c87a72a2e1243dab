"""Signatures given on the screen: stored with their strokes, sealed, carried, printed."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Attached, Signature, Signing
from inspector_app.operations import inspecting, reporting, signing
from inspector_app.operations.signing import Drawing
from inspector_app.reports.inspection import inspection_record
from inspector_app.reports.record import record_json
from inspector_app.store import inspections
from inspector_app.store.database import Store
from inspector_app.store.ledger import StoreLedger
from tests.operations.acting import begun, fill


def png(text: str) -> bytes:
    image = Image.new("RGB", (400, 160), "white")
    ImageDraw.Draw(image).line([(20, 140), (120, 20), (220, 120), (380, 40)], fill="black", width=4)
    ImageDraw.Draw(image).text((10, 10), text, fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


DRAWN = (
    Drawing("inspector", "陳志強", png("1"), ((20, 140, 120, 20), (220, 120, 380, 40))),
    Drawing("inspector", "黃婉儀", png("2"), ((1, 2, 3, 4),)),
    Drawing("head", "王建國", png("3"), ((5, 6),)),
)


def test_each_signature_is_stored_with_its_strokes_and_goes_with_a_round(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit)
    signing.sign_and_finish(registered, visit, Signing(head_name="王建國"), DRAWN)
    with registered.reading() as session:
        found = inspections.get(session, visit.id)
    assert found is not None
    kept = {(one.role, one.name): one for one in found.signing.signatures}
    assert kept.keys() == {(one.role, one.name) for one in DRAWN}
    for drawing in DRAWN:
        one = kept[drawing.role, drawing.name]
        assert one.strokes == drawing.strokes
        assert one.at == found.finished
        assert registered.blobs.get(one.picture.sha) == drawing.png
    sent = {blob.sha for blob in StoreLedger(registered).blobs_to_send()}
    assert {one.picture.sha for one in kept.values()} <= sent


def test_signatures_are_printed_and_are_part_of_the_record(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit)
    signing.sign_and_finish(registered, visit, Signing(head_name="王建國"), DRAWN[:2])
    facts = reporting.inspection_facts(registered, visit.id)
    assert [(one.role, bool(one.jpeg)) for one in facts.signatures] == [("inspector", True)] * 2
    assert facts.stroke("inspector", "黃婉儀") and not facts.stroke("head")
    unsigned = replace(facts, signatures=())
    assert record_json(facts) != record_json(unsigned)
    assert b"signatures" not in record_json(unsigned)
    assert len(inspection_record(facts).pdf) > len(inspection_record(unsigned).pdf) + len(facts.signatures[0].jpeg)


def test_a_signature_whose_bytes_are_not_here_leaves_its_box_empty(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit)
    lost = Signature("head", "王建國", Attached("0" * 64, 10, "image/png", "王建國"))
    inspecting.finish(registered, visit, Signing(head_name="王建國", signatures=(lost,)))
    facts = reporting.inspection_facts(registered, visit.id)
    assert facts.stroke("head") == b""
    assert inspection_record(facts).pages


def test_what_is_no_picture_is_refused_and_nothing_is_finished(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit)
    with pytest.raises(UserError):
        signing.sign_and_finish(registered, visit, Signing(head_name="王"), [Drawing("head", "王", b"no picture")])
    assert visit.inspection.number == ""
