"""A sealed visit is corrected beside itself: the record keeps what was signed, the Result is derived anew, papers list it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from inspector_app.demo import district
from inspector_app.domain.changeset import DELETED, Edit
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Result, Verdict
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import amending, batching, certifying, inspecting, issuing, keeping, printing, registering
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.printing import Wanted
from inspector_app.reports.record import record_digest, record_json
from inspector_app.store import inspections, log, rebuilding
from inspector_app.store.database import Store
from inspector_app.store.schema import outbox
from tests.operations.acting import begun, fill
from tests.operations.conftest import PASSWORD
from tests.operations.house_form import begin, install
from tests.operations.test_printing import text_of


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One laptop for all tests here: making and sealing visits is what costs."""
    folder = tmp_path_factory.mktemp("amending")
    made = keeping.create_laptop(folder / "laptop", PASSWORD, Inspector("陳志強", 1, Role.LEADER))
    file = folder / "registry.csv"
    file.write_bytes(district.registry_csv(district.sites(39)))
    registering.import_registry(made, file)
    yield made
    made.close()


@pytest.fixture(scope="module")
def once_sealed(registered: Store) -> Visit:
    visit = begun(registered)
    fill(registered, visit, fails=("A02",))
    inspecting.finish(registered, visit)
    return visit


@pytest.fixture
def sealed(registered: Store, once_sealed: Visit) -> Iterator[Visit]:
    """The same sealed visit for each test, without corrections."""
    yield inspecting.open_visit(registered, once_sealed.id)
    left = inspecting.open_visit(registered, once_sealed.id)
    for one in reversed(left.amendments):
        with registered.writing() as session:
            log.append(session, [Edit("amendment", one.id, {DELETED: True})])


def verdict_path(visit: Visit, item: str) -> str:
    return visit.checklist.items_by_id[item].path


def test_the_sealed_visit_stays_and_the_amended_result_stands_beside_it(registered: Store, sealed: Visit) -> None:
    assert amending.amended_state(sealed, registered.clock) is None
    before = sealed.state().judgement.result
    path = verdict_path(sealed, "A04")
    touched = amending.amend(registered, sealed, path, "fail", "  覆核照片後發現預案過期 ")
    assert touched.inspections == {sealed.id}
    again = inspecting.open_visit(registered, sealed.id)
    with registered.reading() as session:
        stored = inspections.get(session, sealed.id)
    assert stored is not None and stored.answers[path] == "pass" and stored.result is before
    assert again.state().judgement.result is before
    amended = amending.amended_state(again, registered.clock)
    assert amended is not None and amended.judgement.result is Result.FAILS
    assert ("veto", "A04") in amended.judgement.reasons
    (one,) = again.amendments
    assert (one.item, one.old, one.new, one.reason, one.by) == (
        "A04", "pass", "fail", "覆核照片後發現預案過期", registered.me.name
    )  # fmt: skip
    (said,) = amending.described(again)
    assert (said.part, said.old, said.new) == ("verdict", "合格", "不合格")


def test_notes_and_measures_are_corrected_and_the_last_word_counts(registered: Store, sealed: Visit) -> None:
    item = sealed.checklist.items_by_id["A02"]
    amending.amend(registered, sealed, item.note_path, "其實已張貼", "看錯樓層")
    amending.amend(registered, sealed, item.note_path, "二樓已張貼", "寫得更準")
    assert [one.old for one in sealed.amendments] == ["A02 未見記錄", "其實已張貼"]
    assert amending.value_now(sealed, item.note_path) == "二樓已張貼"
    amending.amend(registered, sealed, item.path, "pass", "看錯樓層")
    amended = amending.amended_state(sealed, registered.clock)
    assert amended is not None
    assert next(i.verdict for i in amended.items if i.item.id == "A02") is Verdict.PASS
    assert [one.part for one in amending.described(sealed)] == ["note", "note", "verdict"]


