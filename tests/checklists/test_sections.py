"""Questions beside the Items: what is missing among them, and what the record says of them."""

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.checklists.sections import Entry, find_gaps, record
from inspector_app.checklists.state import derive_visit
from inspector_app.domain.inspection import Result
from inspector_app.xforms import Session
from tests.xforms.forms import from_table, now

FORM = """
| survey |
| | type | name | label | relevant | required | constraint | calculation |
| | text | who | Who | | yes | | |
| | select_multiple colours | seen | Seen | | | | |
| | integer | n | Number | ${who} != 'nobody' | | . > 0 | |
| | calculate | twice | | | | | ${n} * 2 |
| | begin_group | house | House | | | | |
| | note | said | Hello ${who} | | | | |
| | begin_repeat | room | Room | | | | |
| | text | name | Name | | yes | | |
| | begin_group | inside | Inside | | | | |
| | select_one colours | wall | Wall | | | | |
| | end_group | | | | | | |
| | end_repeat | | | | | | |
| | end_group | | | | | | |
| choices |
| | list_name | name | label |
| | colours | r | Red |
| | colours | g | Green |
"""


def filled() -> tuple[Checklist, Session]:
    sheet = read(from_table(FORM))
    session = sheet.form.begin(now)
    session.add_repeat("/data/house/room")
    for path, value in {
        "/data/who": "Li",
        "/data/seen": "g r",
        "/data/n": "3",
        "/data/house/room[2]/name": "Hall",
        "/data/house/room[2]/inside/wall": "r",
    }.items():
        session.set_answer(path, value)
    return sheet, session


def test_required_and_wrong_answers_are_gaps_with_their_paths() -> None:
    sheet, session = filled()
    assert [(g.path, g.what, g.label) for g in find_gaps(sheet, session)] == [
        ("/data/house/room[1]/name", "answer", "Name")
    ]
    session.set_answer("/data/n", "-1")
    assert [(g.path, g.what) for g in find_gaps(sheet, session)][0] == ("/data/n", "invalid")
    session.set_answer("/data/who", "nobody")
    assert "/data/n" not in {g.path for g in find_gaps(sheet, session)}, "what is not relevant is no gap"


def test_the_record_holds_what_was_answered_in_words() -> None:
    sheet, session = filled()
    run, house = record(sheet, session)
    assert [(e.path, e.text) for e in run.entries] == [
        ("/data/who", "Li"), ("/data/seen", "Green；Red"), ("/data/n", "3")
    ]  # fmt: skip
    assert house.label == "House"
    assert house.entries == (
        Entry("instance", 0, "/data/house/room[2]", "Room", number=2),
        Entry("question", 1, "/data/house/room[2]/name", "Name", "Hall", "Hall", type="string"),
        Entry("group", 1, "/data/house/room[2]/inside", "Inside"),
        Entry("question", 2, "/data/house/room[2]/inside/wall", "Wall", "r", "Red", type="string"),
    )


def test_what_is_not_relevant_is_not_in_the_record() -> None:
    sheet, session = filled()
    session.set_answer("/data/who", "nobody")
    assert [e.path for e in record(sheet, session)[0].entries] == ["/data/who", "/data/seen"]


def test_a_form_without_items_is_recorded_and_never_passes() -> None:
    sheet, session = filled()
    state = derive_visit(sheet, session, ())
    assert (state.judgement.result, state.missing, state.total) == (Result.RECORDED, (), 0)
    assert [gap.path for gap in state.gaps] == ["/data/house/room[1]/name"]
