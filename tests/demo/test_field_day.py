"""The whole field day: processes, real windows, hub, paper; its counts agree with what lies in the databases."""

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from inspector_app.demo import field_day
from inspector_app.demo.field_day import PASSWORD, prepare
from inspector_app.domain.errors import UserError
from inspector_app.operations import keeping
from inspector_app.store import contents


@pytest.mark.slow
def test_a_field_day(tmp_path: Path) -> None:
    out = tmp_path / "day"
    command = [sys.executable, "-m", "inspector_app", "demo", "--headless", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    summary = json.loads(done.stdout)
    assert summary["laptops_equal"] is True
    assert (summary["sites"], summary["teams"]) == (350, 39)
    least = {"inspections": 20, "answers": 1000, "photos": 40, "findings": 10, "screenshots": 8, "pdfs": 10}
    assert {name: summary[name] for name in least if summary[name] < least[name]} == {}
    for laptop in ("morning", "supervisor"):
        store = keeping.open_laptop(out / "laptops" / laptop, PASSWORD)
        try:
            with store.reading() as session:
                counted = contents.counts(session)
                blobs = contents.blobs_here(session)
                assert all(store.blobs.has(sha) for sha in blobs)
        finally:
            store.close()
        assert counted == {name: summary[name] for name in counted}
        assert len(blobs) == summary["hub"]["blobs"]
    for file in (out / "pdfs").glob("*.pdf"):
        words = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))
        assert "〓" not in words and "草稿" not in words


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("important")
    with pytest.raises(UserError, match="not made by the demo"):
        prepare(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "important"
    assert field_day.MARKER not in {path.name for path in tmp_path.iterdir()}
