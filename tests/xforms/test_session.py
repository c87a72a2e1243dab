"""Filling a form: relevance, calculations, constraints, choices, languages, repeats, and exactly what changed."""

import pytest

from inspector_app.xforms import FormError, load
from tests.xforms.forms import from_table, now, start, xform

HEAD = (
    "| survey |\n"
    "| | type | name | label | relevant | constraint | required | calculation | choice_filter | repeat_count |\n"
)
LANGUAGES = """
| survey |
| | type | name | label::繁體中文 (zh-Hant) | label::English (en) | HINT | constraint | MESSAGE | bind::app:critical |
| | select_one pf | a | 消防 ${n} | Fire ${n} | Look up | | | yes |
| | integer | n | 數 | Number | | . > 0 | Above zero | |
| choices |
| | list_name | name | label::繁體中文 (zh-Hant) | label::English (en) | score | severity |
| | pf | pass | 通過 | Pass | 1 | |
| | pf | fail | 不通過 | Fail | 0 | high |
| | pf | na | 不適用 | Not applicable | | |
| settings |
| | form_id | version | namespaces | default_language |
| | check | 7 | app="urn:inspector-app:checklist" | English (en) |
""".replace("MESSAGE", "constraint_message::English (en)").replace("HINT", "hint::English (en)")


def test_relevance_hides_a_value_and_gives_it_back() -> None:
    session = start(
        HEAD + "| | integer | n | N |\n| | text | why | Why | ${n} > 5 |\n| | calculate | c | | | | | ${why} |\n"
    )
    session.set_answer("/data/n", "6")
    session.set_answer("/data/why", "because")
    assert session.value("/data/c") == "because"
    delta = session.set_answer("/data/n", "1")
    assert delta.changed == {"/data/n", "/data/why", "/data/c"}
    assert (session.value("/data/why"), session.value("/data/c")) == ("", "")
    assert b"why" not in session.finalize().xml
    session.set_answer("/data/n", "7")
    assert session.value("/data/why") == "because"


def test_a_group_cascades_and_required_counts_only_where_relevant() -> None:
    session = start(
        HEAD + "| | integer | n | N |\n| | begin_group | g | G | ${n} = 1 |\n"
        "| | text | x | X | | | yes |\n| | end_group | | |\n"
    )
    assert session.validate() == ()
    session.set_answer("/data/n", "1")
    assert [p.path for p in session.validate()] == ["/data/g/x"]
    session.set_answer("/data/g/x", "here")
    assert session.validate() == ()


def test_an_unrelated_answer_changes_nothing_else() -> None:
    session = start(HEAD + "| | integer | a | A |\n| | integer | b | B |\n| | calculate | c | | | | | ${a} + 1 |\n")
    assert session.set_answer("/data/b", "1").changed == {"/data/b"}
    assert session.set_answer("/data/a", "1").changed == {"/data/a", "/data/c"}
    assert session.set_answer("/data/a", "1").changed == frozenset()


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [("integer", "12", True), ("integer", "abc", False), ("decimal", "1.5", True), ("decimal", "x", False),
     ("date", "2026-02-28", True), ("date", "2026-02-30", False), ("date", "soon", False)],
)  # fmt: skip
def test_an_answer_must_be_of_its_type(kind: str, value: str, valid: bool) -> None:
    session = start(HEAD + f"| | {kind} | x | X |\n")
    session.set_answer("/data/x", value)
    state = session.state("/data/x")
    assert (state.valid, bool(state.message)) == (valid, not valid)


def test_an_int_is_cut_and_a_date_loses_its_time() -> None:
    session = start(HEAD + "| | integer | n | N |\n| | date | d | D |\n")
    session.set_answer("/data/n", "3.9")
    session.set_answer("/data/d", "2026-01-02T10:00:00.000+08:00")
    assert (session.value("/data/n"), session.value("/data/d")) == ("3", "2026-01-02")


def test_dates_compare_with_today() -> None:
    session = start(
        HEAD + "| | date | d | D | | . <= today() |\n"
        "| | calculate | c | | | | | format-date(date(${d} + 365), '%Y-%m-%d') |\n"
    )
    session.set_answer("/data/d", "2026-11-25")
    assert not session.state("/data/d").valid
    session.set_answer("/data/d", "2026-11-24")
    assert session.state("/data/d").valid
    assert session.value("/data/c") == "2027-11-24"


