"""A finished visit with two findings on a real store."""

from pathlib import Path

import pytest
from PIL import Image

from inspector_app.domain.changeset import DISTRICT, Edit
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Signing
from inspector_app.operations import inspecting
from inspector_app.store import findings, log
from inspector_app.store.database import Store
from tests.desktop.inspections.conftest import SITE, complete


@pytest.fixture
def visit_id(store: Store, tmp_path: Path) -> str:
    site = new_id()
    with store.writing() as session:
        log.append(session, [Edit("site", site, SITE, DISTRICT)])
    made = inspecting.start(store, site, inspectors=("李婉儀", "陳志強"))[0]
    picture = tmp_path / "a.jpg"
    Image.new("RGB", (320, 240), (30, 90, 160)).save(picture)
    complete(store, made, picture, failing=("A04", "A10"))
    visit = inspecting.open_visit(store, made)
    inspecting.set_deadline(store, visit, "A10", "2020-03-05T08:00:00+08:00")
    inspecting.finish(store, visit, Signing("王建國"))
    return made


@pytest.fixture
def by_item(store: Store, visit_id: str) -> dict[str, str]:
    """Item → Finding id."""
    with store.reading() as session:
        found = findings.many(session, findings.ids(session, inspection=visit_id))
    return {finding.item: finding.id for finding in found}
