"""服務隊日報: what one Team did on one date, what is due, what is overdue; nothing done is a 零報告 that says so."""

from inspector_app.domain.finding import Level
from inspector_app.domain.inspection import Result
from inspector_app.reports.blocks import Block, Drawn, Kept, Paragraph, baseline
from inspector_app.reports.case import LEVEL_COLOURS, SIGNS, section
from inspector_app.reports.facts import Document, FindingLine, TeamDayFacts, VisitLine
from inspector_app.reports.figures import figures
from inspector_app.reports.flow import Flow
from inspector_app.reports.grid import Grid, Row
from inspector_app.reports.ink import MM, Ink
from inspector_app.reports.masthead import masthead, small_issuer
from inspector_app.reports.page import COLUMN, FIRST, LATER, Furniture
from inspector_app.reports.pairs import few
from inspector_app.reports.palette import (
    BODY,
    CELL,
    CELL_BOLD,
    CELL_MUTED,
    FAIL,
    FAIL_TINT,
    HEAD,
    INK,
    ISSUER,
    LABEL,
    MUTED,
    NAVY,
    PASSED,
    SUBTITLE,
    TITLE,
    WARN,
)  # fmt: skip
from inspector_app.reports.press import Imprint, printed
from inspector_app.reports.record import check_code, record_digest, record_json
from inspector_app.reports.text import Span, Style, fit
from inspector_app.reports.words import Words, clock

_VISITS = (15 * MM, 76 * MM, 22 * MM, 18 * MM, 22 * MM, 19 * MM)
_FINDINGS = (16 * MM, 57 * MM, 41 * MM, 36 * MM, 22 * MM)
_RESULTS = {Result.FAILS: FAIL, Result.RECTIFY: WARN, Result.PASSES: PASSED, Result.OPEN: MUTED, Result.RECORDED: MUTED}


def team_day(facts: TeamDayFacts) -> Document:
    """The printable report. The same facts give the same bytes; a character no face has prints 〓 and is reported."""
    words = Words(facts.language)
    flow = Flow(FIRST, LATER)
    over = masthead(facts.brand, facts.issuer)
    if over is not None:
        flow.add(over)
    flow.add(_head(facts, words), title=words["day"])
    flow.add(_strip(facts, words))
    if facts.is_zero:
        flow.add(Paragraph(Span(words["day.zero.text"], BODY._replace(size=11, leading=20))), before=14)
    if facts.visits:
        flow.add(section(words.section(1, "day.visits.title"), _kinds(facts, words)), before=14, need=60)
        flow.add(Grid(_VISITS, _titles(words, "day.at", "site", "day.kind", "day.answered", "result", "day.found"),
                      [_visit(line, words) for line in facts.visits]))  # fmt: skip
    _open_findings(flow, facts, words)
    sent = words("day.waiting", *facts.waiting) if any(facts.waiting) else words["day.sent"]
    note = Paragraph(Span(sent, LABEL._replace(size=8.4, leading=12.6)), justify=words.is_chinese)
    flow.add(Kept([note, _signing(words)], 8, flow.full), before=12)
    imprint = Imprint(f"{words['day']} {facts.team} {words.day(facts.day)}", facts.issuer, facts.team)
    return printed(flow, _furniture(facts, words).draw, imprint, facts.brand.colour)


def _open_findings(flow: Flow, facts: TeamDayFacts, words: Words) -> None:
    overdue = sum(line.is_overdue for line in facts.findings)
    note = words("day.findings.note", len(facts.findings), overdue) if facts.findings else ""
    number = 2 if facts.visits else 1
    flow.add(section(words.section(number, "day.findings.title"), note), before=16, need=60)
    if not facts.findings:
        flow.add(Paragraph(Span(words["day.findings.none"], BODY)), before=3)
        return
    head = _titles(words, "item", "problem", "site", "deadline", "day.status")
    flow.add(Grid(_FINDINGS, head, [_finding(line, words) for line in facts.findings]))


def _head(facts: TeamDayFacts, words: Words) -> Block:
    named = words("day.members", words.joined(list(facts.members)) or words["none"])
    members = few(named, ISSUER._replace(colour=INK), COLUMN)

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        ink.write(fit(small_issuer(facts.brand, facts.issuer), ISSUER, width), x, y + 8, ISSUER)
        end = ink.write(words["day"], x, y + 41, TITLE._replace(tracking=1.2 if words.is_chinese else 0))
        if facts.is_zero:
            label = Style(11, 14, "bold", NAVY)
            ink.frame((x + end + 12, y + 23, ink.write(words["day.zero"], x + end + 20, y + 36, label) + 16, 19), NAVY)
        ink.write(f"{facts.team}　{words.day(facts.day)}", x, y + 62, SUBTITLE)
        members.draw(ink, x, y + 80 - baseline(ISSUER.size, ISSUER.leading), width)

    return Drawn(32 * MM + members.height(COLUMN) - ISSUER.leading, paint)


