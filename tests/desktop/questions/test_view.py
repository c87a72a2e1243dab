"""FormView: rows in order, answers as they are typed and pressed, going from question to question."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.questions.question_row import QuestionRow
from inspector_app.desktop.questions.trying import Trying
from inspector_app.xforms import Form
from tests.desktop.questions.conftest import form_of
from tests.desktop.questions.sample import LANGUAGES

Fill = Callable[[Form], Trying]
K = Qt.Key


def row_of(trying: Trying, path: str) -> QuestionRow:
    trying.view.go_to(path)
    line = trying.view.line(path)
    assert isinstance(line, QuestionRow)
    return line


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, code, modifier)


def type_in(trying: Trying, path: str, text: str) -> QLineEdit:
    line = row_of(trying, path)
    field = line.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.setText(text)
    field.textEdited.emit(text)
    trying.view.flush()
    return field


def test_what_is_typed_is_answered(trying: Trying) -> None:
    type_in(trying, "/data/texts/workers", "１,234")
    assert trying.session.value("/data/texts/workers") == "1234"
    type_in(trying, "/data/texts/name", "海珠紡織")
    assert trying.session.value("/data/texts/name") == "海珠紡織"


def test_what_cannot_be_read_stays_and_is_not_saved(trying: Trying) -> None:
    field = type_in(trying, "/data/texts/warmth", "warm")
    row = row_of(trying, "/data/texts/warmth")
    assert (field.text(), trying.session.value("/data/texts/warmth")) == ("warm", "")
    assert row._problem is not None and row._problem.isVisible()
    assert field.property("wrong") == "true"
    type_in(trying, "/data/texts/warmth", "36,5")
    assert trying.session.value("/data/texts/warmth") == "36.5"
    assert not row._problem.isVisible()


def test_a_broken_rule_is_said_in_place(trying: Trying) -> None:
    type_in(trying, "/data/times/day", "2020-03-06")
    row = row_of(trying, "/data/times/day")
    assert row._problem is not None and row._problem.text() == "不能晚於今天。"


def test_digits_arrows_and_space_choose(trying: Trying) -> None:
    row_of(trying, "/data/ones/kind")
    key(K.Key_3)
    assert trying.session.value("/data/ones/kind") == "k2"
    key(K.Key_Right)
    key(K.Key_Space)
    row_of(trying, "/data/ones/kind")
    key(K.Key_Delete)
    assert trying.session.value("/data/ones/kind") == ""
    row_of(trying, "/data/manys/kinds")
    key(K.Key_1)
    key(K.Key_3)
    assert trying.session.value("/data/manys/kinds") == "k0 k2"
    key(K.Key_1)
    assert trying.session.value("/data/manys/kinds") == "k2"


def test_enter_and_arrows_walk_the_form(trying: Trying) -> None:
    row_of(trying, "/data/texts/house")
    key(K.Key_Return)
    assert trying.view.current == "/data/texts/secret"
    key(K.Key_Down)
    key(K.Key_Up)
    assert trying.view.current == "/data/texts/secret"
    key(K.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert trying.view.current == "/data/texts/house"


def test_tab_follows_the_form_past_rows_that_came_late(fill: Fill) -> None:
    choices = ("yn | y | Y |", "yn | n | N |")
    trying = fill(form_of("select_one yn | a | A", "text | b | B | | | | ${a} = 'y'", "text | c | C", choices=choices))
    row_of(trying, "/data/a")
    key(K.Key_1)
    key(K.Key_Tab)
    assert trying.view.current == "/data/b"
    key(K.Key_Tab)
    assert trying.view.current == "/data/c"
    key(K.Key_Backtab)
    assert trying.view.current == "/data/b"


def test_quick_moves_on_by_itself(trying: Trying) -> None:
    row_of(trying, "/data/ones/quick")
    key(K.Key_1)
    assert trying.view.current == "/data/ones/picture"


def test_next_unanswered_goes_round(trying: Trying) -> None:
    row_of(trying, "/data/last")
    assert trying.view.next_unanswered()
    assert trying.view.current == "/data/texts/name"
    trying.answer("/data/texts/remarks", "x")
    assert trying.view.next_unanswered()
    assert trying.view.current == "/data/texts/house"


def test_going_to_what_is_not_shown_is_refused(trying: Trying) -> None:
    assert not trying.view.go_to("/data/staff[1]/which")
    assert not trying.view.go_to("/data/nothing")


def test_repeats_grow_and_shrink(trying: Trying) -> None:
    trying.view.show_part("/data/staff")
    trying.view.line("/data/staff+")
    button = trying.view.findChild(QPushButton, "add-button-/data/staff+")
    assert isinstance(button, QPushButton) and button.text() == "新增：隔離員工"
    button.click()
    assert trying.view.current == "/data/staff[2]/who"
    type_in(trying, "/data/staff[2]/who", "乙")
    trying.view.line("/data/staff[1]")
    remove = trying.view.findChild(QPushButton, "instance-button-/data/staff[1]")
    assert isinstance(remove, QPushButton)
    remove.click()
    assert trying.session.value("/data/staff[1]/who") == "乙"
    trying.put_back()
    assert trying.session.value("/data/staff[2]/who") == "乙"


def test_an_answer_leaves_the_other_widgets_alone(trying: Trying) -> None:
    before = {line.key: line for line in map(lambda row: trying.view.line(row.key), trying.sheet.parts[0].rows) if line}
    type_in(trying, "/data/texts/name", "x")
    assert all(trying.view.line(each) is line for each, line in before.items())


def test_pending_answers_are_shown_before_they_are_saved(trying: Trying) -> None:
    row_of(trying, "/data/texts/gates")
    trying.view.show_sheet(trying.sheet, pending={"/data/texts/name": "海珠"})
    field = trying.view.findChild(QLineEdit, "answer-/data/texts/name")
    assert isinstance(field, QLineEdit) and field.text() == "海珠"


def test_a_locked_form_takes_nothing(trying: Trying) -> None:
    row_of(trying, "/data/ones/yes")
    trying.view.show_sheet(trying.sheet, is_locked=True)
    line = row_of(trying, "/data/ones/yes")
    assert line.editor is not None
    line.editor.keyPressEvent(key_event(K.Key_1))
    assert trying.session.value("/data/ones/yes") == ""


def key_event(code: Qt.Key) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier)


def test_the_form_and_the_window_speak_other_languages(trying: Trying, kit: Kit) -> None:
    row = row_of(trying, "/data/texts/name")
    kit.settings.language.put("en")
    trying.speak(LANGUAGES[2])
    assert row._label.text() == "Name of the enterprise"
    assert row._required is not None and row._required.text() == "required"


def every_focusable(widget: QWidget) -> list[QWidget]:
    found = [each for each in widget.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [each for each in found if each.focusProxy() is None and each.isVisibleTo(widget)]


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_every_control_has_a_name_and_room_for_a_finger(
    trying: Trying, kit: Kit, qapp: QApplication, zoom: float
) -> None:
    kit.settings.zoom.put(zoom)
    for part in trying.sheet.parts:
        trying.view.show_part(part.key)
        for row in part.rows:
            trying.view.line(row.key)
        for _ in range(4):
            qapp.processEvents()
        controls = every_focusable(trying.view._views[part.key])
        assert controls
        nameless = [w.objectName() or type(w).__name__ for w in controls if not w.accessibleName()]
        assert not nameless, part.key
        small = [w.objectName() for w in controls if w.height() < 38]
        assert not small, part.key
        wide = [
            w.objectName() for w in controls if w.mapTo(trying.view, w.rect().topRight()).x() >= trying.view.width()
        ]
        assert not wide, part.key
