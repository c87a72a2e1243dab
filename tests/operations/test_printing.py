"""Paper from the store: every answer is on it, a batch resumes, drafts are marked."""

from pathlib import Path

import pypdfium2

from inspector_app.operations import batching, certifying, inspecting, issuing, printing
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
    first = batching.write_batch(registered, [Wanted("inspection", visit.id)], out)
    written = first.written[0].file
    stamp = written.stat().st_mtime_ns
    again = batching.write_batch(registered, [Wanted("inspection", one) for one in (visit.id, "nowhere")], out)
    assert again.written[0].file.stat().st_mtime_ns == stamp
    assert again.failed[0][0] == "nowhere"
    written.unlink()
    assert batching.write_batch(registered, [Wanted("inspection", visit.id)], out).written[0].file.exists()


def test_many_papers_are_pressed_by_processes_and_a_stopped_batch_goes_on(registered: Store, tmp_path: Path) -> None:
    visit = begun(registered)
    fill(registered, visit, fails=("A02",))
    inspecting.finish(registered, visit)
    issuing.issue(registered, visit.id)
    alone = tmp_path / "alone"
    for kind in ("inspection", "notice"):
        batching.write_batch(registered, [Wanted(kind, visit.id)], alone)
    days = [Wanted("team-day", f"{registered.me.team:02d}@2020-03-{day:02d}") for day in range(1, 9)]
    wanted = [Wanted("inspection", visit.id), Wanted("notice", visit.id), *days]
    seen: list[tuple[int, int]] = []
    few = wanted[: batching.MANY - 1]
    stopped = batching.write_batch(
        registered, few, tmp_path / "out", progress=lambda done, all_: seen.append((done, all_)),
        cancelled=lambda: len(seen) > 1,
    )  # fmt: skip
    assert [one.id for one in stopped.written] == [one.subject for one in few[:2]]
    assert seen == [(1, len(few)), (2, len(few))]
    stamps = {one.file: one.file.stat().st_mtime_ns for one in stopped.written}
    whole = batching.write_batch(registered, [*wanted, Wanted("inspection", "nowhere")], tmp_path / "out")
    assert [one.id for one in whole.written] == [one.subject for one in wanted]
    assert [subject for subject, _ in whole.failed] == ["nowhere"]
    assert all(file.stat().st_mtime_ns == stamp for file, stamp in stamps.items())
    assert not list((tmp_path / "out").glob("*.part"))
    for one in whole.written[:2]:
        assert text_of(one.file.read_bytes()) == text_of((alone / one.file.name).read_bytes())
        assert certifying.check(one.file, registered).is_good
