"""A quiet table: fixed row height, whole rows, remembered columns, Enter opens."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.kit.table_model import IdTableModel
from inspector_app.desktop.kit.theme import Theme

ROW = 44


class Table(QTableView):
    """`chosen` carries the id under the cursor ('' = none), `opened` the id of a double click or Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, model: IdTableModel[Any], theme: Theme, settings: Settings, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._model, self._theme = model, theme
        self._columns = settings.columns(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(56)
        self._lay_out()
        if not self._columns.get().isEmpty():
            head.restoreState(self._columns.get())
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(self._on_section_resized)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        model.modelReset.connect(self._on_reset)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.id_at(index.row())))
        theme.changed.connect(self._lay_out)

    def current_id(self) -> str:
        """The id under the cursor, '' for none."""
        return self._model.id_at(self.currentIndex().row())

    def choose(self, wanted: str) -> None:
        """Put the cursor on an id; an id that is not shown clears it."""
        row = self._model.row_of(wanted)
        index = self._model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if row >= 0:
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for number, column in enumerate(self._model.columns):
            self.setColumnHidden(number, event.size().width() < self._theme.px(column.needs))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW))
        for number, column in enumerate(self._model.columns):
            if number:
                self.setColumnWidth(number, self._theme.px(column.width))

    def _on_section_resized(self) -> None:
        if self.isVisible():
            self._columns.put(self.horizontalHeader().saveState())

    def _on_row_changed(self) -> None:
        self.chosen.emit(self.current_id())

    def _on_reset(self) -> None:
        self.chosen.emit("")
