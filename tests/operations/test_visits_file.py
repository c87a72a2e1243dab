"""Whole visits from a file: taken entirely or not at all, each refusal with its sentence."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspector_app.demo import district
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Verdict
from inspector_app.operations import inspecting, printing, visits_file
from inspector_app.photos import drawn
from inspector_app.store import contents, inspections
from inspector_app.store.database import Store
from tests.operations.acting import begun
from tests.operations.house_form import begin, install, shown


def entry(store: Store, folder: Path, **changes: Any) -> dict[str, Any]:
    """A complete visit as a script would write it."""
    visit = begun(store, 5)
    items = visit.state().items
    (folder / "a.jpg").write_bytes(drawn.draw("gate", 2, (320, 240)))
    plan = district.plan_visit({"code": visit.site.code}, 1, [i.item for i in items])
    answers: dict[str, Any] = {}
    for each in items:
        measured = "/".join(plan[each.item.id].measures.values())
        answers[each.item.id] = {"value": Verdict.PASS.value}
        if measured and "pf" not in each.item.answer and "sample" not in each.item.answer:
            answers[each.item.id] = {"value": measured}
        elif measured:
            answers[each.item.id] = {"value": "na", "note": "不適用"}
        if each.item.photo == "required":
            answers[each.item.id]["photos"] = ["a.jpg"]
    return {
        "site": visit.site.code,
        "form": "five-in-place",
        "team": 1,
        "inspectors": ["陳志強", "黃婉儀"],
        "started": "2020-03-05T09:30:00+08:00",
        "answers": answers,
        **changes,
    }


def taken(store: Store, folder: Path, *entries: Any) -> visits_file.VisitsImported:
    file = folder / "visits.json"
    file.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    return visits_file.import_visits(store, file)


def test_a_visit_comes_in_with_its_photos(registered: Store, tmp_path: Path) -> None:
    result = taken(registered, tmp_path, entry(registered, tmp_path))
    assert result.refused == ()
    visit = inspecting.open_visit(registered, result.added[0])
    assert visit.state().answered == visit.state().total
    assert visit.photos
    document = printing.draw(printing.gather(registered, printing.Wanted("inspection", visit.id)))
    assert document.pdf.startswith(b"%PDF") and not document.missing


def test_a_signature_that_is_not_there_refuses_the_visit(registered: Store, tmp_path: Path) -> None:
    head = {"name": "王建國", "signature": "none.png"}
    result = taken(registered, tmp_path, entry(registered, tmp_path, site_head=head))
    assert result.added == ()
    assert "none.png" in result.refused[0][1]


BROKEN = {
    "site": ("nobody", "in the registry"),
    "form": ("other", "not installed"),
    "team": (2, "belongs to team 1"),
    "started": ("yesterday", "ISO 8601"),
    "inspectors": ("陳", "list of names"),
    "answers": ({"Z99": {"value": "pass"}}, "not an item"),
    "finished": ("2020-03-05T11:00:00+08:00", "missing"),
}


@pytest.mark.parametrize("field", BROKEN)
def test_a_broken_visit_leaves_nothing_behind(registered: Store, tmp_path: Path, field: str) -> None:
    value, words = BROKEN[field]
    changes = {field: value} if field != "finished" else {"finished": value, "inspectors": ["陳志強"]}
    broken = entry(registered, tmp_path, **changes)
    with registered.reading() as session:
        before = contents.counts(session), inspections.ids(session)
    result = taken(registered, tmp_path, broken)
    assert result.added == ()
    assert words in result.refused[0][1]
    with registered.reading() as session:
        assert (contents.counts(session), inspections.ids(session)) == before


@pytest.mark.parametrize("name", ["missing.jpg", "../outside.jpg", "text.jpg"])
def test_a_bad_photo_refuses_the_visit(registered: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    broken = entry(registered, tmp_path)
    next(iter(a for a in broken["answers"].values() if "photos" in a))["photos"] = [name]
    result = taken(registered, tmp_path, broken)
    assert result.added == ()
    assert "\n" not in result.refused[0][1]


@pytest.mark.parametrize("raw", [b"", b"{", b"{}", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_list_of_visits(registered: Store, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "visits.json"
    file.write_bytes(raw)
    with pytest.raises(UserError):
        visits_file.import_visits(registered, file)


def test_figures_decide_only_what_they_can(registered: Store) -> None:
    visit = begun(registered, 1)
    items = visit.checklist.items_by_id
    days = next(item for item in items.values() if item.answer.startswith("days"))
    assert visits_file.item_values(days, "100/10")[days.path] == "pass"
    assert visits_file.item_values(days, "10/10")[days.path] == "fail"
    sampled = next(item for item in items.values() if item.answer == "sample")
    assert sampled.path not in visits_file.item_values(sampled, "3/10")


def test_a_visit_with_any_form_comes_in_by_node_paths(registered: Store, tmp_path: Path) -> None:
    install(registered, tmp_path)
    (tmp_path / "a.jpg").write_bytes(drawn.draw("gate", 2, (320, 240)))
    answers = {
        "/data/who": {"value": "Li"},
        "/data/n": {"value": 2},
        "/data/guest[2]/called": {"value": "Ho"},
        "/data/room[2]/name": {"value": "kitchen"},
        "/data/room/window[2]/state": {"value": "open"},
        "/data/front": {"photos": ["a.jpg"]},
    }
    changes = {"form": "house", "answers": answers, "finished": "2020-03-05T10:00:00+08:00"}
    result = taken(registered, tmp_path, {**entry(registered, tmp_path), **changes})
    assert result.refused == ()
    visit = inspecting.open_visit(registered, result.added[0])
    found = shown(visit)
    assert (found["/data/guest[2]/called"], found["/data/room[2]/name"]) == ("Ho", "kitchen")
    assert (found["/data/room[1]/window[2]/state"], found["/data/front"]) == ("open", "a.jpg")


WRONG = [
    ({"/data/nowhere": {"value": "x"}}, "/data/nowhere"),
    ({"/other/who": {"value": "x"}}, "/other/who"),
    ({"/data/room[0]/name": {"value": "x"}}, "position"),
    ({"/data/room[999]/name": {"value": "x"}}, "yet"),
    ({"/data/guest[2]/called": {"value": "x"}}, "decides"),
    ({"A01": {"value": "pass"}}, "A01"),
]


@pytest.mark.parametrize(("answers", "named"), WRONG, ids=[next(iter(answers)) for answers, _ in WRONG])
def test_an_answer_without_a_place_refuses_the_visit(
    registered: Store, tmp_path: Path, answers: dict[str, Any], named: str
) -> None:
    install(registered, tmp_path)
    result = taken(registered, tmp_path, {**entry(registered, tmp_path), "form": "house", "answers": answers})
    assert result.added == ()
    assert named in result.refused[0][1]


def test_a_path_sets_one_question_and_makes_the_next_instance(registered: Store, tmp_path: Path) -> None:
    install(registered, tmp_path)
    visit = begin(registered)
    visits_file.set_item(registered, visit.id, "/data/room[2]/name", "kitchen")
    with pytest.raises(UserError):
        visits_file.set_item(registered, visit.id, "/data/room[4]/name", "attic")
    assert shown(inspecting.open_visit(registered, visit.id))["/data/room[2]/name"] == "kitchen"
