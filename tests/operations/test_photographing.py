"""Photos of a visit on the real store: what is noted of them, what is doubtful, what stays sealed."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspector_app.domain.changeset import Edit, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.photo import Doubt, Mark
from inspector_app.operations import inspecting, photographing, reporting, retouching
from inspector_app.photos import drawn
from inspector_app.store import log, parcels
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill
from tests.operations.house_form import begin, install
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


HIDE = Mark("hide", ((1000, 1000), (5000, 5000)))


def test_marks_make_a_copy_and_leave_the_original_alone(registered: Store) -> None:
    visit = begun(registered)
    photo, _ = photographing.attach(registered, visit, "A01", GATE)
    before = photographing.thumbnail(registered, photo)
    retouching.mark(registered, visit, photo.id, [HIDE, Mark("write", ((10, 10),), "粵A 12345")])
    marked = visit.photos[0]
    assert marked.marks[0] == HIDE and marked.sha == photo.sha and marked.copy not in ("", photo.sha)
    assert photographing.original(registered, marked) == GATE
    assert photographing.thumbnail(registered, marked) != before
    facts = reporting.inspection_facts(registered, visit.id)
    assert facts.pictures[0].jpeg == photographing.report_copy(registered, marked)
    assert facts.pictures[0].jpeg != photographing.report_copy(registered, photo)
    assert facts.pictures[0].digest == photo.sha
    assert inspecting.open_visit(registered, visit.id).photos == visit.photos
    with registered.reading() as session:
        assert {photo.sha, marked.copy} <= {sha for sha, _ in parcels.blobs_here(session, unsent=True)}
    retouching.mark(registered, visit, photo.id, [])
    assert visit.photos == (photo,)


def test_marks_are_bounded(registered: Store) -> None:
    visit = begun(registered)
    photo, _ = photographing.attach(registered, visit, "A01", GATE)
    stroke = Mark("draw", tuple((n % 20_000 - 500, n) for n in range(20_000)))
    retouching.mark(registered, visit, photo.id, [stroke] * 10 + [Mark("write", ((1, 1),), "字" * 5000)])
    kept = visit.photos[0].marks
    assert all(len(mark.points) <= 401 for mark in kept)
    assert all(0 <= x <= 10_000 and 0 <= y <= 10_000 for mark in kept for x, y in mark.points)
    assert len(kept[-1].text) == 200


def test_a_finished_visit_takes_no_marks(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit)
    inspecting.finish(registered, visit)
    with pytest.raises(UserError) as refused:
        retouching.mark(registered, visit, visit.photos[0].id, [HIDE])
    assert refused.value.key == "visit_finished"


@pytest.mark.parametrize("foreign", [7, "x", [], [7], [{"kind": "explode"}], [{"kind": "hide", "points": "x"}],
                                     [{"kind": "draw", "points": [["a", None], 3, [1, 2, 3]]}]])  # fmt: skip
def test_what_a_stranger_wrote_instead_of_marks_is_read_without_harm(registered: Store, foreign: Value) -> None:
    visit = begun(registered)
    photo, _ = photographing.attach(registered, visit, "A01", GATE)
    with registered.writing() as session:
        log.append(session, [Edit("photo", photo.id, {"marks": foreign, "copy": foreign})])
    read = inspecting.open_visit(registered, visit.id).photos[0]
    assert read.copy == ""
    assert all(isinstance(x, int) and isinstance(y, int) for mark in read.marks for x, y in mark.points)


COUNTED = """
| survey |
| | type | name | label | {0}dimension | {0}critical | {0}photo | {0}photo-min | {0}photo-max | {0}deadline | {0}note |
| | begin_group | A | Mechanism | A | | | | | | |
| | select_one pf | A01 | A group is in charge | | key | required | 2 | 3 | 3d | |
| | text | A01_note | Note | | | | | | | A01 |
| | end_group | | | | | | | | | |
| choices |
| | list_name | name | label |
| | pf | pass | Pass |
| | pf | fail | Fail |
| | pf | na | N/A |
| settings |
| | form_id | version | form_title | namespaces |
| | house | 1 | House | app="urn:inspector-app:checklist" |
""".format("bind::app:")


def test_the_form_says_how_many_pictures_an_item_needs_and_takes(registered: Store, tmp_path: Path) -> None:
    install(registered, tmp_path, COUNTED)
    visit = begin(registered)
    inspecting.answer(registered, visit, "/data/A/A01", "pass")
    needed = []
    for _ in range(3):
        needed.append("photo" in visit.state().items[0].missing)
        photographing.attach(registered, visit, "A01", GATE)
    assert needed == [True, True, False]
    with pytest.raises(UserError, match="at most 3 photos") as refused:
        photographing.attach(registered, visit, "A01", GATE)
    assert refused.value.key == "photo_enough"
    photographing.remove(registered, visit, visit.photos[0].id)
    photographing.attach(registered, visit, "A01", GATE)
    assert len(visit.photos) == 3
