"""No false alarms: sound forms of others pass `form check` without a warning."""

from pathlib import Path

import pytest

from inspector_app.xforms.lint import check, look_through
from tests.xforms.good_forms import CENSUS, LOOKUP, LOOKUP_FILES, verbal_autopsy


def alarms(path: Path) -> list[str]:
    """All that is worse than a remark, as lines."""
    return [f"{p.code} {p.sheet} {p.row} {p.column}: {p.message}" for p in check(path) if p.severity != "info"]


def test_a_verbal_autopsy_of_550_questions_is_clean(tmp_path: Path) -> None:
    (tmp_path / "va.md").write_text(verbal_autopsy(), "utf-8")
    checked = look_through(tmp_path / "va.md")
    assert checked.form is not None
    assert sum(1 for s in checked.form.top.walk() if s.is_leaf) >= 540
    assert alarms(tmp_path / "va.md") == []


def test_a_census_with_cascades_and_repeats_is_clean(tmp_path: Path) -> None:
    (tmp_path / "census.md").write_text(CENSUS, "utf-8")
    assert alarms(tmp_path / "census.md") == []


def test_lookups_in_files_are_clean(tmp_path: Path) -> None:
    (tmp_path / "lookup.md").write_text(LOOKUP, "utf-8")
    for name, text in LOOKUP_FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert alarms(tmp_path / "lookup.md") == []


def test_a_missing_file_is_named_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "lookup.md").write_text(LOOKUP, "utf-8")
    assert len(alarms(tmp_path / "lookup.md")) == 2


@pytest.mark.parametrize("name", ["five-in-place.xlsx", "five-in-place.xml"])
def test_the_checklist_that_ships_is_clean(name: str) -> None:
    assert alarms(Path(__file__).parents[2] / "forms" / name) == []
