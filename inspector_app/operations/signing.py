"""Signing on the screen: what was drawn becomes sealed pictures, and the visit is finished with them in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import iso
from inspector_app.domain.inspection import Attached, Signature, Signing
from inspector_app.operations import inspecting
from inspector_app.operations.attaching import report_copy
from inspector_app.operations.photographing import REPORT, THUMBNAIL
from inspector_app.operations.visit import Visit, refuse_finished
from inspector_app.photos import intake
from inspector_app.store.database import Store

MAX_POINTS = 6000
"""Numbers kept of one signature's strokes; the picture is whole in any case."""


@dataclass(frozen=True)
class Drawing:
    """A signature as the window hands it over: `png` is the picture, `strokes` are x, y, x, y, … on 640 × 240."""

    role: str
    name: str
    png: bytes
    strokes: tuple[tuple[int, ...], ...] = ()


def keep(store: Store, drawing: Drawing, at_ms: int) -> Signature:
    """The picture checked and durable on disk; raises PhotoRefused for bytes that are no picture."""
    accepted = intake.accept(drawing.png)
    sha = store.blobs.put(drawing.png)
    store.blobs.put_derived(sha, THUMBNAIL, accepted.thumbnail)
    store.blobs.put_derived(sha, REPORT, accepted.report)
    picture = Attached(sha, accepted.size, accepted.mime, drawing.name)
    strokes = drawing.strokes if sum(map(len, drawing.strokes)) <= MAX_POINTS else ()
    return Signature(drawing.role, drawing.name, picture, strokes, iso(at_ms))


def sign_and_finish(
    store: Store, visit: Visit, signing: Signing, drawings: Sequence[Drawing] = (), *, finished_ms: int | None = None
) -> Touched:
    """Finish the visit with what was signed on the screen; raises NotFinished as `inspecting.finish` does."""
    refuse_finished(visit)
    at = finished_ms if finished_ms is not None else store.clock()
    signed = replace(signing, signatures=tuple(keep(store, drawing, at) for drawing in drawings))
    return inspecting.finish(store, visit, signed, finished_ms=at)


def picture_of(store: Store, signature: Signature) -> bytes:
    """JPEG on white for the paper; raises WorldError when the bytes have not arrived."""
    return report_copy(store, signature.picture) or b""
