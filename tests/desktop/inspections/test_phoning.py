"""A phone's pictures arrive in the open visit, at the Item the checklist stands on, and end with the visit."""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app import assets
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.phoning import PAGE
from inspector_app.desktop.kit.context import Context
from inspector_app.operations import inspecting
from inspector_app.store import photos
from inspector_app.store.database import Store

PHONE = "c3" * 16
Said = tuple[int, dict[str, str]]


@pytest.fixture
def page(qtbot: QtBot, context: Context, visit_id: str) -> Iterator[InspectionPage]:
    """The page without the watch for windows: the code stands in one of its own."""
    made = InspectionPage(context)
    qtbot.addWidget(made)
    made.resize(1092, 760)
    made.show()
    made.open(visit_id)
    qtbot.waitUntil(lambda: len(made.findChildren(QWidget, "item-A01")) == 1)
    made.phoning.networks = lambda: [("127.0.0.1", "Wi-Fi · 127.0.0.1")]
    yield made
    made.phoning.end()


class Phone:
    """Requests from another thread while the window goes on."""

    def __init__(self, qtbot: QtBot, link: str) -> None:
        self._qtbot = qtbot
        self._base, _, self._key = link.partition("/#")
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, path: str, content: bytes | None = None, **marks: str) -> Said:
        headers = {
            "X-Key": self._key,
            "X-Phone": PHONE,
            **{name.replace("_", "-"): text for name, text in marks.items()},
        }
        request = urllib.request.Request(self._base + path, content, headers, method="PUT" if content else "GET")
        with ThreadPoolExecutor(1) as crew:
            waiting = crew.submit(self._fetch, request)
            self._qtbot.waitUntil(waiting.done, timeout=20_000)
            return waiting.result()

    def put(self, target: str, content: bytes, name: str = "IMG_1.jpg") -> Said:
        sha = hashlib.sha256(content).hexdigest()
        return self.ask("/photo", content, X_Target=quote(target), X_Name=name, X_Sha256=sha)

    def _fetch(self, request: urllib.request.Request) -> Said:
        try:
            with self._opener.open(request, timeout=20) as reply:
                return reply.status, json.loads(reply.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def press(page: InspectionPage, name: str) -> None:
    found = page.window().findChild(QAbstractButton, name)
    assert found is not None
    found.click()


def words(page: InspectionPage, name: str) -> str:
    found = page.window().findChild(QLabel, name)
    assert found is not None and found.isVisible()
    return found.text()


def begun(qtbot: QtBot, page: InspectionPage) -> Phone:
    press(page, "phone-button")
    assert page.phoning.server is not None
    return Phone(qtbot, page.phoning.server.link)


def names(store: Store, visit_id: str) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(photo.item, photo.name) for photo in photos.of_inspection(session, visit_id)]


def test_pictures_go_where_the_checklist_stands(
    qtbot: QtBot, page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    phone = begun(qtbot, page)
    assert words(page, "phone-came") == "等待手機掃碼"
    status, said = phone.ask("/state")
    assert (status, said["id"]) == (200, "A01")
    status, said = phone.put("A01", picture("a.jpg").read_bytes())
    assert status == 201 and said["thumbnail"]
    page.frame.checklist.go_to("A02")
    assert phone.ask("/state")[1]["id"] == "A02"
    assert words(page, "phone-aim").startswith("照片進入：A02")
    assert phone.put("A01", picture("b.jpg").read_bytes() + b"b")[0] == 201, (
        "what the phone showed when it was taken holds"
    )
    assert phone.put("A02", picture("c.jpg").read_bytes() + b"c")[0] == 201
    assert names(store, visit_id) == [("A01", "IMG_1.jpg"), ("A01", "IMG_1.jpg"), ("A02", "IMG_1.jpg")]
    qtbot.waitUntil(lambda: words(page, "phone-came") == "已連接 1 部手機，收到 3 張照片")
    assert page.findChild(QWidget, "photo-A01-1") is not None and page.is_idle()


def test_what_is_no_picture_is_told_on_both_sides(
    qtbot: QtBot, page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    phone = begun(qtbot, page)
    phone.ask("/state")
    assert phone.put("A01", picture("a.jpg").read_bytes()[:900]) == (415, {"code": "picture"})
    assert phone.put("Z99", picture("a.jpg").read_bytes()) == (409, {"code": "forbidden"})
    assert names(store, visit_id) == []
    assert words(page, "photo-error-A01").startswith("「IMG_1.jpg」沒有加入：")


def test_it_ends_with_the_visit(
    qtbot: QtBot, page: InspectionPage, store: Store, site_id: str, picture: Callable[[str], Path]
) -> None:
    begun(qtbot, page)
    server = page.phoning.server
    assert server is not None
    page.open(inspecting.start(store, site_id, inspectors=("李婉儀", "陳志強"))[0])
    qtbot.waitUntil(lambda: page.phoning.server is None)
    server.stop()
    with pytest.raises(urllib.error.URLError):
        Phone(qtbot, server.link).put("A01", picture("a.jpg").read_bytes())


def test_closing_the_window_of_the_code_goes_on_and_stopping_ends(qtbot: QtBot, page: InspectionPage) -> None:
    phone = begun(qtbot, page)
    press(page, "phone-close")
    assert phone.ask("/state")[0] == 200
    press(page, "phone-button")
    press(page, "phone-stop")
    assert page.phoning.server is None and page.phoning.dialog is not None and page.phoning.dialog.isHidden()


def test_without_a_network_it_says_what_to_do(page: InspectionPage) -> None:
    page.phoning.networks = list
    press(page, "phone-button")
    assert words(page, "phone-no-network").startswith("這部電腦沒有連上任何網絡")
    page.phoning.networks = lambda: [("127.0.0.1", "Wi-Fi")]
    press(page, "phone-retry")
    assert page.phoning.server is not None and words(page, "phone-came")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_the_code_is_whole_in_every_language(page: InspectionPage, context: Context, language: str) -> None:
    context.language.switch(language)
    press(page, "phone-button")
    QApplication.processEvents()
    code = page.window().findChild(QWidget, "phone-code")
    assert code is not None and code.size() == code.sizeHint() and code.width() == code.height()


def test_the_page_is_given_every_word_of_its_own() -> None:
    catalogue = json.loads(assets.resource("translations/phone.json").read_text("utf-8"))
    assert set(PAGE) == {key for key in catalogue if key.startswith("phone.page.")}
