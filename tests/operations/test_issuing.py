"""A Notice gets its number once, from its own series; every problem of the visit is on it."""

import pytest

from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError
from inspector_app.operations import inspecting, issuing, printing
from inspector_app.operations.printing import Wanted
from inspector_app.store import papers
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill
from tests.operations.test_printing import text_of


def finished(store: Store, number: int = 1, fails: tuple[str, ...] = ("A02", "C04")) -> str:
    visit = begun(store, number)
    fill(store, visit, fails=fails)
    inspecting.finish(store, visit)
    return visit.id


def test_the_number_is_given_once_and_kept(registered: Store) -> None:
    first, second = finished(registered), finished(registered, 2)
    with pytest.raises(UserError, match="finish it first"):
        issuing.issue(registered, begun(registered, 3).id)
    paper, touched = issuing.issue(registered, first)
    again, nothing = issuing.issue(registered, first)
    other, _ = issuing.issue(registered, second)
    assert paper == again and paper.number.startswith("海復整〔") and paper.number.endswith("-0001號")
    assert other.number.endswith("-0002號")
    assert touched.inspections == {first} and not nothing
    with registered.reading() as session:
        assert papers.numbered(session, paper.number) == [paper]


def test_the_paper_carries_number_and_problems_and_is_signed(registered: Store) -> None:
    visit = finished(registered)
    draft = printing.gather(registered, Wanted("notice", visit))
    assert draft.frozen is None and "草稿" in draft.name
    assert "未簽署草稿" in text_of(printing.draw(draft).pdf)
    paper, _ = issuing.issue(registered, visit)
    words = text_of(printing.final(registered, Wanted("notice", visit)))
    assert paper.number in words
    for item in ("A02", "C04"):
        assert f"{item} 未見記錄" in words


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_every_kind_is_pdfa_3u_before_and_after_signing(registered: Store, language: str) -> None:
    """Asks the validator documents.md §11 names, where it is installed (`pip install page-validation`)."""
    page = pytest.importorskip("page")
    visit, day = finished(registered), moment(registered.clock()).date()
    issuing.issue(registered, visit)
    issuing.issue(registered, visit, "recheck")
    subjects = {"team-day": f"01@{day}", "district": str(day)}
    for kind in printing.KINDS:
        wanted = Wanted(kind, subjects.get(kind, visit))
        unsigned = printing.draw(printing.gather(registered, wanted, language)).pdf
        for pdf in (unsigned, printing.final(registered, wanted, language)):
            report = page.validate_pdf_bytes(pdf, profile="3u")
            assert report.is_compliant, (kind, report.failures)
