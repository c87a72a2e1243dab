"""Zoom steps, page ranges and the place of a page on its paper."""

import pytest

from inspector_app.desktop.documents.state import ZOOMS, Edges, derive_zoom, pages_wanted, place_on, scale_to_fit


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


@pytest.mark.parametrize("edges", [(0, 0, 0, 0), (3, 3, 3, 3), (6, 3, 6, 6.5)])
def test_a_printer_that_reaches_all_words_prints_the_size_of_the_page(edges: Edges) -> None:
    assert place_on((2100, 2970), (210, 297), edges) == pytest.approx((0, 0, 210, 297))


@pytest.mark.parametrize("edges", [(3, 3, 3, 14), (20, 15, 20, 15), (6, 3, 25, 12)])
def test_a_small_printer_cuts_no_word(edges: Edges) -> None:
    x, y, width, height = place_on((2100, 2970), (210, 297), edges)
    unit = width / 210
    assert height / width == pytest.approx(297 / 210)
    assert 0.85 < unit <= 1
    assert x + 18 * unit >= edges[0] - 0.001 and y + 12 * unit >= edges[1] - 0.001
    assert x + width - 16 * unit <= 210 - edges[2] + 0.001 and y + height - 6.5 * unit <= 297 - edges[3] + 0.001
