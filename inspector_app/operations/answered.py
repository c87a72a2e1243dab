"""The answered questions of a visit as the paper shows them, with the pictures that answer some of them."""

import contextlib

from inspector_app.checklists.sections import Entry, record
from inspector_app.domain.errors import WorldError
from inspector_app.domain.inspection import Attached
from inspector_app.operations import attaching
from inspector_app.operations.inspecting import Visit
from inspector_app.photos.intake import PhotoRefused
from inspector_app.reports import facts as paper
from inspector_app.store.database import Store


def sections_of(store: Store, visit: Visit, first: int) -> tuple[tuple[paper.Section, ...], tuple[paper.Picture, ...]]:
    """Sections in the order of the form, and their pictures numbered on from `first`."""
    files = visit.files
    pictures: list[paper.Picture] = []

    def line(entry: Entry) -> paper.Answered:
        file = files.get(entry.path) if entry.type == "binary" else None
        if file is None or file.name != entry.value:
            return paper.Answered(entry.kind, entry.depth, entry.label, entry.text, entry.number)
        if not file.mime.startswith("image/"):
            return paper.Answered(entry.kind, entry.depth, entry.label, f"{file.name} · SHA-256 {file.sha[:8]}")
        number = first + len(pictures) + 1
        pictures.append(_picture(store, file, number, entry.label))
        return paper.Answered(entry.kind, entry.depth, entry.label, "", photos=(number,))

    sections = tuple(
        paper.Section(section.label, tuple(line(entry) for entry in section.entries))
        for section in record(visit.checklist, visit.session)
    )
    return sections, tuple(pictures)


def _picture(store: Store, file: Attached, number: int, label: str) -> paper.Picture:
    jpeg = b""
    with contextlib.suppress(WorldError, PhotoRefused):
        jpeg = attaching.report_copy(store, file) or b""
    return paper.Picture(number, "", jpeg, time_source="none", digest=file.sha, caption=label)
