"""A checklist on paper, to be filled in by hand: boxes to tick, lines to write on, room for every signature."""

from inspector_app.domain.finding import Level
from inspector_app.reports.blank_facts import BlankDimension, BlankFacts, BlankItem, BlankQuestion
from inspector_app.reports.blocks import Block, Columns, Drawn, Kept, Paragraph, Stack
from inspector_app.reports.case import SIGNS, section
from inspector_app.reports.facts import Document
from inspector_app.reports.flow import Flow
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.masthead import masthead, small_issuer
from inspector_app.reports.page import COLUMN, FIRST, GUTTER, LATER, Furniture
from inspector_app.reports.palette import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_MUTED,
    HAIR,
    HEAD,
    INK,
    ISSUER,
    LABEL,
    MUTED,
    NAVY,
    PALE,
    TITLE,
    VALUE,
)
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.text import Span, fit, width_of
from inspector_app.reports.words import Words

_ITEMS = (15 * MM, 78 * MM, 50 * MM, 29 * MM)
_ASKED = (76 * MM, 96 * MM)
_FIELDS = (("site", "code"), ("address", "street"), ("time", "blank.company"), ("blank.inspectors", "contact"))
_LINE = 21.0
_BOX = 30 * MM
_GROUP = CELL_BOLD._replace(colour=NAVY)


def blank(facts: BlankFacts) -> Document:
    """The printable form. The same facts give the same bytes."""
    words = Words(facts.language)
    flow = Flow(FIRST, LATER)
    over = masthead(facts.brand, facts.issuer)
    if over is not None:
        flow.add(over)
    flow.add(_head(facts, words), title=facts.title)
    flow.add(_fields(words), before=4)
    levels = {item.level for one in facts.dimensions for item in one.items} - {Level.NORMAL}
    how = words["blank.how"] + (words["notice.marks"] if levels else "")
    flow.add(Paragraph(Span(how, LABEL._replace(size=8.2, leading=12)), justify=words.is_chinese), before=6)
    grids = [_items(facts, words)] if facts.dimensions else []
    grids += [_asked(facts, words)] if facts.sections else []
    for grid in grids[:-1]:
        flow.add(grid, before=6)
    end = _end(facts, words, flow.full)
    for grid in grids[-1:]:
        flow.add_last(grid, end, before=14, gap=14 if len(grids) > 1 else 6)
    if not grids:
        flow.add(end, before=14)
    foot = (f"{facts.form} {facts.version}".strip(), words("printed", words.day(facts.printed)))
    hotline = (words("hotline", facts.hotline),) if facts.hotline else ()
    banded = facts.brand.head == "band"
    furniture = Furniture(facts.title, words["blank"], (*foot, *hotline), words["pages"], has_band=banded)
    imprint = Imprint(facts.title, facts.issuer, words["blank"])
    return printed(flow, furniture.draw, imprint, facts.brand.colour)


def _head(facts: BlankFacts, words: Words) -> Block:
    natural = width_of(facts.title, TITLE._replace(tracking=0))
    size = max(13.0, min(22.0, TITLE.size * COLUMN / natural)) if natural else 22.0
    title = Paragraph(Span(facts.title, TITLE._replace(size=size, leading=size * 1.25, tracking=0)), justify=False)
    issuer = small_issuer(facts.brand, facts.issuer)
    said = " · ".join(part for part in (issuer, words["blank"]) if part)
    return Stack([Paragraph(Span(said, ISSUER), justify=False), title], 3)


