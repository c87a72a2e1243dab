"""Questions of any form on the real store: what is answered, set, added and removed is there when the visit is opened again."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Result, Status
from inspector_app.operations import attaching, inspecting
from inspector_app.operations.inspecting import NotFinished, Visit
from inspector_app.photos.intake import PhotoRefused
from inspector_app.store import inspections
from inspector_app.store.database import Store
from tests.operations.acting import PICTURE
from tests.operations.house_form import HOUSE, begin, install, reopened, shown


@pytest.fixture
def visit(registered: Store, tmp_path: Path) -> Visit:
    install(registered, tmp_path)
    return begin(registered)


def changesets(store: Store) -> int:
    from sqlalchemy import func, select

    from inspector_app.store.schema import log

    with store.reading() as session:
        return session.execute(select(func.count()).select_from(log)).scalar_one()


def test_answers_and_what_they_set_are_there_again(registered: Store, visit: Visit) -> None:
    before = changesets(registered)
    inspecting.answer(registered, visit, "/data/n", "3")
    assert changesets(registered) == before + 1
    inspecting.answer(registered, visit, "/data/guest[3]/called", "Wong")
    now = shown(visit)
    assert (now["/data/twice"], now["/data/noted"]) == ("6", "n is 3")
    assert shown(reopened(registered, visit)) == now


def test_what_is_computed_is_not_stored_in_a_draft(registered: Store, visit: Visit) -> None:
    inspecting.answer(registered, visit, "/data/n", "3")
    with registered.reading() as session:
        found = inspections.get(session, visit.id)
    assert found is not None
    assert {"/data/n", "/data/noted", "/data/lot"} <= found.answers.keys()
    assert not {"/data/twice", "/data/day"} & found.answers.keys()


def test_an_answer_that_is_not_relevant_now_waits(registered: Store, visit: Visit) -> None:
    inspecting.answer(registered, visit, "/data/n", "6")
    inspecting.answer(registered, visit, "/data/why", "a family")
    inspecting.answer(registered, visit, "/data/n", "2")
    again = reopened(registered, visit)
    assert again.session.value("/data/why") == ""
    inspecting.answer(registered, again, "/data/n", "7")
    assert again.session.value("/data/why") == "a family"


def test_repeats_are_added_and_removed_durably(registered: Store, visit: Visit) -> None:
    before = changesets(registered)
    inspecting.add_repeat(registered, visit, "/data/room")
    inspecting.answer(registered, visit, "/data/room[2]/name", "kitchen")
    inspecting.add_repeat(registered, visit, "/data/room[2]/window")
    inspecting.answer(registered, visit, "/data/room[2]/window[1]/state", "open")
    assert changesets(registered) == before + 4
    assert shown(reopened(registered, visit)) == shown(visit)
    inspecting.remove_repeat(registered, visit, "/data/room[1]")
    assert shown(visit)["/data/room[1]/window[1]/state"] == "open"
    assert shown(reopened(registered, visit)) == shown(visit)
    inspecting.remove_repeat(registered, visit, "/data/room[1]")
    assert not [path for path in reopened(registered, visit).session.repeats() if "room" in path]


def test_a_removed_instance_comes_back_where_it_was(registered: Store, visit: Visit) -> None:
    inspecting.answer(registered, visit, "/data/room[1]/name", "hall")
    inspecting.add_repeat(registered, visit, "/data/room")
    inspecting.answer(registered, visit, "/data/room[2]/name", "kitchen")
    before = shown(visit)
    inspecting.remove_repeat(registered, visit, "/data/room[1]")
    step = visit.last
    inspecting.restore(registered, visit, step.before)
    assert shown(visit) == before == shown(reopened(registered, visit))
    inspecting.restore(registered, visit, step.after)
    assert shown(visit)["/data/room[1]/name"] == "kitchen"


def test_a_smaller_count_forgets_and_its_undo_remembers(registered: Store, visit: Visit) -> None:
    inspecting.answer(registered, visit, "/data/n", "2")
    inspecting.answer(registered, visit, "/data/guest[2]/called", "Ho")
    before = shown(visit)
    inspecting.answer(registered, visit, "/data/n", "1")
    step = visit.last
    inspecting.answer(registered, visit, "/data/n", "2")
    assert "/data/guest[2]/called" not in shown(visit)
    assert shown(reopened(registered, visit)) == shown(visit), "the screen and the store agree"
    inspecting.restore(registered, visit, step.before)
    assert shown(visit) == before


def test_what_cannot_be_done_changes_nothing(registered: Store, visit: Visit) -> None:
    before, count = shown(visit), changesets(registered)
    for deed in (
        lambda: inspecting.answer(registered, visit, "/data/nowhere", "x"),
        lambda: inspecting.answer(registered, visit, "/data/room", "x"),
        lambda: inspecting.add_repeat(registered, visit, "/data/guest"),
        lambda: inspecting.remove_repeat(registered, visit, "/data/room[7]"),
        lambda: inspecting.answer(registered, visit, "/data/who", "\0"),
        lambda: inspecting.answer(registered, visit, "/data/who", "x" * 20_001),
    ):
        with pytest.raises(UserError):
            deed()
        assert (shown(visit), changesets(registered)) == (before, count)


def test_two_laptops_add_rooms_and_one_outlives_a_removal(registered: Store, visit: Visit) -> None:
    """Both start from the same state; the merge is what two Changesets with the same parents give (sync.md §4)."""
    from inspector_app.sync import merge

    state = merge.EntityState()
    merge.apply(state, "0", 1, dict(visit.fields), {})
    name = visit.instances.stored("/data/room[1]")
    kept = visit.instances.claims("/data/room[1]/name")
    merge.apply(state, "1", 2, {**kept, f"{name}/name": "hall"}, {name: ["0"]})
    merge.apply(state, "2", 3, {name: ""}, {name: ["0"]})
    assert merge.conflicts(state).keys() == {name}, "removing beside writing is a conflict that people see"


def test_a_file_is_on_the_disk_before_its_row_and_travels(registered: Store, visit: Visit) -> None:
    from inspector_app.store.ledger import StoreLedger

    attaching.attach(registered, visit, "/data/front", "C:\\fotos\\front door.jpg", PICTURE)
    attaching.attach(registered, visit, "/data/plan", "plan.pdf", b"%PDF-1.7 plan")
    again = reopened(registered, visit)
    assert again.session.value("/data/front") == "front door.jpg"
    assert again.files == visit.files
    front, plan = again.files["/data/front"], again.files["/data/plan"]
    assert attaching.original(registered, front) == PICTURE
    assert (attaching.thumbnail(registered, front) or b"")[:2] == b"\xff\xd8"
    assert (plan.mime, attaching.thumbnail(registered, plan)) == ("application/pdf", None)
    assert {front.sha, plan.sha} <= {blob.sha for blob in StoreLedger(registered).blobs_to_send()}


def test_a_replaced_file_comes_back_with_its_undo(registered: Store, visit: Visit) -> None:
    attaching.attach(registered, visit, "/data/plan", "one.txt", b"one")
    attaching.attach(registered, visit, "/data/plan", "two.txt", b"two")
    step = visit.last
    inspecting.restore(registered, visit, step.before)
    again = reopened(registered, visit)
    assert again.session.value("/data/plan") == "one.txt"
    assert attaching.original(registered, again.files["/data/plan"]) == b"one"


def test_a_photo_question_takes_pictures_only(registered: Store, visit: Visit) -> None:
    with pytest.raises(PhotoRefused):
        attaching.attach(registered, visit, "/data/front", "front.jpg", b"not a picture")
    assert visit.session.value("/data/front") == ""


def test_required_and_wrong_answers_block_the_end(registered: Store, visit: Visit) -> None:
    inspecting.answer(registered, visit, "/data/n", "-1")
    with pytest.raises(NotFinished) as refusal:
        inspecting.finish(registered, visit)
    assert refusal.value.missing == (("/data/who", "answer"), ("/data/n", "invalid"))


def test_a_visit_without_items_is_recorded(registered: Store, visit: Visit) -> None:
    inspecting.answer_many(registered, visit, {"/data/who": "Li", "/data/n": "1"})
    inspecting.finish(registered, visit)
    again = reopened(registered, visit)
    assert (again.inspection.result, again.inspection.status) == (Result.RECORDED, Status.FINISHED)
    with pytest.raises(UserError, match="finished"):
        inspecting.add_repeat(registered, again, "/data/room")


def test_a_finished_visit_never_computes_again(
    registered: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspecting.answer_many(registered, visit, {"/data/who": "Li", "/data/n": "1"})
    inspecting.finish(registered, visit)
    before = shown(visit)
    later = registered.clock() + 400 * 86_400_000
    monkeypatch.setattr(registered, "clock", lambda: later)
    assert shown(reopened(registered, visit)) == before


def test_a_visit_stays_on_the_version_it_was_begun_with(registered: Store, visit: Visit, tmp_path: Path) -> None:
    old = visit.inspection.form_hash
    new = install(
        registered, tmp_path, HOUSE.replace("| house | 1 |", "| house | 2 |").replace("Who lives", "Who dwells")
    )
    assert new != old
    again = reopened(registered, visit)
    assert again.inspection.form_hash == old
    assert again.session.state("/data/who").label == "Who lives here?"
    assert begin(registered, 2).inspection.form_hash == new


def test_the_form_must_be_installed(registered: Store) -> None:
    with pytest.raises(UserError, match="No checklist is installed"):
        inspecting.start(registered, _any_site(registered), form="nowhere")


def _any_site(store: Store) -> str:
    from inspector_app.store import sites

    with store.reading() as session:
        return sites.search_ids(session, "", limit=1)[0]


def test_the_paper_shows_what_was_answered(registered: Store, visit: Visit) -> None:
    from inspector_app.operations import reporting

    inspecting.answer_many(
        registered, visit, {"/data/who": "Li", "/data/n": "1", "/data/colour": "g", "/data/why": "x"}
    )
    inspecting.answer(registered, visit, "/data/guest[1]/called", "Ho")
    attaching.attach(registered, visit, "/data/front", "front.jpg", PICTURE)
    attaching.attach(registered, visit, "/data/plan", "plan.pdf", b"%PDF-1.7 plan")
    facts = reporting.inspection_facts(registered, visit.id, language="en")
    lines = {line.label: line for section in facts.sections for line in section.entries if line.kind == "question"}
    assert (lines["Colour"].text, lines["Called"].text, lines["Front"].photos) == ("Green", "Ho", (1,))
    assert lines["Plan"].text.startswith("plan.pdf · SHA-256 ")
    assert "Why so many?" not in lines, "what is not relevant is not in the record"
    assert (facts.subject, facts.pictures[0].caption, bool(facts.pictures[0].jpeg)) == ("House", "Front", True)
