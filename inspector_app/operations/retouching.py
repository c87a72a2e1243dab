"""Marks on a Photo: the original stays sealed, a copy with the marks is kept beside it and shown instead."""

from collections.abc import Sequence
from dataclasses import replace

from inspector_app.domain.changeset import Edit, Touched, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.photo import WHOLE, Mark, Photo
from inspector_app.operations.photographing import REPORT, THUMBNAIL, show_photos
from inspector_app.operations.visit import Visit, refuse_finished
from inspector_app.photos import intake, retouch
from inspector_app.store import log, photos
from inspector_app.store.database import Store
from inspector_app.sync.sealed import chunk_count

MOST_MARKS, MOST_POINTS, MOST_TEXT = 200, 400, 200
"""A record holds 256 KiB; somebody who draws more than this covers the picture."""
MOST_LINES, MOST_LINE = 6, 80
SKETCH_EDGE = 1200
"""Longest edge of what is drawn on: as sharp as a window shows it."""


def mark(store: Store, visit: Visit, photo_id: str, marks: Sequence[Mark]) -> Touched:
    """Show a copy with these marks instead of the original; without marks the original again."""
    photo = next((each for each in visit.photos if each.id == photo_id), None)
    if photo is None:
        raise UserError("photo_unknown", "This photo is not part of the visit any more.")
    return keep(store, visit, make_copy(store, photo, marks))


def make_copy(store: Store, photo: Photo, marks: Sequence[Mark]) -> Edit:
    """Everything but the transaction: the copy is durable, the Edit ready to be appended. For any lane."""
    marks = [_bounded(each) for each in marks[:MOST_MARKS]]
    written: list[Value] = [_written(each) for each in marks]
    has_copy = bool(marks or photo.stamp)
    return Edit("photo", photo.id, {"marks": written, "copy": _keep_copy(store, photo, marks) if has_copy else None})


def stamp(store: Store, photo: Photo, edit: Edit, lines: Sequence[str]) -> tuple[Photo, Edit]:
    """A Photo just taken in and its Edit, with a stamped copy; the same where there is nothing to stamp."""
    lines = tuple(line[:MOST_LINE] for line in lines[:MOST_LINES] if line)
    if not lines:
        return photo, edit
    marked = replace(photo, stamp=lines)
    copy = _keep_copy(store, marked, ())
    sha = str(copy["sha"]) if isinstance(copy, dict) else ""
    stamped: list[Value] = [*lines]
    return replace(marked, copy=sha), replace(edit, values={**edit.values, "stamp": stamped, "copy": copy})


class Sketch:
    """A picture decoded once for somebody who marks it; used by any lane, one call at a time or several."""

    def __init__(self, original: bytes) -> None:
        self._ground = retouch.ground(original, SKETCH_EDGE)

    def rendered(self, marks: Sequence[Mark]) -> tuple[int, int, bytes]:
        """Width, height and RGB bytes of what the copy will look like."""
        image = self._ground.marked([_bounded(each) for each in marks[:MOST_MARKS]])
        return image.width, image.height, image.tobytes()


def sketch(store: Store, photo: Photo) -> Sketch:
    """The original of a Photo, to be marked; raises WorldError when its bytes are not here."""
    return Sketch(store.blobs.get(photo.sha))


def keep(store: Store, visit: Visit, edit: Edit) -> Touched:
    """The transaction that `make_copy` leaves out."""
    refuse_finished(visit)
    with store.writing() as session:
        touched = log.append(session, [edit])
        show_photos(visit, photos.of_inspection(session, visit.id))
    return touched


def _keep_copy(store: Store, photo: Photo, marks: Sequence[Mark]) -> Value:
    image = retouch.ground(store.blobs.get(photo.sha)).marked(marks)
    made = retouch.copy_of(retouch.stamped(image, photo.stamp[:MOST_LINES]))
    accepted = intake.accept(made)
    sha = store.blobs.put(made)
    store.blobs.put_derived(sha, THUMBNAIL, accepted.thumbnail)
    store.blobs.put_derived(sha, REPORT, accepted.report)
    return {"sha": sha, "size": accepted.size, "mime": accepted.mime, "chunks": chunk_count(accepted.size)}


def _bounded(mark: Mark) -> Mark:
    """Inside the picture, and no more points than a record should carry."""
    step = -(-len(mark.points) // MOST_POINTS) or 1
    points = (*mark.points[:-1:step], *mark.points[-1:])
    inside = tuple((min(max(x, 0), WHOLE), min(max(y, 0), WHOLE)) for x, y in points)
    return Mark(mark.kind, inside, mark.text[:MOST_TEXT])


def _written(mark: Mark) -> Value:
    points: list[Value] = [[x, y] for x, y in mark.points]
    return {"kind": mark.kind, "points": points, **({"text": mark.text} if mark.text else {})}
