"""Page 1 answers everything: head, result strip, facts, scores, summary, the gravest Findings with page numbers."""

from itertools import accumulate

from inspector_app.domain.inspection import Result
from inspector_app.reports import answers
from inspector_app.reports.blocks import Block, Columns, Drawn, Paragraph, baseline
from inspector_app.reports.case import Case, rate, share
from inspector_app.reports.figures import figure
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import cross, dash, qr, tick
from inspector_app.reports.masthead import small_issuer
from inspector_app.reports.page import LATER
from inspector_app.reports.palette import (
    CODE,
    FAIL,
    HAIR,
    INK,
    ISSUER,
    LABEL,
    MUTED,
    PASSED,
    SUBTITLE,
    TITLE,
    VALUE,
    WARN,
    WHITE,
)
from inspector_app.reports.text import Line, Span, Style, Token, fit, width_of

_STRIP, _BLOCK, _RATE, _LAST = 18 * MM, 36 * MM, 25 * MM, 29 * MM
_QR = 25 * MM


def head(case: Case) -> Block:
    """Issuer with kind and stage, title, subject, number; the QR code at the right."""
    facts, words = case.facts, case.words

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        issuer = " · ".join(
            part
            for part in (
                small_issuer(facts.brand, facts.issuer),
                facts.team,
                words[f"kind.{facts.kind}"],
                words[f"stage.{facts.stage}"],
            )
            if part
        )
        room = width - _QR - 6 * MM
        ink.write(fit(issuer, ISSUER, room), x, y + 8, ISSUER)
        size = TITLE.size if width_of(words["title"], TITLE) <= room else 22
        ink.write(words["title"], x, y + 41, TITLE._replace(size=size, tracking=1.2 if words.is_chinese else 0))
        subject = facts.subject or words["subject"]
        ink.write(fit(subject, SUBTITLE, room), x - (SUBTITLE.size / 2 if subject[0] in "「“" else 0), y + 62, SUBTITLE)
        number = words("number", facts.number) if facts.number else words["no_number"]
        ink.write(fit(number, VALUE, room), x, y + 81, VALUE)
        qr(ink, case.payload, x + width - _QR, y + 1, _QR)
        ink.write(words["scan"], x + width - _QR / 2, y + _QR + 12, LABEL, align="centre")

    return Drawn(33.5 * MM, paint)


def strip(case: Case) -> Block:
    """The result as a block told apart by shape, then rate, counts and the latest Deadline."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        tally, words = case.tally, case.words
        ink.frame((x, y, width, _STRIP), HAIR, weight=0.7)
        _result(ink, case, (x, y, _BLOCK, _STRIP))
        small = (width - _BLOCK - _RATE - _LAST) / 5
        left = x + _BLOCK
        if case.facts.result is Result.RECORDED:
            answered = str(answers.count(case))
            figure(ink, (left, y, _RATE), (words["answers.count"], answered, words["answers.unit"]), INK)
            return
        figure(ink, (left, y, _RATE), (words("rate", share(tally)), rate(tally), ""), INK)
        left += _RATE
        counts = (
            ("total", tally.total),
            ("pass", tally.passed),
            ("fail", tally.failed),
            ("na", tally.na),
            ("unchecked", tally.unchecked),
        )
        for key, count in counts:
            ink.rule((left, y + 10), (left, y + _STRIP - 10), HAIR, 0.6)
            colour = FAIL if key == "fail" and count else WARN if key == "unchecked" and count else INK
            figure(ink, (left, y, small), (words[key], str(count), words["unit"]), colour)
            left += small
        ink.rule((left, y + 10), (left, y + _STRIP - 10), HAIR, 0.6)
        _latest(ink, case, left, y)

    return Drawn(_STRIP, paint)


def _latest(ink: Ink, case: Case, x: float, y: float) -> None:
    words, latest = case.words, case.latest()
    ink.write(words["latest"], x + 7, y + 17, LABEL)
    bold = VALUE._replace(weight="bold", size=9.4)
    if latest is None:
        urgent = next((case.deadline(found) for found in case.findings), words["none"])
        ink.write(fit(urgent, bold, _LAST - 9), x + 7, y + 36, bold)
        return
    ink.write(fit(words.day(latest), bold, _LAST - 9), x + 7, y + 31, bold)
    ink.write(f"{latest.hour:02d}:{latest.minute:02d}", x + 7, y + 43, bold)


def _result(ink: Ink, case: Case, box: tuple[float, float, float, float]) -> None:
    """合格 outlined with a tick, 基本合格 with a hatched edge, 不合格 filled with a cross, undecided dashed."""
    words, result = case.words, case.facts.result
    x, y, width, height = box
    colour, ground = {
        Result.FAILS: (WHITE, FAIL),
        Result.RECTIFY: (WARN, WHITE),
        Result.PASSES: (PASSED, WHITE),
        Result.OPEN: (MUTED, WHITE),
        Result.RECORDED: (MUTED, WHITE),
    }[result]
    if result is Result.FAILS:
        ink.rect(box, ground)
    else:
        inner = (x + 0.9, y + 0.9, width - 1.8, height - 1.8)
        ink.frame(inner, colour, weight=1.8, dash="4 3" if result is Result.OPEN else "")
    if result is Result.RECTIFY:
        ink.hatch((x, y, 7, height), WARN, step=4.2)
        x, width = x + 7, width - 7
    more = words[f"result.{result.value}.more"]
    middle = x + width / 2
    ink.write(words["result"], middle, y + 13.5, LABEL._replace(colour=colour), align="centre")
    big = Style(15 if more else 17, 20, "bold", colour)
    label = words[f"result.{result.value}"]
    mark = 10.0
    start = middle - (width_of(label, big) + mark + 5) / 2
    line = y + (30.5 if more else 35)
    shape = {Result.FAILS: cross, Result.PASSES: tick}.get(result, dash)
    if result is not Result.RECTIFY:
        shape(ink, start, line - 10.5, mark, colour)
        start += mark + 5
    else:
        start += (mark + 5) / 2
    ink.write(label, start, line, big)
    if more:
        small = Style(7.6, 10, "medium", colour)
        if width_of(more, small) > width - 6:
            small = small._replace(size=7.0)
        ink.write(fit(more, small, width - 3), middle, y + 43.5, small, align="centre")


class FactRow:
    """Labels over values side by side with a hairline under them; values wrap."""

    def __init__(self, cells: tuple[tuple[float, str, Block], ...]) -> None:
        self.cells = cells

    def _values(self, width: float) -> Columns:
        starts = accumulate((share_ for share_, _, _ in self.cells), initial=0.0)
        return Columns(
            [(at * width, share_ * width - 10, cell) for at, (share_, _, cell) in zip(starts, self.cells, strict=False)]
        )

    def height(self, width: float) -> float:
        """11.4 mm for one line; more where a value wraps."""
        return max(11.4 * MM, 18.0 + self._values(width).height(width) + 3.5)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Only values longer than a page, by lines."""
        halves = (
            self._values(width).split(width, room - 21.5) if self.height(width) > LATER.bottom - LATER.top else None
        )
        if halves is None:
            return None
        first = zip(self.cells, halves[0].cells, strict=True)
        return FactRow(tuple((share_, label, cell[2]) for (share_, label, _), cell in first)), halves[1]

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """Label, value, hairline."""
        bottom = y + self.height(width)
        ink.rule((x, bottom), (x + width, bottom), HAIR, 0.6)
        self._values(width).draw(ink, x, y + 16, width)
        for share_, label, _ in self.cells:
            ink.write(label, x, y + 13, LABEL)
            x += share_ * width


