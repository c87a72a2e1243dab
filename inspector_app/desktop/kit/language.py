"""The language of the window: `tr` for a sentence, `text`/`tip`/`name`/`hint` to keep a widget's words current."""

from collections.abc import Callable, Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from inspector_app import assets
from inspector_app.desktop.kit.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Catalogue, read_catalogue, render
from inspector_app.desktop.kit.dates import day_text, moment_text

_QT_FILES = {"zh-Hant": "qtbase_zh_TW", "zh-Hans": "qtbase_zh_CN"}
_LOCALES = {"zh-Hant": "zh_TW", "zh-Hans": "zh_CN", "en": "en_GB"}
_Said = tuple[str, Mapping[str, object]]


class Language(QObject):
    """One per window. Switching re-says every bound widget, then emits `changed` for the pages."""

    changed = Signal()

    def __init__(self, code: str = DEFAULT_LANGUAGE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.code = code if code in LANGUAGES else DEFAULT_LANGUAGE
        self._bound: WeakKeyDictionary[QObject, dict[str, _Said]] = WeakKeyDictionary()
        self._translator = QTranslator(self)
        self._speak_qt()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Read once, at the first word."""
        return read_catalogue(assets.resource("translations"))

    def switch(self, code: str) -> None:
        """Show another language at once; an unknown code is ignored."""
        if code not in LANGUAGES or code == self.code:
            return
        self.code = code
        self._speak_qt()
        for widget, roles in list(self._bound.items()):
            if isValid(widget):
                for role, (key, args) in roles.items():
                    _SAY[role](widget, self.tr(key, **args))
        self.changed.emit()

    def tr(self, key: str, **args: object) -> str:  # type: ignore[override]
        """The sentence for a key; `n` chooses the plural."""
        return render(self.catalogue, self.code, key, args)

    def knows(self, key: str) -> bool:
        """Whether there are words for this key (errors of lower floors may come with a new one)."""
        return key in self.catalogue

    def text(self, widget: QLabel | QAbstractButton | QAction, key: str, **args: object) -> None:
        """The widget's text, kept in the current language."""
        self._bind(widget, "text", key, args)

    def tip(self, widget: QWidget | QAction, key: str, **args: object) -> None:
        """The tooltip."""
        self._bind(widget, "tip", key, args)

    def name(self, widget: QWidget, key: str, **args: object) -> None:
        """The accessible name; needed on every focusable widget that shows no text of its own."""
        self._bind(widget, "name", key, args)

    def hint(self, widget: QLineEdit | QPlainTextEdit, key: str, **args: object) -> None:
        """The placeholder of an input; also its accessible name until `name` says another."""
        self._bind(widget, "hint", key, args)
        if not widget.accessibleName():
            self._bind(widget, "name", key, args)

    def title(self, window: QWidget, key: str, **args: object) -> None:
        """The title of a window or dialog."""
        self._bind(window, "title", key, args)

    def day(self, iso: str, *, year: bool = True) -> str:
        """A stored time as a day in this language; '' stays ''."""
        return day_text(iso, self.code, year=year)

    def moment(self, iso: str, *, year: bool = True) -> str:
        """A stored time as day and time of day in this language; '' stays ''."""
        return moment_text(iso, self.code, year=year)

    def _bind(self, widget: QObject, role: str, key: str, args: Mapping[str, object]) -> None:
        self._bound.setdefault(widget, {})[role] = (key, args)
        _SAY[role](widget, self.tr(key, **args))

    def _speak_qt(self) -> None:
        """Qt's own dialogs and context menus follow; English is what Qt speaks untranslated."""
        QLocale.setDefault(QLocale(_LOCALES[self.code]))
        QCoreApplication.removeTranslator(self._translator)
        file = _QT_FILES.get(self.code)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if file and self._translator.load(file, folder):
            QCoreApplication.installTranslator(self._translator)


_SAY: Mapping[str, Callable[[QObject, str], None]] = {
    "text": lambda widget, words: widget.setText(words),  # type: ignore[attr-defined]
    "tip": lambda widget, words: widget.setToolTip(words),  # type: ignore[attr-defined]
    "name": lambda widget, words: widget.setAccessibleName(words),  # type: ignore[attr-defined]
    "hint": lambda widget, words: widget.setPlaceholderText(words),  # type: ignore[attr-defined]
    "title": lambda widget, words: widget.setWindowTitle(words),  # type: ignore[attr-defined]
}
