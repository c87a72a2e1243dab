"""Files that answer questions: checked, sealed and durable before the row that names them, and their small copies."""

import contextlib
import mimetypes
from pathlib import PurePath

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import Attached
from inspector_app.operations.answering import give_file
from inspector_app.operations.photographing import REPORT, THUMBNAIL
from inspector_app.operations.visit import Visit
from inspector_app.photos import intake
from inspector_app.store.database import Store
from inspector_app.store.plain import MAX_BLOB

MAX_NAME = 120


def attach(store: Store, visit: Visit, path: str, name: str, data: bytes) -> Touched:
    """Answer the question at `path` with a file; raises PhotoRefused where a picture is wanted and this is none."""
    return give_file(store, visit, path, keep(store, visit, path, name, data))


def keep(store: Store, visit: Visit, path: str, name: str, data: bytes) -> Attached:
    """Everything but the transaction: bytes checked and durable on disk. For any lane."""
    if len(data) > MAX_BLOB:
        raise UserError("photo_too_large", "This file is larger than 200 MB; choose a smaller one.")
    picture: intake.Accepted | None = None
    if visit.wants_picture(path):
        picture = intake.accept(data)
    else:
        with contextlib.suppress(intake.PhotoRefused):
            picture = intake.accept(data)
    sha = store.blobs.put(data)
    if picture is not None:
        store.blobs.put_derived(sha, THUMBNAIL, picture.thumbnail)
        store.blobs.put_derived(sha, REPORT, picture.report)
    mime = picture.mime if picture else mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Attached(sha, len(data), mime, _plain_name(name))


def _plain_name(name: str) -> str:
    """The last part of a path, short, without what file systems refuse; its ending stays."""
    plain = "".join(
        c for c in PurePath(name.replace("\\", "/")).name if c.isprintable() and c not in '/:*?"<>|'
    ).strip()
    stem, dot, ending = plain.rpartition(".")
    return (f"{stem[: MAX_NAME - len(ending) - 1]}{dot}{ending}" if dot else plain[:MAX_NAME]) or "file"


def thumbnail(store: Store, file: Attached) -> bytes | None:
    """JPEG of at most 320 px, None for what is no picture; raises WorldError when the bytes are not here yet."""
    return _small(store, file, THUMBNAIL)


def report_copy(store: Store, file: Attached) -> bytes | None:
    """Upright JPEG of at most 800×600 for the paper, None for what is no picture."""
    return _small(store, file, REPORT)


def _small(store: Store, file: Attached, variant: str) -> bytes | None:
    if not file.mime.startswith("image/"):
        return None
    kept = store.blobs.get_derived(file.sha, variant)
    if kept is None:
        accepted = intake.accept(store.blobs.get(file.sha))
        store.blobs.put_derived(file.sha, THUMBNAIL, accepted.thumbnail)
        store.blobs.put_derived(file.sha, REPORT, accepted.report)
        kept = accepted.thumbnail if variant == THUMBNAIL else accepted.report
    return kept


def original(store: Store, file: Attached) -> bytes:
    """The untouched bytes as they were given; raises WorldError when they are not here."""
    return store.blobs.get(file.sha)
