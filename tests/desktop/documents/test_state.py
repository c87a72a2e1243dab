"""Zoom steps, page ranges and the place of a page on its paper."""

import pytest

from inspector_app.desktop.documents.state import ZOOMS, derive_zoom, pages_wanted, scale_to_fit


@pytest.mark.parametrize(
    ("now", "by", "then"), [(1.0, 1, 1.1), (1.0, -1, 0.9), (1.337, 1, 1.5), (9, 1, ZOOMS[-1]), (0.1, -1, ZOOMS[0])]
)
def test_derive_zoom(now: float, by: int, then: float) -> None:
    assert derive_zoom(now, by) == then


@pytest.mark.parametrize(
    ("count", "first", "last", "wanted"),
    [(7, 0, 0, range(7)), (7, 2, 3, range(1, 3)), (7, 5, 99, range(4, 7)), (1, 1, 1, range(1))],
)
def test_pages_wanted(count: int, first: int, last: int, wanted: range) -> None:
    assert pages_wanted(count, first, last) == wanted


def test_a_page_is_centred_and_keeps_its_shape() -> None:
    assert scale_to_fit(100, 200, 400, 400) == (100, 0, 200, 400)
    assert scale_to_fit(200, 100, 400, 400) == (0, 100, 400, 200)
