"""The one door from the program to the user: quiet toasts with undo, and errors in words with what to do."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.kit.language import Language
from inspector_app.domain.errors import DaoweiError, UserError, WorldError

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Toast:
    """A short sentence about something done; `undo` takes it back."""

    text: str
    undo: Callable[[], None] | None = None


@dataclass(frozen=True)
class Fault:
    """An error for people: what happened, what was kept and what to do, details to copy."""

    kind: Literal["user", "world", "bug"]
    title: str
    advice: str
    detail: str = ""


class Notify(QObject):
    """Pages call `done` and `fail`; the window shows. `toasted` carries a Toast, `faulted` a Fault."""

    toasted = Signal(object)
    faulted = Signal(object)
    cleared = Signal()

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    def done(self, key: str, *, undo: Callable[[], None] | None = None, **args: object) -> None:
        """Say that something was done, in the words of `key`."""
        self.toasted.emit(Toast(self._language.tr(key, **args), undo))

    def fail(self, error: Exception) -> None:
        """Show an error; a bug is logged with its trace."""
        fault = describe(error, self._language)
        if fault.kind == "bug":
            _log.error("bug", exc_info=error)
        self.faulted.emit(fault)

    def clear(self) -> None:
        """What was wrong is mended; take the error bar away."""
        self.cleared.emit()


def describe(error: Exception, language: Language) -> Fault:
    """An exception as a Fault in the window's language; an error key without words shows its English sentence."""
    if isinstance(error, UserError):
        return Fault("user", sentence(error, language), "", str(error))
    if isinstance(error, WorldError):
        return Fault("world", sentence(error, language), language.tr("fault.world_advice"), str(error))
    import traceback  # a bug is rare, the first paint is not

    detail = "".join(traceback.format_exception(error))
    return Fault("bug", language.tr("fault.bug"), language.tr("fault.bug_advice"), detail)


def sentence(error: DaoweiError, language: Language) -> str:
    """The translated sentence `error.<key>`, else the English one."""
    key = f"error.{error.key}"
    if not language.knows(key):
        return str(error)
    try:
        return language.tr(key, **error.args_by_name)
    except (KeyError, IndexError):
        return str(error)
