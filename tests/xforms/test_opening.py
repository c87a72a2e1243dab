"""A draft opened again from what it keeps shows what it showed; a frozen one is never computed again."""

from datetime import timedelta

from inspector_app.xforms import Session
from tests.xforms.forms import from_table, now, start

FORM = """
| survey |
| | type | name | label | relevant | calculation | trigger | repeat_count | default |
| | integer | n | N | | | | | 2 |
| | text | why | Why | ${n} > 1 | | | | |
| | calculate | stamp | | | once(random()) | | | |
| | calculate | twice | | | ${n} * 2 | | | |
| | calculate | noted | | | concat('n is ', ${n}) | ${n} | | |
| | begin_repeat | person | Person | | | | | |
| | text | name | Name | | | | | nobody |
| | begin_repeat | child | Child | | | | | |
| | text | toy | Toy | | | | | |
| | end_repeat | | | | | | | |
| | end_repeat | | | | | | | |
| | begin_repeat | counted | Counted | | | | ${n} | |
| | text | what | What | | | | | |
| | end_repeat | | | | | | | |
"""


def counts(session: Session) -> dict[str, int]:
    """Instances per repeat path, as a draft knows them."""
    found: dict[str, int] = {}
    for node, path in session.walk():
        for spec in node.spec.children.values():
            if spec.is_repeat:
                found[f"{path}/{spec.name}"] = len(node.named(spec.name))
    return found


def again(session: Session) -> Session:
    return from_table(FORM).resume(session.kept(), now, counts=counts(session))


def shown(session: Session) -> list[object]:
    return [state for state in session.states() if not state.path.endswith("instanceID")]


def test_a_draft_keeps_what_was_answered_or_set_and_computes_the_rest() -> None:
    session = start(FORM)
    assert session.set_answer("/data/n", "3").kept == {"/data/n": "3", "/data/noted": "n is 3"}
    assert "/data/twice" not in session.kept()
    session.set_answer("/data/why", "because")
    session.set_answer("/data/n", "1")
    assert session.kept()["/data/why"] == "because", "an answer that is not relevant now is kept for when it is"
    assert shown(again(session)) == shown(session)


def test_repeats_come_back_as_many_as_they_were() -> None:
    session = start(FORM)
    session.add_repeat("/data/person")
    session.add_repeat("/data/person[2]/child")
    session.set_answer("/data/person[2]/child[1]/toy", "ball")
    session.remove_repeat("/data/person[1]")
    assert shown(again(session)) == shown(session)
    session.remove_repeat("/data/person[1]")
    opened = again(session)
    assert shown(opened) == shown(session)
    assert not [path for path in opened.repeats() if "person" in path]


def test_a_new_instance_tells_what_its_actions_set() -> None:
    form = FORM.replace("| nobody |", "| uuid() |")
    session = start(form)
    delta = session.add_repeat("/data/person")
    name = session.value("/data/person[2]/name")
    assert len(name) == 36
    assert delta.kept == {"/data/person[2]/name": name}


def test_a_frozen_filling_is_neither_computed_nor_set_again() -> None:
    form = from_table(FORM.replace("${n} * 2", "today()"))
    session = form.begin(now)
    values = {path: session.value(path) for path in session.paths()}
    later = form.resume(values, lambda: now() + timedelta(days=400), counts=counts(session), is_frozen=True)
    assert shown(later) == shown(session)
    assert later.value("/data/twice") == "2026-11-24"
