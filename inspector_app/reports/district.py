"""全區匯總: every Team on one page, with both numbers behind each rate, told apart without colour."""

from collections.abc import Iterable

from inspector_app.domain.scoring import PASS_LINE, Tally
from inspector_app.reports.blocks import Block, Drawn, Paragraph
from inspector_app.reports.brand import RED
from inspector_app.reports.case import rate, share
from inspector_app.reports.facts import DistrictFacts, Document, TeamLine
from inspector_app.reports.figures import figures
from inspector_app.reports.flow import Flow
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import bar
from inspector_app.reports.masthead import draw_logo
from inspector_app.reports.page import FIRST, LATER, Furniture
from inspector_app.reports.palette import FAIL, HAIR, INK, ISSUER, LABEL, MUTED, NAVY, TITLE, TRACK, VALUE, WARN, WHITE
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.text import Span, Style, fit, width_of
from inspector_app.reports.words import Words

_PITCH = 4.95 * MM
_TEXT = Style(8.2, 12, "regular", INK)
_BOLD = _TEXT._replace(weight="bold")
_SMALL = Style(7.2, 10, "regular", MUTED)
_HEAD = Style(7.6, 11, "bold", NAVY)
_STREET, _VISITED, _COVER, _SCORE, _RATE, _CELLS, _FOUND = (mm * MM for mm in (15, 42, 55, 70, 93, 120, 164))
_CELL = 6.6 * MM
_WEAK = 0.7
_LOGO = 26 * MM


