"""整改建議通知單: the problems of one Inspection put to its Site as a form in black (documents.md §4, form layout)."""

from dataclasses import replace

from inspector_app.domain.finding import Level
from inspector_app.reports import amendments
from inspector_app.reports.blocks import Block, Drawn, Kept, Paragraph, Stack, baseline
from inspector_app.reports.brand import RED
from inspector_app.reports.case import SIGNS, Case
from inspector_app.reports.facts import Document, Found, NoticeFacts
from inspector_app.reports.flow import Flow, Frame
from inspector_app.reports.grid import Grid, Row, Ruling
from inspector_app.reports.ink import MM, PAGE_HEIGHT, Ink
from inspector_app.reports.masthead import draw_logo
from inspector_app.reports.pairs import pairs
from inspector_app.reports.palette import BLACK, BODY, CELL, CELL_BOLD, LABEL, VALUE
from inspector_app.reports.press import Furnish, Imprint, printed
from inspector_app.reports.receipt import HEAD, JOINT, ROOMY, TIGHT, Density, receipt, signing, verification
from inspector_app.reports.record import record_digest, record_json
from inspector_app.reports.text import Span, Style, fit, width_of
from inspector_app.reports.words import Words

LEFT, WIDTH = 27 * MM, 156 * MM
FIRST = Frame(LEFT, 22 * MM, WIDTH, PAGE_HEIGHT - 24 * MM)
LATER = Frame(LEFT, 24 * MM, WIDTH, PAGE_HEIGHT - 24 * MM)
_WIDE = (54, 62, 70)
"""Millimetres of the column of problems."""
_TITLE = Style(20, 28, "serif", BLACK, 2.0)
_ISSUER = Style(10.5, 15, "regular", BLACK)
RED_ISSUER = Style(19, 27, "serif", RED, 1.0)
_TEXT = BODY._replace(size=10.5, leading=18, colour=BLACK)
_SMALL = BODY._replace(size=9, leading=14, colour=BLACK)
_HALF = WIDTH / 2