def _strip(facts: TeamDayFacts, words: Words) -> Block:
    overdue = sum(line.is_overdue for line in facts.findings)
    vetoes = sum(line.vetoes for line in facts.visits)
    item, places = words["unit"], words["day.places"]
    return figures(
        (
            (words["day.visits"], str(len(facts.visits)), places, ""),
            (words["day.opened"], str(facts.opened), item, ""),
            (words["day.reported"], str(facts.reported), item, ""),
            (words["day.closed"], str(facts.closed), item, ""),
            (words["day.vetoes"], str(vetoes), item, FAIL if vetoes else ""),
            (words["day.soon"], str(facts.due_soon), item, WARN if facts.due_soon else ""),
            (words["day.overdue"], str(overdue), item, FAIL if overdue else ""),
        )
    )


def _kinds(facts: TeamDayFacts, words: Words) -> str:
    firsts = [line for line in facts.visits if line.stage != "recheck"]
    kinds = {kind: sum(line.kind == kind for line in firsts) for kind in ("planned", "random", "complaint", "special")}
    return words("day.visits.note", recheck=len(facts.visits) - len(firsts), **kinds)


def _titles(words: Words, *keys: str) -> Row:
    return Row(tuple(Paragraph(Span(words[key], HEAD), justify=False) for key in keys))


def _visit(line: VisitLine, words: Words) -> Row:
    kind = words["day.recheck"] if line.stage == "recheck" else words[f"kind.{line.kind}"]
    site = [Span(line.site, CELL), Span(f"\n{' · '.join(filter(None, (line.street, line.number)))}", CELL_MUTED)]
    result = words[f"result.{line.result.value}"] if line.is_finished else words["day.unfinished"]
    colour = _RESULTS[line.result] if line.is_finished else MUTED
    found = str(line.findings) if line.findings else words["none"]
    veto = [Span(f"　★ {line.vetoes}", CELL_BOLD._replace(colour=FAIL))] if line.vetoes else []
    checked = f"{line.answered}/{line.total}" if line.total else str(line.answered)
    fails = line.is_finished and line.result is Result.FAILS
    return Row(
        (
            Paragraph(Span(clock(line.at), CELL), justify=False),
            Paragraph(*site, justify=False),
            Paragraph(Span(kind, CELL), justify=False),
            Paragraph(Span(checked, CELL), justify=False),
            Paragraph(Span(result, CELL_BOLD._replace(colour=colour)), justify=False),
            Paragraph(Span(found, CELL), *veto, justify=False),
        ),
        tint=FAIL_TINT if fails else "",
        bar=FAIL if fails else "",
    )


def _finding(line: FindingLine, words: Words) -> Row:
    colour = LEVEL_COLOURS[line.level]
    ident = [Span(line.item, CELL_BOLD._replace(colour=colour if line.level is not Level.NORMAL else INK))]
    if line.deadline is not None:
        due = words.moment(line.deadline)
    else:
        due = words[f"rule.{line.rule if line.rule in ('now', 'pre-open', 'no-open') else ''}"]
    late = [Span(f"\n{words['day.overdue']}", CELL_BOLD._replace(colour=FAIL))] if line.is_overdue else []
    return Row(
        (
            Paragraph(*ident, Span(SIGNS[line.level], CELL), justify=False),
            Paragraph(Span(line.requirement, CELL), justify=words.is_chinese),
            Paragraph(Span(line.site, CELL), justify=False),
            Paragraph(Span(due, CELL), *late, justify=False),
            Paragraph(Span(words[f"day.status.{line.status}"], CELL), justify=False),
        ),
        tint=FAIL_TINT if line.is_overdue else "",
        bar=FAIL if line.is_overdue else "",
    )


def _signing(words: Words) -> Block:
    """Two lines for ink."""

    def paint(ink: Ink, x: float, y: float, width: float) -> None:
        for left, key in ((x, "day.by"), (x + width / 2, "day.leader")):
            end = ink.write(f"{words[key]}　", left, y + 22, CELL)
            ink.rule((left + end, y + 25), (left + width / 2 - 16, y + 25), INK, 0.7)

    return Drawn(34, paint)


def _furniture(facts: TeamDayFacts, words: Words) -> Furniture:
    foot = [
        words("printed", words.moment(facts.printed)),
        words("check", check_code(record_digest(record_json(facts)))),
    ]
    if facts.hotline:
        foot.append(words("hotline", facts.hotline))
    return Furniture(
        words["day"],
        f"{facts.team}　{words.day(facts.day)}",
        tuple(foot),
        words["pages"],
        has_band=facts.brand.head == "band",
    )
