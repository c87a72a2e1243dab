"""A paper is written whole, or not at all."""

from pathlib import Path

import pytest

from inspector_app.domain.errors import WorldError
from inspector_app.reports.writing import write_file


def test_it_replaces_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    assert write_file(target, b"%PDF new") == target
    assert target.read_bytes() == b"%PDF new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        write_file(tmp_path / "missing" / "a.pdf", b"%PDF")
    assert caught.value.key == "file_unwritable"


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(WorldError):
        write_file(tmp_path / "a.pdf", b"%PDF")
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]
