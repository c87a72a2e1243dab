"""Doubtful pictures are taken all the same and say in words what is doubtful, in the row and in the viewer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from inspector_app.desktop.inspections.doubts import doubtful_lines
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.photo import Doubt, Photo
from inspector_app.store import photos
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import part, press


def said(page: InspectionPage, name: str) -> str:
    found = part(page, name)
    assert isinstance(found, QLabel)
    return found.text() if found.isVisible() else ""


def test_the_same_file_twice_is_said_and_kept(
    page: InspectionPage, store: Store, visit_id: str, picture: Callable[[str], Path], context: Context
) -> None:
    page.add_photo_files("A01", [picture("a.jpg")])
    page.add_photo_files("A02", [picture("b.jpg")])
    with store.reading() as session:
        assert len(photos.of_inspection(session, visit_id)) == 2
    assert said(page, "photo-doubts-A01") == "照片 1：畫面幾乎只有一種顏色"
    assert said(page, "photo-doubts-A02").startswith("照片 1：與 A01 的一張照片完全相同；")
    assert "A01" in part(page, "photo-A02-0").toolTip()
    context.settings.language.put("en")
    assert "the very same file as a photo of A01" in said(page, "photo-doubts-A02")
    press(page, "photo-A02-0")
    assert said(page, "photo-doubts").startswith("The very same file")


@pytest.mark.parametrize(("minutes", "span"), [(30, "30 m"), (119, "119 m"), (120, "2 h"), (2880, "2 d")])
def test_spans_are_told_in_the_unit_people_think_in(minutes: int, span: str) -> None:
    photo = Photo(
        "p", "v", "A01", "0" * 64, 1, "", 1, 1, "", "exif", doubts=(Doubt("old", minutes=minutes), Doubt("dark"))
    )

    def tr(key: str, **args: object) -> str:
        match key.split("."):
            case ["span", unit]:
                return f"{args['n']} {unit[0]}"
            case [_, "of"]:
                return f"{args['number']}:{args['why']}"
        return f"{key}({args.get('span', '')})"

    assert doubtful_lines([photo], tr) == [f"1:photo_doubt.old({span})photo_doubt.and()photo_doubt.dark()"]
    assert doubtful_lines([photo] * 5, tr)[3:] == ["photo_doubt.more()"]