def test_texts_follow_the_language_and_outputs_their_values() -> None:
    session = from_table(LANGUAGES).begin(now)
    session.set_answer("/data/n", "4")
    assert session.state("/data/a").label == "Fire 4"
    delta = session.set_language("繁體中文 (zh-Hant)")
    assert {"/data/a", "/data/n"} <= delta.changed
    state = session.state("/data/a")
    assert (state.label, state.hint) == ("消防 4", "Look up"), (
        "a missing translation falls back to the default language"
    )
    assert [c.label for c in state.choices] == ["通過", "不通過", "不適用"]
    assert "/data/a" in session.set_answer("/data/n", "5").changed
    session.set_answer("/data/n", "-1")
    assert session.state("/data/n").message == "Above zero"
    with pytest.raises(FormError):
        session.set_language("Klingon")


def test_choice_columns_tell_absent_from_blank() -> None:
    choices = from_table(LANGUAGES).begin(now).state("/data/a").choices
    assert [dict(c.columns) for c in choices] == [{"score": "1"}, {"score": "0", "severity": "high"}, {}]


def test_kept_attributes_are_found_by_namespace() -> None:
    form = from_table(LANGUAGES)
    assert form.controls[0].bind_attributes["urn:inspector-app:checklist", "critical"] == "yes"
    assert (form.id, form.version, form.languages) == ("check", "7", ("繁體中文 (zh-Hant)", "English (en)"))


def test_a_filtered_choice_is_lost_and_comes_back() -> None:
    session = start(
        HEAD + "| | select_one c | c | C |\n| | select_one t | t | T | | | | | c = ${c} |\n"
        "| choices |\n| | list_name | name | label | c |\n| | c | x | X | |\n| | c | y | Y | |\n"
        "| | t | x1 | X1 | x |\n| | t | y1 | Y1 | y |\n"
    )
    session.set_answer("/data/c", "x")
    assert [c.name for c in session.state("/data/t").choices] == ["x1"]
    session.set_answer("/data/t", "x1")
    assert session.set_answer("/data/c", "y").changed == {"/data/c", "/data/t"}
    assert session.value("/data/t") == ""
    session.set_answer("/data/c", "x")
    assert session.value("/data/t") == "x1"


def test_choice_name_speaks_the_active_language() -> None:
    form = from_table(LANGUAGES.replace("| choices |", "| | text | said | 說 | Said | | | | |\n| choices |"))
    plain = b'<bind nodeset="/data/said" type="string"/>'
    assert plain in form.xml
    spoken = plain[:-2] + b" calculate=\"jr:choice-name( /data/a , ' /data/a ')\"/>"
    session = load(form.xml.replace(plain, spoken)).begin(now)
    assert "/data/said" in session.set_answer("/data/a", "fail").changed
    assert session.value("/data/said") == "Fail"
    session.set_language("繁體中文 (zh-Hant)")
    assert session.value("/data/said") == "不通過"


REPEAT = (
    HEAD + "| | begin_repeat | r | R |\n| | integer | n | N |\n| | calculate | pos | | | | | position(..) |\n"
    "| | calculate | last | | | | | indexed-repeat(${n}, ${r}, position(..) - 1) |\n| | end_repeat | | |\n"
    "| | calculate | total | | | | | sum(${n}) |\n| | calculate | many | | | | | count(${r}) |\n"
)


def test_repeats_grow_shrink_and_stay_scoped() -> None:
    session = start(REPEAT)
    assert session.add_repeat("/data/r").added == ("/data/r[2]",)
    session.add_repeat("/data/r")
    for i in (1, 2, 3):
        session.set_answer(f"/data/r[{i}]/n", str(i * 10))
    assert (session.value("/data/total"), session.value("/data/many")) == ("60", "3")
    assert session.value("/data/r[3]/last") == "20"
    delta = session.set_answer("/data/r[1]/n", "11")
    assert delta.changed == {"/data/r[1]/n", "/data/r[2]/last", "/data/total"}
    delta = session.remove_repeat("/data/r[1]")
    assert delta.removed == ("/data/r[1]",)
    assert [session.value(f"/data/r[{i}]/pos") for i in (1, 2)] == ["1", "2"]
    assert (session.value("/data/r[1]/last"), session.value("/data/total"), session.value("/data/many")) == (
        "",
        "50",
        "2",
    )


