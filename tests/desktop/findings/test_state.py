"""How a Deadline stands is a matter of the clock alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from inspector_app.desktop.findings.state import (
    LEVEL_LOOKS,
    STATUS_LOOKS,
    Due,
    can_close,
    can_report,
    derive_due,
    soon_ids,
)
from inspector_app.domain.clock import CHINA
from inspector_app.domain.finding import Finding, FindingStatus, Level

NOW = datetime(2020, 3, 5, 9, 30, tzinfo=CHINA)
OPEN = Finding("f", "i", "s", 7, "A04", "A", "要求", "所見", Level.VETO, "24h", "")


def due_in(**span: float) -> Finding:
    return replace(OPEN, deadline=(NOW + timedelta(**span)).isoformat())


@pytest.mark.parametrize(
    ("finding", "due"),
    [
        (due_in(hours=-3), Due("late_hours", "fail", "triangle-alert", 3)),
        (due_in(days=-1, hours=-23), Due("late_hours", "fail", "triangle-alert", 47)),
        (due_in(days=-2), Due("late_days", "fail", "triangle-alert", 2)),
        (due_in(hours=5, minutes=59), Due("soon", "warn", "clock", 5)),
        (due_in(hours=24), Due("soon", "warn", "clock", 24)),
        (due_in(hours=25), Due("later", "na", "clock")),
        (OPEN, Due("rule", "warn", "flag")),
        (replace(due_in(days=-9), status=FindingStatus.CLOSED), Due("over", "na", "circle-check")),
    ],
)
def test_derive_due(finding: Finding, due: Due) -> None:
    assert derive_due(finding, NOW) == due


def test_soon_leaves_out_what_is_late() -> None:
    assert soon_ids(["a", "b", "c"], ["b"]) == ["a", "c"]


@pytest.mark.parametrize("status", list(FindingStatus))
def test_every_state_has_one_next_step_at_most(status: FindingStatus) -> None:
    finding = replace(OPEN, status=status)
    assert not (can_report(finding) and can_close(finding))
    assert STATUS_LOOKS[status]


def test_every_level_has_a_look() -> None:
    assert set(LEVEL_LOOKS) == set(Level)
