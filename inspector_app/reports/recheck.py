"""復查記錄: each problem of a Notice with what became of it, the photographs of before beside those of after."""

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest

from inspector_app.reports import amendments, closing
from inspector_app.reports.album import Shots
from inspector_app.reports.blocks import Block, Columns, Drawn, Kept, Paragraph, Stack, baseline
from inspector_app.reports.cards import Card, Labelled
from inspector_app.reports.case import SIGNS, Case, furniture, section
from inspector_app.reports.facts import Document, Picture, RecheckFacts, RecheckLine
from inspector_app.reports.figures import figures
from inspector_app.reports.flow import Flow
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import cross, dash, ring, tick
from inspector_app.reports.masthead import masthead, small_issuer
from inspector_app.reports.page import COLUMN, FIRST, GUTTER, LATER
from inspector_app.reports.pairs import pairs
from inspector_app.reports.palette import (
    BODY,
    CELL,
    FAIL,
    GROUND,
    HAIR,
    INK,
    ISSUER,
    LABEL_BOLD,
    MUTED,
    PASSED,
    SUBTITLE,
    TITLE,
    VALUE,
    WARN,
)  # fmt: skip
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.text import Span, fit, width_of
from inspector_app.reports.words import Words

_PITCH, _SIDE = 11.4 * MM, 60 * MM
_TITLE = BODY._replace(weight="bold", size=10.4, leading=15.5)
_TEXT = CELL._replace(size=9.2, leading=14.4)
_LABELS = ("observed", "recheck.first", "recheck.result", "recheck.note", "recheck.new")
_MARKS: dict[str, tuple[Callable[[Ink, float, float, float, str], None], str]] = {
    "closed": (tick, PASSED), "not": (cross, FAIL), "waiting": (ring, WARN), "gone": (dash, MUTED)
}  # fmt: skip


