"""Whole forms against the other engine: sessions it played once, and a few live ones where Node is installed."""

from pathlib import Path
from typing import Any

import pytest

from inspector_app.xforms import load
from tests.xforms.oracle.__main__ import session
from tests.xforms.oracle.compare import compare
from tests.xforms.oracle.node import NoOracle, play_all, ready
from tests.xforms.oracle.reasons import reason, turning_point
from tests.xforms.oracle.record import FOLDER, pack, read, unpack
from tests.xforms.oracle.steps import ours

LIVE = range(777_000, 777_012)


def differences(job: dict[str, Any], theirs: list[Any]) -> list[str]:
    """What differs without a reason."""
    files = {name: text.encode() for name, text in job.get("files", {}).items()}
    mine = ours(load(job["xml"], files), job["steps"])
    found = [d for d in compare(mine, theirs) if reason(d, theirs) is None]
    return [] if not found or turning_point(found, job, theirs) else [str(d) for d in found[:5]]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl.gz")), ids=lambda path: path.name)
def test_recorded_sessions_come_out_the_same(path: Path) -> None:
    wrong = {r["id"]: found for r in read(path) if (found := differences(r, r["lines"]))}
    assert not wrong, f"{len(wrong)} sessions: {dict(list(wrong.items())[:5])}"


def test_lines_survive_packing() -> None:
    path = next(iter(FOLDER.glob("*.jsonl.gz")))
    for record in list(read(path))[:20]:
        assert list(unpack(pack(record["lines"]))) == record["lines"]


def test_live_sessions_agree() -> None:
    try:
        home = ready()
    except NoOracle as error:
        pytest.skip(f"no live comparison: {error}")
    jobs = [session(seed) for seed in LIVE]
    for job, result in zip(jobs, play_all(jobs, home), strict=True):
        if "error" not in result:
            assert differences(job, result["lines"]) == [], job["table"]