def notice(facts: NoticeFacts) -> Document:
    """The printable Notice. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.visit.language)
    case = Case(replace(facts.visit, number=facts.number), words, record_digest(record_json(facts)))
    laid = [_laid(case, facts, density) for density in (ROOMY, TIGHT)]
    flow = min(laid, key=lambda made: (len(made.pages), made.anchors["signed"]))
    imprint = Imprint(f"{title_of(case, facts)} {facts.number}", facts.visit.issuer, facts.visit.site.name)
    return printed(flow, _furniture(case, facts), imprint)


def _laid(case: Case, facts: NoticeFacts, density: Density) -> Flow:
    """All pages. The Inspectors sign on a page with text; the receipt may follow alone, since it says of what it is."""
    flow, gap, words = Flow(FIRST, LATER), density.gap, case.words
    flow.add(_head(case, facts))
    flow.add(_facts(case, facts, density), before=gap)
    flow.add(Stack(_body(case, facts, density), 2), before=gap)
    if case.findings:
        flow.add(problems(case, facts), before=gap - 2)
    until, after = meanwhile(case), _then(case, facts)
    if until:
        flow.add(Stack(until, 1), before=gap)
    signed = [Stack(after, 1), signing(case, density)]
    flow.add(Kept(signed, gap - 1, flow.full), before=1 if until else gap, anchor="signed")
    copies = case.text(words["copies"], LABEL._replace(size=8.2, leading=12))
    subject = f"{title_of(case, facts)} {facts.number or words['none']}"
    took = [receipt(case, subject, density), copies, verification(case)]
    flow.add(Kept(took, gap - 2, flow.full), before=JOINT)
    return flow


def title_of(case: Case, facts: NoticeFacts) -> str:
    """What the paper is called; an order only where the organisation has the power (documents.md D9)."""
    return case.words["order" if facts.wording else "notice"]


def _head(case: Case, facts: NoticeFacts) -> Block:
    """Issuer, logo at the left; 紅頭 where the organisation has one."""
    words, visit, brand = case.words, facts.visit, facts.visit.brand
    is_red = brand.head == "red"
    issuer_style = RED_ISSUER if is_red else _ISSUER
    down = 14.0 if is_red else 0.0
    title, room = title_of(case, facts), WIDTH - (48 * MM if brand.logo else 0)
    big = _TITLE if words.is_chinese else _TITLE._replace(tracking=0.6)
    big = big._replace(size=min(big.size, big.size * room / width_of(title, big)))
    number = words("number", facts.number) if facts.number else words["no_number"]

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        middle = x + width / 2
        draw_logo(ink, brand.logo, (x - 4 * MM, y - 4, 22 * MM, 13 * MM))
        named = visit.issuer if is_red else f"{visit.issuer}　{visit.team}"
        issuer = fit(named, issuer_style, room)
        ink.write(issuer, middle, y + baseline(issuer_style.size, issuer_style.leading), issuer_style, align="centre")
        ink.write(title, middle, y + down + 18 + baseline(20, 28), big, align="centre")
        value = VALUE._replace(colour=BLACK)
        ink.write(fit(number, value, width), x + width, y + down + 62, value, align="right")
        if is_red:
            ink.write(fit(visit.team, value, width / 3), x, y + down + 62, value)
        for at, weight in ((69, 1.4), (71.4, 0.5)):
            ink.rule((x, y + down + at), (x + width, y + down + at), RED if is_red else BLACK, weight)

    return Drawn(72 + down, paint)


def _facts(case: Case, facts: NoticeFacts, density: Density) -> Block:
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
    told = [(label, said or words["none"]) for label, said in shown]
    return pairs(told, VALUE._replace(colour=BLACK), half=_HALF, pitch=density.pitch)


def _body(case: Case, facts: NoticeFacts, density: Density) -> list[Block]:
    words, visit = case.words, facts.visit
    if not case.findings:
        return [_indented(case, words["notice.none"], density)]
    said = words(
        "order.body" if facts.wording else "notice.body",
        team=visit.team,
        day=words.day(visit.started),
        number=visit.number,
        count=len(case.findings),
    )
    said += amendments.note(case)
    text = _TEXT._replace(leading=density.leading)
    return [case.text(words("notice.addressee", visit.site.name), text), _indented(case, said, density)]


def _indented(case: Case, text: str, density: Density) -> Paragraph:
    """A paragraph of prose; Chinese begins two characters in."""
    indented = f"　　{text}" if case.words.is_chinese else text
    return case.text(indented, _TEXT._replace(leading=density.leading))


def problems(case: Case, facts: NoticeFacts) -> Grid:
    """The table of problems, one deadline each, in a full grid of black lines."""
    words = case.words
    advice = "order.advice" if facts.wording else "notice.advice"
    names = ("notice.order", "notice.item", "notice.problem", advice, "notice.by")
    head = Row(tuple(Paragraph(Span(words[name], HEAD), align="centre") for name in names))
    usual = words["order.default" if facts.wording else "advice.default"]
    rows = [_problem(case, number, found, usual) for number, found in enumerate(case.findings, 1)]
    ruling = Ruling(boxed=True, page=LATER.bottom - LATER.top)
    return min((Grid(_columns(wide), head, rows, ruling=ruling) for wide in _WIDE), key=lambda grid: grid.height(WIDTH))


def _columns(wide: float) -> tuple[float, ...]:
    """Problem and advice share 104 mm, so that short advice leaves room to long problems."""
    return (12 * MM, 16 * MM, wide * MM, (104 - wide) * MM, 24 * MM)


def _problem(case: Case, number: int, found: Found, usual: str) -> Row:
    words, plain, strong = case.words, CELL._replace(colour=BLACK), CELL_BOLD._replace(colour=BLACK)
    seen = [Span(found.requirement, strong)]
    if found.observation:
        seen.append(Span(f"\n{found.observation}", plain))
    return Row(
        (
            Paragraph(Span(str(number), plain), align="centre"),
            Paragraph(Span(f"{found.item}{SIGNS[found.level]}", strong), align="centre"),
            Paragraph(*seen, justify=words.is_chinese),
            case.text(found.advice or usual, plain),
            Paragraph(Span(case.deadline(found), strong), justify=False),
        )
    )


def meanwhile(case: Case) -> list[Block]:
    """What the marks mean and what applies until all is put right."""
    words = case.words
    if not case.findings:
        return []
    levels = {found.level for found in case.findings}
    lines = [words["notice.marks"]] if levels - {Level.NORMAL} else []
    lines.append(words["notice.meanwhile.veto" if Level.VETO in levels else "notice.meanwhile"])
    return [case.text(line, _SMALL) for line in lines]


def _then(case: Case, facts: NoticeFacts) -> list[Block]:
    """What follows the problems, small; who gets a copy and when it was issued."""
    words, lines = case.words, then(case, facts)
    if case.findings and facts.copies_to:
        lines.append(words("notice.copies", words.joined(list(facts.copies_to))))
    if case.findings and facts.issued:
        lines.append(words("notice.issued", words.day(facts.issued)))
    return [case.text(line, _SMALL) for line in lines]


def then(case: Case, facts: NoticeFacts) -> list[str]:
    """How to report, when the recheck comes."""
    words = case.words
    if not case.findings:
        return [words["scope"]]
    lines = [facts.remedies, words["notice.report"]] if facts.wording else [words["notice.report"]]
    lines += facts.visit.brand.sign_off
    latest = case.latest()
    if latest:
        lines.append(words("notice.recheck", words.moment(latest)))
    return lines


def _furniture(case: Case, facts: NoticeFacts) -> Furnish:
    words = case.words
    foot = LABEL._replace(colour=BLACK, size=8)
    parts = [facts.number, words("check", case.check)]
    if facts.visit.hotline:
        parts.append(words("hotline", facts.visit.hotline))

    def draw(ink: Ink, page: int, total: int) -> None:
        y = PAGE_HEIGHT - 14 * MM
        if page > 1:
            ink.write(words("again", title_of(case, facts)), LEFT, 16 * MM, foot)
            ink.write(fit(facts.visit.site.name, foot, WIDTH / 2), LEFT + WIDTH, 16 * MM, foot, align="right")
            ink.rule((LEFT, 18 * MM), (LEFT + WIDTH, 18 * MM), BLACK)
        width = ink.write(words("pages", total=total, page=page), LEFT + WIDTH, y, foot, align="right")
        ink.write(fit(" · ".join(filter(None, parts)), foot, WIDTH - width - 12), LEFT, y, foot)
        if not facts.number:
            wide = width_of(words["draft"], HEAD) + 16
            ink.frame((LEFT, 6 * MM, wide, 14), BLACK)
            ink.write(words["draft"], LEFT + wide / 2, 6 * MM + 10.4, HEAD, align="centre")

    return draw
