"""Where the bytes of each photo and file are: here and to be sent, on a stick as well, or at the hub by its receipt."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from inspector_app.store.schema import blob, inspection_row, photo_row, setting, site_row
from inspector_app.store.settings import put
from inspector_app.store.taking import any_of

_STICK = "stick:"
"""Setting `stick:<sha>`: when it was last written to a stick, in ms."""
_MARK = _STICK + blob.c.sha
_JOINED = blob.join(setting, setting.c.key == _MARK, isouter=True)


@dataclass(frozen=True)
class Undelivered:
    """One photo or file that the hub has not confirmed; `item` is '' for what is no photo (a signature, a marked copy,
    a file), `stick_ms` 0 where it was never written to a stick."""

    sha: str
    size: int
    item: str
    site: str
    inspection: str
    taken: str
    stick_ms: int


@dataclass(frozen=True)
class Deliveries:
    """How many photos and files are where, and the first of those that the hub has not confirmed."""

    here: int = 0
    on_stick: int = 0
    on_hub: int = 0
    wanted: int = 0
    bytes_left: int = 0
    photos: tuple[Undelivered, ...] = ()

    @property
    def left(self) -> int:
        """All that the hub has not confirmed, listed or not."""
        return self.here + self.on_stick


def deliveries(session: Session, most: int) -> Deliveries:
    """Counted in the tables; `most` of the undelivered are listed, the oldest first."""
    counted = select(blob.c.state, func.count(), func.sum(blob.c.size)).group_by(blob.c.state)
    found = {state: (number, size) for state, number, size in session.execute(counted)}
    noted = select(func.count()).select_from(blob.join(setting, setting.c.key == _MARK)).where(blob.c.state == "here")
    on_stick = session.execute(noted).scalar_one()
    here, bytes_left = found.get("here", (0, 0))
    on_hub, wanted = found.get("confirmed", (0, 0))[0], found.get("wanted", (0, 0))[0]
    photos = tuple(_undelivered(session, most)) if here else ()
    return Deliveries(here - on_stick, on_stick, on_hub, wanted, bytes_left, photos)


def _undelivered(session: Session, most: int) -> Iterable[Undelivered]:
    shown = (photo_row.c.item, photo_row.c.inspection, photo_row.c.taken, site_row.c.name.label("site"))
    query = (
        select(blob.c.sha, blob.c.size, setting.c.value, *shown)
        .select_from(
            _JOINED.join(photo_row, photo_row.c.sha == blob.c.sha, isouter=True)
            .join(inspection_row, inspection_row.c.id == photo_row.c.inspection, isouter=True)
            .join(site_row, site_row.c.id == inspection_row.c.site, isouter=True)
        )
        .where(blob.c.state == "here")
        .group_by(blob.c.sha)
        .order_by(photo_row.c.taken.is_(None), photo_row.c.taken, blob.c.sha)
        .limit(most)
    )
    for row in session.execute(query):
        texts = {name: getattr(row, name) or "" for name in ("item", "site", "inspection", "taken")}
        yield Undelivered(row.sha, row.size, stick_ms=int(row.value or 0), **texts)


def note_stick(session: Session, shas: Iterable[str], now_ms: int) -> None:
    """These were written to a stick; what the hub has confirmed meanwhile needs no such note any more."""
    confirmed = select(_MARK).where(blob.c.state == "confirmed")
    session.execute(delete(setting).where(setting.c.key.startswith(_STICK), setting.c.key.in_(confirmed)))
    waiting = select(blob.c.sha).where(any_of(blob.c.sha, shas), blob.c.state == "here")
    for sha in list(session.execute(waiting).scalars()):
        put(session, _STICK + sha, str(now_ms))
