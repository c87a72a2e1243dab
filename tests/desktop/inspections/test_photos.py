"""Photos by file, drop and clipboard; one that is refused says why in one sentence."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from inspector_app.desktop.driving import Driver
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Toast
from inspector_app.domain.changeset import Edit, Value, team_scope
from inspector_app.domain.ids import new_id
from inspector_app.store import log, photos
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import key, part, press


def names(store: Store, visit_id: str) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(photo.item, photo.name) for photo in photos.of_inspection(session, visit_id)]


def test_files_become_thumbnails(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    page.add_photo_files("A01", [picture("a.jpg"), picture("b.jpg")])
    assert names(store, visit_id) == [("A01", "a.jpg"), ("A01", "b.jpg")]
    assert part(page, "photo-A01-0").isVisible()
    assert part(page, "photo-A01-1").isVisible()
    assert page.is_idle()


def test_a_drop_goes_to_the_item_it_fell_on(
    page: InspectionPage, hand: Driver, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    hand.drop("item-A02", [picture("門口.jpg")])
    assert names(store, visit_id) == [("A02", "門口.jpg")]
    assert page.current_item() == "A02"


def test_c11_a_colleagues_photo_that_has_not_come_says_so_and_how_large_it_is(
    page: InspectionPage, store: Store, visit_id: str
) -> None:
    blob: Value = {"sha": "ab" * 32, "size": 2_100_000, "mime": "image/jpeg", "chunks": 5}
    with store.writing() as session:
        scope = team_scope(store.me.team)
        log.append(session, [Edit("photo", new_id(), {"inspection": visit_id, "item": "A01", "blob": blob}, scope)])
    page.open(visit_id)
    frame = part(page, "photo-A01-0")
    frame.repaint()
    assert "還不在這台電腦上（2.1 MB）" in frame.toolTip() and frame.accessibleName() == frame.toolTip()


def test_an_image_of_the_clipboard_is_taken(page: InspectionPage, store: Store, visit_id: str) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    QGuiApplication.clipboard().setImage(image)
    key(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names(store, visit_id) == [("A01", "")]


def test_a_truncated_picture_is_refused_in_one_sentence(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path], context: Context
) -> None:
    broken = picture("半張.jpg")
    broken.write_bytes(broken.read_bytes()[:900])
    page.add_photo_files("A01", [broken, picture("a.jpg")])
    said = part(page, "photo-error-A01")
    assert isinstance(said, QLabel)
    assert said.isVisible()
    assert said.text().startswith("「半張.jpg」沒有加入：")
    assert names(store, visit_id) == [("A01", "a.jpg")]
    context.settings.language.put("en")
    assert "was not added" in said.text()
    press(page, "photo-error-close-A01")
    assert not said.isVisible()


def test_a_missing_file_is_refused_too(page: InspectionPage, tmp_path: Path) -> None:
    page.add_photo_files("A01", [tmp_path / "gone.jpg"])
    assert part(page, "photo-error-A01").isVisible()
    assert page.is_idle()


def test_a_forbidden_item_says_why_and_takes_none(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    shown = page.shown()
    assert shown is not None
    forbidden = next(row for row in shown.flat if row.photo_rule == "forbidden")
    page.frame.checklist.go_to(forbidden.id)
    assert not part(page, f"add-photo-{forbidden.id}").isEnabled()
    labels = [each.text() for each in part(page, f"item-{forbidden.id}").findChildren(QLabel) if each.isVisible()]
    assert "不拍：涉及個人資料" in labels
    page.add_photo_files(forbidden.id, [picture("a.jpg")])
    assert names(store, visit_id) == []
    assert part(page, f"photo-error-{forbidden.id}").isVisible()


def test_a_removed_photo_comes_back_with_undo(
    page: InspectionPage, context: Context, store: Store, visit_id: str, picture: Callable[[str], Path]
) -> None:
    toasts: list[Toast] = []
    context.notify.toasted.connect(toasts.append)
    page.add_photo_files("A01", [picture("a.jpg")])
    press(page, "photo-A01-0")
    facts = part(page, "photo-facts")
    assert isinstance(facts, QLabel)
    assert "本機時鐘" in facts.text() and "SHA-256" in facts.text() and "640 × 480" in facts.text()
    press(page, "remove-photo")
    assert names(store, visit_id) == []
    assert part(page, "item-A01").isVisible()
    assert toasts[-1].undo is not None
    toasts[-1].undo()
    assert names(store, visit_id) == [("A01", "a.jpg")]


def test_escape_leaves_the_viewer(page: InspectionPage, picture: Callable[[str], Path]) -> None:
    page.add_photo_files("A01", [picture("a.jpg")])
    press(page, "photo-A01-0")
    assert page.frame.viewer.isVisible()
    key(page, Qt.Key.Key_Escape)
    assert not page.frame.viewer.isVisible()
    assert part(page, "item-A01").isVisible()
