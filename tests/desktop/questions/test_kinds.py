"""Every other kind of question: by mouse and by keys, the lexical value it gives, what it refuses."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.questions.bringing import within
from inspector_app.desktop.questions.calendar import MomentEditor, open_calendar
from inspector_app.desktop.questions.counting import CounterEditor
from inspector_app.desktop.questions.drawing import Canvas, DrawingPanel
from inspector_app.desktop.questions.editor import Editor
from inspector_app.desktop.questions.linking import LinkEditor
from inspector_app.desktop.questions.paragraph import ParagraphEditor
from inspector_app.desktop.questions.places import PlaceEditor, point, points, shown_point
from inspector_app.desktop.questions.question_row import QuestionRow
from inspector_app.desktop.questions.ranking import RankEditor
from inspector_app.desktop.questions.scale import PickerEditor, RatingEditor, SliderEditor
from inspector_app.desktop.questions.tick import TickEditor
from inspector_app.desktop.questions.trying import Trying
from inspector_app.desktop.questions.upload import UploadEditor
from inspector_app.xforms import Form
from tests.desktop.questions.conftest import Fill, form_of

FORM = (
    "text | story | Story | multiline | | | | | |",
    "date | day | Day | | | | | | |",
    "dateTime | when | When | | | | | | |",
    "range | heat | Heat | | start=36 end=42 step=0.5 | | | | |",
    "range | stars | Stars | rating | start=1 end=5 step=1 | | | | |",
    "range | pick | Pick | picker | start=0 end=100 step=10 | | | | |",
    "rank needs | order | Order | | | | | | |",
    "acknowledge | ok | Read it | | | | | | |",
    "image | photo | Photo | | | | | | |",
    "image | name | Sign here | signature | | | | | |",
    "image | mark | Mark it | annotate | | | | | |",
    "file | plan | Plan | | | | | | |",
    "barcode | code | Code | | | | | | |",
    "geopoint | place | Place | | | | | | |",
    "geotrace | way | Way | | | | | | |",
    "geoshape | area | Area | | | | | | |",
    "integer | heads | Heads | counter | | | | | |",
    "text | page | Page | url | | | | | |",
    "image | small | Small | | max-pixels=100 | | | | |",
)
CHOICES = ("needs | m | Masks", "needs | t | Thermometers", "needs | d | Disinfectant")


@pytest.fixture
def form() -> Form:
    return form_of(*FORM, choices=CHOICES)


@pytest.fixture
def trying(fill: Fill, form: Form) -> Trying:
    return fill(form)


def editor(trying: Trying, name: str) -> Editor:
    assert trying.view.go_to(f"/data/{name}")
    line = trying.view.line(f"/data/{name}")
    assert isinstance(line, QuestionRow) and line.editor is not None
    return line.editor


def value(trying: Trying, name: str) -> str:
    return trying.session.value(f"/data/{name}")


def press(widget: QWidget, code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, code, modifiers)


def test_a_paragraph_is_saved_with_its_lines(trying: Trying) -> None:
    made = editor(trying, "story")
    assert isinstance(made, ParagraphEditor)
    made.text.setPlainText("第一行\n第二行")
    made.flush()
    assert value(trying, "story") == "第一行\n第二行"


def test_a_day_is_taken_from_the_calendar(trying: Trying) -> None:
    made = editor(trying, "day")
    calendar = open_calendar(made.desk, made.field)  # type: ignore[attr-defined]
    assert calendar is not None
    calendar.setSelectedDate(calendar.selectedDate().addDays(-1))
    calendar.activated.emit(calendar.selectedDate())
    assert value(trying, "day") == calendar.selectedDate().toString(Qt.DateFormat.ISODate)


def test_a_moment_needs_both_its_parts(trying: Trying) -> None:
    made = editor(trying, "when")
    assert isinstance(made, MomentEditor)
    made.day.enter("2020-03-05")
    assert value(trying, "when") == ""
    made.time.enter("14:30")
    assert value(trying, "when").startswith("2020-03-05T14:30:00.000")
    made.day.enter("")
    made.time.enter("")
    assert value(trying, "when") == ""


def test_a_slider_chooses_a_step(trying: Trying) -> None:
    made = editor(trying, "heat")
    assert isinstance(made, SliderEditor)
    assert value(trying, "heat") == "", "nothing is chosen before somebody chooses"
    press(made.slider, Qt.Key.Key_Right)
    press(made.slider, Qt.Key.Key_Right)
    made.flush()
    assert value(trying, "heat") == "37.0"
    press(made.slider, Qt.Key.Key_Delete)
    assert value(trying, "heat") == ""
    press(made.slider, Qt.Key.Key_Space)
    made.flush()
    assert value(trying, "heat") == "36.0", "the first step can be chosen too"


def test_a_slider_is_dragged_and_deaf_to_the_wheel(trying: Trying) -> None:
    slider = editor(trying, "heat").slider  # type: ignore[attr-defined]
    middle = slider.rect().center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert value(trying, "heat") == "39.0"
    nowhere, one_notch = QPoint(0, 0), QPoint(0, 120)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(middle, middle, nowhere, one_notch, Qt.MouseButton.NoButton, none, phase, False)
    slider.wheelEvent(wheel)
    assert not wheel.isAccepted()
    assert value(trying, "heat") == "39.0"


def test_a_digit_rates_and_a_list_picks(trying: Trying) -> None:
    rating = editor(trying, "stars")
    assert isinstance(rating, RatingEditor)
    rating.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier, "4"))
    assert value(trying, "stars") == "4"
    picker = editor(trying, "pick")
    assert isinstance(picker, PickerEditor)
    picker.choose("20")
    assert value(trying, "pick") == "20"


def test_people_are_counted_with_two_buttons(trying: Trying) -> None:
    made = editor(trying, "heads")
    assert isinstance(made, CounterEditor)
    made.more.click()
    made.more.click()
    made.less.click()
    assert value(trying, "heads") == "1"
    made.field.enter("41")
    made.more.click()
    assert value(trying, "heads") == "42"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("https://example.org/a?b=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("example.org", False),
        ("https://", False),
        ("", False),
    ],
)
def test_only_web_addresses_open_in_the_browser(trying: Trying, text: str, opens: bool) -> None:
    made = editor(trying, "page")
    assert isinstance(made, LinkEditor)
    made.field.enter(text)
    assert value(trying, "page") == text
    assert made.open.isEnabled() is opens


def test_ranking_by_keys(trying: Trying) -> None:
    made = editor(trying, "order")
    assert isinstance(made, RankEditor)
    assert value(trying, "order") == "", "the order of the form is nobody's ranking"
    made.list.setCurrentRow(2)
    press(made.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert value(trying, "order") == "m d t"
    made.list.setCurrentRow(0)
    made.down.click()
    assert value(trying, "order") == "d m t"


def test_ranking_may_keep_the_order_as_it_stands(trying: Trying) -> None:
    made = editor(trying, "order")
    assert isinstance(made, RankEditor)
    press(made.list, Qt.Key.Key_Return)
    assert value(trying, "order") == "m t d"


def test_acknowledging_is_a_tick(trying: Trying) -> None:
    made = editor(trying, "ok")
    assert isinstance(made, TickEditor)
    press(made.box, Qt.Key.Key_Space)
    assert value(trying, "ok") == "OK"
    press(made.box, Qt.Key.Key_Space)
    assert value(trying, "ok") == ""


def test_a_picture_is_given_and_shown(trying: Trying, tmp_path: Path) -> None:
    made = editor(trying, "photo")
    assert isinstance(made, UploadEditor)
    file = tmp_path / "gate.jpg"
    Image.new("RGB", (64, 48), (10, 90, 160)).save(file)
    made.given.emit((file.name, file))
    assert value(trying, "photo") == "gate.jpg"
    assert not made.picture.isHidden()
    made.clear()
    assert value(trying, "photo") == ""
    assert made.picture.isHidden()


def test_a_form_bounds_the_size_of_its_pictures(trying: Trying, tmp_path: Path) -> None:
    made = editor(trying, "small")
    assert isinstance(made, UploadEditor)
    file = tmp_path / "gate.png"
    Image.new("RGB", (640, 480), (10, 90, 160)).save(file)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    at, copy, left = QPointF(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    made.dropEvent(QDropEvent(at, copy, mime, left, Qt.KeyboardModifier.NoModifier))
    assert Image.open(io.BytesIO(trying.files.kept[value(trying, "small")])).size == (100, 75)
    assert Image.open(file).size == (640, 480), "what was brought is left as it was"


def test_a_picture_small_enough_is_taken_as_it_is() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (90, 60)).save(buffer, "PNG")
    assert within(("a.png", buffer.getvalue()), 100) == ("a.png", buffer.getvalue())
    assert within(("a.png", b"no picture"), 100) == ("a.png", b"no picture")


def draw(panel: DrawingPanel) -> None:
    canvas = panel.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(canvas, QPoint(60, 40))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))


def test_a_signature_is_drawn(trying: Trying) -> None:
    made = editor(trying, "name")
    assert isinstance(made, UploadEditor)
    made.draw.click()
    panel = made.findChild(DrawingPanel)
    assert panel is not None
    assert not panel.take.isEnabled()
    draw(panel)
    panel.take.click()
    assert value(trying, "name") == "name.png"
    image = Image.open(io.BytesIO(trying.files.kept["name.png"]))
    assert image.format == "PNG"
    assert len(image.convert("L").getcolors(256) or []) > 1, "white paper with ink on it"


def test_annotating_leaves_the_picture_as_it_was(trying: Trying, tmp_path: Path) -> None:
    made = editor(trying, "mark")
    assert isinstance(made, UploadEditor)
    assert not made.draw.isEnabled(), "there is nothing to annotate yet"
    file = tmp_path / "wall.png"
    Image.new("RGB", (300, 200), (0, 120, 0)).save(file)
    before = file.read_bytes()
    made.given.emit((file.name, file))
    made.draw.click()
    panel = made.findChild(DrawingPanel)
    assert panel is not None
    draw(panel)
    panel.take.click()
    assert value(trying, "mark") == "mark.png"
    assert trying.files.kept["wall.png"] == before
    assert Image.open(io.BytesIO(trying.files.kept["mark.png"])).size == (300, 200)


def test_strokes_are_taken_back(trying: Trying) -> None:
    made = editor(trying, "name")
    assert isinstance(made, UploadEditor)
    made.draw.click()
    canvas = made.findChild(Canvas)
    assert canvas is not None
    draw(made.findChild(DrawingPanel))
    assert len(canvas.strokes) == 1
    press(canvas, Qt.Key.Key_Backspace)
    assert canvas.strokes == []


def test_a_scanned_code_goes_on_by_itself(trying: Trying) -> None:
    made = editor(trying, "code")
    field = made.field  # type: ignore[attr-defined]
    field.setText(" 6901234567892 ")
    field.textEdited.emit(field.text())
    press(field, Qt.Key.Key_Return)
    assert value(trying, "code") == "6901234567892"
    assert trying.view.current == "/data/place"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("23.1066 113.3245", "23.1066 113.3245 0 0"),
        ("23.1066, 113.3245", "23.1066 113.3245 0 0"),
        ("23.1066 113.3245 12 5", "23.1066 113.3245 12 5"),
        ("23°06′23.8″N 113°19′28.2″E", "23.1066111 113.3245 0 0"),
        ("北23°06′ 東113°19′", "23.1 113.3166667 0 0"),
        ("33.5° S, 70.6° W", "-33.5 -70.6 0 0"),
        ("２３．１ １１３．３", "23.1 113.3 0 0"),
        ("", ""),
        ("91 0", None),
        ("23", None),
        ("here", None),
    ],
)
def test_places_are_read_in_many_notations(typed: str, stored: str | None) -> None:
    assert point(typed) == stored


def test_a_place_is_shown_without_invented_figures() -> None:
    assert shown_point("23.1 113.3 0 0") == "23.1 113.3"
    assert shown_point("23.1 113.3 12 5") == "23.1 113.3 12 5"


def test_a_photo_without_a_place_invents_none(trying: Trying) -> None:
    made = editor(trying, "place")
    assert isinstance(made, PlaceEditor)
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48)).save(buffer, "JPEG")
    said: list[str] = []
    made.refused.connect(said.append)
    made.take_from(buffer.getvalue())
    assert said[-1]
    assert value(trying, "place") == ""
    made.take_from(b"no picture")
    assert value(trying, "place") == ""


def test_a_way_is_one_place_a_line(trying: Trying) -> None:
    made = editor(trying, "way")
    made.text.setPlainText("23.1 113.3\n23.2 113.4")  # type: ignore[attr-defined]
    made.flush()
    assert value(trying, "way") == "23.1 113.3 0 0; 23.2 113.4 0 0"
    assert points("23.1 113.3") is None
    assert points("23.1 113.3\nx") is None


def test_an_area_has_three_places_and_is_closed(trying: Trying) -> None:
    made = editor(trying, "area")
    made.text.setPlainText("23.1 113.3\n23.2 113.3")  # type: ignore[attr-defined]
    made.flush()
    assert value(trying, "area") == ""
    made.text.setPlainText("23.1 113.3\n23.2 113.3\n23.2 113.4")  # type: ignore[attr-defined]
    made.flush()
    assert value(trying, "area") == "23.1 113.3 0 0; 23.2 113.3 0 0; 23.2 113.4 0 0; 23.1 113.3 0 0"


def test_every_control_has_a_name(trying: Trying) -> None:
    for row in trying.sheet.rows():
        trying.view.go_to(row.key)
        line = trying.view.line(row.key)
        assert line is not None
        for widget in line.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(line):
                named = widget.accessibleName() or str(widget.property("text") or "")
                assert named, f"{type(widget).__name__} of {row.key} has no name"
