"""Second half of page 1: the Dimensions as bars with the 80 line, the summary, the failed Items at a glance."""

from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result
from inspector_app.domain.scoring import PASS_LINE, percent
from inspector_app.reports.blocks import Block, Drawn, Paragraph
from inspector_app.reports.case import LEVEL_COLOURS, Case, late, rate, share
from inspector_app.reports.facts import Dimension, Found
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.marks import bar
from inspector_app.reports.palette import (
    BODY,
    CAPTION,
    CELL,
    CELL_BOLD,
    CELL_MUTED,
    FAIL,
    HEAD,
    INK,
    LABEL,
    MUTED,
    VALUE,
)
from inspector_app.reports.text import Style, fit, width_of

_LABELS, _FIGURES, _BAR = 36 * MM, 75 * MM, 4.6 * MM
_COLUMNS = (17 * MM, 77 * MM, 25 * MM, 36 * MM, 17 * MM)
_MOST = 12
"""Rows that page 1 can hold at all."""
_NAME = VALUE._replace(size=9.4)


def is_low(dimension: Dimension) -> bool:
    """A counted Dimension below the 80 line."""
    return dimension.counted and dimension.tally.rate is not None and dimension.tally.rate < PASS_LINE


def bars(case: Case) -> Block:
    """One row per Dimension."""
    dimensions = case.facts.dimensions
    pitch = (8.4 if len(dimensions) <= 5 else 7.2) * MM

    names = max(width_of(dimension.name, _NAME) for dimension in dimensions) + 12 if dimensions else 0.0
    labels = min(max(_LABELS, names), _LABELS + 30 * MM)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        left, length = x + labels, width - labels - _FIGURES
        for i, dimension in enumerate(dimensions):
            _row(ink, case, dimension, (x, y + i * pitch + 3, left, length))
        at = left + length * float(PASS_LINE)
        end = y + len(dimensions) * pitch + 1
        ink.path([(at, y), (at, end)], INK, weight=0.7, dash="2 1.6")
        ink.write(case.words["line"], at, end + 8.5, LABEL._replace(size=7.2), align="centre")

    return Drawn(len(dimensions) * pitch + 11, paint)


def _row(ink: Ink, case: Case, dimension: Dimension, at: tuple[float, float, float, float]) -> None:
    x, y, left, length = at
    words, tally = case.words, dimension.tally
    low = is_low(dimension)
    line = y + _BAR / 2 + 3.5
    ink.write(fit(dimension.name, _NAME, left - x - 6), x, line, _NAME)
    bar(ink, (left, y, length, _BAR), float(tally.rate or 0), low=low)
    right = left + length + 9
    ink.write(rate(tally), right, line + 0.5, Style(12, 16, "bold", FAIL if low else INK))
    details = [words("passed_of", tally.passed, tally.denominator)]
    details += [words("and_na", tally.na)] if tally.na else []
    details += [words("and_unchecked", tally.unchecked)] if tally.unchecked else []
    end = right + 50 + ink.write("　".join(details), right + 50, line, CAPTION)
    tag = words["below"] if low else "" if dimension.counted else words["uncounted"]
    if tag:
        style = CAPTION._replace(weight="bold" if low else "regular", colour=FAIL if low else MUTED)
        ink.write(tag, max(end + 6, left + length + _FIGURES - width_of(tag, style)), line, style)


def summary(case: Case) -> Paragraph:
    """Four lines of prose whose every figure comes from the same counts."""
    facts, words, tally = case.facts, case.words, case.tally
    text = words("summary.visit", team=facts.team, day=words.day(facts.started), site=facts.site.name)
    text += words(
        "summary.counts",
        total=tally.total,
        passed=tally.passed,
        failed=tally.failed,
        na=tally.na,
        unchecked=tally.unchecked,
        share=share(tally),
        rate=percent(tally.rate),
    )
    levels = [found.level for found in facts.findings]
    if levels:
        text += words("summary.grave", veto=levels.count(Level.VETO), key=levels.count(Level.KEY))
    elif tally.answered:
        text += words["summary.none"]
    low = [dimension.name for dimension in facts.dimensions if is_low(dimension)]
    text += words("summary.low", words.joined(low)) if low else ""
    if facts.result is not Result.OPEN or tally.unchecked:
        text += words[f"summary.end.{facts.result.value}"]
    return case.text(text, BODY)


def glance(case: Case, shown: tuple[Found, ...]) -> Grid:
    """The failed Items with level, Deadline and the page of their card."""
    words = case.words
    head = Row(tuple(case.text(words[key], HEAD) for key in ("item", "requirement", "level", "deadline", "see")))
    return Grid(_COLUMNS, head, [_glance_row(case, found) for found in shown])


def _glance_row(case: Case, found: Found) -> Row:
    grave = found.level is not Level.NORMAL
    level = (CELL_BOLD if grave else CELL)._replace(colour=LEVEL_COLOURS[found.level])
    return Row(
        (
            case.text(found.item, CELL_MUTED),
            case.text(found.requirement, CELL_BOLD if grave else CELL),
            case.text(case.words[f"level.{found.level.value}"], level),
            case.text(case.deadline(found), CELL),
            late(lambda ink: case.words("page_ref", ink.pages[f"finding:{found.item}"]), CELL_MUTED),
        )
    )


def fitting(case: Case, room: float) -> tuple[Found, ...]:
    """As many of the gravest Findings as a table of `room` points holds; all, none, or at least two."""
    findings = case.findings
    count, _ = glance(case, findings[:_MOST]).fitting(room)
    return findings[:count] if count > 1 or len(findings) == 1 else ()
