"""What a designer would object to, found by measuring a page: text cut off, orphan headings, space that stayed empty."""

from dataclasses import dataclass

import pypdfium2
from PIL import Image

MM = 72 / 25.4
HEAD_FOOT = 20 * MM
EMPTY = 0.45
"""Share of a page's column from which its empty foot is worth a look, unless it is the last page."""


@dataclass(frozen=True)
class Page:
    """One page as it was measured: picture, points of text beyond the margins, empty share above the footer."""

    picture: Image.Image
    outside: tuple[str, ...]
    empty: float
    ends_with_heading: bool


def pages(pdf: bytes, scale: float = 1.0) -> list[Page]:
    """Every page, drawn at `scale` × 72 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    return [_page(page, scale) for page in document]


def _page(page: pypdfium2.PdfPage, scale: float) -> Page:
    picture = page.render(scale=scale).to_pil().convert("RGB")
    text = page.get_textpage()
    boxes = [text.get_rect(i) for i in range(text.count_rects())]
    outside = tuple(
        text.get_text_bounded(*box)
        for box in boxes
        if box[0] < 12 or box[2] > 595 - 12 or box[1] < 8 or box[3] > 842 - 2
    )
    return Page(picture, outside, _empty(picture), _ends_with_heading(page, text, boxes))


def _empty(picture: Image.Image) -> float:
    """White between what is drawn last and the footer, as a share of the column."""
    per_mm = picture.height / 297
    column = picture.convert("L").crop(tuple(int(mm * per_mm) for mm in (22, 24, 188, 278)))  # type: ignore[arg-type]
    inked = column.point(lambda value: 255 if value < 225 else 0).getbbox()
    return 1 - (inked[3] if inked else 0) / column.height


def _ends_with_heading(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, boxes: list[tuple[float, ...]]) -> bool:
    """The lowest text above the footer is as large as a section's heading."""
    body = [box for box in boxes if box[1] > 18 * MM]
    if not body:
        return False
    lowest = min(body, key=lambda box: box[1])
    return lowest[3] - lowest[1] > 10.6


def objections(made: list[Page], *, name: str = "") -> list[str]:
    """In words, page by page."""
    found = []
    for number, page in enumerate(made, 1):
        found += [f"{name} p.{number}: outside the margins: {text!r}" for text in page.outside]
        if page.ends_with_heading:
            found.append(f"{name} p.{number}: ends with a heading")
        is_forced = number == len(made) - 1 and 1 - made[-1].empty > page.empty  # what closes would not have fitted
        if number < len(made) and page.empty > EMPTY and not is_forced:
            found.append(f"{name} p.{number}: {page.empty:.0%} of the column is empty")
    return found
