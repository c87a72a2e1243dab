"""The verification page in real headless Chromium: the form is filled in, the answer stands there, no script, no errors."""

import os
from pathlib import Path

import pytest

from inspector_app.domain.seal import seal_code
from inspector_app.operations import syncing
from inspector_app.store.database import Store
from tests.hub.test_vouching import laptop, printed  # noqa: F401 - a fixture
from tests.hub.trial import Trial
from tests.phone.browser import browsing, programs


@pytest.fixture(autouse=True)
def a_browser() -> None:
    programs()


def test_a_phone_reads_the_answer(hub: Trial, laptop: Store, tmp_path: Path) -> None:  # noqa: F811
    _, ((number, check), _) = printed(laptop)
    syncing.run_round(laptop)
    with browsing(tmp_path / "profile") as new:
        phone = new()
        phone.open(f"{hub.url}/v/{seal_code(number, check)}")
        shown = str(phone.run("return document.querySelector('main').innerText"))
        assert "有這份文書" in shown and number in shown
        assert phone.run("return document.documentElement.scrollWidth <= window.innerWidth")
        folder = os.environ.get("PHONE_LOOKS")
        if folder:
            phone.picture(Path(folder) / "verified.png")
        phone.open(f"{hub.url}/v")
        filled = "document.getElementById(arguments[0]).value = arguments[1]"
        phone.run(filled, "number", number)
        phone.run(filled, "check", "0000-0000")
        if folder:
            phone.picture(Path(folder) / "form.png")
        phone.run("document.querySelector('button').click()")
        assert "查無" in str(phone.run("return document.querySelector('main').innerText"))
        if folder:
            phone.picture(Path(folder) / "unknown.png")
