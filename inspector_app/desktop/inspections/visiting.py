"""The open visit between page and lanes: a change is shown at once, saved in the write lane, told when durable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.checklists.state import VisitState
from inspector_app.desktop.inspections.history import Change, History
from inspector_app.desktop.inspections.state import Shown, derive_shown
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Edit, Touched
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.inspection import Inspection, Signing, Status
from inspector_app.domain.photo import Photo
from inspector_app.domain.site import Site
from inspector_app.operations import inspecting, photographing
from inspector_app.operations.inspecting import Visit
from inspector_app.store import log
from inspector_app.store.database import Store

Picture = tuple[str, bytes | Path]
"""A name and the bytes, or the file they are read from."""
MAX_PICTURE = 200 * 1024 * 1024


@dataclass(frozen=True)
class Facts:
    """A Visit as it stood after a job of the write lane, frozen for the GUI thread."""

    inspection: Inspection
    site: Site
    state: VisitState
    touched: Touched
    at_ms: int


@dataclass(frozen=True)
class Refusal:
    """A picture that was not taken."""

    item: str
    name: str
    error: Exception


class Visiting(QObject):
    """One open visit. A Visit object is used by the write lane only; the GUI thread sees Facts and Shown."""

    opened = Signal()
    changed = Signal()
    saved = Signal()
    save_failed = Signal(object)
    photo_refused = Signal(object)
    photos_waiting = Signal(str)
    finished = Signal()
    not_finished = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._visit: Visit | None = None
        self._facts: Facts | None = None
        self._wanted = ""
        self._pending: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self._running = 0
        self._own: Touched | None = None
        self._taking: dict[str, int] = {}
        self.history = History()
        self.saved_ms = 0
        self.failure: Exception | None = None
        context.bulletin.touched.connect(self._on_touched)
        context.language.changed.connect(self._on_language_changed)

    @property
    def id(self) -> str:
        """The visit that is open or being opened."""
        return self._wanted

    @property
    def is_idle(self) -> bool:
        """Everything is durable and every picture taken."""
        return not (self._running or self._pending or self._taking)

    @property
    def is_saving(self) -> bool:
        """Something is on its way to the disk."""
        return self._running > 0

    def site(self) -> Site | None:
        """Where the visit is, once open."""
        return self._facts.site if self._facts else None

    def shown(self) -> Shown | None:
        """The page as it is to look now."""
        if self._facts is None:
            return None
        now = moment(self._context.store.clock())
        return derive_shown(self._facts.state, self._facts.inspection, self._pending, now)

    def waiting_photos(self, item_id: str) -> int:
        """Pictures of an Item that are being taken in."""
        return self._taking.get(item_id, 0)

    def open(self, inspection_id: str) -> None:
        """Load a visit; `opened` follows."""
        if inspection_id != self._wanted:
            self.history.clear()
            self._pending.clear()
            self._taking.clear()
            self.failure = None
            self.saved_ms = 0
        self._wanted = inspection_id
        self._visit = self._facts = None
        job = partial(_open, self._context.store, inspection_id, self._context.language.code)
        self._run(job, self._on_opened, self._context.notify.fail)

    def answer(self, item_id: str, values: Mapping[str, str], *, is_typing: bool = False) -> None:
        """Save Answers by leaf path; a value that failed to be saved before goes with them."""
        before = {path: self._value(path) for path in values}
        if all(before[path] == value for path, value in values.items()):
            return
        self.history.record(Change(item_id, before, dict(values)), is_typing=is_typing)
        self._send(values)

    def undo(self) -> str:
        """Take back the last Answer; the Item it belongs to, '' when there is none."""
        change = self.history.undo()
        if change:
            self._send(change.before)
        return change.item if change else ""

    def redo(self) -> str:
        """Make the Answer again that was taken back."""
        change = self.history.redo()
        if change:
            self._send(change.after)
        return change.item if change else ""

    def try_again(self) -> None:
        """Save what could not be saved."""
        if self._pending:
            self._send({})

    def set_deadline(self, item_id: str, iso: str) -> None:
        """The Deadline of one Item by hand, '' = its rule again."""
        self._change(partial(inspecting.set_deadline, item_id=item_id, deadline=iso))

    def set_inspectors(self, names: Sequence[str]) -> None:
        """Who is on the visit."""
        self._change(partial(inspecting.set_inspectors, names=tuple(names)))

    def remove_photo(self, photo_id: str) -> None:
        """Take a picture off; `restore_photo` is its undo."""
        self._change(partial(photographing.remove, photo_id=photo_id))

    def restore_photo(self, photo_id: str) -> None:
        """Put a removed picture back."""
        self._change(partial(photographing.restore, photo_id=photo_id))

    def add_photos(self, item_id: str, pictures: Sequence[Picture]) -> None:
        """Take pictures in: decoded in the wide lane, attached in the write lane; one that is refused says why."""
        visit = self._visit
        if visit is None:
            return
        for name, source in pictures:
            self._taking[item_id] = self._taking.get(item_id, 0) + 1
            job = partial(_take_in, self._context.store, visit, item_id, name, source)
            self._context.lanes.wide.run(
                job, partial(self._on_taken_in, visit.id, item_id), partial(self._on_refused, visit.id, item_id, name)
            )
        self.photos_waiting.emit(item_id)

    def finish(self, signing: Signing) -> None:
        """Freeze the visit; `finished` or `not_finished` (carries the exception) follows."""
        if self._visit is not None:
            job = partial(_change, self._context.store, self._visit, partial(inspecting.finish, signing=signing))
            self._run(job, self._on_finished, self.not_finished.emit)

    def _value(self, path: str) -> str:
        if path in self._pending:
            return self._pending[path]
        return self._facts.inspection.answers.get(path, "") if self._facts else ""

    def _send(self, values: Mapping[str, str]) -> None:
        if self._visit is None or self._facts is None:
            return
        failed = self._pending if self.failure is not None else {}
        self._pending = {**self._pending, **values}
        sent = {**failed, **values}
        job = partial(_change, self._context.store, self._visit, partial(inspecting.answer_many, values=sent))
        self.changed.emit()
        self._run(job, partial(self._on_answered, sent), partial(self._on_failed, self._wanted))

    def _change(self, deed: Callable[[Store, Visit], Touched]) -> None:
        if self._visit is not None:
            job = partial(_change, self._context.store, self._visit, deed)
            self._run(job, self._on_changed, self._on_refused_change)

    def _run(self, job: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self._running += 1
        self._context.lanes.write.run(job, partial(self._deliver, done), partial(self._deliver, failed))

    def _deliver(self, callback: Callable[..., None], outcome: object) -> None:
        self._running -= 1
        callback(outcome)

    def _on_opened(self, outcome: tuple[Visit, Facts]) -> None:
        visit, facts = outcome
        if visit.id == self._wanted:
            self._visit, self._facts = visit, facts
            self.saved_ms = facts.inspection.saved_ms
            self.opened.emit()

    def _on_answered(self, sent: Mapping[str, str], facts: Facts) -> None:
        if facts.inspection.id != self._wanted:
            return
        self._pending = {p: v for p, v in self._pending.items() if sent.get(p) != v}
        if not self._pending:
            self.failure = None
        self._on_changed(facts)

    def _on_failed(self, visit_id: str, error: Exception) -> None:
        if visit_id == self._wanted:
            self.failure = error
            self.save_failed.emit(error)

    def _on_refused_change(self, error: Exception) -> None:
        self._context.notify.fail(error)
        self.changed.emit()

    def _on_changed(self, facts: Facts) -> None:
        if facts.inspection.id != self._wanted:
            return
        self._take(facts)
        self.changed.emit()
        self.saved.emit()

    def _on_finished(self, facts: Facts) -> None:
        self._take(facts)
        self.changed.emit()
        self.finished.emit()

    def _take(self, facts: Facts) -> None:
        self._facts = facts
        self.saved_ms = facts.at_ms
        self._own = facts.touched
        self._context.bulletin.announce(facts.touched)
        self._own = None

    def _on_taken_in(self, visit_id: str, item_id: str, taken: tuple[Photo, Edit]) -> None:
        if self._visit is None or visit_id != self._wanted:
            return
        job = partial(_change, self._context.store, self._visit, partial(_keep, taken=taken))
        done = partial(self._on_kept, item_id)
        self._run(job, done, partial(self._on_refused, visit_id, item_id, taken[0].name))

    def _on_kept(self, item_id: str, facts: Facts) -> None:
        self._count_down(item_id)
        self._on_changed(facts)

    def _on_refused(self, visit_id: str, item_id: str, name: str, error: Exception) -> None:
        if visit_id != self._wanted:
            return
        self._count_down(item_id)
        self.photo_refused.emit(Refusal(item_id, name, error))

    def _count_down(self, item_id: str) -> None:
        left = self._taking.get(item_id, 0) - 1
        if left > 0:
            self._taking[item_id] = left
        else:
            self._taking.pop(item_id, None)
        self.photos_waiting.emit(item_id)

    def _on_touched(self, touched: Touched) -> None:
        """A Round brought news of this visit: load it again, unless something here is still being saved."""
        is_ours = touched is self._own or self._visit is None
        if is_ours or not (touched.everything or self._wanted in touched.inspections or touched.photos):
            return
        if self.is_idle:
            self.open(self._wanted)

    def _on_language_changed(self) -> None:
        if self._visit is not None:
            job = partial(_speak, self._context.store, self._visit, self._context.language.code)
            self._run(job, self._on_spoken, self._context.notify.fail)

    def _on_spoken(self, facts: Facts) -> None:
        if facts.inspection.id == self._wanted:
            self._facts = facts
            self.changed.emit()


def _open(store: Store, inspection_id: str, language: str) -> tuple[Visit, Facts]:
    visit = inspecting.open_visit(store, inspection_id, language=language)
    return visit, _facts(store, visit, Touched())


def _change(store: Store, visit: Visit, deed: Callable[[Store, Visit], Touched]) -> Facts:
    return _facts(store, visit, deed(store, visit))


def _speak(store: Store, visit: Visit, language: str) -> Facts:
    visit.set_language(language)
    return _facts(store, visit, Touched())


def _facts(store: Store, visit: Visit, touched: Touched) -> Facts:
    """The Answers as the session holds them, so that undo knows what was there before."""
    answers = {path: value for path in visit.session.paths() if (value := visit.session.value(path))}
    is_draft = visit.inspection.status is Status.DRAFT
    inspection = replace(visit.inspection, answers=answers) if is_draft else visit.inspection
    return Facts(inspection, visit.site, visit.state(), touched, store.clock())


def _take_in(store: Store, visit: Visit, item_id: str, name: str, source: bytes | Path) -> tuple[Photo, Edit]:
    return photographing.take_in(store, visit, item_id, _read(source), name=name)


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
    with store.writing() as session:
        touched = log.append(session, [edit])
    visit.photos = (*visit.photos, photo)
    return touched