def recheck(facts: RecheckFacts) -> Document:
    """The printable record. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.visit.language)
    case = Case(
        replace(facts.visit, number=facts.number, refusal=None, witness="", draft=not facts.number),
        words,
        record_digest(record_json(facts)),
    )
    flow = Flow(FIRST, LATER)
    over = masthead(facts.visit.brand, facts.visit.issuer)
    if over is not None:
        flow.add(over)
    flow.add(_head(case), title=words["recheck"])
    flow.add(_strip(case, facts))
    flow.add(_facts(case, facts), before=8)
    body = words("recheck.body", day=words.day(facts.noticed), number=facts.notice, count=len(facts.lines))
    flow.add(case.text(body + amendments.note(case), BODY), before=4)
    end = Kept([section(words.section(2, "closing")), *closing.closing(case)], 8, flow.full)
    cards = [_card(case, facts, line, last=line is facts.lines[-1]) for line in facts.lines]
    flow.add(section(words.section(1, "recheck.items")), before=8, need=_least(cards), title=words["recheck.items"])
    for card in cards[:-1]:
        flow.add(card, before=8)
    for card in cards[-1:]:
        flow.add_last(card, end, before=14, gap=8, title=words["closing"])
    if not cards:
        flow.add(end, before=14, title=words["closing"])
    imprint = Imprint(f"{words['recheck']} {facts.number}".strip(), facts.visit.issuer, facts.visit.site.name)
    return printed(flow, furniture(case, "recheck").draw, imprint, case.facts.brand.colour)


def _least(cards: list[Card]) -> float:
    """Points under the heading that the first card needs to begin there."""
    return 8 + (cards[0].least(COLUMN) if cards else 40)


def outcome(line: RecheckLine) -> str:
    """closed, not, waiting (nobody has looked yet) or gone (handed over, withdrawn)."""
    if line.status == "closed":
        return "closed"
    if line.status in ("transferred", "withdrawn"):
        return "gone"
    return "not" if line.at is not None else "waiting"


def _head(case: Case) -> Block:
    words, facts = case.words, case.facts
    number = words("number", facts.number) if facts.number else words["no_number"]

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        issuer = f"{small_issuer(facts.brand, facts.issuer)}　{facts.team}".strip()
        ink.write(fit(issuer, ISSUER, width), x, y + 8, ISSUER)
        ink.write(words["recheck"], x, y + 41, TITLE._replace(tracking=1.2 if words.is_chinese else 0))
        ink.write(fit(number, SUBTITLE, width), x, y + 62, SUBTITLE)

    return Drawn(26 * MM, paint)


def _strip(case: Case, facts: RecheckFacts) -> Block:
    words = case.words
    found = [outcome(line) for line in facts.lines]
    colours = {"closed": PASSED, "not": FAIL, "waiting": WARN, "gone": ""}
    cells = [(words["recheck.total"], str(len(found)), words["unit"], "")]
    for key, colour in colours.items():
        count = found.count(key)
        cells.append((words[f"recheck.{key}"], str(count), words["unit"], colour if count else ""))
    return figures(cells)


def _facts(case: Case, facts: RecheckFacts) -> Block:
    """Label over value, two in a row."""
    words, site = case.words, facts.visit.site
    looked = [line.at for line in facts.lines if line.at is not None]
    shown = (
        (words["site"], site.name),
        (words["code"], site.code),
        (words["address"], site.address),
        (words["contact"], " ".join(filter(None, (site.contact, site.phone)))),
        (words["recheck.notice"], facts.notice),
        (words["notice.ref"], facts.visit.number),
        (words["inspectors"], words.joined([officer.name for officer in facts.visit.inspectors])),
        (words["time"], words.span(min(looked), max(looked)) if looked else ""),
    )

    told = [(label, said or words["none"]) for label, said in shown]
    return pairs(told, VALUE, half=COLUMN / 2, pitch=_PITCH)


def _card(case: Case, facts: RecheckFacts, line: RecheckLine, *, last: bool) -> Card:
    """Text and photographs stay together; of the last card, photographs may stand with what is signed."""
    words, found = case.words, line.found
    column = max(width_of(words[key], LABEL_BOLD._replace(size=8.2)) for key in _LABELS) + 10
    colour = _MARKS[outcome(line)][1]
    title = Paragraph(
        Span(f"{found.item}{SIGNS[found.level]}　", _TITLE._replace(colour=colour)),
        Span(found.requirement, _TITLE),
        justify=words.is_chinese,
    )
    parts: list[Block] = [title]
    said = (
        ("observed", found.observation or words["none"]),
        ("recheck.first", case.deadline(found)),
        ("recheck.note", line.note),
        ("recheck.new", words.moment(line.deadline) if line.deadline else ""),
    )
    texts = {key: Labelled(words[key], case.text(text, _TEXT), column) for key, text in said if text}
    parts += [texts["observed"], texts["recheck.first"], _Outcome(case, line, column)]
    parts += [texts[key] for key in ("recheck.note", "recheck.new") if key in texts]
    pairs = _pairs(case, facts, line)
    again = Paragraph(Span(words("again", found.item), _TITLE._replace(colour=colour)), justify=False)
    parting = (len(parts) + (0 if last else 1), again) if len(pairs) > (0 if last else 1) else None
    return Card(Stack([*parts, *pairs], 5), bar=colour, parting=parting)


class _Outcome:
    """Shape and word of what became of it, and who looked when: told apart without colour."""

    def __init__(self, case: Case, line: RecheckLine, column: float) -> None:
        self._case = case
        self._line = line
        self._column = column

    def height(self, width: float) -> float:
        """One line."""
        return _TEXT.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Label, shape, word, person and time."""
        words, line = self._case.words, self._line
        key = outcome(line)
        shape, colour = _MARKS[key]
        base = y + baseline(_TEXT.size, _TEXT.leading)
        ink.write(words["recheck.result"], x, y + 10.6, LABEL_BOLD._replace(colour=INK, size=8.2))
        left = x + self._column
        shape(ink, left, y + 3, 8.4, colour)
        left += 13
        left += ink.write(words[f"recheck.{key}"], left, base, _TEXT._replace(weight="bold", colour=colour)) + 12
        if line.at is not None:
            said = words("recheck.by", name=line.by or words["none"], when=words.moment(line.at))
            ink.write(fit(said, _TEXT, x + width - left), left, base, _TEXT._replace(colour=MUTED))


def _pairs(case: Case, facts: RecheckFacts, line: RecheckLine) -> list[Block]:
    """One row per pair: before at the left, after at the right; a side without photograph says so."""
    before = [picture for picture in facts.visit.pictures if picture.number in line.found.photos]
    after = [picture for picture in facts.after if picture.number in line.after]
    if not before and not after:
        return []
    half = min((COLUMN - 7 * MM - 9 - GUTTER) / 2, _SIDE)
    rows: list[Block] = []
    for old, new in zip_longest(before, after):
        sides = (
            (0.0, half, _side(case, old, "recheck.before")),
            (half + GUTTER, half, _side(case, new, "recheck.after")),
        )
        rows.append(Columns(sides))
    return rows


def _side(case: Case, picture: Picture | None, key: str) -> Block:
    label = Paragraph(Span(case.words[key], LABEL_BOLD._replace(size=8.2)), justify=False)
    if picture is not None:
        return Kept([label, Shots(case, (picture,), columns=1, full=True)], 2, LATER.bottom - LATER.top)
    said, style = case.words["recheck.no_photo"], VALUE._replace(colour=MUTED)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.rect((x, y, width, 40), GROUND)
        ink.frame((x, y, width, 40), HAIR, weight=0.8, dash="3 2")
        ink.write(said, x + width / 2, y + 23, style, align="centre")

    return Stack([label, Drawn(40, paint)], 2)
