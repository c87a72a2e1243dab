"""整改建議通知單: the problems of one Inspection put to its Site as a form in black (documents.md §4, form layout)."""

from dataclasses import replace

from inspector_app.domain.finding import Level
from inspector_app.reports.blocks import Block, Drawn, Kept, Paragraph, Stack, baseline
from inspector_app.reports.case import SIGNS, Case
from inspector_app.reports.facts import Document, Found, NoticeFacts
from inspector_app.reports.flow import Flow, Frame
from inspector_app.reports.grid import Grid, Row, Ruling
from inspector_app.reports.ink import MM, PAGE_HEIGHT, Ink
from inspector_app.reports.marks import qr
from inspector_app.reports.palette import BLACK, BODY, CELL, CELL_BOLD, DIGEST, LABEL, LABEL_BOLD, VALUE
from inspector_app.reports.press import Furnish, Imprint, printed
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.text import Span, Style, fit, width_of
from inspector_app.reports.words import Words

LEFT, WIDTH = 27 * MM, 156 * MM
FIRST = Frame(LEFT, 22 * MM, WIDTH, PAGE_HEIGHT - 24 * MM)
LATER = Frame(LEFT, 24 * MM, WIDTH, PAGE_HEIGHT - 24 * MM)
_COLUMNS = (12 * MM, 16 * MM, 54 * MM, 50 * MM, 24 * MM)
_TITLE = Style(20, 28, "serif", BLACK, 2.0)
_ISSUER = Style(10.5, 15, "regular", BLACK)
_TEXT = BODY._replace(size=10.5, leading=18, colour=BLACK)
_SMALL = BODY._replace(size=9, leading=14, colour=BLACK)
_HEAD = Style(9, 13, "bold", BLACK)
_PITCH = 11.4 * MM
_HALF = WIDTH / 2
_NARROW = 30 * MM
_CODE = 20 * MM


