"""Failed Items as cards: requirement, what was seen, advice, who and until when, photographs beside or below."""

from inspector_app.domain.finding import Level
from inspector_app.reports.album import Shots
from inspector_app.reports.blocks import Block, Columns, Paragraph, Stack
from inspector_app.reports.case import LEVEL_COLOURS, Case, labelled
from inspector_app.reports.facts import Found, Picture
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import pill, pill_width
from inspector_app.reports.page import GUTTER, LATER
from inspector_app.reports.palette import BODY, CELL, FAIL, HAIR, LABEL, LABEL_BOLD, NAVY, VALUE
from inspector_app.reports.text import Span, width_of

_BAR, _INSET, _PAD = 3.2, 7 * MM, 9.0
_SIDE = {1: 44 * MM, 2: 76 * MM}
"""Width of the photographs at the right of the text, by their number."""
_TALL = (LATER.bottom - LATER.top) / 2
"""Points from which a card is split rather than leaves half a page empty."""
_BRIEF = 280
"""Letters of observation and advice, or of a caption, up to which photographs stand at the right instead of below."""
_TITLE = BODY._replace(weight="bold", size=10.4, leading=15.5)
_TEXT = CELL._replace(size=9.2, leading=14.4)


class _Title:
    """Requirement in bold, the pill at the right."""

    def __init__(self, text: Block, word: str) -> None:
        self.text = text
        self.word = word

    def _room(self, width: float) -> float:
        return width - pill_width(self.word) - 10

    def height(self, width: float) -> float:
        """As the text beside the pill."""
        return self.text.height(self._room(width))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Only a requirement longer than the page."""
        inner = self._room(width)
        halves = self.text.split(inner, room)
        return (_Title(halves[0], self.word), Columns([(0.0, inner, halves[1])])) if halves else None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Text left, pill right."""
        self.text.draw(ink, x, y, self._room(width))
        pill(ink, x + width - pill_width(self.word), y + 1, self.word)


