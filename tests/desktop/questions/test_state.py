"""The Sheet follows the Session: only what changed is another object."""

from inspector_app.desktop.questions.state import ADD, GROUP, INSTANCE, QUESTION, Reading
from inspector_app.xforms import Form, Session
from tests.benchmarks.bench_xforms import wide_form
from tests.desktop.questions.conftest import form_of
from tests.desktop.questions.sample import LANGUAGES, now, sample


def begun(form: Form, owned: frozenset[str] = frozenset()) -> tuple[Session, Reading]:
    session = form.begin(now)
    return session, Reading(form, session, owned)


def test_groups_become_parts_and_runs_of_questions_too() -> None:
    _, reading = begun(sample())
    keys = [part.key.rpartition("/")[2] for part in reading.sheet().parts]
    assert keys[:3] == ["texts", "ranges", "ones"] and keys[-2:] == ["staff", "last"]
    assert reading.sheet().parts[0].label == "文字與數字"
    assert reading.sheet().parts[-2].label == "隔離員工"


def test_only_what_can_be_asked_is_counted() -> None:
    session, reading = begun(sample())
    texts = reading.sheet().parts[0]
    assert (texts.answered, texts.total, texts.missing, texts.wrong) == (0, 9, 2, 0)
    sheet = reading.take(session.set_answer("/data/texts/workers", "200000"))
    assert (sheet.parts[0].answered, sheet.parts[0].missing, sheet.parts[0].wrong) == (1, 1, 1)
    table = sheet.part("/data/table")
    assert table is not None and table.total == 3


def test_an_answer_leaves_other_rows_and_parts_the_same_objects() -> None:
    session, reading = begun(sample())
    before = reading.sheet()
    after = reading.take(session.set_answer("/data/texts/name", "海珠紡織"))
    assert all(one is other for one, other in zip(before.parts[1:], after.parts[1:], strict=True))
    same = [one is other for one, other in zip(before.parts[0].rows, after.parts[0].rows, strict=True)]
    assert same.count(False) == 1
    assert after.row("/data/texts/name").state.value == "海珠紡織"  # type: ignore[union-attr]


def test_rows_come_and_go_with_relevance() -> None:
    session, reading = begun(sample())
    assert reading.sheet().row("/data/staff[1]/which") is None
    sheet = reading.take(session.set_answer("/data/staff[1]/well", "yes"))
    assert sheet.row("/data/staff[1]/which") is not None
    assert reading.take(session.set_answer("/data/staff[1]/well", "no")).row("/data/staff[1]/which") is None


def test_repeats_are_added_named_and_removed() -> None:
    session, reading = begun(sample())
    reading.take(session.set_answer("/data/staff[1]/who", "甲"))
    reading.take(session.add_repeat("/data/staff"))
    sheet = reading.take(session.set_answer("/data/staff[2]/who", "乙"))
    part = sheet.part("/data/staff")
    assert part is not None
    kinds = [row.kind for row in part.rows]
    assert kinds.count(INSTANCE) == 2 and kinds[-1] == ADD
    assert part.rows[-1].label == "隔離員工" and part.rows[-1].key == "/data/staff+"
    sheet = reading.take(session.remove_repeat("/data/staff[1]"))
    assert sheet.row("/data/staff[1]/who").state.value == "乙"  # type: ignore[union-attr]
    assert sheet.row("/data/staff[2]/who") is None


def test_a_repeat_of_no_instance_can_still_be_added_to() -> None:
    session, reading = begun(sample())
    reading.sheet()
    part = reading.take(session.remove_repeat("/data/staff[1]")).part("/data/staff")
    assert part is not None and [row.kind for row in part.rows] == [ADD]


def test_what_is_owned_elsewhere_is_left_out() -> None:
    _, reading = begun(sample(), frozenset(["/data/texts/name", "/data/last"]))
    assert reading.sheet().row("/data/texts/name") is None
    assert reading.sheet().part("/data/last") is None


def test_a_new_language_changes_the_words() -> None:
    session, reading = begun(sample())
    reading.sheet()
    sheet = reading.take(session.set_language(LANGUAGES[2]))
    assert sheet.parts[0].label == "Texts and numbers"
    assert sheet.row("/data/ones/yes").state.choices[0].label == "Yes"  # type: ignore[union-attr]


def test_the_incremental_sheet_equals_a_fresh_one() -> None:
    form = sample()
    session, reading = begun(form)
    reading.sheet()
    steps = [("texts/workers", "7"), ("ones/yes", "no"), ("staff[1]/well", "yes"), ("manys/kinds", "k0 k1")]
    for path, value in steps:
        reading.take(session.set_answer(f"/data/{path}", value))
    for _ in range(3):
        reading.take(session.add_repeat("/data/staff"))
    reading.take(session.remove_repeat("/data/staff[2]"))
    assert reading.sheet() == Reading(form, session).sheet()


def test_a_large_group_is_cut_at_the_groups_inside() -> None:
    rows = ["begin_group | all | All"]
    for group in range(4):
        rows.append(f"begin_group | g{group} | Group {group}")
        rows += [f"text | q{group}x{n} | Q" for n in range(20)]
        rows.append("end_group | | ")
    rows += ["text | tail | Tail", "end_group | | "]
    _, reading = begun(form_of(*rows))
    assert [part.label for part in reading.sheet().parts] == ["Group 0", "Group 1", "Group 2", "Group 3", "All"]


def test_five_hundred_questions_make_twenty_five_parts() -> None:
    from inspector_app.xforms import load

    _, reading = begun(load(wide_form().encode()))
    sheet = reading.sheet()
    assert len(sheet.parts) == 25
    assert sum(row.kind == QUESTION for row in sheet.rows()) >= 400
    assert {row.kind for row in sheet.rows()} == {QUESTION, GROUP}