def district(facts: DistrictFacts) -> Document:
    """The printable summary. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.language)
    flow = Flow(FIRST, LATER)
    flow.add(_head(facts, words), title=words["district"])
    flow.add(_strip(facts, words))
    flow.add(_titles(facts, words), before=9)
    for line in facts.teams:
        flow.add(_row(line, words))
    note = Paragraph(Span(words["district.note"], LABEL._replace(size=7.4, leading=10.6)), justify=words.is_chinese)
    flow.add(note, before=4)
    foot = [words("district.as_of", words.moment(facts.as_of)), words("printed", words.moment(facts.printed))]
    foot.append(words("check", check_code(record_digest(record_json(facts)))))
    if facts.hotline:
        foot.append(words("hotline", facts.hotline))
    banded = facts.brand.head == "band"
    furniture = Furniture(words["district"], _days(facts, words), tuple(foot), words["pages"], has_band=banded)
    imprint = Imprint(f"{words['district']} {_days(facts, words)}", facts.issuer, "")
    return printed(flow, furniture.draw, imprint, facts.brand.colour)


def _days(facts: DistrictFacts, words: Words) -> str:
    first, last = words.day(facts.first), words.day(facts.last)
    return first if first == last else words("span", first, last)


def _head(facts: DistrictFacts, words: Words) -> Block:
    title = TITLE._replace(size=21 if words.is_chinese else 19, tracking=0)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        span = f"{_days(facts, words)} · {words('district.teams', len(facts.teams))}"
        room = width - ink.write(span, x + width, y + 8, VALUE, align="right") - 12
        issuer = ISSUER._replace(colour=RED, weight="bold") if facts.brand.head == "red" else ISSUER
        ink.write(fit(facts.issuer, issuer, room), x, y + 8, issuer)
        draw_logo(ink, facts.brand.logo, (x + width - _LOGO, y + 14, _LOGO, 30))
        hang = title.size / 2 if words["district"][0] in "「“" else 0
        ink.write(words["district"], x - hang, y + 37, title)

    return Drawn(48, paint)


def _strip(facts: DistrictFacts, words: Words) -> Block:
    """Sums of the columns below, so that head and table tie."""
    tally = _sum(line.tally for line in facts.teams)
    visited, listed = sum(line.visited for line in facts.teams), sum(line.listed for line in facts.teams)
    overdue, soon = sum(line.overdue for line in facts.teams), sum(line.due_soon for line in facts.teams)
    item = words["unit"]
    return figures(
        (
            (words["district.visited"], f"{visited}/{listed}", words["district.place"], ""),
            (words("district.rate", share(tally)), rate(tally), "", ""),
            (words["district.findings"], str(sum(line.findings for line in facts.teams)), item, ""),
            (words["district.closed"], str(sum(line.closed for line in facts.teams)), item, ""),
            (words["district.soon"], str(soon), item, WARN if soon else ""),
            (words["district.overdue"], str(overdue), item, FAIL if overdue else ""),
        )
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    passed = failed = na = unchecked = 0
    for tally in tallies:
        passed, failed = passed + tally.passed, failed + tally.failed
        na, unchecked = na + tally.na, unchecked + tally.unchecked
    return Tally(passed, failed, na, unchecked)


def _titles(facts: DistrictFacts, words: Words) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        heads = (
            (0.0, "district.team"), (_STREET, "district.street"), (_VISITED, "district.coverage"),
            (_SCORE, "district.score"),
        )  # fmt: skip
        for left, key in heads:
            ink.write(words[key], x + left, y + 9, _HEAD)
        for at, (ident, name) in enumerate(facts.dimensions):
            middle = x + _CELLS + (at + 0.5) * _CELL
            ink.write(name[:2] if words.is_chinese else ident, middle, y + 9, _HEAD._replace(size=7.2), align="centre")
        ink.write(words["fail"] if words.is_chinese else words["day.found"], x + _FOUND, y + 9, _HEAD, align="right")
        ink.write(words["district.late"], x + width, y + 9, _HEAD, align="right")
        ink.rule((x, y + 14), (x + width, y + 14), NAVY, 0.9)

    return Drawn(15, paint)


def _row(line: TeamLine, words: Words) -> Block:
    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        base = y + 10.2
        if line.overdue:
            ink.rect((x - 5, y + 1, 2.4, _PITCH - 2), FAIL)
        ink.write(line.team, x, base, _BOLD)
        ink.write(fit(line.streets, _SMALL, _VISITED - _STREET - 6), x + _STREET, base, _SMALL)
        ink.rule((x, y + _PITCH), (x + width, y + _PITCH), HAIR, 0.4)
        if line.is_silent:
            ink.write(words["district.silent"], x + _VISITED, base, _BOLD._replace(colour=WARN))
            return
        ink.write(f"{line.visited}/{line.listed}", x + _COVER - 5, base, _TEXT, align="right")
        covered = min(line.visited / line.listed, 1.0) if line.listed else 0.0
        ink.rect((x + _COVER, y + 4, _SCORE - _COVER - 8, 5.6), TRACK)
        ink.rect((x + _COVER, y + 4, (_SCORE - _COVER - 8) * covered, 5.6), MUTED)
        _score(ink, line.tally, x, y)
        for at, tally in enumerate(line.dimensions):
            _cell(ink, tally, x + _CELLS + at * _CELL, y)
        ink.write(str(line.findings), x + _FOUND, base, _TEXT, align="right")
        late = _BOLD._replace(colour=FAIL) if line.overdue else _TEXT._replace(colour=MUTED)
        ink.write(str(line.overdue) if line.overdue else words["none"], x + width, base, late, align="right")

    return Drawn(_PITCH, paint)


def _score(ink: Ink, tally: Tally, x: float, y: float) -> None:
    """A bar with the 80 line, the rate, and the two numbers behind it."""
    length = _RATE - _SCORE - 6
    low = tally.rate is not None and tally.rate < PASS_LINE
    bar(ink, (x + _SCORE, y + 3.2, length, 7.4), float(tally.rate or 0), low=low)
    at = x + _SCORE + length * float(PASS_LINE)
    ink.path([(at, y), (at, y + _PITCH)], INK, weight=0.6, dash="2 1.6")
    style = _BOLD._replace(colour=FAIL) if low else _BOLD
    ink.write(rate(tally), x + _RATE + 27, y + 10.2, style, align="right")
    ink.write(share(tally), x + _CELLS - 6, y + 10.2, _SMALL._replace(size=7.0), align="right")


def _cell(ink: Ink, tally: Tally, x: float, y: float) -> None:
    """Below 70 white on dark, 70-79 framed, others plain."""
    box = (x + 0.8, y + 1.2, _CELL - 1.6, _PITCH - 2.4)
    said = rate(tally).removesuffix("%").split(".")[0]
    style = _TEXT._replace(size=7.8)
    if tally.rate is not None and tally.rate < _WEAK:
        ink.rect(box, FAIL)
        style = style._replace(colour=WHITE, weight="bold")
    elif tally.rate is not None and tally.rate < PASS_LINE:
        ink.frame(box, WARN, weight=0.8)
    width = width_of(said, style)
    ink.write(said, x + (_CELL - width) / 2, y + 10, style)
