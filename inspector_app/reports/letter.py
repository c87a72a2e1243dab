"""The Notice as a letter: 信函格式 of GB/T 9704 on its grid of 22 lines, the problems in an annex (documents.md §4)."""

from dataclasses import replace

from inspector_app.reports import amendments
from inspector_app.reports.blocks import Block, Drawn, Kept, Paragraph, Stack
from inspector_app.reports.brand import RED
from inspector_app.reports.case import Case
from inspector_app.reports.facts import Document, NoticeFacts
from inspector_app.reports.flow import Flow, Frame
from inspector_app.reports.ink import MM, PAGE_HEIGHT, PAGE_WIDTH, Ink
from inspector_app.reports.notice import meanwhile, problems, then, title_of
from inspector_app.reports.palette import BLACK, LABEL
from inspector_app.reports.press import Furnish, Imprint, printed
from inspector_app.reports.receipt import HEAD, JOINT, TIGHT, receipt, signing, verification
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.text import Span, Style, fit, one_line, width_of
from inspector_app.reports.words import Words

LEFT, WIDTH = 28 * MM, 156 * MM
PITCH, ADVANCE = 225 * MM / 22, 156 * MM / 28
"""Points between lines and between characters of the grid."""
BOTTOM = 262 * MM
FIRST = Frame(LEFT, 30 * MM, WIDTH, BOTTOM)
LATER = Frame(LEFT, 37 * MM, WIDTH, BOTTOM)
_TEXT = Style(16, PITCH, "regular", BLACK, ADVANCE - 16)
_LATIN = Style(12.5, 20, "regular", BLACK)
_TITLE = Style(22, 33, "serif", BLACK)
_MARK = Style(30, 36, "serif", RED, 2.0)
_LABEL = Style(16, PITCH, "bold", BLACK)
_FOLIO = Style(14, 18, "regular", BLACK)
_RULES = (20 * MM, 190 * MM)
"""Both double rules are 170 mm wide."""
_THICK, _THIN, _APART = 1.6, 0.5, 2.4


