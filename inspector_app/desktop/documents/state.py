"""Sizes and page numbers of the preview; pure."""

ZOOMS = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


def derive_zoom(now: float, by: int) -> float:
    """The next larger (`by` 1) or smaller (−1) step from any factor; stays at the ends."""
    if by > 0:
        return next((zoom for zoom in ZOOMS if zoom > now + 0.01), ZOOMS[-1])
    return next((zoom for zoom in reversed(ZOOMS) if zoom < now - 0.01), ZOOMS[0])


def pages_wanted(count: int, first: int, last: int) -> range:
    """Page indexes from what a print dialog says; 0, 0 means all."""
    if not first:
        return range(count)
    return range(max(first, 1) - 1, min(last or count, count))


Box = tuple[float, float, float, float]
"""x, y, width, height."""


def scale_to_fit(width: float, height: float, room_width: float, room_height: float) -> Box:
    """A page as large as fits, in the middle of the paper."""
    factor = min(room_width / width, room_height / height)
    wide, high = width * factor, height * factor
    return (room_width - wide) / 2, (room_height - high) / 2, wide, high


Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""
_WIDTH, _INSETS = 210.0, (18.0, 12.0, 16.0, 6.5)
"""Millimetres of a page, and how far from its edges all lies that must be read; only the colour band lies further out."""


def place_on(page: tuple[float, float], paper: tuple[float, float], edges: Edges) -> Box:
    """A page on paper whose `edges` the printer cannot reach: as large as fits, smaller only where words would be cut."""
    x, y, width, height = scale_to_fit(*page, *paper)
    left, top, right, bottom = (inset * width / _WIDTH for inset in _INSETS)
    room = paper[0] - edges[0] - edges[2], paper[1] - edges[1] - edges[3]
    if all(gap >= edge for gap, edge in zip((x + left, y + top, x + right, y + bottom), edges, strict=True)):
        return x, y, width, height
    inner = width - left - right, height - top - bottom
    factor = min(1.0, room[0] / inner[0], room[1] / inner[1])
    x = edges[0] + (room[0] - inner[0] * factor) / 2 - left * factor
    y = edges[1] + (room[1] - inner[1] * factor) / 2 - top * factor
    return x, y, width * factor, height * factor
