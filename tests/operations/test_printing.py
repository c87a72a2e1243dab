"""Paper from the store: every answer is on it, a batch resumes, drafts are marked."""

from pathlib import Path

import pypdfium2

from inspector_app.operations import inspecting, printing
from inspector_app.operations.printing import Wanted
from inspector_app.store.database import Store
from tests.operations.acting import begun, fill


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


def test_every_answer_is_on_the_paper(registered: Store) -> None:
    visit = begun(registered)
    fill(registered, visit, fails=("A02", "C04"))
    inspecting.finish(registered, visit)
    document = printing.draw(printing.gather(registered, Wanted("inspection", visit.id)))
    words = text_of(document.pdf)
    assert visit.inspection.number in words
    for item in visit.state().items:
        assert item.item.id in words
    for item in ("A02", "C04"):
        assert f"{item} 未見記錄" in words
    assert document.missing == frozenset()


def test_a_draft_says_so(registered: Store) -> None:
    visit = begun(registered)
    assert "草稿" in text_of(printing.draw(printing.gather(registered, Wanted("inspection", visit.id))).pdf)


def test_a_batch_keeps_what_is_already_right(registered: Store, tmp_path: Path) -> None:
    visit = begun(registered)
    fill(registered, visit)
    inspecting.finish(registered, visit)
    out = tmp_path / "pdf"
    first = printing.write_batch(registered, [Wanted("inspection", visit.id)], out)
    written = first.written[0].file
    stamp = written.stat().st_mtime_ns
    again = printing.write_batch(registered, [Wanted("inspection", one) for one in (visit.id, "nowhere")], out)
    assert again.written[0].file.stat().st_mtime_ns == stamp
    assert again.failed[0][0] == "nowhere"
    written.unlink()
    assert printing.write_batch(registered, [Wanted("inspection", visit.id)], out).written[0].file.exists()