class Labelled:
    """A bold label in its own column and a text beside it."""

    def __init__(self, label: str, text: Block, column: float) -> None:
        self.label = label
        self.text = text
        self.column = column

    def height(self, width: float) -> float:
        """As the text."""
        return self.text.height(width - self.column)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """As the text; the label stays with the first part."""
        halves = self.text.split(width - self.column, room)
        if halves is None:
            return None
        return Labelled(self.label, halves[0], self.column), Labelled("", halves[1], self.column)

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Label on the first baseline."""
        if self.label:
            ink.write(self.label, x, y + 10.6, LABEL_BOLD._replace(colour=NAVY, size=8.2))
        self.text.draw(ink, x + self.column, y, width - self.column)


class Card:
    """A framed Stack with a dark left bar; split only where it is taller than half a page, or where its `parting` says: how
    many parts stay together at least, and what stands over the rest."""

    def __init__(
        self,
        body: Block,
        side: Block | None = None,
        beside: float = 0.0,
        *,
        bar: str = FAIL,
        parting: "tuple[int, Block] | None" = None,
    ) -> None:
        self.body = body
        self.side = side
        self.beside = beside
        self.bar = bar
        self.parting = parting

    def _inner(self, width: float) -> float:
        return width - _INSET - _PAD - (self.beside + GUTTER if self.beside else 0.0)

    def height(self, width: float) -> float:
        """Text or side photograph, whichever is higher, and the padding."""
        beside = self.side.height(self.beside) if self.side else 0.0
        return max(self.body.height(self._inner(width)), beside) + 2 * _PAD

    def least(self, width: float) -> float:
        """Points its first part takes: all of it, or what stays together."""
        if self.height(width) > _TALL:
            return 168.0
        if self.parting is None or not isinstance(self.body, Stack):
            return self.height(width)
        return Stack(self.body.parts[: self.parting[0]], self.body.gap).height(self._inner(width)) + 2 * _PAD

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Between whole parts where it may part; between lines only when it is tall."""
        if self.parting is not None and isinstance(self.body, Stack):
            parts = self._parted(self.body, self.parting, self._inner(width), room - 2 * _PAD)
            if parts is not None:
                return parts
        if self.height(width) <= _TALL or room < 160:
            return None
        halves = self.body.split(self._inner(width), room - 2 * _PAD)
        if halves is None or (self.side and self.side.height(self.beside) > room - 2 * _PAD):
            return None
        return (
            Card(halves[0], self.side, self.beside, bar=self.bar),
            Card(halves[1], None, self.beside, bar=self.bar),
        )

    def _parted(self, body: Stack, parting: tuple[int, Block], inner: float, room: float) -> "tuple[Card, Card] | None":
        """As many parts as fit, no fewer than are to stay together."""
        whole, again = parting
        used, fitting = -body.gap, 0
        for part in body.parts:
            used += part.height(inner) + body.gap
            fitting += used <= room
        fitting = min(fitting, len(body.parts) - 1)
        if fitting < whole:
            return None
        rest = Stack((again, *body.parts[fitting:]), body.gap)
        return Card(Stack(body.parts[:fitting], body.gap), bar=self.bar), Card(rest, bar=self.bar, parting=(2, again))

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Frame, bar, text, photograph."""
        height = self.height(width)
        ink.frame((x, y, width, height), HAIR, weight=0.6)
        ink.rect((x, y, _BAR, height), self.bar)
        inner = self._inner(width)
        self.body.draw(ink, x + _INSET, y + _PAD, inner)
        if self.side:
            self.side.draw(ink, x + width - _PAD - self.beside, y + _PAD, self.beside)


def card(case: Case, found: Found) -> Card:
    """The card of one Finding; one or two photographs stand at the right of the text, more below, three in a row."""
    words = case.words
    column = max(width_of(words[key], LABEL_BOLD._replace(size=8.2)) for key in ("observed", "advice")) + 10
    title = Paragraph(
        Span(f"{found.item}　", _TITLE._replace(colour=FAIL)), Span(found.requirement, _TITLE), justify=words.is_chinese
    )
    parts: list[Block] = [
        _Title(title, words["fail"]),
        Labelled(words["observed"], case.text(found.observation or words["none"], _TEXT), column),
        Labelled(words["advice"], case.text(found.advice or words["advice.default"], _TEXT), column),
    ]
    shots = [picture for picture in case.facts.pictures if picture.number in found.photos]
    beside = _SIDE.get(len(shots), 0.0)
    words_beside = len(found.observation) + len(found.advice)
    if (len(shots) == 2 and words_beside > _BRIEF) or any(len(shot.caption) > _BRIEF for shot in shots):
        beside = 0.0
    parts.append(_meta(case, found, "\n" if beside else "　　"))
    if beside:
        return Card(Stack(parts, 5), _shots(case, shots, columns=len(shots)), beside)
    rows: list[Block] = [_shots(case, shots[i : i + 3], columns=3) for i in range(0, len(shots), 3)]
    return Card(Stack([*parts, *rows], 5))


def _shots(case: Case, shots: list[Picture], *, columns: int) -> Shots:
    return Shots(case, tuple(shots), columns=columns, full=False)


def _meta(case: Case, found: Found, middle: str) -> Block:
    words = case.words
    value = VALUE._replace(size=8.8, leading=14)
    grave = found.level is not Level.NORMAL
    level = value._replace(colour=LEVEL_COLOURS[found.level], weight="bold" if grave else "medium")
    names = {dimension.id: dimension.name for dimension in case.facts.dimensions}
    return labelled(
        (
            (words["owner"], found.owner or words["owner.none"], value),
            (words["deadline"], case.deadline(found), value),
            (words["level"], words[f"level.{found.level.value}"], level),
            (words["dimension"], names.get(found.dimension, found.dimension), value),
        ),
        LABEL._replace(leading=14),
        ("　　", middle, "　　"),
    )
