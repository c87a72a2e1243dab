"""Facts of the 服務隊日報 and the 全區匯總: sums that finishing wrote down; a visit is opened once only if it has none."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from inspector_app.checklists.model import Checklist
from inspector_app.domain.changeset import team_scope
from inspector_app.domain.clock import CHINA, milliseconds, moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.finding import UNFINISHED, Finding, is_due_soon, is_overdue
from inspector_app.domain.inspection import Result, Status
from inspector_app.domain.scoring import Tally
from inspector_app.domain.team import TEAMS
from inspector_app.operations import inspecting, letterhead
from inspector_app.operations.keeping import checklist
from inspector_app.operations.offering import default_form
from inspector_app.operations.visit import form_language
from inspector_app.reports.facts import DistrictFacts, FindingLine, TeamDayFacts, TeamLine, VisitLine
from inspector_app.store import findings, inspections, sites, sums
from inspector_app.store.database import Store
from inspector_app.store.inspections import InspectionHead
from inspector_app.store.ledger import StoreLedger
from inspector_app.store.sums import Span
from inspector_app.sync.ports import Pending

MANY = 1_000_000


def catch_up(store: Store, span: Span) -> int:
    """Count finished visits that an older version left without counts; gives how many there were."""
    with store.reading() as session:
        waiting = sums.uncounted(session, span)
    for inspection in waiting:
        state = inspecting.open_visit(store, inspection).state()
        with store.writing() as session:
            sums.keep(session, inspection, {d.dimension.id: d.tally for d in state.dimensions})
    return len(waiting)


def team_day_facts(store: Store, team: int, day: date, *, language: str = "zh-Hant") -> TeamDayFacts:
    """What one Team did on one date, and what it has to follow up; nothing at all is a zero report."""
    span = Span(day.isoformat(), day.isoformat())
    catch_up(store, span)
    now, head = moment(store.clock()), letterhead.read(store, language)
    start = datetime.combine(day, time(), CHINA)
    with store.reading() as session:
        if team != store.me.team and sums.latest(session).get(team_scope(team), 0) < milliseconds(start):
            raise UserError("team_silent", f"Nothing of team {team} has arrived from that day on; it reports itself.")
        heads = inspections.heads(session, sums.visits(session, span, team=team))
        ids = [one.id for one in heads]
        tallies, found = sums.of_visits(session, ids), sums.of_findings(session, ids)
        streets = {site.id: site.street for site in sites.many(session, [one.site for one in heads])}
        waiting = findings.many(session, findings.ids(session, status=_WAITING, team=team, limit=MANY))
        names = {site.id: site.name for site in sites.many(session, [one.site for one in waiting])}
        counts = [
            sums.raised(session, span, team=team),
            *(sums.moved(session, span, what, team=team) for what in ("reported", "closed")),
        ]
    pending = StoreLedger(store).pending() if team == store.me.team else Pending(0, 0)
    opened, reported, closed = (each.get(team, 0) for each in counts)
    return TeamDayFacts(
        day=start,
        issuer=head.issuer,
        team=letterhead.TEAM[language].format(team),
        members=_members(heads),
        visits=tuple(_line(one, streets, tallies, found) for one in heads),
        findings=tuple(_finding_line(one, names.get(one.site, ""), now) for one in waiting),
        opened=opened,
        reported=reported,
        closed=closed,
        due_soon=sum(is_due_soon(one, now) for one in waiting),
        waiting=(pending.changesets, pending.blobs),
        printed=now,
        language=language,
        hotline=head.hotline,
        brand=head.brand,
    )


_WAITING = [status.value for status in UNFINISHED]


def _members(heads: Iterable[InspectionHead]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for head in heads for name in head.inspectors))


def _line(
    head: InspectionHead, streets: dict[str, str], tallies: dict[str, Tally], found: dict[str, tuple[int, int]]
) -> VisitLine:
    tally = tallies.get(head.id)
    raised, vetoes = found.get(head.id, (0, 0))
    return VisitLine(
        at=datetime.fromisoformat(head.started),
        site=head.site_name,
        street=streets.get(head.site, ""),
        kind=head.kind,
        stage=head.stage,
        number=head.number,
        result=Result(head.result),
        answered=tally.answered if tally else head.answered,
        total=tally.total if tally else head.total,
        findings=raised,
        vetoes=vetoes,
        is_finished=head.status == Status.FINISHED,
    )


def _finding_line(finding: Finding, site: str, now: datetime) -> FindingLine:
    return FindingLine(
        item=finding.item,
        requirement=finding.requirement,
        site=site,
        level=finding.level,
        deadline=datetime.fromisoformat(finding.deadline) if finding.deadline else None,
        rule=finding.rule,
        status=finding.status.value,
        is_overdue=is_overdue(finding, now),
    )


@dataclass(frozen=True)
class _District:
    """Sums of a span, by Team."""

    visited: dict[int, int]
    listed: dict[int, tuple[int, tuple[str, ...]]]
    rates: dict[tuple[int, str], Tally]
    raised: dict[int, int]
    closed: dict[int, int]
    urgent: dict[int, tuple[int, int]]
    latest: dict[str, int]


def district_facts(store: Store, first: date, last: date, *, language: str = "zh-Hant") -> DistrictFacts:
    """Every Team over a span of days; a Team of which nothing arrived is silent, one that did nothing is a zero."""
    span = Span(first.isoformat(), last.isoformat())
    catch_up(store, span)
    now, head = moment(store.clock()), letterhead.read(store, language)
    form_hash = default_form(store)
    sheet = checklist(store, form_hash) if form_hash else None
    found = _read_district(store, span, sheet.form.id if sheet else "", now)
    dimensions = _dimension_names(sheet, now, language) if sheet else ()
    start = datetime.combine(first, time(), CHINA)
    return DistrictFacts(
        first=start,
        last=datetime.combine(last, time(), CHINA),
        as_of=min(now, moment(max(found.latest.values(), default=milliseconds(now)))),
        issuer=head.issuer,
        teams=tuple(
            replace(
                _team_line(found, team, dimensions),
                team=letterhead.BRIEF_TEAM[language].format(team),
                is_silent=team != store.me.team and _is_silent(found, team, start),
            )
            for team in _in_order({*found.listed, *found.visited, store.me.team})
        ),
        dimensions=dimensions,
        printed=now,
        language=language,
        hotline=head.hotline,
        brand=head.brand,
    )


def _read_district(store: Store, span: Span, form_id: str, now: datetime) -> _District:
    with store.reading() as session:
        waiting = findings.many(session, findings.ids(session, status=_WAITING, limit=MANY))
        urgent: dict[int, tuple[int, int]] = {}
        for one in waiting:
            soon, late = urgent.get(one.team, (0, 0))
            urgent[one.team] = (soon + is_due_soon(one, now), late + is_overdue(one, now))
        return _District(
            sums.visited(session, span),
            sums.listed(session),
            sums.by_dimension(session, span, form_id),
            sums.raised(session, span),
            sums.moved(session, span, "closed"),
            urgent,
            sums.latest(session),
        )


def teams(store: Store) -> list[int]:
    """Teams with Sites, and the own one, in order."""
    with store.reading() as session:
        return _in_order({*sums.listed(session), store.me.team})


def _in_order(known: Iterable[int]) -> list[int]:
    return sorted(team for team in known if team in TEAMS)


def _dimension_names(sheet: Checklist, now: datetime, language: str) -> tuple[tuple[str, str], ...]:
    """Counted Dimensions as the form names them."""
    running = sheet.form.begin(now=lambda: now)
    name = form_language(sheet.form, language)
    if name:
        running.set_language(name)
    return tuple((d.id, running.state(d.path).label) for d in sheet.dimensions if d.counted)


def _is_silent(found: _District, team: int, start: datetime) -> bool:
    """No visit of the span, and nothing newer than its first day."""
    return not found.visited.get(team) and found.latest.get(team_scope(team), 0) < milliseconds(start)


def _team_line(found: _District, team: int, dimensions: tuple[tuple[str, str], ...]) -> TeamLine:
    listed, streets = found.listed.get(team, (0, ()))
    soon, late = found.urgent.get(team, (0, 0))
    return TeamLine(
        team=str(team),
        streets="、".join(streets),
        visited=found.visited.get(team, 0),
        listed=listed,
        tally=_sum(tally for (whose, _), tally in found.rates.items() if whose == team),
        dimensions=tuple(found.rates.get((team, ident), Tally()) for ident, _ in dimensions),
        findings=found.raised.get(team, 0),
        closed=found.closed.get(team, 0),
        due_soon=soon,
        overdue=late,
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total = Tally(
            total.passed + one.passed, total.failed + one.failed, total.na + one.na, total.unchecked + one.unchecked
        )
    return total
