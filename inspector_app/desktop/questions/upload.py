"""Files that answer a question: chosen, dropped, pasted or taken with the laptop's camera; pictures show small."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QSizePolicy

from inspector_app.desktop.kit.widgets.boxes import button, column, label, row
from inspector_app.desktop.kit.widgets.elided import ElidedLabel
from inspector_app.desktop.questions.bringing import File, brought, has_files, within
from inspector_app.desktop.questions.camera import has_camera, take_picture
from inspector_app.desktop.questions.desk import Desk
from inspector_app.desktop.questions.drawing import LONGEST, DrawingPanel
from inspector_app.desktop.questions.editor import NEXT, Editor
from inspector_app.desktop.questions.state import Row
from inspector_app.photos import intake
from inspector_app.xforms import Control

EDGE = 120
PICTURES = "*.jpg *.jpeg *.png *.heic *.heif *.webp"
_PATTERNS = {"image": PICTURES, "audio": "*.mp3 *.m4a *.wav *.ogg *.amr", "video": "*.mp4 *.mov *.avi *.mkv *.3gp"}
DRAWN = ("signature", "draw", "annotate")


def family_of(row: Row) -> str:
    """image, audio, video, or '' for any file."""
    head = (row.control.mediatype or "").partition("/")[0]
    return head if head in _PATTERNS else ""


def most_pixels(control: Control) -> int:
    """The longest edge the form allows a picture, 0 for any."""
    said = next((v for (_, name), v in control.bind_attributes.items() if name == "max-pixels"), "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


class UploadEditor(Editor):
    """`given` carries (name, Path) of what was chosen, (name, bytes) of what was pasted, taken or drawn."""

    def __init__(self, desk: Desk, shown: Row) -> None:
        super().__init__(desk, shown)
        self.family, looks = family_of(shown), set(shown.control.appearances)
        self._draws = next((look for look in DRAWN if look in looks), "") if self.family == "image" else ""
        is_camera_only = bool({"new", "new-front"} & looks) and has_camera()
        self.picture = QLabel()
        self.picture.hide()
        self._name = ElidedLabel("muted")
        self.choose = self._tool("choose", "image" if self.family == "image" else "file-text", "questions.choose_file")
        self.choose.setVisible(not is_camera_only and self._draws not in ("signature", "draw"))
        self.camera = self._tool("camera", "camera", "questions.take_picture")
        self.camera.setVisible(self.family == "image" and self._draws not in ("signature", "draw") and has_camera())
        self.phone = self._tool("phone", "smartphone", "phone.use")
        self.phone.setVisible(self.family == "image" and not self._draws and desk.files.takes_phone)
        self.phone.clicked.connect(lambda: desk.files.phone_wanted.emit(self.row.key))
        self.draw = self._tool("draw", "pen-line", f"questions.{self._draws or 'draw'}")
        self.draw.setVisible(bool(self._draws))
        self.choose.clicked.connect(self._on_choose)
        self.camera.clicked.connect(self._on_camera)
        self.draw.clicked.connect(self._on_draw)
        self._drop = label("caption")
        desk.kit.language.text(self._drop, "questions.drop_here")
        self._drop.setVisible(not self._draws)
        tools = row(self.choose, self.camera, self.phone, self.draw, self._drop, 1, spacing=8)
        self._column = column(row(self.picture, self._name, 1, spacing=12), tools, spacing=6)
        self._panel: DrawingPanel | None = None
        self._most = most_pixels(shown.control)
        self.setLayout(self._column)
        self.setAcceptDrops(True)
        first = self.draw if self._draws in ("signature", "draw") else self.choose
        self.setFocusProxy(first if not first.isHidden() else self.camera)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.files.arrived.connect(self._on_arrived)

    def show_row(self, row: Row, *, is_locked: bool) -> None:
        super().show_row(row, is_locked=is_locked)
        value = self.state.value
        self._name.say(value)
        self._name.setVisible(bool(value))
        can_change = not is_locked and not self.state.readonly
        for each in (self.choose, self.camera, self.phone, self.draw):
            each.setEnabled(can_change)
        if self._draws == "annotate":
            self.draw.setEnabled(can_change and bool(value))
        self._show_picture()
        self.say()

    def say(self) -> None:
        tr = self.kit.language.tr
        words = {self.choose: "questions.choose_file", self.camera: "questions.take_picture", self.phone: "phone.use"}
        words[self.draw] = f"questions.{self._draws or 'draw'}"
        for each, key in words.items():
            each.setAccessibleName(f"{self.name_of()}: {tr(key)}")

    def take_focus(self) -> None:
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._give(brought(QGuiApplication.clipboard().mimeData()))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.moved.emit(NEXT)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.choose.isEnabled() and not self.choose.isHidden() and has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._give(brought(event.mimeData()))
        event.acceptProposedAction()

    def _tool(self, name: str, icon: str, words: str) -> QPushButton:
        made = button(name=f"{name}-{self.row.key}")
        self.kit.icons.put(made, icon, size=18)
        self.kit.language.text(made, words)
        return made

    def _give(self, file: File | None) -> None:
        if file is None or self.is_locked or self.state.readonly:
            return
        if self.family == "image" and self._most:
            self.kit.lanes.wide.run(partial(within, file, self._most), self._on_within)
        else:
            self.given.emit(file)

    def _on_within(self, file: File) -> None:
        self.given.emit(file)

    def _show_picture(self) -> None:
        value = self.state.value
        small = self.desk.files.thumbnail(self.row.key, value) if value else None
        shows = small is not None and not small.isNull()
        if shows and small is not None:
            edge = self.kit.theme.px(EDGE)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(small.scaled(edge * 2, edge, keep, smooth))
        self.picture.setVisible(shows)

    def _on_arrived(self, name: str) -> None:
        if name and name == self.state.value:
            self._show_picture()

    def _on_choose(self) -> None:
        tr = self.kit.language.tr
        pattern = _PATTERNS.get(self.family, "")
        upper = " ".join(f"{each} {each.upper()}" for each in pattern.split())
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("questions.choose_file"), "", f"{tr('questions.files')} ({upper or '*'})"
        )
        if chosen:
            self._give((Path(chosen).name, Path(chosen)))

    def _on_camera(self) -> None:
        taken = take_picture(self, self.kit, is_front="new-front" in self.row.control.appearances)
        if taken:
            self._give((f"{self._stem()}.jpg", taken))

    def _on_draw(self) -> None:
        if self._panel is None:
            self._panel = DrawingPanel(self.kit, self._draws)
            self._panel.drawn.connect(self._on_drawn)
            self._panel.left.connect(self._panel.hide)
            self._column.addWidget(self._panel)
        if self._draws != "annotate":
            self._open_panel(None)
            return
        content = self.desk.files.original(self.row.key, self.state.value)
        if content is None:
            self._on_no_ground(OSError())
        else:
            self.kit.lanes.wide.run(partial(intake.thumbnail, content, LONGEST), self._on_ground, self._on_no_ground)

    def _on_ground(self, jpeg: bytes) -> None:
        """The picture that is annotated, upright; the file itself stays as it is."""
        picture = QPixmap()
        picture.loadFromData(jpeg)
        self._open_panel(picture)

    def _on_no_ground(self, error: Exception) -> None:
        """Drawing on white would put the photo out of the answer."""
        self.refused.emit(self.kit.language.tr("questions.not_annotatable"))

    def _open_panel(self, ground: QPixmap | None) -> None:
        if self._panel is not None:
            self.refused.emit("")
            self._panel.begin(ground)
            self._panel.show()

    def _on_drawn(self, png: bytes) -> None:
        if self._panel is not None:
            self._panel.hide()
        self._give((f"{self._stem()}.png", png))

    def _stem(self) -> str:
        """The question's own name, for a file that has none."""
        return self.row.key.rpartition("/")[2].partition("[")[0]
