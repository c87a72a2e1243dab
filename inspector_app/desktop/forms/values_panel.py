"""Beside a trial: every Node that holds something, and its value; read only while it is in sight."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from inspector_app.desktop.forms.trial_state import Value, derive_values
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.table_model import Column, IdTableModel
from inspector_app.desktop.kit.widgets.boxes import column
from inspector_app.desktop.kit.widgets.table import Table
from inspector_app.xforms import Session

WIDTH = 300


class ValuesPanel(QWidget):
    """`show_values` after each step of the trial."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._session: Session | None = None
        self._shown: tuple[Value, ...] = ()
        columns: list[Column[Value]] = [
            Column("forms.column_node", text=lambda value: value.name),
            Column("forms.column_value", text=lambda value: value.value, width=128),
        ]
        self._model = IdTableModel(columns, self._fetch, context.language.tr)
        self.table = Table(self._model, context.theme, context.settings, "value_table")
        context.language.name(self.table, "forms.values")
        self.setLayout(column(self.table))
        context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_values(self, session: Session) -> None:
        """What this filling holds now."""
        self._session = session
        if self.isVisible():
            self._derive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._derive()

    def _derive(self) -> None:
        values = derive_values(self._session) if self._session is not None else ()
        paths = [value.path for value in values]
        is_same = paths == [value.path for value in self._shown]
        self._shown = values
        if is_same:
            self._model.refresh()
        else:
            self._model.show_ids(paths)

    def _fetch(self, ids: Sequence[str]) -> Sequence[Value | None]:
        found = {value.path: value for value in self._shown}
        return [found.get(path) for path in ids]

    def _on_theme_changed(self) -> None:
        self.setFixedWidth(self._context.theme.px(WIDTH))
        self._model.refresh()
