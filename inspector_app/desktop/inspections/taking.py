"""Pictures on their way into the visit: decoded in the wide lane, attached in the write lane, refused in one sentence."""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.inspections.following import Facts
from inspector_app.desktop.inspections.pictures import Picture
from inspector_app.desktop.inspections.stamping import Place, stamp_lines
from inspector_app.desktop.inspections.visiting import Visiting
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Edit, Touched
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.photo import Mark, Photo
from inspector_app.operations import photographing, retouching
from inspector_app.operations.inspecting import Visit
from inspector_app.store import log
from inspector_app.store.database import Store

SIDE_BY_SIDE = 2
"""More decoders at a time would starve the window on a small laptop, and hold a picture each."""
MAX_PICTURE = 200 * 1024 * 1024
Told = Callable[[Photo | Exception], None]
"""Hears how it went with one picture: durable, or why not."""


def _nothing() -> None:
    """Nobody waits for a retouched copy."""


def _nobody(outcome: Photo | Exception) -> None:
    """Whoever brings pictures by hand sees them in the row."""


@dataclass(frozen=True)
class Refusal:
    """A picture that was not taken."""

    item: str
    name: str
    error: Exception


class Taking(QObject):
    """`changed` whenever a picture comes or goes, `refused` carries a Refusal of the open visit."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, visiting: Visiting) -> None:
        super().__init__(visiting)
        self._context, self._visiting = context, visiting
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._queue: deque[Callable[[], None]] = deque()
        self._under_way = 0
        self._round = Event()

    @property
    def visiting(self) -> Visiting:
        """The visit that pictures are brought to."""
        return self._visiting

    @property
    def is_busy(self) -> bool:
        """Some picture is not durable yet."""
        return self._waiting.total() > 0

    @property
    def in_all(self) -> int:
        """Pictures of any visit on their way."""
        return self._waiting.total()

    def stop(self) -> None:
        """Pictures that nobody has begun with are left where they are; those under way still come in."""
        self._round.set()
        self._round = Event()

    def waiting(self, item_id: str) -> int:
        """Pictures of an Item of the open visit that are being taken in."""
        return self._waiting[self._visiting.id, item_id]

    def add(self, item_id: str, pictures: Sequence[Picture], told: Told = _nobody) -> None:
        """Take pictures in, each by itself; one that is refused does not hold up the others. `told` gets each outcome."""
        visit = self._visiting.visit
        if visit is None:
            return
        for name, source in pictures:
            self._waiting[visit.id, item_id] += 1
            work = partial(_take_in, self._context.store, visit, (item_id, name, source), self._stamping(visit))
            job = partial(_unless, self._round, work)
            failed = partial(self._on_refused, (visit.id, item_id), name, told)
            done = partial(self._on_taken_in, visit, item_id, told)
            self._queue.append(partial(self._begin, job, done, failed))
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """A few at a time, in the order they were brought."""
        while self._queue and self._under_way < SIDE_BY_SIDE:
            self._under_way += 1
            self._queue.popleft()()

    def _begin(self, job: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self._context.lanes.wide.run(job, partial(self._over, done), partial(self._over, failed))

    def _over(self, then: Callable[..., None], outcome: object) -> None:
        self._under_way -= 1
        then(outcome)  # first: pictures are kept in the order they were brought
        self._go_on()

    def _stamping(self, visit: Visit) -> Callable[[Photo], Sequence[str]]:
        """What a new picture is stamped with, by the setting and in the language of this moment."""
        parts, language = self._context.settings.photo_stamp.get().split(), self._context.language
        head, site = visit.inspection, visit.site
        return partial(stamp_lines, parts=parts, place=Place(site.name, site.address, head.team), language=language)

    def remove(self, photo_id: str) -> None:
        """Take a picture off; `restore` is its undo."""
        self._visiting.change(partial(photographing.remove, photo_id=photo_id))

    def restore(self, photo_id: str) -> None:
        """Put a removed picture back."""
        self._visiting.change(partial(photographing.restore, photo_id=photo_id))

    def retouch(self, photo: Photo, marks: Sequence[Mark]) -> None:
        """Show a copy with these marks instead of the picture; with its former marks this is its own undo."""
        visit = self._visiting.visit
        if visit is None or tuple(marks) == photo.marks:
            return
        self._waiting[visit.id, photo.item] += 1
        job = partial(retouching.make_copy, self._context.store, photo, tuple(marks))
        failed = partial(self._on_not_retouched, visit.id, photo.item)
        self._context.lanes.wide.run(job, partial(self._on_copied, visit, photo.item), failed)
        self.changed.emit()

    def _on_copied(self, visit: Visit, item_id: str, edit: Edit) -> None:
        done = partial(self._on_kept, visit.id, item_id, _nothing)
        failed = partial(self._on_not_retouched, visit.id, item_id)
        self._visiting.change_of(visit, partial(retouching.keep, edit=edit), done, failed)

    def _on_not_retouched(self, visit_id: str, item_id: str, error: Exception) -> None:
        self._count_down(visit_id, item_id)
        self._context.notify.fail(error)

    def _on_taken_in(self, visit: Visit, item_id: str, told: Told, taken: tuple[Photo, Edit] | None) -> None:
        if taken is None:
            self._count_down(visit.id, item_id)
            told(UserError("photo_stopped"))
            return
        done = partial(self._on_kept, visit.id, item_id, partial(told, taken[0]))
        failed = partial(self._on_refused, (visit.id, item_id), taken[0].name, told)
        self._visiting.change_of(visit, partial(_keep, taken=taken), done, failed)

    def _on_kept(self, visit_id: str, item_id: str, told: Callable[[], None], facts: Facts) -> None:
        self._count_down(visit_id, item_id)
        told()

    def _on_refused(self, place: tuple[str, str], name: str, told: Told, error: Exception) -> None:
        visit_id, item_id = place
        self._count_down(visit_id, item_id)
        told(error)
        if visit_id == self._visiting.id:
            self.refused.emit(Refusal(item_id, name, error))

    def _count_down(self, visit_id: str, item_id: str) -> None:
        self._waiting[visit_id, item_id] -= 1
        self.changed.emit()


def _unless(stopped: Event, work: Callable[[], tuple[Photo, Edit]]) -> tuple[Photo, Edit] | None:
    return None if stopped.is_set() else work()


def _take_in(
    store: Store, visit: Visit, wanted: tuple[str, str, bytes | Path], lines: Callable[[Photo], Sequence[str]]
) -> tuple[Photo, Edit]:
    item_id, name, source = wanted
    photo, edit = photographing.take_in(store, visit, item_id, _read(source), name=name)
    return retouching.stamp(store, photo, edit, lines(photo))


def _read(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > MAX_PICTURE:
            raise UserError("photo_too_large", "This file is larger than 200 MB; choose a single photo.")
        return source.read_bytes()
    except OSError as error:
        raise WorldError("file_unreadable", f"{source.name} cannot be read: {error.strerror}.") from None


def _keep(store: Store, visit: Visit, *, taken: tuple[Photo, Edit]) -> Touched:
    """The transaction that `photographing.take_in` leaves out."""
    photo, edit = taken
    photographing.refuse_full(visit, photo.item)  # several of them were taken in side by side
    with store.writing() as session:
        touched = log.append(session, [edit])
    photographing.show_photos(visit, (*visit.photos, photo))
    return touched