def letter(facts: NoticeFacts) -> Document:
    """The printable letter. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.visit.language)
    case = Case(replace(facts.visit, number=facts.number), words, record_digest(record_json(facts)))
    style = _TEXT if words.is_chinese else _LATIN
    flow = Flow(FIRST, LATER)
    flow.add(_head(case, facts))
    title = words("letter.title", case.facts.site.name) if not facts.wording else title_of(case, facts)
    flow.add(Paragraph(Span(title, _TITLE), align="centre"), before=2 * PITCH, title=title)
    flow.add(case.text(words("notice.addressee", case.facts.site.name), style), before=PITCH)
    told = _told(case, facts)
    for text in told[:-1]:
        flow.add(_paragraph(case, text, style))
    annex = _paragraph(case, words("letter.annex.line", len(case.findings)), style)
    parts: list[Block] = [_paragraph(case, told[-1], style)]
    parts += [annex] if case.findings else []
    flow.add(Kept([*parts, _issued(case, facts, style)], PITCH, flow.full))
    _annex(flow, case, facts)
    imprint = Imprint(f"{title_of(case, facts)} {facts.number}", facts.visit.issuer, facts.visit.site.name)
    return printed(flow, _furniture(case, facts), imprint)


def _told(case: Case, facts: NoticeFacts) -> list[str]:
    """The paragraphs of the letter."""
    words, visit = case.words, facts.visit
    if not case.findings:
        return [words["notice.none"], *then(case, facts)]
    key = "letter.order" if facts.wording else "letter.body"
    said = words(key, team=visit.team, day=words.day(visit.started), number=visit.number, count=len(case.findings))
    return [said + amendments.note(case), *then(case, facts)]


def _paragraph(case: Case, text: str, style: Style) -> Paragraph:
    return case.text(f"　　{text}" if case.words.is_chinese else text, style)


def _head(case: Case, facts: NoticeFacts) -> Block:
    """發文機關標誌 30 mm from the top edge, the double rule 4 mm below it, the number under the rule at the right."""
    issuer = facts.visit.issuer
    mark = _MARK if case.words.is_chinese else _MARK._replace(tracking=0.0)
    most = max(_RULES[1] - _RULES[0] - mark.tracking * len(issuer), MM)
    natural = max(width_of(issuer, mark._replace(tracking=0.0)), MM)
    mark = mark._replace(size=min(mark.size, mark.size * most / natural))
    number = case.words("number", facts.number) if facts.number else case.words["no_number"]
    under = mark.size + 4 * MM

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.write(issuer, PAGE_WIDTH / 2, y + 0.88 * mark.size, mark, align="centre")
        _double(ink, y + under, is_thick_first=True)
        style = _TEXT._replace(tracking=0.0)
        ink.write(fit(number, style, width), x + width, y + under + _APART + 0.8 * PITCH, style, align="right")

    return Drawn(under + _APART + PITCH, paint)


def _double(ink: Ink, y: float, *, is_thick_first: bool) -> None:
    """Two red rules under each other."""
    weights = (_THICK, _THIN) if is_thick_first else (_THIN, _THICK)
    for at, weight in zip((0.0, _APART), weights, strict=True):
        ink.rule((_RULES[0], y + at), (_RULES[1], y + at), RED, weight)


def _issued(case: Case, facts: NoticeFacts, style: Style) -> Block:
    """The issuer over the date, which ends four characters from the right; two lines above them for the seal."""
    issuer = one_line(fit(facts.visit.issuer, style, WIDTH), style)
    date = one_line(case.words.day(facts.issued) if facts.issued else case.words["sign.date"], style)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        right = x + width - 4 * ADVANCE
        middle = min(right - date.width / 2, x + width - issuer.width / 2)
        ink.lines((issuer,), middle - issuer.width / 2, y + 1.7 * PITCH, style.leading)
        ink.lines((date,), right - date.width, y + 2.7 * PITCH, style.leading)

    return Drawn(3 * PITCH, paint)


def _annex(flow: Flow, case: Case, facts: NoticeFacts) -> None:
    """On a page of its own: the problems with their deadlines, who signs, the receipt."""
    words = case.words
    flow.end_page()
    if case.findings:
        flow.add(Paragraph(Span(words["letter.annex"], _LABEL)), title=words["letter.annex"])
        flow.add(Paragraph(Span(words["letter.annex.title"], _TITLE._replace(size=18)), align="centre"), before=6)
        flow.add(problems(case, facts), before=12)
        flow.add(Stack(meanwhile(case), 1), before=6)
    flow.add(signing(case, TIGHT), before=12, anchor="signed")
    copies = case.text(words["copies"], LABEL._replace(size=8.2, leading=12))
    took = [
        receipt(case, f"{title_of(case, facts)} {facts.number or words['none']}", TIGHT),
        copies,
        verification(case),
    ]
    flow.add(Kept(took, 3, flow.full), before=JOINT)
    if facts.copies_to:
        block = _copies(case, facts)
        flow.add(block, before=max(6.0, flow.room - block.height(WIDTH)))


def _copies(case: Case, facts: NoticeFacts) -> Block:
    """版記: between two rules at the foot of the last page, one character in."""
    words = case.words
    said = case.text(words("notice.copies", words.joined(list(facts.copies_to))), _FOLIO)
    room = WIDTH - 2 * ADVANCE
    height = said.height(room) + 8

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        for at in (0.0, height):
            ink.rule((x, y + at), (x + width, y + at), BLACK, 0.35 * MM)
        said.draw(ink, x + ADVANCE, y + 4, room)

    return Drawn(height, paint)


def _furniture(case: Case, facts: NoticeFacts) -> Furnish:
    """Page 1 ends in the second double rule and has no number; the others have theirs 7 mm under the type area."""
    small = LABEL._replace(size=7.4)
    said = " · ".join(filter(None, (facts.number, case.words("check", case.check))))

    def draw(ink: Ink, page: int, total: int) -> None:
        if page == 1:
            _double(ink, PAGE_HEIGHT - 20 * MM, is_thick_first=False)
        else:
            y, folio = BOTTOM + 7 * MM + 11, f"— {page} —"
            side = LEFT + WIDTH - ADVANCE if page % 2 else LEFT + ADVANCE
            ink.write(folio, side, y, _FOLIO, align="right" if page % 2 else "left")
        ink.write(said, PAGE_WIDTH / 2, PAGE_HEIGHT - 11 * MM, small, align="centre")
        if not facts.number:
            wide = width_of(case.words["draft"], HEAD) + 16
            ink.frame((LEFT, 6 * MM, wide, 14), BLACK)
            ink.write(case.words["draft"], LEFT + wide / 2, 6 * MM + 10.4, HEAD, align="centre")

    return draw
