"""Above the table: search, the type chips and the subdistrict; remembered, the search text excepted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.widgets.boxes import button, column, row
from inspector_app.desktop.kit.widgets.flow import FlowLayout
from inspector_app.desktop.kit.widgets.search_field import SearchField
from inspector_app.desktop.sites.state import Filter
from inspector_app.domain.site import SITE_TYPES, STREETS


class SiteFilters(QWidget):
    """`narrowed` whenever another list is wanted."""

    narrowed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.search = SearchField(context.icons, context.language, "sites.search")
        self.search.setObjectName("site_search")
        self._street = QComboBox()
        self._street.setObjectName("street")
        self._street.addItems(["", *STREETS])
        self._street.setMinimumWidth(context.theme.px(150))
        context.language.name(self._street, "sites.street")
        self._chips: dict[str, QPushButton] = {}
        chips = FlowLayout(spacing=6)
        for code in SITE_TYPES:
            chip = button("chip", name=f"type_{code}", checkable=True)
            context.language.text(chip, f"type.{code}")
            chip.setChecked(code == context.settings.site_type.get())
            chip.clicked.connect(lambda _=False, code=code: self._on_chip(code))
            self._chips[code] = chip
            chips.addWidget(chip)
        top = row(self.search, self._street, spacing=8)
        top.setStretch(0, 1)
        self.setLayout(column(top, chips, spacing=10))
        kept = context.settings.site_street.get()
        self._street.setCurrentText(kept if kept in STREETS else "")
        self._on_language_changed()
        self.search.searched.connect(self.narrowed)
        self._street.currentIndexChanged.connect(self._on_street)
        context.language.changed.connect(self._on_language_changed)

    def wanted(self) -> Filter:
        """What the list is narrowed to."""
        type_ = next((code for code, chip in self._chips.items() if chip.isChecked()), "")
        street = self._street.currentText() if self._street.currentIndex() > 0 else ""
        return Filter(self.search.text().strip(), type_, street)

    def clear(self) -> None:
        """All Sites again."""
        for chip in self._chips.values():
            chip.setChecked(False)
        self._street.setCurrentIndex(0)
        self.search.clear()
        self._remember()

    def _on_chip(self, code: str) -> None:
        for other, chip in self._chips.items():
            if other != code:
                chip.setChecked(False)
        self._remember()

    def _on_street(self) -> None:
        self._remember()

    def _remember(self) -> None:
        wanted = self.wanted()
        self._context.settings.site_type.put(wanted.type)
        self._context.settings.site_street.put(wanted.street)
        self.narrowed.emit()

    def _on_language_changed(self) -> None:
        self._street.setItemText(0, self._context.language.tr("sites.all_streets"))
