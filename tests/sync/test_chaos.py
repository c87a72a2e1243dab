"""A short run of the chaos of processes; the long one is `python -m tests.sync.chaos --minutes 10`."""

from pathlib import Path

import pytest

from tests.sync import chaos


@pytest.mark.slow
def test_whatever_is_killed_every_promise_is_kept(tmp_path: Path) -> None:
    report = chaos.run(20, tmp_path, pause=1.5)
    assert report.wrong == []
    assert report.facts["promises"] > 0
