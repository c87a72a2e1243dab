"""Versions: a visit stays on its own; a draft moves in one Changeset and back; finished records reprint word for word."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.operations import attaching, inspecting, keeping, moving, printing
from inspector_app.operations.inspecting import Visit
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill
from tests.operations.house_form import HOUSE, begin, install, reopened, shown
from tests.operations.test_answering import changesets

NEWER = (
    HOUSE.replace("| house | 1 |", "| house | 2 |")
    .replace("| text | who | Who lives here? |", "| text | who | Who dwells here? |")
    .replace("| | file | plan | Plan | | | | | | |\n", "| | text | street | Street | | | | | | |\n")
    .replace("| | colours | g | Green |\n", "")
)


@pytest.fixture
def visit(registered: Store, tmp_path: Path) -> Visit:
    install(registered, tmp_path)
    visit = begin(registered)
    inspecting.answer_many(registered, visit, {"/data/who": "Li", "/data/n": "2", "/data/colour": "g"})
    inspecting.answer(registered, visit, "/data/guest[2]/called", "Ho")
    inspecting.add_repeat(registered, visit, "/data/room")
    inspecting.answer(registered, visit, "/data/room[2]/name", "kitchen")
    attaching.attach(registered, visit, "/data/plan", "plan.pdf", b"plan")
    return visit


def test_nothing_is_newer_until_something_is_installed(registered: Store, visit: Visit, tmp_path: Path) -> None:
    assert moving.newer_version(registered, visit.inspection) is None
    new = install(registered, tmp_path, NEWER)
    found = moving.newer_version(registered, visit.inspection)
    assert found is not None and (found.hash, found.version) == (new, "2")
    assert moving.newer_version(registered, begin(registered, 2).inspection) is None


def test_the_preview_says_what_is_kept_dropped_and_new(registered: Store, visit: Visit, tmp_path: Path) -> None:
    before, count = shown(visit), changesets(registered)
    preview = moving.preview(registered, visit.id, install(registered, tmp_path, NEWER), language="en")
    assert {line.path: line.label for line in preview.kept}["/data/who"] == "Who dwells here?"
    assert {(line.path, line.value) for line in preview.dropped} == {
        ("/data/plan", "plan.pdf"),
        ("/data/colour", "Green"),
    }
    assert [(line.path, line.label) for line in preview.asked] == [("/data/street", "Street")]
    assert not preview.loses_nothing
    assert (shown(reopened(registered, visit)), changesets(registered)) == (before, count), "a preview changes nothing"


def test_options_are_read_by_their_labels(registered: Store, visit: Visit, tmp_path: Path) -> None:
    inspecting.answer(registered, visit, "/data/colour", "r")
    reworded = NEWER.replace("| | colours | r | Red |", "| | colours | r | Scarlet |")
    preview = moving.preview(registered, visit.id, install(registered, tmp_path, reworded), language="en")
    colour = next(line for line in preview.kept if line.path == "/data/colour")
    assert (colour.value, colour.now) == ("Red", "Scarlet")


def test_a_move_is_one_changeset_and_its_undo_brings_everything_back(
    registered: Store, visit: Visit, tmp_path: Path
) -> None:
    before, old = shown(visit), visit.inspection.form_hash
    new = install(registered, tmp_path, NEWER)
    count = changesets(registered)
    moving.move(registered, visit, new)
    assert changesets(registered) == count + 1
    step = visit.last
    again = reopened(registered, visit)
    assert again.inspection.form_hash == visit.inspection.form_hash == new
    assert shown(again) == shown(visit)
    assert shown(visit)["/data/room[2]/name"] == "kitchen"
    assert not {"/data/colour", "/data/plan"} & shown(visit).keys()
    inspecting.answer(registered, visit, "/data/street", "Xingang Road")
    inspecting.restore(registered, visit, step.before)
    assert (shown(visit), visit.inspection.form_hash) == (before, old)
    assert shown(reopened(registered, visit)) == before
    assert attaching.original(registered, visit.files["/data/plan"]) == b"plan"
    inspecting.restore(registered, visit, step.after)
    assert visit.inspection.form_hash == new


def test_a_finished_visit_is_never_moved(registered: Store, visit: Visit, tmp_path: Path) -> None:
    inspecting.finish(registered, visit)
    new = install(registered, tmp_path, NEWER)
    assert moving.newer_version(registered, visit.inspection) is None
    with pytest.raises(UserError, match="finished"):
        moving.move(registered, visit, new)


def test_old_records_reprint_byte_for_byte(registered: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both a checklist and a plain form; newer versions reword every question."""
    install(registered, tmp_path)
    checked, plain = begun(registered), begin(registered, 3)
    fill(registered, checked, fails=("A04",))
    inspecting.answer_many(registered, plain, {"/data/who": "Li", "/data/n": "1", "/data/guest[1]/called": "Ho"})
    for each in (checked, plain):
        inspecting.finish(registered, each)
    now = registered.clock()
    monkeypatch.setattr(registered, "clock", lambda: now)
    before = {
        each.id: printing.draw(printing.gather(registered, printing.Wanted("inspection", each.id))).pdf
        for each in (checked, plain)
    }
    source = Path("forms/five-in-place.xml").read_text("utf-8")
    newer = tmp_path / "five.xml"
    newer.write_text(source.replace("疫情", "新疫情"), "utf-8")
    assert keeping.install_form(registered, newer).hash != checked.inspection.form_hash
    install(registered, tmp_path, NEWER)
    keeping._checklist.cache_clear()
    for each, pdf in before.items():
        assert printing.draw(printing.gather(registered, printing.Wanted("inspection", each))).pdf == pdf
