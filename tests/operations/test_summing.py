"""Day and district reports read sums: they tie with the visits, count old visits once, and tell zero from silence."""

from datetime import date, timedelta

from sqlalchemy import delete

from inspector_app.domain.clock import moment
from inspector_app.operations import following_up, inspecting, printing, summing
from inspector_app.store import findings, sums
from inspector_app.store.database import Store
from inspector_app.store.schema import tally_row
from inspector_app.store.sums import Span
from tests.operations.acting import begun
from tests.operations.test_issuing import finished
from tests.operations.test_printing import text_of


def today(store: Store) -> date:
    return moment(store.clock()).date()


def test_a_day_ties_with_its_visits(registered: Store) -> None:
    done, day = finished(registered), today(registered)
    begun(registered, 4)
    with registered.reading() as session:
        first = findings.ids(session, inspection=done)[0]
    following_up.report_mended(registered, first, by="林經理")
    facts = summing.team_day_facts(registered, 1, day)
    assert [line.is_finished for line in facts.visits] == [True, False]
    tally = inspecting.open_visit(registered, done).state().tally
    assert (facts.visits[0].answered, facts.visits[0].total) == (tally.answered, tally.total)
    assert (facts.opened, facts.reported, facts.closed, facts.visits[0].findings) == (2, 1, 0, 2)
    assert {line.status for line in facts.findings} == {"open", "reported"}
    assert facts.waiting[0] > 0
    words = text_of(printing.draw(printing.gather(registered, printing.Wanted("team-day", f"01@{day}"))).pdf)
    assert all(line.site in words for line in facts.visits)


def test_nothing_done_is_a_zero_report(registered: Store) -> None:
    facts = summing.team_day_facts(registered, 1, today(registered) - timedelta(days=30))
    assert facts.is_zero
    later = str(today(registered) - timedelta(days=30))
    assert "零報告" in text_of(
        printing.draw(printing.gather(registered, printing.Wanted("team-day", f"1@{later}"))).pdf
    )


def test_a_visit_finished_before_counts_were_kept_is_counted_once(registered: Store) -> None:
    done, day = finished(registered), today(registered)
    span = Span(str(day), str(day))
    with registered.reading() as session:
        before = sums.of_visits(session, [done])
    with registered.writing() as session:
        session.execute(delete(tally_row))
    assert summing.catch_up(registered, span) == 1
    assert summing.catch_up(registered, span) == 0
    with registered.reading() as session:
        assert sums.of_visits(session, [done]) == before


def test_the_district_tells_zero_from_silence(registered: Store) -> None:
    done, day = finished(registered), today(registered)
    facts = summing.district_facts(registered, day, day)
    own, other = facts.teams[0], facts.teams[1]
    assert not own.is_silent and other.is_silent
    assert own.visited == 1 and own.findings == 2
    assert own.tally == inspecting.open_visit(registered, done).state().tally
    assert [ident for ident, _ in facts.dimensions] == list("ABCDE")
    assert sum(tally.failed for tally in own.dimensions) == 2
    document = printing.draw(printing.gather(registered, printing.Wanted("district", str(day))))
    assert document.pages == 1 and "未上報" in text_of(document.pdf)
