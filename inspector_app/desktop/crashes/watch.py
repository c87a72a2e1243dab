"""Listens for what nobody caught: Python's hooks, logged bugs, Qt's messages, and the process itself dying."""

import faulthandler
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from inspector_app.desktop.crashes.state import fatal_text, report_text, scrubbed

FOLDER, FATAL = "crashes", "fatal.txt"
MAX_REPORTS, MAX_REMARKS = 20, 20
_QUIET = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
_log = logging.getLogger(__name__)


class CrashWatch(QObject):
    """One per process. `caught` carries an exception nobody expected; whoever shows it logs it, and so it is kept."""

    caught = Signal(object)

    def __init__(self, facts: Callable[[], Mapping[str, str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts = facts
        self._folder: Path | None = None
        self._remarks: deque[str] = deque(maxlen=MAX_REMARKS)
        self._fatal: TextIO | None = None
        self._notes = _Notes(self.write)

    def begin(self) -> None:
        """Put the hooks in place."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        logging.getLogger().addHandler(self._notes)
        qInstallMessageHandler(self._on_qt)

    def end(self) -> None:
        """Take the hooks out and close what is open; a process that ends well leaves no trace."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        logging.getLogger().removeHandler(self._notes)
        qInstallMessageHandler(None)
        if self._fatal is not None:
            faulthandler.disable()
            self._fatal.close()
            self._fatal = None

    def keep_in(self, data_folder: Path) -> tuple[Path, ...]:
        """Write into this data folder from now on; the reports that nobody has been shown yet, oldest first."""
        folder = data_folder / FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._folder = folder
            self._take_fatal(folder / FATAL)
            return new_reports(folder)
        except OSError as error:
            _log.info("crash reports cannot be kept: %s", error.strerror)
            return ()

    def write(self, error: BaseException) -> None:
        """One report; the oldest make room."""
        if self._folder is None:
            return
        name = f"crash-{datetime.now():%Y%m%d-%H%M%S-%f}.txt"
        try:
            (self._folder / name).write_text(report_text(error, self._facts(), tuple(self._remarks)), "utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-MAX_REPORTS]:
                old.unlink()
        except OSError:
            return  # a full disk has been said elsewhere; the report must not become a second fault

    def _take_fatal(self, file: Path) -> None:
        """What the last process left when it died becomes a report; this one gets an empty file."""
        dump = file.read_text("utf-8", "replace") if file.exists() else ""
        if dump.strip():
            when = datetime.fromtimestamp(file.stat().st_mtime)
            report = file.with_name(f"crash-{when:%Y%m%d-%H%M%S-%f}.txt")
            report.write_text(fatal_text(dump, self._facts()), "utf-8")
        if self._fatal is None:
            self._fatal = file.open("w", encoding="utf-8")
            faulthandler.enable(self._fatal)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:  # fmt: skip
        if isinstance(error, Exception):
            self.caught.emit(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind in _QUIET:
            return
        self._remarks.append(f"{kind.name.removeprefix('Qt').removesuffix('Msg').lower()}: {scrubbed(message)}")
        sys.stderr.write(message + "\n")


class _Notes(logging.Handler):
    """Every logged exception becomes a report."""

    def __init__(self, write: Callable[[BaseException], None]) -> None:
        super().__init__(logging.ERROR)
        self._write = write

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._write(error)


def new_reports(folder: Path) -> tuple[Path, ...]:
    """Reports that were not shown yet."""
    return tuple(sorted(folder.glob("crash-*.txt")))


def put_aside(reports: tuple[Path, ...]) -> tuple[Path, ...]:
    """The same reports under names that say they have been shown; old ones go."""
    kept = []
    for report in reports:
        try:
            kept.append(report.rename(report.with_name(f"shown-{report.name}")))
        except OSError:
            kept.append(report)
    if kept:
        for old in sorted(kept[0].parent.glob("shown-*.txt"))[:-MAX_REPORTS]:
            old.unlink(missing_ok=True)
    return tuple(kept)
