"""A laptop with two versions of a small form beside the program's own."""

from pathlib import Path

import pytest
from sqlalchemy import text

from inspector_app.operations import keeping
from inspector_app.store.database import Store
from tests.operations.workbooks import ROWS, write

NEWER = [*ROWS[:-1], {**ROWS[-1], "zh": "員工人數", "constraint": ". < 200"},
         {"type": "text", "name": "more", "zh": "更多", "en": "More"}]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the author works."""
    made = tmp_path / "author"
    made.mkdir()
    return made


@pytest.fixture
def versions(store: Store, tmp_path: Path) -> tuple[str, str]:
    """Hashes of the older and the newer version."""
    with store.writing() as session:  # the laptop was made by the real clock, which is later than the test's
        session.execute(text("UPDATE form SET installed_ms = 1"))
    older = keeping.install_form(store, write(tmp_path / "older")).hash
    return older, keeping.install_form(store, write(tmp_path / "newer", NEWER, version="2")).hash
