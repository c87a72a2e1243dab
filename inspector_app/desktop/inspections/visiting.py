"""The open visit between page and lanes: a change is shown at once, saved in the write lane, told when durable."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from inspector_app.desktop.inspections.annotating import annotate
from inspector_app.desktop.inspections.deriving import Derivation
from inspector_app.desktop.inspections.following import Facts, Open
from inspector_app.desktop.inspections.history import Change, History
from inspector_app.desktop.inspections.state import Shown
from inspector_app.desktop.kit.context import Context
from inspector_app.domain.changeset import Touched, Value
from inspector_app.domain.clock import moment
from inspector_app.domain.inspection import Attached, Given, Signing
from inspector_app.domain.site import Site
from inspector_app.operations import inspecting, moving
from inspector_app.operations.inspecting import Visit
from inspector_app.operations.signing import Drawing, sign_and_finish
from inspector_app.store.database import Store


class Visiting(QObject):
    """One open visit. An Open is used by the write lane only; the GUI thread sees Facts and Shown.

    `renewed` carries the places that somebody else has answered; `grown` and `shrunk` the path of a repeat or instance that
    was added to or taken away, `moved` the version of the form the draft is on now.
    """

    opened = Signal()
    changed = Signal()
    saved = Signal()
    save_failed = Signal(object)
    finished = Signal()
    not_finished = Signal(object)
    grown = Signal(str)
    shrunk = Signal(str)
    moved = Signal(str)
    renewed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: Open | None = None
        self._facts: Facts | None = None
        self._wanted = ""
        self._pending: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self._running = 0
        self._own: Touched | None = None
        self._has_news = False
        self.history = History()
        self._derivation = Derivation()
        self.saved_ms = 0
        self.failure: Exception | None = None
        context.bulletin.touched.connect(self._on_touched)
        context.language.changed.connect(self._on_language_changed)

    @property
    def id(self) -> str:
        """The visit that is open or being opened."""
        return self._wanted

    @property
    def visit(self) -> Visit | None:
        """For jobs of the lanes only; its `id`, `inspection` and `checklist` may be read anywhere."""
        return self._open.visit if self._open else None

    @property
    def pending(self) -> Mapping[str, str]:
        """Values by path that are shown and not durable yet."""
        return self._pending

    @property
    def is_idle(self) -> bool:
        """Everything is durable."""
        return not (self._running or self._pending)

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
        facts = self._facts
        shown = self._derivation.shown(facts.state, facts.inspection, self._pending, now, facts.questions)
        return annotate(shown, facts.corrections, facts.shared)

    def file(self, path: str) -> Attached | None:
        """The file that answers a question."""
        return self._facts.files.get(path) if self._facts else None

    def open(self, inspection_id: str) -> None:
        """Load a visit; `opened` follows."""
        if inspection_id != self._wanted:
            self._save_what_failed()
            self.history.clear()
            self._pending.clear()
            self.failure = None
            self.saved_ms = 0
        self._wanted = inspection_id
        self._open = self._facts = None
        self._derivation = Derivation()
        job = partial(_begin, self._context.store, inspection_id, self._context.language.code)
        self._run(job, self._on_opened, self._context.notify.fail)

    def answer(self, item_id: str, values: Mapping[str, str], *, is_typing: bool = False) -> None:
        """Save Answers by leaf path; a value that failed to be saved before goes with them."""
        before = {path: self.value(path) for path in values}
        given = self._facts.inspection.given if self._facts else {}
        if all(before[path] == value and path not in given for path, value in values.items()):
            return
        self.history.record(Change(item_id, before, dict(values)), is_typing=is_typing)
        self._send(values)

    def undo(self) -> str:
        """Take back the last Answer; the Item or question it belongs to, '' when there is none."""
        change = self.history.undo()
        return self._write(change, change.before) if change else ""

    def redo(self) -> str:
        """Make the Answer again that was taken back."""
        change = self.history.redo()
        return self._write(change, change.after) if change else ""

    def add_repeat(self, path: str) -> None:
        """One more instance of a repeat; `grown` follows."""
        self._do(path, partial(inspecting.add_repeat, path=path), self.grown.emit)

    def remove_repeat(self, path: str) -> None:
        """Take an instance away; `shrunk` follows, and undo brings it back with its answers."""
        self._do(path, partial(inspecting.remove_repeat, path=path), self.shrunk.emit)

    def pass_rest(self, item_id: str, dimension: str, told: Callable[[str], None]) -> None:
        """The rest of a Dimension is fine; `told` follows when it is durable, undo goes to `item_id`."""
        self._do(item_id, partial(inspecting.pass_rest, dimension=dimension), told)

    def take_over(self, item_id: str, values: Mapping[str, str], told: Callable[[str], None]) -> None:
        """Answers of the last visit by leaf path, marked as such."""
        self._do(item_id, partial(inspecting.answer_many, values=dict(values), given=Given.LAST), told)

    def move(self, form_hash: str) -> None:
        """Put the draft on another version of its form; `moved` follows, and undo brings the old one back."""
        self._do("", partial(moving.move, form_hash=form_hash), self._on_moved)

    def _on_moved(self, place: str) -> None:
        if self._facts is not None:
            self.moved.emit(self._facts.inspection.form_version)

    def give_file(self, path: str, file: Attached, told: Callable[[str], None] | None = None) -> None:
        """Answer a question with a file whose bytes are durable; `told` follows when the answer is."""
        self._do(path, partial(inspecting.give_file, path=path, file=file), told or _nothing)

    def try_again(self) -> None:
        """Save what could not be saved."""
        if self._pending:
            self._send({})

    def set_deadline(self, item_id: str, iso: str) -> None:
        """The Deadline of one Item by hand, '' = its rule again."""
        self.change(partial(inspecting.set_deadline, item_id=item_id, deadline=iso))

    def set_inspectors(self, names: Sequence[str]) -> None:
        """Who is on the visit."""
        self.change(partial(inspecting.set_inspectors, names=tuple(names)))

    def change(self, deed: Callable[[Store, Visit], Touched]) -> None:
        """Run an operation on the open visit in the write lane; an error goes to the error bar."""
        if self._open is not None:
            self.change_of(self._open.visit, deed, _nothing, self._context.notify.fail)

    def change_of(
        self,
        visit: Visit,
        deed: Callable[[Store, Visit], Touched],
        done: Callable[[Facts], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """The same on a visit that may not be the open one any more; `done` or `failed` is called first."""
        held = self._open if self._open is not None and self._open.visit.id == visit.id else Open(visit)
        job = partial(_change, self._context.store, held, deed)
        self._run(job, partial(self._on_change, done), partial(self._on_change_failed, failed))

    def finish(self, signing: Signing, drawings: Sequence[Drawing] = ()) -> None:
        """Freeze the visit; `finished` or `not_finished` (carries the exception) follows."""
        if self._open is not None:
            deed = partial(sign_and_finish, signing=signing, drawings=drawings)
            job = partial(_change, self._context.store, self._open, deed)
            self._run(job, self._on_finished, self.not_finished.emit)

    def value(self, path: str) -> str:
        """The Answer at a path as it is shown, durable or not."""
        if path in self._pending:
            return self._pending[path]
        return self._facts.answers.get(path, "") if self._facts else ""

    def author(self, path: str) -> str:
        """Who gave the answer at a path, '' where that is not known."""
        return self._facts.shared.by.get(path, "") if self._facts else ""

    def _write(self, change: Change, values: Mapping[str, Value]) -> str:
        """One side of a Change: Answers by path, or the stored fields exactly as they were."""
        if change.is_stored:
            self.change(partial(inspecting.restore, fields=values))
        else:
            self._send({path: str(value) for path, value in values.items()})
        return change.item

    def _do(self, item: str, deed: Callable[[Store, Visit], Touched], told: Callable[[str], None]) -> None:
        """A deed on questions whose undo is the stored fields as they were; `told` carries `item` when it is durable."""
        if self._open is not None:
            done = partial(self._on_done, item, told)
            self.change_of(self._open.visit, deed, done, self._context.notify.fail)

    def _on_done(self, item: str, told: Callable[[str], None], facts: Facts) -> None:
        if facts.inspection.id == self._wanted:
            self.history.record(Change(item, facts.step.before, facts.step.after, is_stored=True))
            QTimer.singleShot(0, self, lambda: told(item))

    def _send(self, values: Mapping[str, str]) -> None:
        if self._open is None or self._facts is None:
            return
        failed = self._pending if self.failure is not None else {}
        self._pending = {**self._pending, **values}
        sent = {**failed, **values}
        job = partial(_change, self._context.store, self._open, partial(inspecting.answer_many, values=sent))
        self.changed.emit()
        self._run(job, partial(self._on_answered, sent), partial(self._on_failed, self._wanted))

    def _run(self, job: Callable[[], object], done: Callable[..., None], failed: Callable[..., None]) -> None:
        self._running += 1
        self._context.lanes.write.run(job, partial(self._deliver, done), partial(self._deliver, failed))

    def _deliver(self, callback: Callable[..., None], outcome: object) -> None:
        self._running -= 1
        callback(outcome)

    def _on_opened(self, outcome: tuple[Open, Facts]) -> None:
        held, facts = outcome
        if held.visit.id == self._wanted:
            self._open, self._facts = held, facts
            self.saved_ms = facts.inspection.saved_ms
            self.opened.emit()
            if self._has_news:
                self._renew()

    def _save_what_failed(self) -> None:
        """Before another visit is opened: once more, and out loud if it fails again."""
        if self._pending and self.failure is not None:
            self.change(partial(inspecting.answer_many, values=dict(self._pending)))

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

    def _on_change(self, done: Callable[[Facts], None], facts: Facts) -> None:
        done(facts)
        self._on_changed(facts)

    def _on_change_failed(self, failed: Callable[[Exception], None], error: Exception) -> None:
        failed(error)
        self.changed.emit()

    def _on_changed(self, facts: Facts) -> None:
        if facts.inspection.id != self._wanted:
            self._context.bulletin.announce(facts.touched)
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

    def _on_touched(self, touched: Touched) -> None:
        """A Round or another page brought news of this visit."""
        is_news = touched.everything or self._wanted in touched.inspections or touched.photos
        if self._wanted and is_news and touched is not self._own:
            self._has_news = self._open is None
            self._renew()

    def _renew(self) -> None:
        """Read the visit again after whatever waits in the lane; the page keeps what is typed, pressed and in sight."""
        if self._open is not None:
            self._has_news = False
            job = partial(_renew, self._context.store, self._open, self._context.language.code)
            self._run(job, self._on_renewed, self._context.notify.fail)

    def _on_renewed(self, facts: Facts) -> None:
        """The same form and status: brought up to date in place. A moved or finished visit is opened as a new one."""
        before = self._facts
        if before is None or facts.inspection.id != self._wanted:
            return
        now, was = facts.inspection, before.inspection
        if (now.form_hash, now.status) != (was.form_hash, was.status):
            self.open(self._wanted)
            return
        names = facts.answers.keys() | before.answers.keys()
        news = (
            frozenset(p for p in names if facts.answers.get(p, "") != before.answers.get(p, "")) - self._pending.keys()
        )
        self.history.forget(news)
        self._facts = facts
        if news:
            self.renewed.emit(news)
        self.changed.emit()

    def _on_language_changed(self) -> None:
        if self._open is not None:
            job = partial(_speak, self._context.store, self._open, self._context.language.code)
            self._run(job, self._on_spoken, self._context.notify.fail)

    def _on_spoken(self, facts: Facts) -> None:
        if facts.inspection.id == self._wanted:
            self._facts = facts
            self.changed.emit()


def _begin(store: Store, inspection_id: str, language: str) -> tuple[Open, Facts]:
    held = Open(inspecting.open_visit(store, inspection_id, language=language))
    return held, held.facts(store, Touched())


def _change(store: Store, held: Open, deed: Callable[[Store, Visit], Touched]) -> Facts:
    return held.facts(store, deed(store, held.visit))


def _renew(store: Store, held: Open, language: str) -> Facts:
    held.renew(store, language)
    return held.facts(store, Touched())


def _speak(store: Store, held: Open, language: str) -> Facts:
    held.visit.set_language(language)
    return held.facts(store, Touched())


def _nothing(outcome: object) -> None:
    """A change that nobody waits for."""
