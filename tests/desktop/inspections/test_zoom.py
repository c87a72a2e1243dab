"""Large letters in the longest language: no name is cut off, no button of a row lies beyond the edge."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from inspector_app.desktop.inspections.dimension_panel import DimensionButton, short_name
from inspector_app.desktop.inspections.page import InspectionPage
from inspector_app.desktop.inspections.section import Section
from inspector_app.desktop.kit.context import Kit
from tests.desktop.inspections.conftest import part, press


def test_everything_of_a_row_is_within_reach(page: InspectionPage, kit: Kit) -> None:
    kit.settings.language.put("en")
    press(page, "verdict-fail-A04")
    item, verdict = part(page, "item-A01"), part(page, "verdict-pass-A01")
    assert verdict.mapTo(item, verdict.rect().topLeft()).y() < 20, "beside what is asked"
    for zoom in (1.5, 2.0):
        kit.settings.zoom.put(zoom)
        page.resize(1152, 800)  # a window of 1280 beside its rail
        for _ in range(3):
            QApplication.processEvents()
        section = page.frame.checklist.currentWidget()
        assert isinstance(section, Section)
        for name in ("verdict-na-A04", "add-photo-A04", "open-note-A04", "note-A04"):
            tool = part(page, name)
            right = tool.mapTo(section, tool.rect().topRight()).x()
            assert right < section.width(), f"{name} at {zoom:.0%}: {right} of {section.width()}"
        for place in page.findChildren(DimensionButton):
            assert _fits(place, kit), f"{place.accessibleName()} at {zoom:.0%}"
    assert verdict.mapTo(item, verdict.rect().topLeft()).y() > 60, "under what is asked"


def _fits(place: DimensionButton, kit: Kit) -> bool:
    """The name in bold, wrapped at words, in the room above the bar."""
    assert place.row is not None
    px = kit.theme.px
    room = QRect(0, 0, place.width() - px(16), place.height() - px(30))
    drawn = QFontMetrics(kit.theme.font(bold=True)).boundingRect(
        room, Qt.TextFlag.TextWordWrap, short_name(place.row.label)
    )
    return room.height() + 2 >= drawn.height() and room.width() >= drawn.width()
