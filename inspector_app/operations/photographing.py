"""Photos of a visit: taken in, sealed, attached, removed; bytes are durable before the row that names them."""

from collections.abc import Sequence

from inspector_app.domain.changeset import DELETED, Edit, Touched, Value, team_scope
from inspector_app.domain.clock import iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Status
from inspector_app.domain.photo import Photo
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.keeping import checklist
from inspector_app.photos import intake
from inspector_app.photos.doubting import with_doubts
from inspector_app.store import findings, inspections, log, photos
from inspector_app.store.database import Store
from inspector_app.sync.sealed import chunk_count

THUMBNAIL, REPORT = "thumbnail", "report"
"""Variants kept beside the original; both can be made again from it."""
RECHECK = "recheck:"
"""Photos of a recheck have the Item `recheck:A04`: no Item of any checklist, so the record of the visit stays as it was."""


def attach(store: Store, visit: Visit, item_id: str, original: bytes, *, name: str = "") -> tuple[Photo, Touched]:
    """Check, seal and attach one picture to an Item; raises PhotoRefused, or UserError where photos are forbidden."""
    photo, edit = take_in(store, visit, item_id, original, name=name)
    refuse_full(visit, item_id)
    with store.writing() as session:
        touched = log.append(session, [edit])
    show_photos(visit, (*visit.photos, photo))
    return photo, touched


def show_photos(visit: Visit, pictures: Sequence[Photo]) -> None:
    """These are the visit's Photos now; what is doubtful about them is derived anew."""
    head = visit.inspection
    visit.photos = with_doubts(pictures, head.started, head.finished)


def take_in(store: Store, visit: Visit, item_id: str, original: bytes, *, name: str = "") -> tuple[Photo, Edit]:
    """Everything but the transaction: bytes checked and durable on disk, the Edit ready to be appended."""
    if visit.inspection.status is Status.FINISHED:
        raise UserError("visit_finished", "This visit is finished and can no longer be changed.")
    item = visit.checklist.items_by_id.get(item_id)
    if item is None:
        raise UserError("item_unknown", f"{item_id} is not an item of this checklist.")
    if item.photo == "forbidden":
        raise UserError("photo_forbidden", f"{item_id} must not be photographed: it concerns personal records.")
    refuse_full(visit, item_id)
    photo = _sealed(store, visit.id, item_id, original, name)
    return photo, _edit(photo, visit.inspection.team)


def refuse_full(visit: Visit, item_id: str) -> None:
    """Raises UserError("photo_enough") where the form takes no more pictures of the Item."""
    item = visit.checklist.items_by_id.get(item_id)
    most = item.photo_max if item is not None else 0
    if most and sum(photo.item == item_id for photo in visit.photos) >= most:
        words = f"{item_id} takes at most {most} photos; remove one before you add another."
        raise UserError("photo_enough", words, item=item_id, n=most)


def attach_recheck(store: Store, finding_id: str, original: bytes, *, name: str = "") -> tuple[Photo, Touched]:
    """A picture of what a recheck saw: it belongs to the visit, beside the Item, and alters nothing of the frozen record."""
    with store.reading() as session:
        finding = findings.get(session, finding_id)
        visit = inspections.get(session, finding.inspection) if finding else None
    if finding is None or visit is None:
        raise UserError("finding_unknown", "This finding is not on this laptop.")
    item = checklist(store, visit.form_hash).items_by_id.get(finding.item)
    if item is not None and item.photo == "forbidden":
        raise UserError("photo_forbidden", f"{finding.item} must not be photographed: it concerns personal records.")
    photo = _sealed(store, finding.inspection, RECHECK + finding.item, original, name)
    with store.writing() as session:
        return photo, log.append(session, [_edit(photo, finding.team)]) | Touched(findings=frozenset((finding_id,)))


def _sealed(store: Store, inspection: str, item: str, original: bytes, name: str) -> Photo:
    """Bytes checked and durable, with their derivatives."""
    accepted = intake.accept(original)
    sha = store.blobs.put(original)
    store.blobs.put_derived(sha, THUMBNAIL, accepted.thumbnail)
    store.blobs.put_derived(sha, REPORT, accepted.report)
    taken, source = (accepted.taken.isoformat(timespec="seconds"), "exif") if accepted.taken else ("", "")
    return Photo(
        id=new_id(),
        inspection=inspection,
        item=item,
        sha=sha,
        size=accepted.size,
        mime=accepted.mime,
        width=accepted.width,
        height=accepted.height,
        taken=taken or iso(store.clock()),
        taken_source=source or "clock",
        name=name[-120:],
        latitude=accepted.gps[0] if accepted.gps else "",
        longitude=accepted.gps[1] if accepted.gps else "",
        received=iso(store.clock()),
        fingerprint=accepted.look.fingerprint,
        flaw=accepted.look.flaw,
    )


def _edit(photo: Photo, team: int) -> Edit:
    blob: Value = {"sha": photo.sha, "size": photo.size, "mime": photo.mime, "chunks": chunk_count(photo.size)}
    values: dict[str, Value] = {
        "inspection": photo.inspection,
        "item": photo.item,
        "blob": blob,
        "width": photo.width,
        "height": photo.height,
        "taken": photo.taken,
        "taken_source": photo.taken_source,
        "name": photo.name,
        "latitude": photo.latitude,
        "longitude": photo.longitude,
        "received": photo.received,
        "fingerprint": photo.fingerprint,
        "flaw": photo.flaw,
    }
    return Edit("photo", photo.id, values, team_scope(team))


def remove(store: Store, visit: Visit, photo_id: str) -> Touched:
    """Take a picture off the visit; its bytes and its history stay."""
    return _mark(store, visit, photo_id, deleted=True)


def restore(store: Store, visit: Visit, photo_id: str) -> Touched:
    """Undo of `remove`."""
    return _mark(store, visit, photo_id, deleted=False)


def _mark(store: Store, visit: Visit, photo_id: str, *, deleted: bool) -> Touched:
    if visit.inspection.status is Status.FINISHED:
        raise UserError("visit_finished", "This visit is finished and can no longer be changed.")
    with store.writing() as session:
        touched = log.append(session, [Edit("photo", photo_id, {DELETED: deleted})])
        show_photos(visit, photos.of_inspection(session, visit.id))
    return touched


def thumbnail(store: Store, photo: Photo) -> bytes:
    """JPEG of at most 320 px; made again when a Round brought only the original. Raises WorldError when that is not here."""
    return _derived(store, photo, THUMBNAIL)


def report_copy(store: Store, photo: Photo) -> bytes:
    """Upright JPEG of at most 800×600 for the paper; raises WorldError when the original has not arrived."""
    return _derived(store, photo, REPORT)


def _derived(store: Store, photo: Photo, variant: str) -> bytes:
    kept = store.blobs.get_derived(photo.shown, variant)
    if kept is not None:
        return kept
    accepted = intake.accept(store.blobs.get(photo.shown))
    store.blobs.put_derived(photo.shown, THUMBNAIL, accepted.thumbnail)
    store.blobs.put_derived(photo.shown, REPORT, accepted.report)
    return accepted.thumbnail if variant == THUMBNAIL else accepted.report


def original(store: Store, photo: Photo) -> bytes:
    """The untouched bytes as they came in."""
    return store.blobs.get(photo.sha)
