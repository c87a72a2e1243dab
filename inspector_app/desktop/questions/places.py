"""Places: typed in the notations people copy, read from a photo, never invented; lines and areas as one point a line."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import button
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.editor import Editor
from inspector_app.desktop.questions.entering import plain
from inspector_app.desktop.questions.entries import WIDE, Entry
from inspector_app.desktop.questions.paragraph import ParagraphEditor
from inspector_app.desktop.questions.state import Row
from inspector_app.desktop.questions.typed import TypedEditor
from inspector_app.photos import intake, opening

_NUMBER = r"[+-]?\d{1,3}(?:\.\d+)?"
_PLAIN = re.compile(rf"({_NUMBER})[\s,;/]+({_NUMBER})((?:[\s,;]+[+-]?\d+(?:\.\d+)?){{0,2}})")
_LETTERED = re.compile(
    r"([NSns北南])?\s*(\d{1,3})(?:[°度]\s*)(?:(\d{1,2}(?:\.\d+)?)[′'分]\s*)?(?:(\d{1,2}(?:\.\d+)?)[″\"秒]\s*)?([NSns北南])?"
    r"[\s,;]*([EWew東东西])?\s*(\d{1,3})(?:[°度]\s*)(?:(\d{1,2}(?:\.\d+)?)[′'分]\s*)?(?:(\d{1,2}(?:\.\d+)?)[″\"秒]\s*)?([EWew東东西])?"
)
_DEGREES = re.compile(
    r"([+-]?\d{1,3}(?:\.\d+)?)\s*[°度]\s*([NSns北南])?[\s,;]+([+-]?\d{1,3}(?:\.\d+)?)\s*[°度]\s*([EWew東东西])?"
)
_SOUTH, _WEST = re.compile("[Ss南]"), re.compile("[Ww西]")
LONGEST = 20_000


def point(text: str) -> str | None:
    """`latitude longitude altitude accuracy` as XForms write it; '' stays '', None when it is no place on earth."""
    shown = plain(text).replace("′′", "″")  # NFKC writes a double prime as two
    if not shown:
        return ""
    found = _PLAIN.fullmatch(shown)
    if found:
        more = [*found[3].replace(",", " ").replace(";", " ").split(), "0", "0"][:2]
        return _checked(float(found[1]), float(found[2]), more)
    decimal = _DEGREES.fullmatch(shown)
    if decimal:
        return _checked(
            _signed(float(decimal[1]), decimal[2], _SOUTH), _signed(float(decimal[3]), decimal[4], _WEST), None
        )
    parts = _LETTERED.fullmatch(shown)
    if parts is None:
        return None
    latitude = _signed(_sexagesimal(parts[2], parts[3], parts[4]), parts[1] or parts[5], _SOUTH)
    longitude = _signed(_sexagesimal(parts[7], parts[8], parts[9]), parts[6] or parts[10], _WEST)
    return _checked(latitude, longitude, None)


def points(text: str, *, is_area: bool = False) -> str | None:
    """One place a line as a geotrace or geoshape; None when a line is no place or there are too few of them.

    An area has three places at least and is closed: its first place is written again at its end.
    """
    lines = [line for line in re.split(r"[\n;]+", text[:LONGEST]) if line.strip()]
    if not lines:
        return ""
    read = [point(line) for line in lines]
    found = [each for each in read if each]
    if len(found) < len(read):
        return None
    if is_area and found[0] != found[-1]:
        found.append(found[0])
    return "; ".join(found) if len(found) >= (4 if is_area else 2) else None


def _sexagesimal(degrees: str, minutes: str | None, seconds: str | None) -> float:
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def _signed(number: float, letter: str | None, negative: re.Pattern[str]) -> float:
    return -number if letter and negative.match(letter) else number


def _checked(latitude: float, longitude: float, more: list[str] | None) -> str | None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    tail = more or ["0", "0"]
    return f"{_short(latitude)} {_short(longitude)} {tail[0]} {tail[1]}"


def _short(number: float) -> str:
    return f"{number:.7f}".rstrip("0").rstrip(".") or "0"


def shown_point(value: str) -> str:
    """Latitude and longitude, and altitude and accuracy only where somebody gave them."""
    parts = value.split()
    return " ".join(parts[:2]) if parts[2:] in (["0", "0"], ["0.0", "0.0"], []) else " ".join(parts)


class PlaceEditor(TypedEditor):
    """One place: typed, or taken from where a photo was made."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown, Entry("place", WIDE, point, shown_point))
        self.photo = button("icon", name=f"from-photo-{shown.key}")
        desk.kit.icons.put(self.photo, "image", size=18)
        desk.kit.language.name(self.photo, "questions.from_photo")
        desk.kit.language.tip(self.photo, "questions.from_photo")
        self.photo.clicked.connect(self._on_photo)
        self.line.addWidget(self.photo)

    def lock(self, is_locked: bool) -> None:
        self.photo.setEnabled(not is_locked)

    def take_from(self, content: bytes) -> None:
        """Where a photo was made, if it says so."""
        tr = self.kit.language.tr
        try:
            gps = intake.accept(content).gps
        except intake.PhotoRefused:
            gps = None
        if gps is None:
            self.refused.emit(tr("questions.no_place_in_photo"))
        else:
            self.field.enter(f"{gps[0]} {gps[1]}")

    def _on_photo(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.kit.language.tr("questions.from_photo"))
        if chosen and Path(chosen).stat().st_size < opening.MAX_BYTES:
            self.take_from(Path(chosen).read_bytes())


class PlacesEditor(ParagraphEditor):
    """A line or an area: one place a line."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self._is_unreadable = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        Editor.show_row(self, row, is_locked=is_locked)
        self.text.setReadOnly(is_locked or self.state.readonly)
        is_busy = self._soon.isActive() or self._is_unreadable or self.text.hasFocus()
        if self._read() != self.state.value and not is_busy:
            self._value = self.state.value
            self.text.setPlainText("\n".join(shown_point(part) for part in self.state.value.split(";")))
            self._soon.stop()
        self.text.setAccessibleName(self.name_of())

    def say(self) -> None:
        self.text.setPlaceholderText(self.kit.language.tr("question_enter.places"))

    def _on_typed(self) -> None:
        value = self._read()
        self._is_unreadable = value is None
        words = "question_wrong.area" if self._is_area else "question_wrong.places"
        self.refused.emit(self.kit.language.tr(words) if value is None else "")
        if value is not None and value != self._value:
            self._value = value
            self.answered.emit(value)

    @property
    def _is_area(self) -> bool:
        return self.row.control.type == "geoshape"

    def _read(self) -> str | None:
        return points(self.text.toPlainText(), is_area=self._is_area)
