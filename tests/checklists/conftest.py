"""The shipped checklist, read once, and visits begun on it at a fixed time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.reading import read
from inspector_app.xforms import Session, load
from tests.checklists.source import WORKBOOK

NOW = datetime(2020, 3, 15, 1, 30, tzinfo=UTC).astimezone(timezone(timedelta(hours=8)))
Begin = Callable[[str], Session]


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    return read(load(WORKBOOK))


@pytest.fixture
def begin(checklist: Checklist) -> Begin:
    """A visit to a Site of the given type, nothing answered."""

    def _begin(site_type: str) -> Session:
        session = checklist.form.begin(now=lambda: NOW)
        session.set_answer(checklist.site_type_path, site_type)
        return session

    return _begin