def _fields(words: Words) -> Block:
    """Who was visited, when and by whom, each over a line to write on."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        half = (width - GUTTER) / 2
        for line, keys in enumerate(_FIELDS):
            for place, key in enumerate(keys):
                left, base = x + place * (half + GUTTER), y + line * 24 + 18
                end = left + ink.write(words[key], left, base, LABEL) + 5
                ink.rule((end, base + 3), (left + half, base + 3), MUTED, 0.6)

    return Drawn(24.0 * len(_FIELDS), paint)


def _items(facts: BlankFacts, words: Words) -> Grid:
    head = Row(tuple(Paragraph(Span(words[key], HEAD)) for key in ("item", "requirement", "verdict", "blank.note")))
    rows: list[Row] = []
    for one in facts.dimensions:
        rows.append(_group(one, words))
        rows += [_item(item, words) for item in one.items]
    return Grid(_ITEMS, head, rows)


def _group(one: BlankDimension, words: Words) -> Row:
    name = " ".join(part for part in (one.id, one.name) if part)

    def row(text: str, again: Row | None) -> Row:
        return Row((Paragraph(Span(text, _GROUP), justify=False), None, None, None), tint=PALE, again=again)

    return row(name, row(words("again", name), None))


def _item(item: BlankItem, words: Words) -> Row:
    spans = [Span(item.text, CELL)]
    spans += [Span(f"\n{measure}　＿＿＿＿", CELL_MUTED) for measure in item.measures]
    boxes = "　".join(f"□ {words[key]}" for key in ("pass", "fail", "na"))
    return Row(
        (
            Paragraph(Span(f"{item.id}{SIGNS[item.level]}", CELL_MUTED), justify=False),
            Paragraph(*spans, justify=words.is_chinese),
            Paragraph(Span(boxes, CELL), justify=False),
            Drawn(CELL.leading, lambda ink, x, y, width: None),
        )
    )


def _asked(facts: BlankFacts, words: Words) -> Grid:
    head = Row(tuple(Paragraph(Span(words[key], HEAD)) for key in ("answers.question", "answers.answer")))
    rows: list[Row] = []
    for label, questions in facts.sections:
        if label:
            tinted = Paragraph(Span(label, _GROUP), justify=False)
            again = Row((Paragraph(Span(words("again", label), _GROUP), justify=False), None), tint=PALE)
            rows.append(Row((tinted, None), tint=PALE, again=again))
        rows += [_question(one) for one in questions]
    return Grid(_ASKED, head, rows)


def _question(one: BlankQuestion) -> Row:
    indent = "　" * one.depth
    if one.kind == "heading":
        return Row((Paragraph(Span(indent + one.label, CELL_BOLD), justify=False), None), ruled=False, held=True)
    label = Paragraph(Span(indent + one.label, CELL), justify=False)
    if one.choices:
        sign = "○" if one.kind == "one" else "□"
        ticks = "　".join(f"{sign} {choice}" for choice in one.choices)
        return Row((label, Paragraph(Span(ticks, CELL), justify=False)))
    return Row((label, _rules(one.lines)))


def _rules(count: int) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        for line in range(1, count):
            ink.rule((x, y + line * _LINE), (x + width, y + line * _LINE), HAIR, 0.5)

    return Drawn(count * _LINE - 8, paint)


def _end(facts: BlankFacts, words: Words, page: float) -> Block:
    """Notes, opinion, signatures."""
    labels = [words["sign.inspector"], words["sign.inspector"], words["sign.head"], *facts.brand.signers]
    each = (COLUMN - 2 * GUTTER) / 3
    rows = [
        Columns([(i * (each + GUTTER), each, _sign(label, words)) for i, label in enumerate(labels[at : at + 3])])
        for at in range(0, len(labels), 3)
    ]
    scope = Paragraph(Span(words["scope"], BODY._replace(size=9, leading=14)), justify=words.is_chinese)
    lines = [Paragraph(Span(line, BODY._replace(size=9, leading=14))) for line in facts.brand.sign_off]
    return Kept([section(words["closing"]), *lines, _opinion(words), scope, *rows], 7, page)


def _opinion(words: Words) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        end = ink.write(fit(words["opinion"], VALUE, width), x, y + 14, VALUE._replace(size=9, weight="regular"))
        ink.rule((x + min(end + 4, width * 0.7), y + 17), (x + width, y + 17), MUTED, 0.5)
        ink.rule((x, y + 38), (x + width, y + 38), MUTED, 0.5)

    return Drawn(42, paint)


def _sign(label: str, words: Words) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.frame((x, y, width, _BOX), HAIR, weight=0.7)
        ink.write(fit(label, LABEL, width - 12), x + 6, y + 13, LABEL)
        ink.rule((x + 6, y + _BOX - 26), (x + width - 6, y + _BOX - 26), INK, 0.7)
        ink.write(words["sign.date"], x + 6, y + _BOX - 10, LABEL)

    return Drawn(_BOX, paint)
