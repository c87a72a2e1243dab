"""Killed at random moments of filling, nothing that was acknowledged is lost and the store opens again."""

import os
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, text

from inspector_app.store import inspections, rebuilding, schema
from inspector_app.store.database import Store, open_store
from tests.store.conftest import PASSWORD, visit

KILLS = int(os.environ.get("KILLS", "8"))
"""A child is started and killed so often; `make soak` does it 200 times."""
ROOT = Path(__file__).resolve().parents[2]


def answer_until_killed(folder: Path, inspection: str, lines: int) -> list[list[str]]:
    """The acknowledgements of one child; it is killed without warning once it has given so many."""
    command = [sys.executable, "-m", "tests.store.answering", str(folder), PASSWORD, inspection]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        heard = [child.stdout.readline() for _ in range(1 + lines)]
        child.kill()
        heard += child.stdout.readlines()
    assert heard[0] == "READY\n"
    return [line.split() for line in heard[1:] if line.endswith("\n")]


@pytest.mark.slow
def test_c32_nothing_acknowledged_is_lost(store: Store) -> None:
    inspection = visit(store)
    folder = store.folder
    store.close()
    rng = random.Random(2020)
    promised: list[list[str]] = []
    for _ in range(KILLS):
        promised += answer_until_killed(folder, inspection, rng.randrange(1, 30))
        check(folder, inspection, promised)
    assert len(promised) > 5 * KILLS


def check(folder: Path, inspection: str, promised: list[list[str]]) -> None:
    store = open_store(folder, PASSWORD)
    try:
        with store.reading() as session:
            sets = [msgspec.json.decode(raw)["set"] for raw in session.execute(select(schema.log.c.body)).scalars()]
            written = {(name, value) for one in sets for name, value in one.items() if isinstance(value, str)}
            shown = inspections.get(session, inspection)
            shas = set(session.execute(select(schema.photo_row.c.sha)).scalars())
            waiting = session.execute(text("SELECT count(*) FROM outbox")).scalar_one()
            device = session.execute(select(schema.device.c.n)).scalar_one()
            assert session.execute(text("PRAGMA quick_check")).scalar() == "ok"
        assert len(sets) == waiting == device
        assert {(path, value) for _, path, value, *_ in promised} <= written
        named = {sha for _, _, _, *shas_ in promised for sha in shas_}
        assert named <= shas
        assert all(store.blobs.get(sha) for sha in shas)
        latest = {name: value for one in sets for name, value in one.items() if name.startswith("/data/")}
        assert shown is not None and dict(shown.answers) == latest
    finally:
        store.close()


@pytest.mark.slow
def test_the_state_after_a_kill_equals_a_rebuild(store: Store) -> None:
    inspection = visit(store)
    folder = store.folder
    store.close()
    answer_until_killed(folder, inspection, 25)
    again = open_store(folder, PASSWORD)
    with again.reading() as session:
        before = session.execute(select(schema.entity).order_by(schema.entity.c.id)).all()
    with again.writing() as session:
        rebuilding.rebuild(session)
        after = session.execute(select(schema.entity).order_by(schema.entity.c.id)).all()
    again.close()
    assert before == after
