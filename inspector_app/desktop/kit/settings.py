"""What the window remembers per user: one typed line per setting, each with its own signal. Nothing about sites."""

from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Signal

T = TypeVar("T", str, int, float, bool, QByteArray)


class Setting(QObject, Generic[T]):
    """One remembered value with a default; `changed` says that it differs now."""

    changed = Signal()

    def __init__(self, file: QSettings, key: str, default: T) -> None:
        super().__init__(file)
        self._file = file
        self._key = key
        self._default: T = default

    def get(self) -> T:
        """The remembered value, or the default when there is none of the right type."""
        found: T = self._file.value(self._key, self._default, type=type(self._default))  # type: ignore[assignment]
        return found if isinstance(found, type(self._default)) else self._default

    def put(self, value: T) -> None:
        """Remember; written to disk by Qt soon after."""
        if value != self.get():
            self._file.setValue(self._key, value)
            self.changed.emit()


class Settings(QObject):
    """All that is remembered. Search texts are not: they would name enterprises outside the encrypted store."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        kept = QSettings(str(file or default_file()), QSettings.Format.IniFormat, self)
        self._kept = kept
        self.language: Setting[str] = Setting(kept, "language", "zh-Hant")
        self.theme: Setting[str] = Setting(kept, "theme", "system")
        self.zoom: Setting[float] = Setting(kept, "zoom", 1.0)
        self.geometry: Setting[QByteArray] = Setting(kept, "geometry", QByteArray())
        self.last_page: Setting[str] = Setting(kept, "last_page", "today")
        self.name_order: Setting[str] = Setting(kept, "name_order", "registry")
        self.guide: Setting[str] = Setting(kept, "guide/wanted", "")
        self.photo_stamp: Setting[str] = Setting(kept, "photos/stamp", "")
        self.site_type: Setting[str] = Setting(kept, "sites/type", "")
        self.site_street: Setting[str] = Setting(kept, "sites/street", "")

    def columns(self, table: str) -> Setting[QByteArray]:
        """The remembered header state of one table, by its name."""
        return Setting(self._kept, f"columns/{table}", QByteArray())

    def flag(self, name: str, default: bool = False) -> Setting[bool]:
        """A remembered yes or no of one page, e.g. ``flag("findings/only_open", True)``."""
        return Setting(self._kept, name, default)

    def word(self, name: str, default: str = "") -> Setting[str]:
        """A remembered choice of one page, e.g. a filter chip."""
        return Setting(self._kept, name, default)

    def save(self) -> None:
        """Write to disk now."""
        self._kept.sync()


def default_file() -> Path:
    """Beside other programs' settings of this user."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "daowei" / "window.ini"
