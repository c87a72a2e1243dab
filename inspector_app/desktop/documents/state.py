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
