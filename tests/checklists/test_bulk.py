"""Which Items "the rest is fine" may answer: nothing that has to be looked at by itself."""

import pytest

from inspector_app.checklists.bulk import rest_of
from inspector_app.checklists.model import Checklist
from inspector_app.checklists.state import VisitState, derive_visit
from tests.checklists.conftest import Begin


@pytest.fixture
def state(checklist: Checklist, begin: Begin) -> VisitState:
    return derive_visit(checklist, begin("FB"), ())


def test_vetoes_evidence_and_numbers_are_left_out(state: VisitState) -> None:
    for dimension in state.dimensions:
        for item in rest_of(state, dimension.dimension.id):
            assert item.item.critical not in ("veto", "conditional_veto")
            assert item.item.photo != "required"
            assert not item.measures


def test_nothing_else_is_left_out(state: VisitState) -> None:
    open_ones = [item for dimension in state.dimensions for item in rest_of(state, dimension.dimension.id)]
    plain = [
        item
        for item in state.items
        if item.item.critical in ("key", "normal") and item.item.photo != "required" and not item.measures
    ]
    assert [item.item.id for item in open_ones] == [item.item.id for item in plain]
    assert plain


def test_a_verdict_or_a_note_takes_an_item_out(checklist: Checklist, begin: Begin) -> None:
    session = begin("FB")
    before = rest_of(derive_visit(checklist, session, ()), "A")
    session.set_answer(before[0].item.path, "na")
    session.set_answer(before[1].item.note_path, "待查")
    after = rest_of(derive_visit(checklist, session, ()), "A")
    assert [item.item.id for item in after] == [item.item.id for item in before[2:]]


def test_a_dimension_that_is_not_there_has_no_rest(state: VisitState) -> None:
    assert rest_of(state, "Z") == ()
