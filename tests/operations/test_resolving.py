"""Two people, one field: both values are shown, one person decides, the decision travels."""

import pytest

from inspector_app.domain.errors import UserError
from inspector_app.operations import describing, resolving, syncing
from inspector_app.store import conflicts
from inspector_app.store.ledger import StoreLedger
from tests.store.conftest import Make, make, save, site, visit  # noqa: F401
from tests.store.test_log import exchange


def test_a_conflict_names_both_and_is_decided_once(make: Make) -> None:  # noqa: F811
    a, b = make("a"), make("b")
    one = visit(a, site(a))
    exchange(a, b)
    save(a, "inspection", {"/data/A/A01": "pass", "note": "same"}, one)
    save(b, "inspection", {"/data/A/A01": "fail", "note": "same"}, one)
    exchange(a, b)
    exchange(b, a)
    (found,) = resolving.open_conflicts(a, one)
    assert resolving.open_conflicts(b) == (found,)
    assert (found.field, found.inspection, found.kind) == ("/data/A/A01", one, "inspection")
    assert {head.value for head in found.heads} == {"pass", "fail"}
    assert {head.device for head in found.heads} == {a.identity.device, b.identity.device}
    assert [head.is_shown for head in found.heads] == [True, False] and found.heads[0].user == "林曉嵐"
    loser = found.heads[1]
    touched = resolving.resolve(b, found, loser.cs)
    assert one in touched.inspections
    exchange(b, a)
    assert resolving.open_conflicts(a) == resolving.open_conflicts(b) == ()
    with pytest.raises(UserError) as caught:
        resolving.resolve(a, found, loser.cs)
    assert caught.value.key == "conflict_gone"


def test_a_decision_is_taken_back_until_somebody_writes_after_it(make: Make) -> None:  # noqa: F811
    a, b = make("a"), make("b")
    one = visit(a, site(a))
    exchange(a, b)
    save(a, "inspection", {"note": "pass"}, one)
    save(b, "inspection", {"note": "fail"}, one)
    exchange(b, a)
    (found,) = resolving.open_conflicts(a, one)
    resolving.resolve(a, found, found.heads[1].cs)
    resolving.reopen(a, found)
    (again,) = resolving.open_conflicts(a, one)
    assert [head.value for head in again.heads] == [head.value for head in found.heads]
    exchange(a, b)
    assert resolving.open_conflicts(b, one) == (again,)
    resolving.resolve(b, again, again.heads[0].cs)
    exchange(b, a)
    with pytest.raises(UserError):
        resolving.reopen(a, again)
    with a.reading() as session:
        assert conflicts.count_by_visit(session) == {}


def test_a_visit_counts_its_own_conflicts(make: Make) -> None:  # noqa: F811
    a, b = make("a"), make("b")
    one, other = visit(a, site(a)), visit(a, site(a))
    exchange(a, b)
    for store, value in ((a, "pass"), (b, "fail")):
        save(store, "inspection", {"/data/A/A01": value, "/data/A/A02": value}, one)
    exchange(b, a)
    with a.reading() as session:
        assert conflicts.count_by_visit(session) == {one: 2} == conflicts.count_by_visit(session, [one, other])
        assert conflicts.count_by_visit(session, [other]) == {}
    told = describing.describe(a, "en")
    assert [set(each.texts) for each in told] == [{"pass", "fail"}] * 2, "without its form the bare values are shown"


def test_what_the_finisher_had_not_seen_is_looked_at_again(make: Make) -> None:  # noqa: F811
    a, b = make("a"), make("b")
    one = visit(a, site(a))
    exchange(a, b)
    save(a, "inspection", {"status": "finished"}, one)
    assert resolving.open_reviews(a, one) == ()
    save(b, "inspection", {"note": "late"}, one)
    exchange(b, a)
    (review,) = resolving.open_reviews(a, one)
    assert review.marker == "status" and len(review.unseen) == 1


def test_parked_work_is_listed_and_tried_again(make: Make) -> None:  # noqa: F811
    store = make("a")
    site(store)
    ledger = StoreLedger(store)
    (item,) = ledger.outbox(9, 10**6)
    for _ in range(5):
        ledger.count_try(item.cs, "body_too_large")
    (parked,) = syncing.parked(store)
    assert (parked.cs, parked.code, parked.state, parked.tries) == (item.cs, "body_too_large", "parked", 5)
    syncing.retry(store)
    assert syncing.parked(store) == () and ledger.pending().changesets == 1
