"""A form comes in whole with its files, or not at all."""

from pathlib import Path

import pytest

from inspector_app.operations import inspecting, installing, keeping, offering
from inspector_app.store import forms, sites
from inspector_app.store.database import Store
from inspector_app.xforms import FormError
from tests.operations.workbooks import PICTURE, ROWS, STREETS, broken, write


def test_a_workbook_is_kept_with_its_files_and_itself(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path)
    candidate = installing.examine(path)
    assert candidate is not None
    assert candidate.form is not None
    assert candidate.is_sound
    assert dict(candidate.files) == {"streets.csv": STREETS, "badge.png": PICTURE}
    assert candidate.missing == ()
    touched = installing.install(store, candidate)
    assert touched.forms == {candidate.form.hash}
    with store.reading() as session:
        kept = forms.get(session, candidate.form.hash)
        assert forms.get_file(session, candidate.form.hash, "badge.png") == PICTURE
        assert forms.get_workbook(session, candidate.form.hash) == ("small.xlsx", path.read_bytes())
    assert kept is not None
    assert (kept.form_id, kept.version, kept.questions, kept.files) == ("small", "1", 5, 2)
    assert kept.languages == ("中文 (zh)", "English (en)")


def test_an_installed_form_still_has_its_list(store: Store, tmp_path: Path) -> None:
    form = keeping.install_form(store, write(tmp_path))
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    again = keeping.installed_form(store, form.hash)
    session = again.begin(now=lambda: inspecting.moment(0))
    assert [choice.name for choice in session.state("/data/street").choices] == ["north", "south"]
    assert again.hash == form.hash


def test_the_files_are_part_of_what_a_version_is(tmp_path: Path) -> None:
    path = write(tmp_path)
    first = installing.examine(path)
    (tmp_path / "streets.csv").write_text("name,label\neast,東街\n", "utf-8")
    second = installing.examine(path)
    assert first is not None
    assert second is not None
    assert first.form is not None
    assert second.form is not None
    assert first.form.xml == second.form.xml
    assert first.form.hash != second.form.hash


def test_files_may_lie_in_a_media_folder(tmp_path: Path) -> None:
    path = write(tmp_path)
    media = tmp_path / "small-media"
    media.mkdir()
    (tmp_path / "badge.png").rename(media / "badge.png")
    (tmp_path / "streets.csv").unlink()
    candidate = installing.examine(path)
    assert candidate is not None
    assert dict(candidate.files) == {"badge.png": PICTURE}
    assert candidate.missing == ("streets.csv",)


def test_with_errors_nothing_is_installed_and_the_old_version_stays(store: Store, tmp_path: Path) -> None:
    old = keeping.install_form(store, write(tmp_path))
    candidate = installing.examine(broken(tmp_path))
    assert candidate is not None
    assert not candidate.is_sound
    assert any(p.sheet == "survey" and p.row == len(ROWS) + 1 for p in candidate.problems)
    with pytest.raises(FormError):
        installing.install(store, candidate)
    with pytest.raises(FormError):
        keeping.install_form(store, tmp_path / "small.xlsx")
    assert [each.hash for each in offering.shelf(store).of("small")] == [old.hash]


def test_a_file_changed_after_the_check_is_not_installed(store: Store, tmp_path: Path) -> None:
    candidate = installing.examine(write(tmp_path))
    assert candidate is not None
    changed = installing.replace(candidate, files={**candidate.files, "streets.csv": b"name,label\n"})
    with pytest.raises(FormError):
        installing.install(store, changed)
    assert offering.shelf(store).of("small") == ()


def test_a_check_can_be_cancelled_and_reports_its_steps(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = write(tmp_path)
    assert installing.examine(path, progress=lambda *step: steps.append(step), cancelled=lambda: True) is None
    assert steps == [(1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"no zip"), ("a.xml", b"<x/>"), ("a.txt", b""), ("b.md", b"")]
)
def test_what_is_no_form_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    candidate = installing.examine(tmp_path / name)
    assert candidate is not None
    assert not candidate.is_sound
    assert candidate.problems
    assert not candidate.is_sound


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    candidate = installing.examine(tmp_path / "gone.xlsx")
    assert candidate is not None
    assert [p.severity for p in candidate.problems] == ["error"]


def test_of_several_files_the_workbook_is_the_form() -> None:
    given = [Path("streets.csv"), Path("badge.png"), Path("small.xlsx")]
    assert installing.pick_form(given) == Path("small.xlsx")
    assert installing.pick_form([Path("badge.png")]) is None


def test_an_old_visit_keeps_its_version(store: Store, registered: Store, tmp_path: Path) -> None:
    keeping.install_form(store, write(tmp_path))
    offering.choose_default(store, "small")
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=1)[0]
    visit, _ = inspecting.start(store, site)
    before = inspecting.open_visit(store, visit).inspection.form_hash
    rows = [*ROWS, {"type": "text", "name": "more", "zh": "更多", "en": "More"}]
    newer = keeping.install_form(store, write(tmp_path, rows, version="2"))
    assert newer.hash != before
    assert inspecting.open_visit(store, visit).checklist.form.hash == before
    assert [each.visits for each in offering.shelf(store).of("small")] == [0, 1]
