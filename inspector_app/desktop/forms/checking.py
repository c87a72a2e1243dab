"""Behind the page of one form: checks it in a lane and again when it is saved, installs it, compares it."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.forms.form_state import Subject, checked
from inspector_app.desktop.forms.watching import FileWatch
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.dates import time_text
from inspector_app.desktop.kit.jobs import Token
from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import iso
from inspector_app.operations import installing, keeping, offering
from inspector_app.operations.installing import Candidate
from inspector_app.operations.offering import Shelf
from inspector_app.store.database import Store
from inspector_app.xforms.compare import Comparison

Checked = tuple[Candidate | None, Shelf]


class Checking(QObject):
    """`began` and `progressed` of a check, `changed` when another subject is to be shown, `compared` after comparing."""

    began = Signal()
    progressed = Signal(object)
    changed = Signal()
    compared = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.subject = Subject()
        self.rival = ""
        self.comparison: Comparison | None = None
        self.time = ""
        self._token: Token | None = None
        self._wants_another = False
        self._asked = 0
        self.watch = FileWatch(self)
        self.watch.changed.connect(self.check_again)

    @property
    def is_running(self) -> bool:
        """A check is under way."""
        return self._token is not None

    def check_file(self, path: Path) -> None:
        """Look at another file, and keep looking at it."""
        self.cancel()
        self._start_over(Subject(path=path))
        self.watch.follow(path)
        self.check_again()

    def show_version(self, form_hash: str) -> None:
        """Look at an installed version."""
        self.cancel()
        self.watch.leave()
        self._start_over(Subject())
        job = partial(_read_version, self._context.store, form_hash)
        self._context.lanes.wide.run(job, partial(self._on_version, self._asked))

    def check_again(self) -> None:
        """Check the file as it is now; once more afterwards when a check is running."""
        if self.subject.path is None:
            return
        if self.is_running:
            self._wants_another = True
            return
        token = self._token = Token(self)
        token.progressed.connect(self.progressed)
        self.began.emit()
        job = partial(_check, self._context.store, self.subject.path, token)
        done = partial(self._on_checked, self._asked)
        self._context.lanes.wide.run(job, done, partial(self._on_failed, self._asked))

    def cancel(self) -> None:
        """Stop the check; what was shown before stays."""
        if self._token is not None:
            self._token.cancel()

    def install(self) -> None:
        """Keep the file's form as a new version."""
        candidate = self.subject.candidate
        if candidate is not None:
            self._context.lanes.write.run(partial(_install, self._context.store, candidate), self._on_installed)

    def compare_with(self, form_hash: str) -> None:
        """Compare with another installed version."""
        form = self.subject.form
        self.rival = form_hash
        if form is not None and form_hash:
            job = partial(offering.compare_with, self._context.store, form_hash, form)
            self._context.lanes.wide.run(job, partial(self._on_comparison, self._asked))

    def _start_over(self, subject: Subject) -> None:
        self._asked += 1
        self._over()
        self.subject, self.comparison, self.rival, self.time = subject, None, "", ""
        self.changed.emit()

    def _on_version(self, asked: int, subject: Subject) -> None:
        if asked == self._asked:
            self._show(subject)

    def _on_checked(self, asked: int, found: Checked) -> None:
        if asked != self._asked:
            return
        self._over()
        candidate, shelf = found
        if candidate is not None:
            self.time = time_text(iso(self._context.store.clock()))
            self._show(checked(self.subject, candidate, shelf))
            self.watch.follow(candidate.path, (*candidate.files, *candidate.missing))
        else:
            self.changed.emit()
        if self._wants_another:
            self._wants_another = False
            self.check_again()

    def _on_failed(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._over()
            self.changed.emit()
            self._context.notify.fail(error)

    def _show(self, subject: Subject) -> None:
        self.subject = subject
        kept = any(version.hash == self.rival for version in subject.rivals())
        self.rival = self.rival if kept else subject.rival()
        self.comparison = None
        self.changed.emit()
        self.compare_with(self.rival)

    def _on_comparison(self, asked: int, comparison: Comparison) -> None:
        if asked == self._asked:
            self.comparison = comparison
            self.compared.emit()

    def _on_installed(self, done: tuple[Touched, Shelf, bool]) -> None:
        touched, shelf, was_known = done
        self._context.bulletin.announce(touched)
        form_hash = next(iter(touched.forms))
        undo = None if was_known else partial(self._take_back, form_hash)
        self._context.notify.done("forms.installed", undo=undo, title=self.subject.title)
        self._show(replace(self.subject, shelf=shelf))

    def _take_back(self, form_hash: str) -> None:
        self._context.lanes.write.run(partial(_take_back, self._context.store, form_hash), self._on_taken_back)

    def _on_taken_back(self, done: tuple[Touched, Shelf]) -> None:
        touched, shelf = done
        self._context.bulletin.announce(touched)
        self._show(replace(self.subject, shelf=shelf))

    def _over(self) -> None:
        if self._token is not None:
            self._token.deleteLater()
        self._token = None


def _check(store: Store, path: Path, token: Token) -> Checked:
    candidate = installing.examine(path, progress=token.report, cancelled=token.is_cancelled)
    return candidate, offering.shelf(store)


def _read_version(store: Store, form_hash: str) -> Subject:
    shelf = offering.shelf(store)
    installed = next((each for each in shelf.versions if each.hash == form_hash), None)
    form = keeping.installed_form(store, form_hash)
    return Subject(installed=installed, form=form, shelf=shelf, files=offering.read_files(store, form_hash))


def _install(store: Store, candidate: Candidate) -> tuple[Touched, Shelf, bool]:
    known = {each.hash for each in offering.shelf(store).versions}
    touched = installing.install(store, candidate)
    return touched, offering.shelf(store), touched.forms <= known


def _take_back(store: Store, form_hash: str) -> tuple[Touched, Shelf]:
    return offering.remove(store, form_hash).touched, offering.shelf(store)
