"""New pictures of a watched folder are offered, never taken by themselves; many at once can be stopped; no camera is said."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel

from inspector_app.desktop.inspections.gathering import why_no_camera
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.taking import _unless
from inspector_app.desktop.inspections.watching import DEPTH, pictures_below
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.notify import Fault
from inspector_app.domain.errors import WorldError
from inspector_app.store import photos
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import part, press


@pytest.fixture
def card(tmp_path: Path, picture: Callable[[str], Path]) -> Path:
    """A camera card with one old picture."""
    folder = tmp_path / "DCIM"
    (folder / "100APPLE").mkdir(parents=True)
    picture("old.jpg").rename(folder / "100APPLE" / "old.JPG")
    return folder


def kept(store: Store, visit_id: str) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(photo.item, photo.name) for photo in photos.of_inspection(session, visit_id)]


def words(page: InspectionPage) -> str:
    found = part(page, "offer-words")
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def test_new_pictures_are_offered_to_the_current_item(
    page: InspectionPage, card: Path, picture: Callable[[str], Path], store: Store, visit_id: str
) -> None:
    watch = page.gathering.watch
    watch.watch(card)
    assert words(page).startswith("留意「DCIM」")
    for name in ("a.jpg", "b.jpg"):
        picture(name).rename(card / "100APPLE" / name)
    (card / "notes.txt").write_text("no picture")
    watch.look()
    assert words(page) == "「DCIM」有 2 張新照片，加到 A01？"
    assert kept(store, visit_id) == [], "nothing is taken by itself"
    page.frame.checklist.go_to("A02")
    assert words(page).endswith("加到 A02？")
    press(page, "offer-accept")
    assert kept(store, visit_id) == [("A02", "a.jpg"), ("A02", "b.jpg")]
    watch.look()
    assert words(page).startswith("留意")


def test_a_forbidden_item_is_offered_nothing_and_skipping_forgets(
    page: InspectionPage, card: Path, picture: Callable[[str], Path], store: Store, visit_id: str
) -> None:
    watch, shown = page.gathering.watch, page.shown()
    assert shown is not None
    watch.watch(card)
    picture("a.jpg").rename(card / "a.jpg")
    watch.look()
    forbidden = next(row.id for row in shown.flat if row.photo_rule == "forbidden")
    page.frame.checklist.go_to(forbidden)
    assert not part(page, "offer-accept").isEnabled()
    assert not part(page, "capture-photos").isEnabled()
    press(page, "offer-pass")
    watch.look()
    assert watch.offered == () and kept(store, visit_id) == []
    press(page, "offer-unwatch")
    assert words(page) == ""


def test_a_card_pulled_out_is_quiet_and_goes_on_when_it_is_back(
    page: InspectionPage, card: Path, picture: Callable[[str], Path]
) -> None:
    watch = page.gathering.watch
    watch.watch(card)
    card.rename(card.with_name("away"))
    watch.look()
    assert watch.offered == ()
    card.with_name("away").rename(card)
    picture("a.jpg").rename(card / "a.jpg")
    watch.look()
    assert [file.name for file in watch.offered] == ["a.jpg"]


def test_a_disk_is_not_walked_to_its_end(tmp_path: Path, picture: Callable[[str], Path]) -> None:
    deep = tmp_path.joinpath(*["x"] * DEPTH)
    deep.mkdir(parents=True)
    picture("a.jpg").rename(deep / "a.jpg")
    (tmp_path / "empty.jpg").touch()
    assert pictures_below(tmp_path) == frozenset()


def test_stop_leaves_what_nobody_has_begun_with() -> None:
    stopped, calls = Event(), []
    work = partial(_unless, stopped, lambda: calls.append(1))  # type: ignore[arg-type]
    work()
    stopped.set()
    assert work() is None and calls == [1]


def test_without_a_camera_one_sentence_says_so(
    page: InspectionPage, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux names its cameras in a folder")
    none = why_no_camera(tmp_path)
    assert none is not None and none.key == "camera_missing"
    (tmp_path / "video0").touch()
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    missing = why_no_camera(tmp_path)
    assert missing is not None and missing.key == "multimedia_missing"
    faults: list[Fault] = []
    context.notify.faulted.connect(faults.append)
    press(page, "capture-photos")
    assert [fault.kind for fault in faults] == ["user"]


# wrong turns


def test_a_full_disk_in_the_middle_of_a_photo_keeps_nothing_half(
    page: InspectionPage, picture: Callable[[str], Path], store: Store, visit_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import inspector_app.store.blobs as sealed

    def full(path: Path, data: bytes, *, sync: bool = True) -> None:
        raise WorldError("disk_full", "The disk is full.")

    write = sealed.write_file
    monkeypatch.setattr(sealed, "write_file", full)
    page.add_photo_files("A01", [picture("a.jpg")])
    said = part(page, "photo-error-A01")
    assert isinstance(said, QLabel) and said.isVisible()
    assert kept(store, visit_id) == [] and page.is_idle()
    monkeypatch.setattr(sealed, "write_file", write)
    page.add_photo_files("A01", [picture("a.jpg")])
    assert kept(store, visit_id) == [("A01", "a.jpg")]


def test_a_photo_deleted_from_disk_while_it_is_open_says_so(
    page: InspectionPage, picture: Callable[[str], Path], store: Store, visit_id: str
) -> None:
    page.add_photo_files("A01", [picture("a.jpg")])
    press(page, "photo-A01-0")
    for folder in ("blobs", "derived"):
        for file in [each for each in (store.blobs._folder / folder).rglob("*") if each.is_file()]:
            file.unlink()
    viewer = page.frame.viewer
    assert viewer.photo is not None
    viewer.show_photos([viewer.photo], viewer.photo.id, is_locked=False)
    said = [each.text() for each in viewer.findChildren(QLabel) if each.isVisible()]
    assert "照片還沒有傳到這台電腦。" in said
