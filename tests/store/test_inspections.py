"""Visits as lists and as wholes."""

import pytest

from inspector_app.domain.inspection import Attached, Inspection, Result, Signature, Signing, Status
from inspector_app.store import forms, inspections
from inspector_app.store.database import Store
from tests.store.conftest import save, site, visit


def test_a_whole_visit(store: Store) -> None:
    sha = store.blobs.put(b"stroke")
    one = visit(
        store,
        "s",
        form="five-in-place",
        form_version="1",
        form_hash="h",
        kind="recheck",
        stage="second",
        finished="2020-03-05T10:30:00+08:00",
        number="海復督記〔2020〕07A-0001號",
        result="rectify",
        head_name="何生",
        refused="不肯簽",
        **{
            "signature:head": {"sha": sha, "size": 6, "mime": "image/png", "name": "何生"},
            "/data/A/A04": "fail",
            "/data/A/A05": "",
            "deadline:A04": "2020-03-06T09:30:00+08:00",
        },
    )
    save(store, "inspection", {"status": "finished"}, one)
    with store.reading() as session:
        found = inspections.get(session, one)
    assert found is not None
    assert found.saved_ms > 0
    assert found == Inspection(
        id=one,
        site="s",
        team=7,
        form="five-in-place",
        form_version="1",
        form_hash="h",
        started="2020-03-05T09:30:00+08:00",
        inspectors=("林曉嵐", "陳志強"),
        kind="recheck",
        stage="second",
        finished="2020-03-05T10:30:00+08:00",
        status=Status.FINISHED,
        number="海復督記〔2020〕07A-0001號",
        result=Result.RECTIFY,
        signing=Signing("何生", "", "不肯簽", "", (Signature("head", "何生", Attached(sha, 6, "image/png", "何生")),)),
        answers={"/data/A/A04": "fail", "/data/A/A05": ""},
        deadlines={"A04": "2020-03-06T09:30:00+08:00"},
        saved_ms=found.saved_ms,
    )


def test_lists_newest_first_and_narrowed(store: Store) -> None:
    place = site(store, "海珠飯店", type="FB")
    old = visit(store, place, started="2020-03-01T09:00:00+08:00")
    new = visit(store, place, started="2020-03-09T09:00:00+08:00", status="finished")
    other = visit(store, "gone", started="2020-03-05T09:00:00+08:00", team=8)
    with store.reading() as session:
        assert inspections.ids(session) == [new, other, old]
        assert inspections.ids(session, limit=1) == [new]
        assert inspections.ids(session, status="draft") == [other, old]
        assert inspections.ids(session, site=place) == [new, old]
        assert inspections.ids(session, team=8) == [other]
        assert inspections.get(session, "nothing") is None


def test_heads_know_site_and_progress(store: Store) -> None:
    place = site(store, "海珠飯店", type="FB")
    answers = {"/data/A/A01": "pass", "/data/A/A02": "na", "/data/A/A02_note": "passing", "/data/A/A03": ""}
    one = visit(store, place, form_hash="h", **answers)
    bare = visit(store, "gone")
    with store.writing() as session:
        forms.install(session, form_id="f", version="1", hash="h", title="t", xml=b"<x/>", totals={"FB": 31})
    with store.reading() as session:
        first, second = inspections.heads(session, [bare, "unknown", one])
    assert (first.id, first.site_name, first.total) == (bare, "", 0)
    assert (second.site_name, second.answered, second.total) == ("海珠飯店", 2, 31)
    assert second.inspectors == ("林曉嵐", "陳志強")


@pytest.mark.parametrize("wanted", ["", "%", "01", "_" * 8, "海復督記"])
def test_matching_nothing(store: Store, wanted: str) -> None:
    visit(store)
    with store.reading() as session:
        assert inspections.matching(session, wanted) == []


def test_matching_by_id_beginning_and_number(store: Store) -> None:
    one = visit(store, number="N-1")
    with store.reading() as session:
        for wanted in (one, one[:13], one[:6], "N-1"):
            assert inspections.matching(session, wanted) == [one]
