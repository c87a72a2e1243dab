"""Which forms new visits may begin with, and taking a form out again."""

from pathlib import Path

import pytest
from sqlalchemy import text

from inspector_app.domain.errors import UserError
from inspector_app.operations import inspecting, installing, keeping, offering
from inspector_app.store import sites
from inspector_app.store.database import Store
from tests.operations.workbooks import ROWS, STREETS, write


@pytest.fixture
def two(store: Store, tmp_path: Path) -> tuple[str, str]:
    """Hashes of an older and a newer version."""
    older = keeping.install_form(store, write(tmp_path)).hash
    rows = [*ROWS, {"type": "text", "name": "more", "zh": "更多", "en": "More"}]
    return older, keeping.install_form(store, write(tmp_path, rows, version="2")).hash


def test_the_programs_own_form_is_the_default_until_another_is_chosen(store: Store, two: tuple[str, str]) -> None:
    assert offering.shelf(store).default == keeping.DEFAULT_FORM
    touched = offering.choose_default(store, "small")
    assert touched.forms == {two[1]}
    shelf = offering.shelf(store)
    assert shelf.default == "small"
    assert [each.form_id for each in shelf.offered()] == ["small", keeping.DEFAULT_FORM]
    assert offering.default_form(store) == two[1]


def test_the_bundled_form_is_marked_and_has_its_workbook(store: Store) -> None:
    (own,) = offering.shelf(store).of(keeping.DEFAULT_FORM)
    assert own.is_bundled
    assert own.workbook_name == "five-in-place.xlsx"
    assert own.questions > 104
    assert len(own.languages) == 3


def test_hiding_the_newest_version_offers_the_one_before(store: Store, two: tuple[str, str]) -> None:
    offering.choose_default(store, "small")
    offering.retire(store, two[1])
    assert offering.default_form(store) == two[0]
    offering.retire(store, two[0])
    assert offering.shelf(store).default == keeping.DEFAULT_FORM
    with pytest.raises(UserError) as caught:
        offering.choose_default(store, "small")
    assert caught.value.key == "form_not_offered"
    offering.retire(store, two[0], False)
    assert offering.default_form(store) == two[0]


def test_one_form_always_stays(store: Store) -> None:
    (own,) = offering.shelf(store).versions
    with pytest.raises(UserError) as caught:
        offering.retire(store, own.hash)
    assert caught.value.key == "form_last"
    assert not offering.shelf(store).versions[0].is_retired


def test_an_unused_version_is_removed_and_put_back_whole(store: Store, two: tuple[str, str]) -> None:
    before = offering.shelf(store).of("small")
    removed = offering.remove(store, two[0])
    assert [each.hash for each in offering.shelf(store).of("small")] == [two[1]]
    offering.put_back(store, removed)
    assert offering.shelf(store).of("small") == before
    assert offering.read_file(store, two[0], "streets.csv") == STREETS


def test_what_is_used_or_bundled_is_not_removed(store: Store, registered: Store, two: tuple[str, str]) -> None:
    offering.choose_default(store, "small")
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=1)[0]
    inspecting.start(store, site)
    with pytest.raises(UserError) as caught:
        offering.remove(store, two[1])
    assert caught.value.key == "form_in_use"
    (own,) = offering.shelf(store).of(keeping.DEFAULT_FORM)
    with pytest.raises(UserError) as caught:
        offering.remove(store, own.hash)
    assert caught.value.key == "form_bundled"


def test_what_was_saved_again_is_the_same_form(store: Store, two: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    written = offering.export(store, two[0], "workbook", out / "again.xlsx")
    assert [file.name for file in written] == ["again.xlsx", "badge.png", "streets.csv"]
    candidate = installing.examine(out / "again.xlsx")
    assert candidate is not None
    assert candidate.form is not None
    assert candidate.form.hash == two[0]
    offering.export(store, two[0], "xform", out / "again.xml")
    candidate = installing.examine(out / "again.xml")
    assert candidate is not None
    assert candidate.form is not None
    assert candidate.form.hash == two[0]


def test_versions_of_an_older_program_are_counted_when_they_are_listed(store: Store, two: tuple[str, str]) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE form SET questions = -1, languages = '[]', workbook_sha = '', workbook_name = ''"))
    assert [each.questions for each in offering.shelf(store).of("small")] == [6, 5]
    assert all(each.languages for each in offering.shelf(store).versions)
    with pytest.raises(UserError) as caught:
        offering.export(store, two[0], "workbook", Path("nowhere.xlsx"))
    assert caught.value.key == "workbook_unknown"
