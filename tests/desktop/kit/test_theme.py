"""Contrast of both themes, and that switching look and size takes effect at once."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QProgressBar, QStyle

from inspector_app import assets
from inspector_app.desktop.kit.context import Kit
from inspector_app.desktop.kit.theme import read_tokens, scaled, sheet_of

TEXT = [
    (ink, ground)
    for ink in ("ink", "muted", "accent", "pass", "fail", "warn")
    for ground in ("ground", "surface", "raised", "field")
]
TEXT += [
    ("ink", tint) for tint in ("hover", "pressed", "selected", "accent_tint", "fail_tint", "warn_tint", "pass_tint")
]
TEXT += [(tone, f"{tone}_tint") for tone in ("pass", "fail", "warn", "accent")]
TEXT += [("muted", "na_tint"), ("surface", "ink"), ("on_fail", "fail"), ("muted", "hover"), ("fail", "fail_tint")]
TEXT += [("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")]
TEXT += [(ink, ground) for ink in ("rail_ink", "rail_muted") for ground in ("rail", "rail_hover", "rail_selected")]
SHAPES = [("na", "surface"), ("na", "ground"), ("accent", "surface"), ("rail_mark", "rail"), ("accent", "hover")]
"""Icons and focus rings: 3 : 1 (WCAG 2.2, 1.4.11)."""


def luminance(color: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    tokens = read_tokens(theme)
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), SHAPES)
def test_shapes_can_be_seen(theme: str, ink: str, ground: str) -> None:
    tokens = read_tokens(theme)
    assert contrast(tokens[ink], tokens[ground]) >= 3


def test_both_themes_have_the_same_tokens_and_the_sheet_uses_no_other() -> None:
    light, dark = read_tokens("light"), read_tokens("dark")
    assert list(light) == list(dark)
    used = set(re.findall(r"\$([a-z_]+)", assets.resource("theme/window.qss").read_text("utf-8")))
    assert used - {"folder"} <= set(light)


@pytest.mark.usefixtures("qapp")
def test_sizes_grow_with_the_zoom_and_hairlines_do_not() -> None:
    assert (scaled(14, 1.5), scaled(1, 1.5), scaled(2, 1.5)) == (21, 1, 2)
    assert "font-size: 33px" in sheet_of(read_tokens("dark"), "dark", 1.5)


def test_switching_is_immediate(kit: Kit, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == read_tokens("light")["ground"]
    kit.settings.theme.put("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == read_tokens("dark")["ground"]
    kit.settings.zoom.put(1.5)
    assert qapp.font().pixelSize() == 21
    kit.settings.zoom.put(7.0)
    assert kit.theme.zoom == 1.5


def test_the_bundled_typeface_is_used(kit: Kit) -> None:
    assert QFontInfo(kit.theme.font(bold=True)).family() == "Noto Sans SC"


def test_nothing_moves_where_the_system_asks_for_stillness(qapp: QApplication, kit: Kit) -> None:
    """The window has no motion of its own; the style's goes with the system's setting."""
    had = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    durations = []
    for is_moving in (True, False):
        QApplication.setEffectEnabled(Qt.UIEffect.UI_General, is_moving)
        kit.theme.apply()
        bar = QProgressBar()
        bar.ensurePolished()
        durations.append(bar.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, bar))
    QApplication.setEffectEnabled(Qt.UIEffect.UI_General, had)
    assert durations[0] > 0 and durations[1] == 0