def test_a_repeat_count_follows_its_number_and_blank_keeps_it() -> None:
    session = start(
        HEAD + "| | integer | n | N |\n| | begin_repeat | r | R | | | | | | ${n} |\n"
        "| | text | q | Q |\n| | end_repeat | | |\n"
    )
    assert session.repeats() == (), "without a number there is no instance"
    assert len(session.set_answer("/data/n", "4").added) == 4
    assert len(session.set_answer("/data/n", "2").removed) == 2
    session.set_answer("/data/n", "")
    assert session.repeats() == ("/data/r[1]", "/data/r[2]")
    with pytest.raises(FormError):
        session.add_repeat("/data/r")


def test_a_draft_resumes_with_its_values() -> None:
    form = from_table(REPEAT)
    session = form.begin(now)
    session.add_repeat("/data/r")
    session.set_answer("/data/r[2]/n", "5")
    values = {p: session.value(p) for p in session.paths()}
    again = form.resume({**values, "/data/gone": "1"}, now)
    assert again.unplaced == ("/data/gone",)
    assert {p: again.value(p) for p in again.paths()} == values


def test_a_submission_reopens_without_defaults_firing_again() -> None:
    form = from_table(
        "| survey |\n| | type | name | label | default |\n| | text | x | X | concat('a', 'b') |\n| | start | s | | |\n"
    )
    session = form.begin(now)
    assert (session.value("/data/x"), session.value("/data/s")) == ("ab", "2026-11-24T09:00:00.000+08:00")
    session.set_answer("/data/x", "mine & <yours>")
    saved = session.finalize().xml
    again = form.reopen(saved, now)
    assert again.value("/data/x") == "mine & <yours>"
    assert again.finalize().xml == saved
    with pytest.raises(FormError, match="another form"):
        form.reopen(b"<other id='z'/>", now)


def test_a_trigger_sets_a_value_once() -> None:
    session = start(
        "| survey |\n| | type | name | label | calculation | trigger |\n"
        "| | text | x | X | | |\n| | text | y | Y | concat(${x}, '!') | ${x} |\n"
    )
    session.set_answer("/data/x", "hey")
    assert session.value("/data/y") == "hey!"
    session.set_answer("/data/y", "own")
    assert session.value("/data/y") == "own"


def test_a_csv_list_filters_and_answers_pulldata() -> None:
    table = (
        "| survey |\n| | type | name | label | calculation | choice_filter |\n| | text | s | S | | |\n"
        "| | select_one_from_file shops.csv | shop | Shop | | street = ${s} |\n"
        "| | calculate | tel | | pulldata('shops', 'phone', 'name', ${shop}) | |\n"
    )
    rows = "\ufeffname,label,street,phone\n" + "".join(f"s{i},Shop {i},st{i % 3},{i}{i}\n" for i in range(90))
    session = start(table, shops__csv=rows.encode())
    session.set_answer("/data/s", "st1")
    choices = session.state("/data/shop").choices
    assert (len(choices), choices[0].label, dict(choices[0].columns)) == (
        30,
        "Shop 1",
        {"street": "st1", "phone": "11"},
    )
    session.set_answer("/data/shop", "s4")
    assert session.value("/data/tel") == "44"


def test_hand_written_xml_with_relative_binds_and_setvalue_text() -> None:
    session = load(
        xform(
            "<age/><kind>old</kind>",
            '<bind nodeset="age" type="int"/><setvalue event="odk-instance-first-load" ref="/data/kind">new</setvalue>',
            '<input ref="/data/age"><label>Age</label></input>',
        )
    ).begin(now)
    assert session.value("/data/kind") == "new"
    assert session.value("/data/meta/instanceID").startswith("uuid:")


@pytest.mark.parametrize("path", ["/data/none", "data/x", "/data/x[2]", "/data/x[0]", "/data", "", "/data/x[a]"])
def test_a_step_that_cannot_be_done_says_so(path: str) -> None:
    session = start(HEAD + "| | text | x | X |\n")
    with pytest.raises(FormError):
        session.set_answer(path, "1")
    assert session.value("/data/x") == ""


def test_two_sessions_of_one_form_do_not_meet() -> None:
    form = from_table(REPEAT)
    one, two = form.begin(now), form.begin(now)
    one.add_repeat("/data/r")
    one.set_answer("/data/r[1]/n", "9")
    assert (two.value("/data/total"), two.value("/data/many")) != (one.value("/data/total"), one.value("/data/many"))
    assert two.repeats() == ("/data/r[1]",)
