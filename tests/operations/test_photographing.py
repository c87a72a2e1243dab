"""Photos of a visit on the real store: what is noted of them, what is doubtful, what stays sealed."""

from dataclasses import replace

from inspector_app.domain.photo import Doubt
from inspector_app.operations import inspecting, photographing
from inspector_app.photos import drawn
from inspector_app.store.database import Store
from tests.operations.acting import begun
from tests.photos.pictures import decoded, encoded, exif

GATE = drawn.draw("gate", 1, (640, 480))


def test_what_was_noted_at_intake_is_read_again(registered: Store) -> None:
    visit = begun(registered)
    first, _ = photographing.attach(registered, visit, "A01", GATE, name="a.jpg")
    assert len(first.fingerprint) == 32 and first.received and first.flaw == ""
    photographing.attach(registered, visit, "A02", GATE, name="b.jpg")
    early = encoded(decoded(drawn.draw("canteen", 1, (640, 480))), exif=exif("2019:03:05 09:30:00", "+08:00"))
    photographing.attach(registered, visit, "A02", early)
    expected = [(), (Doubt("twice", "A01"),)]
    assert [photo.doubts for photo in visit.photos[:2]] == expected
    assert [doubt.what for doubt in visit.photos[2].doubts] == ["old"]
    again = inspecting.open_visit(registered, visit.id)
    assert again.photos == visit.photos


def test_a_removed_first_copy_takes_the_doubt_with_it(registered: Store) -> None:
    visit = begun(registered)
    first, _ = photographing.attach(registered, visit, "A01", GATE)
    second, _ = photographing.attach(registered, visit, "A01", GATE)
    photographing.remove(registered, visit, first.id)
    assert visit.photos == (replace(second, doubts=()),)
    photographing.restore(registered, visit, first.id)
    assert [len(photo.doubts) for photo in visit.photos] == [0, 1]