@pytest.mark.parametrize(
    ("value", "reason", "key"),
    [("fail", " ", "amend_reason"), ("pass", "同樣", "amend_same"), ("perhaps", "亂寫", "amend_value")],
)
def test_what_corrects_nothing_is_refused(registered: Store, sealed: Visit, value: str, reason: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        amending.amend(registered, sealed, verdict_path(sealed, "A04"), value, reason)
    assert refused.value.key == key
    assert not inspecting.open_visit(registered, sealed.id).amendments


def test_a_draft_and_what_is_no_question_are_refused(registered: Store, sealed: Visit) -> None:
    draft = begun(registered, 2)
    with pytest.raises(UserError) as refused:
        amending.amend(registered, draft, verdict_path(draft, "A04"), "fail", "理由")
    assert refused.value.key == "amend_draft"
    with pytest.raises(UserError) as unknown:
        amending.amend(registered, sealed, "/data/A", "x", "理由")
    assert unknown.value.key == "amend_unknown"


def test_it_is_taken_back_until_it_was_sent(registered: Store, sealed: Visit) -> None:
    path = verdict_path(sealed, "A04")
    amending.amend(registered, sealed, path, "fail", "理由一")
    amending.amend(registered, sealed, path, "na", "理由二")
    first, second = sealed.amendments
    with pytest.raises(UserError) as followed:
        amending.withdraw(registered, sealed, first.id)
    assert followed.value.key == "amend_followed"
    amending.withdraw(registered, sealed, second.id)
    assert [one.id for one in sealed.amendments] == [first.id]
    with registered.writing() as session:
        rebuilding.rebuild(session)
    assert [one.id for one in inspecting.open_visit(registered, sealed.id).amendments] == [first.id]
    with registered.writing() as session:
        session.execute(delete(outbox))
    with pytest.raises(UserError) as sent:
        amending.withdraw(registered, sealed, first.id)
    assert sent.value.key == "amend_sent"


def test_the_paper_reprints_what_was_sealed_and_lists_the_corrections(registered: Store, sealed: Visit) -> None:
    plain = printing.gather(registered, Wanted("inspection", sealed.id))
    digest = record_digest(record_json(plain.facts))
    assert "記錄更正" not in text_of(printing.draw(plain).pdf)
    amending.amend(registered, sealed, verdict_path(sealed, "A04"), "fail", "覆核照片後發現預案過期")
    for language, title in (("zh-Hant", "記錄更正"), ("zh-Hans", "记录更正"), ("en", "Corrections after sealing")):
        ready = printing.gather(registered, Wanted("inspection", sealed.id), language)
        text = text_of(printing.draw(ready).pdf)
        assert title in text and "覆核照片後發現預案過期" in text and registered.me.name in text
    again = printing.gather(registered, Wanted("inspection", sealed.id))
    assert record_digest(record_json(again.facts)) == digest, "what was signed verifies as before"
    assert "更正後結論" in text_of(printing.draw(again).pdf)
    paper, _ = issuing.issue(registered, sealed.id)
    assert [certifying.corrections(registered, n) for n in (paper.number, sealed.inspection.number, "", "無")] == [
        1,
        1,
        0,
        0,
    ]
    assert "簽名後有 1 處更正" in text_of(printing.draw(printing.gather(registered, Wanted("notice", sealed.id))).pdf)


def test_a_batch_writes_a_corrected_record_anew(registered: Store, sealed: Visit, tmp_path: Path) -> None:
    wanted = [Wanted("inspection", sealed.id)]
    before = batching.write_batch(registered, wanted, tmp_path).written[0].file.read_bytes()
    amending.amend(registered, sealed, verdict_path(sealed, "A04"), "fail", "覆核")
    after = batching.write_batch(registered, wanted, tmp_path).written[0].file.read_bytes()
    assert before != after


def test_a_question_outside_the_items_is_corrected(registered: Store, tmp_path: Path) -> None:
    install(registered, tmp_path)
    visit = begin(registered)
    inspecting.answer(registered, visit, "/data/who", "林家")
    inspecting.answer(registered, visit, "/data/room[1]/name", "大廳")
    inspecting.finish(registered, visit)
    amending.amend(registered, visit, "/data/room[1]/name", "前廳", "叫法不對")
    (said,) = amending.described(inspecting.open_visit(registered, visit.id))
    assert (said.part, said.old, said.new, said.amendment.item) == ("answer", "大廳", "前廳", "")
