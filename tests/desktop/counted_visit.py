"""A visit of 70 Items through the real window, every key press, click and drop counted; typed text is not an action.

The checklist is the shipped one for parks with all its 70 Items and vetoes; of its required photos two are kept, its
figures are left out: issue 6 counts a visit without them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from inspector_app import assets
from inspector_app.desktop.app import Startup
from inspector_app.desktop.driving import Driver
from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import installing, keeping
from inspector_app.store import log

FAILING = ("A02", "C02", "C12", "D05", "E02")
PHOTOGRAPHED = ("C01", "D03")
PADS = ("sign-inspector-0", "sign-inspector-1", "sign-head")
PASSWORD = "counted-visit"
PARK = {
    "name": "海珠創意產業園", "street": "江海", "type": "PK", "code": "", "address": "新港東路1號", "contact": "王經理",
    "team": 7, "headcount": 300,
}  # fmt: skip


@dataclass
class Count:
    """What the visit took: actions by what they were for, and what was left of it."""

    actions: dict[str, int] = field(default_factory=dict)
    items: int = 0
    failed: int = 0
    photos: int = 0
    signatures: int = 0
    number: str = ""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.actions.values())


def workbook(folder: Path) -> Path:
    """The shipped checklist with two required photos and without its figures."""
    book = load_workbook(assets.form("five-in-place.xlsx"))
    survey = book["survey"]
    at = {cell.value: number for number, cell in enumerate(survey[1], 1)}
    for row in range(survey.max_row, 1, -1):
        if survey.cell(row, at["bind::app:measure"]).value:
            survey.delete_rows(row)
            continue
        if survey.cell(row, at["bind::app:photo"]).value == "required":
            kept = survey.cell(row, at["name"]).value in PHOTOGRAPHED
            survey.cell(row, at["bind::app:photo"]).value = "required" if kept else "optional"
        if survey.cell(row, at["bind::app:answer"]).value:
            survey.cell(row, at["bind::app:answer"]).value = "pf"
            survey.cell(row, at["bind::app:condition"]).value = None
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "counted.xlsx")
    return folder / "counted.xlsx"


class Visit:
    """One person at the window; every action is put to the account of what it is for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, Count()
        store = keeping.create_laptop(folder / "laptop", PASSWORD, Inspector("陳志強", 7, Role.INSPECTOR))
        installing.install(store, installing.take(workbook(folder / "form")))
        with store.writing() as session:
            log.append(session, [Edit("site", new_id(), PARK, DISTRICT)])
        store.close()
        self.startup = Startup(folder / "laptop", settings_file=folder / "settings.ini")
        self.startup.run()
        self.driver = Driver(self.startup.window)
        self.driver.type("password", PASSWORD)
        self.driver.click("unlock")
        self.driver.until(lambda: self.startup.window.context is not None, "the pages")
        assert self.startup.window.shell is not None
        self.page: Any = self.startup.window.shell.page("inspection")

    def close(self) -> None:
        """Close the window and the laptop."""
        self.startup.window.close()
        self.driver.settle()

    def play(self) -> Count:
        """The whole visit."""
        self._begin()
        for item in FAILING:
            self._fail(item)
        self._answer_the_rest()
        self._finish()
        return self.count

    def key(self, what: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key press."""
        self.driver.key(key, modifiers)
        self._account(what)

    def click(self, what: str, name: str) -> None:
        """One click."""
        self.driver.click(name)
        self._account(what)

    def write(self, name: str, text: str) -> None:
        """Text typed where the focus already is; it is not an action."""
        self.driver.until(lambda: self.driver.find(name).hasFocus(), f"the focus in {name}")
        self.driver.type(name, text)

    def write_here(self, text: str) -> None:
        """Text typed into whatever has the focus."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)
        self.driver.settle()

    def drop(self, what: str, item: str) -> None:
        """One photo dragged from a folder."""
        file = self.folder / f"{item}.jpg"
        Image.effect_noise((640, 480), 60).convert("RGB").save(file, "JPEG")
        self.driver.drop(f"item-{item}", [file])
        self._account(what)

    def _account(self, what: str) -> None:
        self.count.actions[what] = self.count.actions.get(what, 0) + 1

    def _idle(self) -> None:
        self.driver.until(self.page.is_idle, "everything saved")

    def _begin(self) -> None:
        self.key("begin", Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.write("quick_search", "海珠創意")
        self.driver.until(lambda: self.driver.sees("quick_choice"), "the Site")
        self.key("begin", Qt.Key.Key_Return)
        self.driver.until(lambda: self.page.shown() is not None and self.page.is_idle(), "the visit")
        self.click("begin", "inspectors-button")
        self.write("inspector-name", "李婉儀")
        self.key("begin", Qt.Key.Key_Return)
        self.click("begin", "close-inspectors")
        self._idle()
        self.count.items = self.page.shown().total

    def _fail(self, item: str) -> None:
        """Found by its number, failed, a phrase for the note, a photo, a Deadline one day later than its rule."""
        what = "5 failures"
        self.key(what, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        self.write_here(item)
        self.driver.until(lambda: self.driver.sees("search-results"), "what was found")
        self.key(what, Qt.Key.Key_Return)
        self.driver.until(lambda: self.page.current_item() == item, item)
        self.key(what, Qt.Key.Key_2)
        self.key(what, Qt.Key.Key_Space)
        self._idle()
        self.key(what, Qt.Key.Key_Escape)
        self.drop(what, item)
        self.key(what, Qt.Key.Key_F)
        self.key(what, Qt.Key.Key_Up)
        self._idle()

    def _answer_the_rest(self) -> None:
        """In each Dimension first the rest at once, then one by one what must be looked at by itself."""
        swept: set[str] = set()
        while any(row.verdict is None for row in self.page.shown().flat):
            if self._current().verdict is not None:
                self.key("to the next open Item", Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            dimension = next(d for d, rows in self.page.shown().rows.items() if self._current() in rows)
            if dimension in swept:
                self._pass_one()
            else:
                self.key("the rest of a Dimension", Qt.Key.Key_A)
                swept.add(dimension)
            self._idle()

    def _pass_one(self) -> None:
        row = self._current()
        self.key("one by one", Qt.Key.Key_1)
        if row.photo_rule == "required":
            self.drop("2 required photos", row.id)

    def _sign(self, name: str) -> None:
        """One stroke of the pen."""
        pad, left = self.driver.find(name), Qt.MouseButton.LeftButton
        start, end = pad.rect().center(), pad.rect().center() + QPoint(40, 12)
        QTest.mousePress(pad, left, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(pad, end)
        QTest.mouseRelease(pad, left, Qt.KeyboardModifier.NoModifier, end)
        self.driver.settle()
        self._account("finish and sign")

    def _current(self) -> Any:
        return self.page.shown().find(self.page.current_item())

    def _finish(self) -> None:
        assert not self.page.shown().lacks, self.page.shown().lacks
        self.click("finish and sign", "finish-button")
        self.driver.until(lambda: self.driver.sees("head-name"), "the signatures")
        self.driver.type("head-name", "王經理")
        for pad in PADS:
            self._sign(pad)
        self.click("finish and sign", "confirm-finish")
        self.driver.until(lambda: self.driver.sees("inspection-number"), "the number")
        shown = self.page.shown()
        self.count.failed = shown.failed
        self.count.photos = sum(len(row.photos) for row in shown.flat)
        self.count.number = shown.inspection.number
        self.count.signatures = len(shown.inspection.signing.signatures)