class CreditCode:
    """統一社會信用代碼 of 18 characters: mono, groups 2-6-9-1 parted by drawn gaps; copies as one string."""

    def __init__(self, code: str) -> None:
        self.code = code

    def height(self, width: float) -> float:
        """One line."""
        return VALUE.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Never."""
        return None

    def draw(self, ink: Ink, x: float, y: float, width: float) -> None:
        """A line of four tokens with negative kerns."""
        cuts = ((0, 2), (2, 8), (8, 17), (17, None))
        row = [Token(part, CODE, width_of(part, CODE), -2.2) for part in (self.code[a:b] for a, b in cuts)]
        ink.lines([Line(row, 0.0)], x, y + baseline(CODE.size, CODE.leading), CODE.leading)


def fact_rows(case: Case) -> list[Block]:
    """The unit, the place, the time and the people."""
    facts, words, site = case.facts, case.words, case.facts.site

    def cell(share_: float, key: str, value: str) -> tuple[float, str, Block]:
        return share_, words[key], Paragraph(Span(value or words["none"], VALUE), justify=False)

    people = [f"{o.name}（{o.certificate or words['no_certificate']}）" for o in facts.inspectors]
    if not words.is_chinese:
        people = [f"{o.name} ({o.certificate or words['no_certificate']})" for o in facts.inspectors]
    post = f"（{site.post}）" if site.post else ""
    contact = " ".join(part for part in (site.contact + post, site.phone) if part)
    kinds = (("type", site.type_label), ("park", site.park), ("department", site.department))
    time = words.span(facts.started, facts.finished)
    code = cell(1 / 3, "code", site.code)
    if len(site.code) == 18 and site.code.isascii() and site.code.isalnum():
        code = (1 / 3, words["code"], CreditCode(site.code))
    return [
        FactRow((cell(2 / 3, "site", site.name), code)),
        FactRow((cell(2 / 3, "address", site.address), cell(1 / 3, "street", site.street))),
        FactRow(tuple(cell(1 / 3, key, value) for key, value in kinds)),
        FactRow((cell(2 / 3, "contact", contact), cell(1 / 3, "headcount", _headcount(case)))),
        FactRow((cell(2 / 3, "inspectors", "　".join(people)), cell(1 / 3, "time", time))),
    ]


def _headcount(case: Case) -> str:
    site, words = case.facts.site, case.words
    if site.headcount is None:
        return ""
    if site.headcount_due:
        return words("people_of", site.headcount, site.headcount_due)
    return words("people", site.headcount)
