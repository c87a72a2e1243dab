"""Photo rows against photo files at start: the missing is fetched again, the damaged set aside (security.md §6.3)."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from inspector_app.store import journal
from inspector_app.store.blobs import Blobs
from inspector_app.store.schema import blob


def reconcile(session: Session, blobs: Blobs, now_ms: int) -> int:
    """Rows whose file is missing or has the wrong size become wanted; rows whose file has come are here. Gives repairs.

    A file without a row is left alone: its row may still come, and nothing is deleted silently.
    """
    files = blobs.sizes()
    lost = 0
    for row in session.execute(select(blob)).all():
        size = files.get(blobs.name(row.sha))
        if size == row.size:
            if row.state == "wanted":
                _mark(session, row.sha, "here")
            continue
        if size is not None:
            blobs.set_aside(row.sha)
        if row.state != "wanted":
            lost += 1
            _mark(session, row.sha, "wanted")
    if lost:
        journal.write(session, now_ms, "photos_missing", f"{lost} photos are missing here and are fetched again.")
    return lost


def _mark(session: Session, sha: str, state: str) -> None:
    session.execute(update(blob).where(blob.c.sha == sha).values(state=state))
