"""A visit through the verbs: saved at once, refused while incomplete, frozen when finished."""

from datetime import timedelta
from pathlib import Path

import pytest

from inspector_app.domain.clock import moment, parse_iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Result, Signing, Status
from inspector_app.operations import following_up, inspecting, keeping
from inspector_app.operations.inspecting import NotFinished
from inspector_app.store import findings, inspections
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill
from tests.operations.conftest import PASSWORD


def test_an_answer_is_there_after_reopening(registered: Store) -> None:
    visit = begun(registered)
    touched = inspecting.answer(registered, visit, "/data/A/A01", "pass")
    assert touched.inspections == {visit.id}
    folder = registered.folder
    registered.close()
    again = keeping.open_laptop(folder, PASSWORD)
    try:
        assert inspecting.open_visit(again, visit.id).session.value("/data/A/A01") == "pass"
    finally:
        again.close()


def test_one_save_is_one_changeset(registered: Store) -> None:
    from sqlalchemy import func, select

    from inspector_app.store.schema import log, outbox

    visit = begun(registered)

    def counts() -> tuple[int, int]:
        with registered.reading() as session:
            return tuple(session.execute(select(func.count()).select_from(t)).scalar_one() for t in (log, outbox))  # type: ignore[return-value]

    before = counts()
    inspecting.answer_many(registered, visit, {"/data/A/A01": "fail", "/data/A/A01_note": "未成立"})
    assert counts() == (before[0] + 1, before[1] + 1)


def test_a_failed_save_keeps_the_old_answer(registered: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = begun(registered)
    inspecting.answer(registered, visit, "/data/A/A01", "pass")
    registered.close()
    with pytest.raises(Exception):  # noqa: B017 - a closed store may fail in several ways, none may change the visit
        inspecting.answer(registered, visit, "/data/A/A01", "\0fail")
    assert visit.session.value("/data/A/A01") == "pass"


def test_finishing_names_everything_that_is_missing(registered: Store) -> None:
    visit = begun(registered)
    with pytest.raises(NotFinished) as refusal:
        inspecting.finish(registered, visit)
    assert ("A01", "verdict") in refusal.value.missing
    assert len(refusal.value.missing) == visit.state().total
    inspecting.set_inspectors(registered, visit, ("陳志強",))
    with pytest.raises(NotFinished) as alone:
        inspecting.finish(registered, visit)
    assert alone.value.missing[0] == ("", "inspectors")


def test_a_finished_visit_is_numbered_judged_and_frozen(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit, fails=("A02", "A04"))
    inspecting.set_deadline(registered, visit, "A02", "2030-01-02T10:00+08:00")
    inspecting.finish(registered, visit, Signing(head_name="林先生"))
    with registered.reading() as session:
        stored = inspections.get(session, visit.id)
        found = {f.item: f for f in findings.many(session, findings.ids(session, inspection=visit.id))}
    assert stored is not None
    assert (stored.status, stored.result) == (Status.FINISHED, Result.FAILS)
    assert stored.number.startswith("海復督記〔")
    assert set(found) == {"A02", "A04"}
    assert found["A02"].deadline == "2030-01-02T10:00:00+08:00"
    assert moment(parse_iso(found["A04"].deadline)) - moment(parse_iso(stored.finished)) == timedelta(hours=24)
    with pytest.raises(UserError, match="finished"):
        inspecting.answer(registered, visit, "/data/A/A01", "fail")


def test_numbers_never_repeat(registered: Store) -> None:
    numbers = set()
    for place in (2, 3, 4):
        visit = begun(registered, place)
        fill(registered, visit)
        inspecting.finish(registered, visit)
        numbers.add(visit.inspection.number)
    assert len(numbers) == 3


def test_who_reports_the_fix_cannot_close_it(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit, fails=("A02",))
    inspecting.finish(registered, visit)
    with registered.reading() as session:
        finding = findings.ids(session, inspection=visit.id)[0]
    with pytest.raises(UserError, match="only after"):
        following_up.close(registered, finding)
    following_up.report_mended(registered, finding)
    with pytest.raises(UserError, match="cannot close"):
        following_up.close(registered, finding)
    following_up.close(registered, finding, by="黃婉儀")
    with registered.reading() as session:
        assert findings.many(session, [finding])[0].closed_by == "黃婉儀"


def test_weak_passwords_make_no_folder(tmp_path: Path) -> None:
    from inspector_app.domain.team import Inspector

    with pytest.raises(UserError, match="8 characters"):
        keeping.create_laptop(tmp_path / "new", "short", Inspector("甲", 1))
    assert not (tmp_path / "new").exists()
