"""One picture in large with its caption facts: time, place and where both come from, size, short hash; remove it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from inspector_app.desktop.inspections.doubts import doubt_words
from inspector_app.desktop.inspections.retouch_panel import RetouchPanel
from inspector_app.desktop.inspections.state import photo_facts
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.dates import size_text
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row
from inspector_app.domain.photo import Photo
from inspector_app.operations import photographing
from inspector_app.store.database import Store


class Canvas(QWidget):
    """A picture as large as fits, never larger than it is."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap: QPixmap | None = None
        self.setMinimumSize(QSize(200, 160))

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        """None while it is being fetched."""
        self._pixmap = pixmap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap is None:
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatio()
        room = self.size() * ratio
        size = self._pixmap.size()
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = self._pixmap.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        shown = drawn.deviceIndependentSize()
        painter.drawPixmap(int((self.width() - shown.width()) / 2), int((self.height() - shown.height()) / 2), drawn)


class PhotoViewer(QWidget):
    """`removed` carries a Photo's id, `retouched` a Photo and its new marks; `left` means back to the Items."""

    removed = Signal(str)
    retouched = Signal(object, object)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._photos: tuple[Photo, ...] = ()
        self._at, self._is_locked = 0, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._canvas = Canvas()
        self._title, self._facts = label("section"), label("muted", wrap=True, name="photo-facts")
        self._trouble = label("fail", wrap=True)
        self._doubts = label(wrap=True, name="photo-doubts")
        mark = label()
        context.icons.put(mark, "triangle-alert", color="warn", size=16)
        said = row(mark, self._doubts, spacing=6)
        said.setStretch(1, 1)
        self._doubtful = holder(said)
        self._back = self._tool("arrow-left", "inspections.back_to_items", "close-photo", self.left.emit)
        self._previous = self._tool(
            "chevron-left", "inspections.previous_photo", "previous-photo", partial(self._go, -1)
        )
        self._next = self._tool("chevron-right", "inspections.next_photo", "next-photo", partial(self._go, 1))
        self.remove = button("danger", name="remove-photo")
        context.icons.put(self.remove, "trash-2", color="fail")
        context.language.text(self.remove, "inspections.remove_photo")
        self.remove.clicked.connect(self._on_remove)
        self.edit = self._tool("pen-line", "retouch.begin", "retouch-photo", partial(self.begin_retouch, "hide"))
        self.panel = RetouchPanel(context)
        self.panel.done.connect(self._on_retouched)
        self.panel.left.connect(self._leave_retouch)
        self.panel.failed.connect(context.notify.fail)
        self._centre = QStackedWidget()
        self._centre.addWidget(self._canvas)
        self._centre.addWidget(self.panel)
        head = row(self._back, self._title, 1, self._previous, self._next, self.edit, self.remove)
        whole = column(head, self._centre, self._trouble, self._doubtful, self._facts, spacing=8)
        whole.setStretch(1, 1)
        whole.setContentsMargins(12, 8, 12, 12)
        self.setLayout(whole)

    @property
    def photo(self) -> Photo | None:
        """What is shown."""
        return self._photos[self._at] if self._photos else None

    def show_photos(self, photos: Sequence[Photo], photo_id: str, *, is_locked: bool) -> None:
        """The pictures of one Item, beginning with one of them."""
        self._photos = tuple(photos)
        self._canvas.show_pixmap(None)
        ids = [photo.id for photo in photos]
        self._at = ids.index(photo_id) if photo_id in ids else 0
        self._is_locked = is_locked
        self._centre.setCurrentIndex(0)
        self._show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, photos: Sequence[Photo]) -> None:
        """The same pictures with what is known of them now; nothing while somebody draws."""
        here = self.photo
        if here is None or self.is_retouching or tuple(photos) == self._photos:
            return
        ids = [photo.id for photo in photos]
        if here.id in ids:
            self._photos, self._at = tuple(photos), ids.index(here.id)
            self._show()

    @property
    def is_retouching(self) -> bool:
        """The drawing surface is shown."""
        return self._centre.currentWidget() is self.panel

    def begin_retouch(self, tool: str) -> None:
        """Mark a copy of what is shown."""
        if self.photo is not None and not self.is_retouching:
            self._centre.setCurrentWidget(self.panel)
            self._show_tools()
            self.panel.begin(self.photo, tool)

    def _on_retouched(self) -> None:
        photo, marks = self.panel.photo, self.panel.marks
        self._leave_retouch()
        if photo is not None and marks != photo.marks:
            self.retouched.emit(photo, marks)

    def _leave_retouch(self) -> None:
        self._centre.setCurrentWidget(self._canvas)
        self._show_tools()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tools(self) -> None:
        """While somebody draws there is one thing to do, and the picture has all the room."""
        is_free, photo = not self.is_retouching, self.photo
        for each in (self.edit, self.remove):
            each.setVisible(is_free and not self._is_locked)
        for each in (self._previous, self._next):
            each.setVisible(is_free and len(self._photos) > 1)
        self._facts.setVisible(is_free)
        self._doubtful.setVisible(is_free and photo is not None and bool(photo.doubts))

    def say(self) -> None:
        """Words in the current language."""
        photo = self.photo
        if photo is None:
            return
        tr = self._context.language.tr
        self._title.setText(tr("inspections.photo_of", item=photo.item, number=self._at + 1, total=len(self._photos)))
        words = photo_facts(photo, tr, self._context.language.moment(photo.taken), size_text(photo.size))
        if photo.marks:
            words = (tr("retouch.is_copy"), *words)
        self._facts.setText("   ·   ".join(words))
        doubts = [words[:1].upper() + words[1:] for words in doubt_words(photo, tr)]
        self._doubts.setText("\n".join(doubts))
        self._doubtful.setVisible(bool(doubts) and not self.is_retouching)

    def event(self, event: QEvent) -> bool:
        """Esc and the arrows belong to the viewer while it is open, whatever shortcuts say."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._go(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._go(1)
            case Qt.Key.Key_E if self.edit.isVisible():
                self.begin_retouch("hide")
            case Qt.Key.Key_R if self.edit.isVisible():
                self.begin_retouch("turn")
            case _:
                super().keyPressEvent(event)

    def _tool(self, icon: str, key: str, name: str, run: Callable[[], None]) -> QPushButton:
        made = button("icon", name=name)
        self._context.icons.put(made, icon)
        self._context.language.name(made, key)
        self._context.language.tip(made, key)
        made.clicked.connect(lambda: run())
        return made

    def _show(self) -> None:
        photo = self.photo
        if photo is None:
            return
        self._trouble.hide()
        self.say()
        self._show_tools()
        job = partial(_decode, self._context.store, photo)
        self._context.lanes.wide.run(job, partial(self._on_decoded, photo.shown), partial(self._on_failed, photo.id))

    def _go(self, by: int) -> None:
        if self._photos and not self.is_retouching:
            self._canvas.show_pixmap(None)
            self._at = (self._at + by) % len(self._photos)
            self._show()

    def _on_decoded(self, sha: str, image: QImage) -> None:
        if self.photo and self.photo.shown == sha:
            self._canvas.show_pixmap(QPixmap.fromImage(image))

    def _on_failed(self, photo_id: str, error: Exception) -> None:
        if self.photo and self.photo.id == photo_id:
            self._trouble.setText(self._context.language.tr("inspections.photo_absent"))
            self._trouble.show()

    def _on_remove(self) -> None:
        if self.photo:
            self.removed.emit(self.photo.id)


_KEYS = (
    Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_E, Qt.Key.Key_R,
)  # fmt: skip


def _decode(store: Store, photo: Photo) -> QImage:
    return QImage.fromData(photographing.report_copy(store, photo))
