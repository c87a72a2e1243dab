"""New photos are stamped as the setting says, on a copy; every line names its source."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.stamping import PARTS, Place, stamp_lines
from inspector_app.desktop.kit.context import Context, Kit
from inspector_app.desktop.preferences.stamp_choice import PARTS as CHOICES
from inspector_app.desktop.preferences.stamp_choice import StampChoice
from inspector_app.domain.photo import Photo
from inspector_app.store import photos
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import press

HERE = Place("琶洲會展園區", "琶洲大道東1號", 7)
PHOTO = Photo("p", "v", "A01", "ab" * 32, 1, "", 1, 1, "2020-03-05T10:30:00+08:00", "clock")


def test_every_line_names_its_source(kit: Kit) -> None:
    lines = stamp_lines(PHOTO, parts=PARTS, place=HERE, language=kit.language)
    assert lines == [
        "2020年3月5日 10:30（本機時鐘）",
        "琶洲大道東1號（人工登記）",
        "第 07 服務隊（人工登記）",
        "琶洲會展園區 · A01（人工登記）   SHA-256 abababab",
    ]
    known = replace(PHOTO, taken_source="exif", latitude="23.1", longitude="113.3")
    assert stamp_lines(known, parts=["place", "time"], place=HERE, language=kit.language)[:1] == [
        "2020年3月5日 10:30（EXIF）"
    ]
    assert stamp_lines(known, parts=["place"], place=HERE, language=kit.language)[0].startswith("23.1, 113.3（GPS）")
    nowhere = stamp_lines(PHOTO, parts=["place"], place=replace(HERE, address=""), language=kit.language)
    assert nowhere[0].startswith("無定位")
    assert stamp_lines(PHOTO, parts=[], place=HERE, language=kit.language) == []


def test_the_setting_is_chosen_by_buttons(kit: Kit, qtbot: object) -> None:
    assert tuple(CHOICES) == PARTS
    choice = StampChoice(kit)
    press(choice, "stamp_site")
    press(choice, "stamp_time")
    assert kit.settings.photo_stamp.get() == "time site"
    press(choice, "stamp_time")
    assert kit.settings.photo_stamp.get() == "site"


def test_a_stamped_copy_is_shown_and_the_original_stays(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path], context: Context
) -> None:
    page.add_photo_files("A01", [picture("a.jpg")])
    context.settings.photo_stamp.put("time team")
    page.add_photo_files("A01", [picture("b.jpg")])
    with store.reading() as session:
        plain, stamped = photos.of_inspection(session, visit_id)
    assert plain.copy == "" and plain.stamp == ()
    assert len(stamped.stamp) == 2 and stamped.sha == plain.sha and stamped.copy
    assert store.blobs.get(stamped.sha) == picture("b.jpg").read_bytes()
    shown = page.shown()
    assert shown is not None and shown.find("A01").photos[1].copy == stamped.copy  # type: ignore[union-attr]
