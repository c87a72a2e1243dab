"""Photographs: fixed 4:3 boxes on a pale ground, one number and one caption each, the source of every stamp."""

from copy import copy

from inspector_app.reports.blocks import Block, Columns, Paragraph, baseline
from inspector_app.reports.brand import PHOTO_COLUMNS
from inspector_app.reports.case import Case
from inspector_app.reports.facts import Picture
from inspector_app.reports.ink import Ink
from inspector_app.reports.marks import cross
from inspector_app.reports.page import GUTTER, LATER
from inspector_app.reports.palette import CAPTION, GROUND, HAIR, LABEL_BOLD, MUTED, VALUE
from inspector_app.reports.picture import embed
from inspector_app.reports.text import Span

_SMALL = CAPTION._replace(size=7.2, leading=10)


class Shots:
    """Up to `columns` photographs side by side. `full` prints time, place and digest under the caption."""

    def __init__(self, case: Case, pictures: tuple[Picture, ...], *, columns: int, full: bool) -> None:
        self.pictures = pictures
        self.columns = columns
        self._lost = case.words["lost"]
        self._captions: list[Block] = [_caption(case, picture, full=full) for picture in pictures]
        self._numbers = [case.words("photo", picture.number) for picture in pictures]

    def _box(self, width: float) -> float:
        return (width - GUTTER * (self.columns - 1)) / self.columns

    def _under(self, width: float) -> Columns:
        box = self._box(width)
        return Columns([(i * (box + GUTTER), box, caption) for i, caption in enumerate(self._captions)])

    def height(self, width: float) -> float:
        """Box and the longest caption."""
        return self._box(width) * 0.75 + 4 + self._under(width).height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Only captions that fill half a page, by lines."""
        if self.height(width) <= (LATER.bottom - LATER.top) / 2:
            return None
        halves = self._under(width).split(width, room - self._box(width) * 0.75 - 4)
        if halves is None:
            return None
        first = copy(self)
        first._captions = [cell for _, _, cell in halves[0].cells]
        return first, halves[1]

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Ground, picture contained in its shape, caption."""
        box = self._box(width)
        for i, (picture, number) in enumerate(zip(self.pictures, self._numbers, strict=True)):
            frame = (x + i * (box + GUTTER), y, box, box * 0.75)
            ink.rect(frame, GROUND)
            if not _paint(ink, picture.jpeg, frame):
                self._placeholder(ink, frame, number)
        self._under(width).draw(ink, x, y + box * 0.75 + 4, width)

    def _placeholder(self, ink: Ink, frame: tuple[float, float, float, float], number: str) -> None:
        x, y, width, height = frame
        ink.frame(frame, HAIR, weight=0.8, dash="3 2")
        cross(ink, x + width / 2 - 7, y + height / 2 - 18, 14, MUTED)
        style = VALUE._replace(colour=MUTED, size=9)
        ink.write(f"{number}　{self._lost}", x + width / 2, y + height / 2 + baseline(9, 20), style, align="centre")


def _paint(ink: Ink, jpeg: bytes, frame: tuple[float, float, float, float]) -> bool:
    held = embed(ink.canvas, jpeg) if jpeg else None
    if held is None:
        return False
    name, head = held
    x, y, width, height = frame
    scale = min(width / head.width, height / head.height)
    shown = (head.width * scale, head.height * scale)
    ink.image(name, (x + (width - shown[0]) / 2, y + (height - shown[1]) / 2, *shown))
    return True


def _caption(case: Case, picture: Picture, *, full: bool) -> Paragraph:
    number = Span(case.words("photo", picture.number) + "　", LABEL_BOLD)
    text = " ".join(part for part in (picture.item, picture.caption) if part)
    if not full:
        return Paragraph(number, Span(text, CAPTION), justify=False)
    return Paragraph(number, Span(text, CAPTION), Span("\n" + _stamp(case, picture), _SMALL), justify=False)


def _stamp(case: Case, picture: Picture) -> str:
    """Time with its source, place with its source, head of the original's digest."""
    words = case.words
    time = words["time.none"]
    if picture.taken is not None:
        time = f"{words.moment(picture.taken)} · {words[f'time.{picture.time_source}']}"
    marked = words["photo.marked"] if picture.is_marked else ""
    place = (picture.place, words[f"place.{picture.place_source}"], picture.digest[:8], marked)
    return time + "\n" + " · ".join(part for part in place if part)


def rows(case: Case) -> list[Shots]:
    """All photographs, three in a row or as many as the organisation wants."""
    pictures, wide = case.facts.pictures, PHOTO_COLUMNS.get(case.facts.brand.photo, 3)
    return [Shots(case, pictures[i : i + wide], columns=wide, full=True) for i in range(0, len(pictures), wide)]