def notice(facts: NoticeFacts) -> Document:
    """The printable Notice. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.visit.language)
    case = Case(replace(facts.visit, number=facts.number), words, record_digest(record_json(facts)))
    flow = Flow(FIRST, LATER)
    flow.add(_head(case, facts))
    flow.add(_facts(case, facts), before=8)
    flow.add(Stack(_body(case, facts), 2), before=8)
    if case.findings:
        flow.add(_problems(case), before=6)
    end = [
        Stack(_after(case, facts), 1),
        _signing(case),
        case.text(words["copies"], LABEL._replace(size=8.2, leading=12)),
        _verification(case),
    ]
    flow.add(Kept(end, 7, flow.full), before=8)
    imprint = Imprint(f"{words['notice']} {facts.number}", facts.visit.issuer, facts.visit.site.name)
    return printed(flow, _furniture(case, facts), imprint)


def _head(case: Case, facts: NoticeFacts) -> Block:
    words, visit = case.words, facts.visit
    number = words("number", facts.number) if facts.number else words["no_number"]

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        middle = x + width / 2
        issuer = fit(f"{visit.issuer}　{visit.team}", _ISSUER, width)
        ink.write(issuer, middle, y + baseline(10.5, 15), _ISSUER, align="centre")
        ink.write(words["notice"], middle, y + 18 + baseline(20, 28), _TITLE, align="centre")
        value = VALUE._replace(colour=BLACK)
        ink.write(fit(number, value, width), x + width, y + 62, value, align="right")
        ink.rule((x, y + 69), (x + width, y + 69), BLACK, 1.4)
        ink.rule((x, y + 71.4), (x + width, y + 71.4), BLACK, 0.5)

    return Drawn(72, paint)


def _facts(case: Case, facts: NoticeFacts) -> Block:
    """Label over value, two in a row."""
    words, site, visit = case.words, facts.visit.site, facts.visit
    shown = (
        (words["site"], site.name),
        (words["code"], site.code),
        (words["address"], site.address),
        (words["street"], site.street),
        (words["department"], site.department),
        (words["contact"], " ".join(filter(None, (site.contact, site.phone)))),
        (words["time"], words.span(visit.started, visit.finished)),
        (words["notice.ref"], visit.number),
    )
    value = VALUE._replace(colour=BLACK)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        for i, (name, said) in enumerate(shown):
            left, top = x + (i % 2) * _HALF, y + (i // 2) * _PITCH
            ink.write(name, left, top + 8, LABEL)
            ink.write(fit(said or words["none"], value, _HALF - 10), left, top + 21, value)

    return Drawn(_PITCH * ((len(shown) + 1) // 2), paint)


def _body(case: Case, facts: NoticeFacts) -> list[Block]:
    words, visit = case.words, facts.visit
    if not case.findings:
        return [_indented(case, words["notice.none"])]
    said = words(
        "notice.body",
        team=visit.team,
        day=words.day(visit.started),
        number=visit.number,
        count=len(case.findings),
    )
    return [case.text(words("notice.addressee", visit.site.name), _TEXT), _indented(case, said)]


def _indented(case: Case, text: str) -> Paragraph:
    """A paragraph of prose; Chinese begins two characters in."""
    return case.text(f"　　{text}" if case.words.is_chinese else text, _TEXT)


def _problems(case: Case) -> Grid:
    words = case.words
    names = ("notice.order", "notice.item", "notice.problem", "notice.advice", "notice.by")
    head = Row(tuple(Paragraph(Span(words[name], _HEAD), align="centre") for name in names))
    rows = [_problem(case, number, found) for number, found in enumerate(case.findings, 1)]
    return Grid(_COLUMNS, head, rows, ruling=Ruling(boxed=True, page=LATER.bottom - LATER.top))


def _problem(case: Case, number: int, found: Found) -> Row:
    words, plain, strong = case.words, CELL._replace(colour=BLACK), CELL_BOLD._replace(colour=BLACK)
    seen = [Span(found.requirement, strong)]
    if found.observation:
        seen.append(Span(f"\n{found.observation}", plain))
    return Row(
        (
            Paragraph(Span(str(number), plain), align="centre"),
            Paragraph(Span(f"{found.item}{SIGNS[found.level]}", strong), align="centre"),
            Paragraph(*seen, justify=words.is_chinese),
            case.text(found.advice or words["advice.default"], plain),
            Paragraph(Span(case.deadline(found), strong), justify=False),
        )
    )


def _after(case: Case, facts: NoticeFacts) -> list[Block]:
    """What the marks mean, what applies meanwhile, how to report, when the recheck comes, who gets a copy."""
    words = case.words
    if not case.findings:
        return [case.text(words["scope"], _SMALL)]
    levels = {found.level for found in case.findings}
    lines = [words["notice.marks"]] if levels - {Level.NORMAL} else []
    lines.append(words["notice.meanwhile.veto" if Level.VETO in levels else "notice.meanwhile"])
    lines.append(words["notice.report"])
    latest = case.latest()
    if latest:
        lines.append(words("notice.recheck", words.moment(latest)))
    if facts.copies_to:
        lines.append(words("notice.copies", words.joined(list(facts.copies_to))))
    if facts.issued:
        lines.append(words("notice.issued", words.day(facts.issued)))
    return [case.text(line, _SMALL) for line in lines]


def _signing(case: Case) -> Block:
    """Who issued it and 送達回證: who took it, how and when, or that it was refused; empty for wet ink and seals."""
    words, lines = case.words, len(case.facts.inspectors)
    text, tall = CELL._replace(colour=BLACK), 30.0
    height = tall * (lines + 2)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.frame((x, y, width, height), BLACK)
        ink.rule((x + _NARROW, y), (x + _NARROW, y + height), BLACK)
        for number, officer in enumerate(case.facts.inspectors):
            top = y + number * tall
            named = officer.name + (f"（{officer.certificate}）" if officer.certificate else "")
            ink.write(fit(named, text, width / 3), x + _NARROW + 8, top + 19, text)
            _dated(ink, case, (x + _NARROW + width / 3, top), x + width)
            ink.rule((x + _NARROW, top + tall), (x + width, top + tall), BLACK)
        top = y + lines * tall
        ink.rule((x, top), (x + _NARROW, top), BLACK)
        ink.write(words["sign.inspector"], x + _NARROW / 2, y + lines * tall / 2 + 3, _HEAD, align="centre")
        ink.write(words["notice.receipt"], x + _NARROW / 2, top + tall + 3, _HEAD, align="centre")
        ink.write(words["notice.received"], x + _NARROW + 8, top + 19, text)
        _dated(ink, case, (x + _NARROW + width / 3, top), x + width)
        ink.rule((x + _NARROW, top + tall), (x + width, top + tall), BLACK)
        _ways(ink, case, (x + _NARROW + 8, top + tall + 19), x + width - 8)

    return Drawn(height, paint)


def _dated(ink: Ink, case: Case, at: tuple[float, float], right: float) -> None:
    """A line for ink and a date."""
    label = CELL._replace(colour=BLACK)
    date = case.words["sign.date"]
    edge = right - max(width_of(date, label), 110) - 8
    ink.rule((at[0], at[1] + 22), (edge - 10, at[1] + 22), BLACK)
    ink.write(date, edge, at[1] + 19, label)


def _ways(ink: Ink, case: Case, at: tuple[float, float], right: float) -> None:
    """Boxes to tick: how it was delivered, or that it was refused and why."""
    words, text = case.words, CELL._replace(colour=BLACK)
    x, y = at
    x += ink.write(f"{words['notice.way']}　", x, y, text)
    for key in ("hand", "wire", "refused"):
        ink.frame((x, y - 7.4, 8, 8), BLACK)
        x += 24 + ink.write(words[f"notice.way.{key}"], x + 12, y, text)
    if x < right:
        ink.rule((x - 8, y + 3), (right, y + 3), BLACK)


def _verification(case: Case) -> Block:
    """QR code and digest, small: the form is read by people first."""
    words = case.words

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        qr(ink, case.payload, x, y, _CODE)
        left = x + _CODE + 10
        ink.write(words["verify"], left, y + 12, LABEL_BOLD._replace(colour=BLACK))
        case.text(words["verify.text"], LABEL).draw(ink, left, y + 16, width - _CODE - 10)
        groups = " ".join(case.digest[i : i + 8] for i in range(0, 64, 8))
        ink.write(f"SHA-256 {groups}", left, y + _CODE - 3, DIGEST)

    return Drawn(_CODE, paint)


def _furniture(case: Case, facts: NoticeFacts) -> Furnish:
    words = case.words
    foot = LABEL._replace(colour=BLACK, size=8)
    parts = [facts.number, words("check", case.check)]
    if facts.visit.hotline:
        parts.append(words("hotline", facts.visit.hotline))

    def draw(ink: Ink, page: int, total: int) -> None:
        y = PAGE_HEIGHT - 14 * MM
        if page > 1:
            ink.write(words("again", words["notice"]), LEFT, 16 * MM, foot)
            ink.write(fit(facts.visit.site.name, foot, WIDTH / 2), LEFT + WIDTH, 16 * MM, foot, align="right")
            ink.rule((LEFT, 18 * MM), (LEFT + WIDTH, 18 * MM), BLACK)
        width = ink.write(words("pages", total=total, page=page), LEFT + WIDTH, y, foot, align="right")
        ink.write(fit(" · ".join(filter(None, parts)), foot, WIDTH - width - 12), LEFT, y, foot)
        if not facts.number:
            wide = width_of(words["draft"], _HEAD) + 16
            ink.frame((LEFT, 6 * MM, wide, 14), BLACK)
            ink.write(words["draft"], LEFT + wide / 2, 6 * MM + 10.4, _HEAD, align="centre")

    return draw
