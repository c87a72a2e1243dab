"""The composition root of the window: named start-up steps; what is heavy is imported after the first paint."""

import importlib
import logging
import os
import platform
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping
from datetime import datetime
from functools import partial
from pathlib import Path

import PySide6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from inspector_app import __version__
from inspector_app.desktop.crashes.watch import CrashWatch, put_aside
from inspector_app.desktop.kit.actions import Actions
from inspector_app.desktop.kit.bulletin import Bulletin
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.icons import Icons
from inspector_app.desktop.kit.jobs import Lanes, set_aside
from inspector_app.desktop.kit.language import Language
from inspector_app.desktop.kit.notify import Notify
from inspector_app.desktop.kit.settings import Settings
from inspector_app.desktop.kit.theme import Theme
from inspector_app.desktop.main_window import MainWindow
from inspector_app.desktop.meeting import FirstWindow, SecondWindow, call_first, come_forward
from inspector_app.desktop.unlock.page import is_laptop

_log = logging.getLogger(__name__)
HEAVY = ("inspector_app.operations.keeping", "inspector_app.operations.inspecting", "inspector_app.desktop.pages")
"""Warmed in a lane once the window is painted: they bring sqlalchemy, pyxform, openpyxl."""


class Startup:
    """Builds the window step by step; every later step may use what an earlier one left on this object."""

    def __init__(self, data_folder: Path, settings_file: Path | None = None) -> None:
        self.data_folder = data_folder
        self.settings_file = settings_file
        self.app: QApplication
        self.kit: Kit
        self.window: MainWindow
        self.first: FirstWindow | None = None
        self.second: SecondWindow | None = None
        self.watch: CrashWatch

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """In this order, each logged with its time."""
        return [
            ("refuse a broken Qt", lambda: refuse_broken_qt(PySide6.__version__, sys.version_info[:2])),
            ("choose the input method", lambda: choose_input_method(os.environ, fcitx_runs)),
            ("application", self._application),
            ("kit", self._kit),
            ("meet the first window", self._meet),
            ("window", self._window),
            ("after the first paint", lambda: QTimer.singleShot(0, self._after_first_paint)),
        ]

    def run(self) -> None:
        """All steps; raises SystemExit when this computer cannot show the window."""
        for name, step in self.steps():
            begun = time.perf_counter()
            step()
            _log.debug("start-up: %s took %.0f ms", name, (time.perf_counter() - begun) * 1000)

    def _application(self) -> None:
        existing = QApplication.instance()
        self.app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
        self.app.setApplicationName("daowei")
        self.app.setDesktopFileName("daowei")

    def _kit(self) -> None:
        self.kit = build_kit(Settings(self.settings_file), Lanes.threaded())

    def _meet(self) -> None:
        if call_first(self.data_folder):
            self.second = SecondWindow(self.kit, self.data_folder)
            self.second.show()
        else:
            self.first = FirstWindow(self.data_folder, self.app)

    def _window(self) -> None:
        if self.first is None:
            return
        self.watch = CrashWatch(partial(crash_facts, self.kit), self.app)
        self.watch.caught.connect(self.kit.notify.fail)
        self.watch.begin()
        self.app.aboutToQuit.connect(self.watch.end)
        self.window = MainWindow(self.kit, self.data_folder)
        if is_laptop(self.data_folder):
            self.window.crashes.show_reports(put_aside(self.watch.keep_in(self.data_folder)))
        self.window.unlock.unlocked.connect(lambda: self.watch.keep_in(self.data_folder))
        self.first.called.connect(partial(come_forward, self.window))
        self.window.come_back()
        self.window.show()

    def _after_first_paint(self) -> None:
        if self.first is None:
            return
        self.kit.theme.load_fonts()
        for module in HEAVY:
            self.kit.lanes.write.run(lambda name=module: importlib.import_module(name))  # type: ignore[misc]
        self.kit.lanes.write.run(set_aside)


def build_kit(settings: Settings, lanes: Lanes) -> Kit:
    """The kit as remembered for this user, connected: failures of a lane reach the user, choices reach the settings."""
    language = Language(settings.language.get())
    theme = Theme(settings.theme.get(), settings.zoom.get())
    notify = Notify(language)
    kit = Kit(
        lanes=lanes,
        bulletin=Bulletin(),
        notify=notify,
        settings=settings,
        language=language,
        theme=theme,
        icons=Icons(theme),
        actions=Actions(language),
    )
    for lane in (lanes.write, lanes.wide):
        lane.failed.connect(notify.fail)
    settings.language.changed.connect(lambda: language.switch(settings.language.get()))
    settings.theme.changed.connect(lambda: theme.switch(settings.theme.get()))
    settings.zoom.changed.connect(lambda: theme.enlarge(settings.zoom.get()))
    theme.apply()
    return kit


def crash_facts(kit: Kit) -> dict[str, str]:
    """What a report says of program, computer and look; nothing of people and places."""
    look = f"{kit.language.code} {kit.theme.shown} {kit.theme.zoom:g}"
    return {
        "version": __version__,
        "time": datetime.now().astimezone().isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "qt": PySide6.__version__,
        "system": platform.platform(),
        "look": look,
        "page": kit.settings.last_page.get(),
    }


def run(data_folder: Path) -> int:
    """Show the window until it is closed; the exit status."""
    startup = Startup(data_folder)
    startup.run()
    return startup.app.exec()


def refuse_broken_qt(qt: str, python: tuple[int, ...]) -> None:
    """PySide6 6.12 kills the process on Python below 3.12 (architecture.md §5); raises SystemExit."""
    if tuple(int(part) for part in qt.split(".")[:2]) >= (6, 12) and python < (3, 12):
        raise SystemExit(f"PySide6 {qt} cannot run on Python {python[0]}.{python[1]}; install PySide6 6.11.")


def choose_input_method(environment: MutableMapping[str, str], runs: Callable[[], bool]) -> None:
    """The wheels carry no fcitx plugin: fcitx answers the ibus protocol when nothing else was chosen."""
    if sys.platform == "linux" and "QT_IM_MODULE" not in environment and _speaks_fcitx(environment, runs):
        environment["QT_IM_MODULE"] = "ibus"


def _speaks_fcitx(environment: Mapping[str, str], runs: Callable[[], bool]) -> bool:
    if "fcitx" in environment.get("XMODIFIERS", ""):
        return True
    return bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys()) and runs()


def fcitx_runs() -> bool:
    """Whether a process of this computer is fcitx."""
    for name in Path("/proc").glob("[0-9]*/comm"):
        try:
            if name.read_text("ascii", "replace").startswith("fcitx"):
                return True
        except OSError:
            continue
    return False
