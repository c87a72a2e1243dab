"""kill -9 in the middle of a visit: everything the window had shown as saved is there after a restart."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from inspector_app.demo import district
from inspector_app.domain.team import Inspector, Role
from inspector_app.operations import inspecting, keeping, registering
from inspector_app.store import sites

PASSWORD = "killed password"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_what_was_shown_as_saved_is_there(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "laptop"
    store = keeping.create_laptop(folder, PASSWORD, Inspector("甲", 1, Role.LEADER))
    (tmp_path / "r.csv").write_bytes(district.registry_csv(district.sites(39)))
    registering.import_registry(store, tmp_path / "r.csv")
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=1)[0]
    visit, _ = inspecting.start(store, site)
    store.close()
    command = [sys.executable, "-m", "tests.desktop.killed_visit", str(folder), str(tmp_path / "s.ini"), visit]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert child.stdout is not None
    acknowledged = [child.stdout.readline().decode().strip() for _ in range(random.Random(seed).randint(3, 25))]
    child.kill()
    acknowledged += child.stdout.read().decode().split()
    child.wait()
    again = keeping.open_laptop(folder, PASSWORD)
    try:
        state = inspecting.open_visit(again, visit).state()
    finally:
        again.close()
    answered = {shown.item.id for shown in state.items if shown.verdict is not None}
    assert acknowledged and all(acknowledged)
    assert set(acknowledged) <= answered
