"""The pictures of an Item as a row of thumbnails, with those on their way and the one sentence of a refusal."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from inspector_app.desktop.inspections.doubts import doubt_words, doubtful_lines
from inspector_app.desktop.inspections.thumbnails import Thumbnails
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.dates import size_text
from inspector_app.desktop.kit.widgets.boxes import button, column, holder, label, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.domain.photo import Photo

EDGE = 64


class Thumbnail(QAbstractButton):
    """One picture; an icon stands for it until it has arrived."""

    def __init__(self, kit: Kit, thumbnails: Thumbnails, photo: Photo) -> None:
        super().__init__()
        self._kit, self._thumbnails, self.photo = kit, thumbnails, photo
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        thumbnails.arrived.connect(self._on_arrived)

    def sizeHint(self) -> QSize:
        return QSize(self._kit.theme.px(EDGE), self._kit.theme.px(EDGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        pixmap = self._thumbnails.square(
            self.photo, self.width(), self.devicePixelRatio()
        )  # first: who hears that it is lost must not meet an open painter
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._kit.theme
        path = QPainterPath()
        path.addRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        painter.fillPath(path, theme.color("na_tint"))
        if pixmap is not None:
            painter.setClipPath(path)
            painter.drawPixmap(0, 0, pixmap)
            painter.setClipping(False)
        else:
            name = "cloud-off" if self._thumbnails.is_lost(self.photo) else "image"
            icon = self._kit.icons.pixmap(name, color="na", size=24)
            offset = (self.width() - theme.px(24)) // 2
            painter.drawPixmap(offset, offset, icon)
        if self.photo.doubts:
            self._paint_doubt(painter)
        token = "accent" if self.hasFocus() or self.underMouse() else "hairline"
        painter.strokePath(path, QPen(theme.color(token), 2 if self.hasFocus() else 1))
        painter.end()

    def _paint_doubt(self, painter: QPainter) -> None:
        """A small triangle in the corner; the words are below the row and in the tooltip."""
        px, color = self._kit.theme.px, self._kit.theme.color
        edge, gap = px(20), px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("surface"))
        painter.drawEllipse(self.width() - edge - gap, gap, edge, edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = (edge - px(14)) // 2
        icon = self._kit.icons.pixmap("triangle-alert", color="warn", size=14)
        painter.drawPixmap(self.width() - edge - gap + inset, gap + inset, icon)

    def show_photo(self, photo: Photo) -> None:
        """The same picture with what is known of it now."""
        if photo != self.photo:
            self.photo = photo
            self.update()

    def _on_arrived(self, sha: str) -> None:
        if sha == self.photo.shown:
            self.update()


class PhotoStrip(QWidget):
    """`opened` carries a Photo's id."""

    opened = Signal(str)

    def __init__(self, kit: Kit, thumbnails: Thumbnails, item_id: str) -> None:
        super().__init__()
        self._kit, self._thumbnails, self._item_id = kit, thumbnails, item_id
        self._photos: tuple[Photo, ...] = ()
        self._flow = FlowLayout(spacing=6)
        self._waiting = label("muted")
        self._error = label("fail", wrap=True, name=f"photo-error-{item_id}")
        self._dismiss = button("icon", name=f"photo-error-close-{item_id}")
        thumbnails.arrived.connect(self._on_looked)
        thumbnails.lost.connect(self._on_looked)
        kit.icons.put(self._dismiss, "x", size=16)
        kit.language.name(self._dismiss, "inspections.dismiss")
        self._dismiss.clicked.connect(self.forget_error)
        icon = label()
        kit.icons.put(icon, "circle-alert", color="fail", size=16)
        inner = row(icon, self._error, self._dismiss, spacing=6)
        inner.setStretch(1, 1)
        self._refusal = holder(inner)
        self._holder = holder(self._flow)
        self._pictures: dict[str, Thumbnail] = {}
        self._doubts = label("muted", wrap=True, name=f"photo-doubts-{item_id}")
        self._doubts.setMinimumWidth(1)
        for part in (self._refusal, self._waiting, self._holder, self._doubts):
            part.hide()
        self.setLayout(column(self._holder, self._doubts, self._waiting, self._refusal, spacing=4))

    @property
    def is_empty(self) -> bool:
        """Nothing to show at all."""
        return all(part.isHidden() for part in (self._refusal, self._waiting, self._holder))

    def show_photos(self, photos: tuple[Photo, ...], waiting: int) -> None:
        """Update in place; `waiting` pictures are being taken in."""
        if photos != self._photos:
            is_other = [p.id for p in photos] != [p.id for p in self._photos]
            self._photos = photos
            for photo in photos:
                if photo.id in self._pictures:
                    self._pictures[photo.id].show_photo(photo)
            self._arrange() if is_other else self.say()
        self._waiting.setText(self._kit.language.tr("inspections.photos_waiting", n=waiting))
        self._waiting.setVisible(waiting > 0)

    def show_error(self, sentence: str) -> None:
        """Why a picture was not taken."""
        self._error.setText(sentence)
        self._refusal.setVisible(bool(sentence))

    def forget_error(self) -> None:
        """The sentence was read."""
        self._refusal.hide()

    def say(self) -> None:
        """Words in the current language."""
        for number, photo in enumerate(self._photos, start=1):
            words = self._kit.language.tr("inspections.photo_number", item=self._item_id, number=number)
            told = [words, *doubt_words(photo, self._kit.language.tr)]
            if self._thumbnails.is_lost(photo):
                told.append(self._kit.language.tr("inspections.photo_away", size=size_text(photo.size)))
            self._pictures[photo.id].setAccessibleName("\n".join(told))
            self._pictures[photo.id].setToolTip("\n".join(told))
        lines = doubtful_lines(self._photos, self._kit.language.tr)
        self._doubts.setText("\n".join(lines))
        self._doubts.setVisible(bool(lines))

    def _on_looked(self, sha: str) -> None:
        """A picture came, or is not on this laptop: an empty frame says which."""
        if any(photo.shown == sha for photo in self._photos):
            self.say()
            self.update()

    def _arrange(self) -> None:
        """Pictures that stay keep their widget; the others go and come."""
        wanted = [photo.id for photo in self._photos]
        for photo_id in [each for each in self._pictures if each not in wanted]:
            gone = self._pictures.pop(photo_id)
            gone.hide()
            gone.setObjectName("")
            gone.deleteLater()
        while self._flow.count():
            self._flow.takeAt(0)
        for number, photo in enumerate(self._photos):
            if photo.id not in self._pictures:
                self._pictures[photo.id] = Thumbnail(self._kit, self._thumbnails, photo)
                self._pictures[photo.id].clicked.connect(self._on_clicked)
            picture = self._pictures[photo.id]
            picture.setObjectName(f"photo-{self._item_id}-{number}")
            self._flow.addWidget(picture)
            picture.show()
        self.say()
        self._holder.setVisible(bool(self._photos))
        self._holder.updateGeometry()

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Thumbnail):
            self.opened.emit(pressed.photo.id)
