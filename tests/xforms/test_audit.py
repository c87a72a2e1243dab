"""audit.csv against the tables of ODK's documentation and its sub-specification."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from inspector_app.xforms import FormError
from inspector_app.xforms.audit import MOMENTS, Audit, Rules, Spot, harmless, rules_of
from tests.xforms.forms import from_table, xform

START = datetime(2018, 4, 10, 23, 32, 49, tzinfo=UTC)
BASE = int(START.timestamp() * 1000)


class Watch:
    """Elapsed seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def audit(rules: Rules | None = None, **rest: object) -> tuple[Audit, Watch]:
    watch = Watch()
    return Audit(rules or Rules(), START, watch, **rest), watch  # type: ignore[arg-type]


def table(made: Audit) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.write())))


@pytest.mark.parametrize(
    ("parameters", "columns"),
    [
        ("", "event,node,start,end"),
        ("track-changes=true", "event,node,start,end,old-value,new-value"),
        ("identify-user=true", "event,node,start,end,user"),
        ("track-changes-reasons=on-form-edit", "event,node,start,end,change-reason"),
        ("location-priority=balanced location-min-interval=60 location-max-age=120",
         "event,node,start,end,latitude,longitude,accuracy"),
        ("location-priority=no-power location-min-interval=60 location-max-age=120 track-changes=true identify-user=true "
         "track-changes-reasons=on-form-edit",
         "event,node,start,end,latitude,longitude,accuracy,old-value,new-value,user,change-reason"),
    ],
)  # fmt: skip
def test_columns_follow_the_parameters_of_the_row(parameters: str, columns: str) -> None:
    form = from_table(
        "| survey |\n| | type | name | label | parameters |\n| | text | a | A | |\n"
        f"| | audit | audit | | {parameters} |\n"
    )
    rules = rules_of(form)
    assert rules is not None
    assert audit(rules)[0].write() == columns + "\n"


def test_a_form_without_audit_has_none() -> None:
    class Plain:
        xml = xform("<a/>", "", "")

    assert rules_of(Plain()) is None


@pytest.mark.parametrize("event", sorted(MOMENTS))
def test_moments_have_a_start_alone(event: str) -> None:
    made, _ = audit()
    made.happened(event)
    assert table(made) == [{"event": event, "node": "", "start": str(BASE), "end": ""}]


@pytest.mark.parametrize(
    ("act", "event", "node"),
    [
        (lambda a: a.view("/data/name"), "question", "/data/name"),
        (lambda a: a.view_group("/data/g", {"/data/g/x": ""}), "group questions", "/data/g"),
        (lambda a: a.ask_for_repeat("/data/r[2]"), "add repeat", "/data/r[2]"),
        (lambda a: a.end_screen(), "end screen", ""),
    ],
)
def test_views_last_until_something_else_happens(act: Callable[[Audit], None], event: str, node: str) -> None:
    made, watch = audit()
    act(made)
    watch.seconds = 1.565
    made.happened("form save")
    assert table(made)[0] == {"event": event, "node": node, "start": str(BASE), "end": str(BASE + 1565)}
    assert table(made)[1]["start"] == str(BASE + 1565)


def test_a_deleted_repeat_has_node_and_both_times() -> None:
    made, _ = audit()
    made.delete_repeat("/data/r[2]")
    assert table(made) == [{"event": "delete repeat", "node": "/data/r[2]", "start": str(BASE), "end": str(BASE)}]


def test_the_example_of_the_documentation() -> None:
    place: list[Spot] = []
    made, watch = audit(
        Rules(changes=True, priority="balanced", min_interval=1, max_age=2), spot=lambda: place[-1] if place else None
    )
    made.happened("form start")
    made.happened("location tracking enabled")
    watch.seconds = 1
    made.view("/data/name", "")
    made.happened("location providers enabled")
    place.append(Spot("37.4229983", "-122.084", "14.086999893188477"))
    made.answered("/data/name", "John")
    watch.seconds = 2
    made.view("/data/age", "20")
    watch.seconds = 3
    made.view("/data/name", "John")
    made.answered("/data/name", "Smith, John")
    watch.seconds = 4
    made.end_screen()
    watch.seconds = 5
    made.happened("form save")
    at = [str(BASE + 1000 * i) for i in range(6)]
    where = "37.4229983,-122.084,14.086999893188477"
    assert made.write().splitlines() == [
        "event,node,start,end,latitude,longitude,accuracy,old-value,new-value",
        f"form start,,{at[0]},,,,,,",
        f"location tracking enabled,,{at[0]},,,,,,",
        f"question,/data/name,{at[1]},{at[2]},{where},,John",
        f"location providers enabled,,{at[1]},,,,,,",
        f"question,/data/age,{at[2]},{at[3]},{where},,",
        f'question,/data/name,{at[3]},{at[4]},{where},John,"Smith, John"',
        f"end screen,,{at[4]},{at[5]},{where},,",
        f"form save,,{at[5]},,{where},,",
    ]


def test_questions_of_a_field_list_have_their_answers() -> None:
    made, watch = audit(Rules(changes=True))
    made.view_group("/data/g", {"/data/g/x": "1", "/data/g/y": ""})
    made.answered("/data/g/x", "2")
    watch.seconds = 2
    made.leave()
    shown = [(r["event"], r["node"], r["old-value"], r["new-value"]) for r in table(made)]
    assert shown == [
        ("group questions", "/data/g", "", ""),
        ("question", "/data/g/x", "1", "2"),
        ("question", "/data/g/y", "", ""),
    ]


def test_every_event_says_who_and_a_change_says_why() -> None:
    made, _ = audit(Rules(user=True, reasons=True), user="Chan")
    made.happened("form resume")
    made.changed_because("typing error, mended")
    assert [(r["event"], r["user"], r["change-reason"]) for r in table(made)] == [
        ("form resume", "Chan", ""),
        ("change reason", "Chan", "typing error, mended"),
    ]
    with pytest.raises(FormError):
        made.changed_because("  ")


def test_time_never_goes_back() -> None:
    made, watch = audit()
    watch.seconds = -3600
    made.happened("form start")
    assert table(made)[0]["start"] == str(BASE)


def test_a_draft_goes_on_below_what_was_there_under_the_columns_of_now() -> None:
    before = 'event,node,start,end,new-value\nform start,,1,,\nquestion,/data/a,2,3,"x, ""y"""\n\ngarbage\n'
    made, _ = audit(Rules(changes=True), before=before)
    made.happened("form resume")
    assert made.write().splitlines()[1:] == [
        "form start,,1,,,",
        'question,/data/a,2,3,,"x, ""y"""',
        "garbage,,,,,",
        f"form resume,,{BASE},,,",
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"), ("\tx", "'\tx"), ("-5", "-5"), ("+85312345678", "+85312345678"), ("-1.5", "-1.5"),
        ("-33.9 18.4 0 0", "-33.9 18.4 0 0"), ("x=1", "x=1"), ("", ""), ("a\x00b", "ab"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert harmless(text) == cell


def test_quotes_are_doubled_only_inside_quotes() -> None:
    made, _ = audit(Rules(changes=True))
    for value in ('say "hi"', 'say "hi",\nthen go'):
        made.view("/data/a", "")
        made.answered("/data/a", value)
    made.leave()
    assert made.write().split("\n", 1)[1] == (
        f'question,/data/a,{BASE},{BASE},,say "hi"\nquestion,/data/a,{BASE},{BASE},,"say ""hi"",\nthen go"\n'
    )
