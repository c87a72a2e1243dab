"""A few whole pages beside pictures that somebody has looked at: what moves, vanishes or loses its colour is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.main_window import MainWindow
from tests.desktop.test_access import visit_page, window

__all__ = ["window"]
FOLDER = Path(__file__).parent / "reference"
WANTED = (("today", "light"), ("sites", "light"), ("inspection", "light"), ("inspection", "dark"))
SIZE, BLOCK = (320, 200), 10
BUILT = 30
"""Turns in which every row of the Dimension has been built."""
MOST, ON_THE_WHOLE = 18.0, 1.5
"""Levels of 255 by which a block of 40 × 40 pixels, and all of them at the median, may differ."""


def reduced(page: QWidget) -> Image.Image:
    """A quarter of its size, in colour."""
    whole = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    small = whole.scaled(*SIZE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    bits = bytes(small.constBits())
    return Image.frombytes("RGB", SIZE, bits, "raw", "RGB", small.bytesPerLine())


def differing(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The block that differs most, and the mean of all."""
    blocks = ImageChops.difference(one, other.convert("RGB")).reduce(BLOCK)
    worst = max(high for _, high in blocks.getextrema())
    return float(worst), max(ImageStat.Stat(blocks).mean)


@pytest.fixture
def looked_at(window: MainWindow, kit: Kit, tmp_path: Path) -> Iterator[list[tuple[Path, Path]]]:
    """Reference and picture of now, in pairs."""
    pairs = []
    for name, theme in WANTED:
        kit.settings.theme.put(theme)
        visit_page(window, name)
        for _ in range(BUILT):
            QApplication.processEvents()
        made = tmp_path / f"{name}-{theme}.png"
        reduced(window).save(made)
        pairs.append((FOLDER / made.name, made))
    yield pairs


def test_pages_look_as_they_did(looked_at: list[tuple[Path, Path]]) -> None:
    """Where one differs on purpose: look at the new picture, then copy it over its reference."""
    wrong = []
    for reference, made in looked_at:
        with Image.open(reference) as before, Image.open(made) as now:
            worst, mean = differing(before.convert("RGB"), now.convert("RGB"))
        if worst > MOST or mean > ON_THE_WHOLE:
            wrong.append(f"{made} differs from {reference.name}: {worst:.0f} in one place, {mean:.1f} on the whole")
    assert not wrong, "\n".join(wrong)


def test_a_missing_button_is_seen(window: MainWindow) -> None:
    """The measure is fine enough for one button of a page."""
    shell = visit_page(window, "inspection")
    before = reduced(window)
    page = shell.page("inspection")
    button = page.findChild(QWidget, "verdict-pass-A02")
    assert button is not None
    button.hide()
    visit_page(window, "inspection")
    worst, _ = differing(before, reduced(window))
    assert worst > MOST
