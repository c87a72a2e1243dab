"""The letterhead page: what is typed shows on the paper at once, counts once saved, and only for those who may."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.preferences.letterhead_page import LetterheadPage
from inspector_app.desktop.preferences.letterhead_state import derive_status, wants_remedies
from inspector_app.domain.team import Role
from inspector_app.operations import letterhead
from inspector_app.operations.letterhead import Organisation
from tests.operations.test_letterhead import join
from tests.photos.test_emblem import drawn, encoded


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> LetterheadPage:
    made = LetterheadPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def press(page: LetterheadPage, name: str) -> None:
    found = page.findChild(QAbstractButton, name)
    assert found is not None and found.isEnabled(), name
    found.click()


def paper(page: LetterheadPage) -> str:
    page.draw()
    return "".join(page.sheet.pages.getAllText(number).text() for number in range(page.sheet.pages.pageCount()))


def test_what_is_typed_is_on_the_paper_before_it_is_saved(page: LetterheadPage, context: Context) -> None:
    name = page.findChild(QLineEdit, "letterhead_name_hant")
    assert name is not None and not page.save.isEnabled()
    name.setText("某區安全辦")
    press(page, "choice_red")
    press(page, "toggle_checklist")
    assert "某區安全辦" in paper(page) and "檢查明細" in paper(page).partition("按機構設定未印出")[2]
    assert letterhead.current(context.store) == Organisation()
    press(page, "save_letterhead")
    wanted = Organisation(name_hant="某區安全辦", head="red", hidden=frozenset(("checklist",)))
    assert letterhead.current(context.store) == wanted
    assert not page.save.isEnabled()


def test_the_notice_and_the_language_can_be_looked_at(page: LetterheadPage, context: Context) -> None:
    press(page, "letterhead-notice")
    assert "整改建議通知單" in paper(page)
    context.language.switch("en")
    assert "Notice of advised corrections" in paper(page)


def test_undo_goes_back_to_what_is_in_force(page: LetterheadPage) -> None:
    page.fields.lines["hotline"].setText("1")
    press(page, "undo_letterhead")
    assert page.fields.draft == Organisation() and not page.undo.isEnabled()


def test_orders_say_what_they_need(page: LetterheadPage, context: Context) -> None:
    press(page, "choice_enforcement")
    assert "救濟途徑" in page._trouble.text()
    press(page, "save_letterhead")
    assert letterhead.current(context.store).wording == "advisory" and page._trouble.text()
    remedies = page.findChild(QPlainTextEdit, "letterhead_remedies")
    assert remedies is not None
    remedies.setPlainText("如有異議，可依法提出。")
    assert not page._note.isVisible()
    press(page, "save_letterhead")
    assert letterhead.current(context.store).wording == "enforcement"
    press(page, "letterhead-notice")
    assert "責令限期整改指令書" in paper(page) and "如有異議" in paper(page)


def test_a_logo_is_chosen_refused_and_removed(
    page: LetterheadPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "logo.png", tmp_path / "logo.svg"
    good.write_bytes(encoded(drawn(), "PNG"))
    bad.write_text("<svg xmlns='x'/>")
    chosen = [bad, good]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen.pop(0)), ""))
    press(page, "choose_logo")
    assert page._note.isVisible() and not page.fields.draft.logo
    press(page, "choose_logo")
    assert page.fields.draft.logo and not page._note.isVisible()
    press(page, "remove_logo")
    assert not page.fields.draft.logo


def test_in_a_district_others_only_read(page: LetterheadPage, context: Context) -> None:
    join(context.store, Role.LEADER)
    page._look()
    assert not page.fields.isEnabled() and not page.save.isEnabled()
    assert "督導員" in page.head.where.text()


def test_a_draft_outlives_what_arrives_meanwhile(page: LetterheadPage, context: Context) -> None:
    page.fields.lines["hotline"].setText("9")
    letterhead.save(context.store, Organisation(name_en="Office"))
    page._look()
    assert page.fields.draft.hotline == "9"


def test_a_narrow_page_shows_one_of_the_two(page: LetterheadPage) -> None:
    page.resize(800, 700)
    assert page._form.isVisible() and not page._paper.isVisible()
    press(page, "flip_letterhead")
    assert page._paper.isVisible() and not page._form.isVisible()


def test_the_line_under_the_title() -> None:
    kept = Organisation()
    assert derive_status(kept, kept, may_change=True) == "letterhead.saved"
    assert derive_status(kept, replace(kept, hotline="1"), may_change=True) == "letterhead.unsaved"
    assert derive_status(kept, kept, may_change=False) == "letterhead.read_only"
    assert wants_remedies(replace(kept, wording="enforcement")) and not wants_remedies(kept)
