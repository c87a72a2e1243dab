"""Between the phone's server and the visit: pictures go where the checklist stands, and end with the visit."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector_app.desktop.inspections.frame import VisitFrame
from inspector_app.desktop.inspections.phone_dialog import PhoneDialog
from inspector_app.desktop.inspections.question_files import QuestionFiles
from inspector_app.desktop.inspections.taking import Taking
from inspector_app.desktop.kit.context import Context
from inspector_app.desktop.kit.networks import networks
from inspector_app.desktop.questions.bringing import within
from inspector_app.desktop.questions.upload import family_of, most_pixels
from inspector_app.domain.errors import UserError, WorldError
from inspector_app.domain.inspection import Attached
from inspector_app.domain.photo import Photo
from inspector_app.operations import attaching, photographing

if TYPE_CHECKING:  # a web server is loaded when a phone is wanted, not before the first paint
    from inspector_app.phone.receiving import Aim, Sent
    from inspector_app.phone.server import PhoneServer, Stall

WAIT_S = 60.0
"""So long a phone waits until its picture is durable here."""
PAGE = (
    "phone.page.heading", "phone.page.goes", "phone.page.nowhere", "phone.page.take", "phone.page.choose",
    "phone.page.waiting", "phone.page.sending", "phone.page.again", "phone.page.kept", "phone.page.retry",
    "phone.page.lost", "phone.page.key", "phone.page.ended", "phone.page.large", "phone.page.damaged",
    "phone.page.picture", "phone.page.forbidden", "phone.page.stopped", "phone.page.full", "phone.page.busy", "phone.page.many",
    "phone.page.unreadable", "phone.page.bug", "phone.page.note",
)  # fmt: skip
Outcome = Photo | Attached | Exception


@dataclass(frozen=True)
class Brought:
    """A picture on its way from the server's thread to the GUI thread, and who waits for it."""

    sent: Sent
    future: Future[Photo | Attached]


class Phoning(QObject):
    """One server while a visit is open and a phone is wanted. `networks` gives (address, words) of this computer."""

    _brought = Signal(object)
    _paired = Signal()

    def __init__(
        self, context: Context, frame: VisitFrame, taking: Taking, files: QuestionFiles, place: Callable[[], str]
    ) -> None:
        super().__init__(frame)
        self._context, self._frame, self._taking, self._files, self._place = context, frame, taking, files, place
        self._visiting = taking.visiting
        self.networks = networks
        self.server: PhoneServer | None = None
        self.dialog: PhoneDialog | None = None
        self._stall: Stall | None = None
        self._visit = ""
        self._waiting: set[Future[Photo | Attached]] = set()
        self._brought.connect(self._on_brought)
        self._paired.connect(self._show)
        frame.head.phone.clicked.connect(self.begin)
        files.phone_wanted.connect(self._on_question)
        for moved in (frame.checklist.current_changed, frame.questions.current_changed, self._visiting.changed):
            moved.connect(self._follow)
        self._visiting.opened.connect(self._follow)
        self._visiting.finished.connect(self.end)
        frame.destroyed.connect(self.end)

    def begin(self) -> None:
        """Show the code; the server runs until the visit ends, another is opened, or the user stops it."""
        if not self._visiting.id:
            return
        if self.dialog is None:
            self.dialog = PhoneDialog(self._context, self._frame.window())
            self.dialog.network_chosen.connect(self._serve)
            self.dialog.retried.connect(self.begin)
            self.dialog.stopped.connect(self.end)
        if self.server is None:
            found = self.networks()
            self._serve(found[0][0] if found else "")
        self._follow()
        self.dialog.show()
        self.dialog.raise_()

    def end(self) -> None:
        """Nothing is taken from a phone any more; what is under way is refused."""
        server, self.server, self._stall = self.server, None, None
        for future in list(self._waiting):
            _refuse(future, UserError("visit_finished"))
        if server is not None:
            server.stop(wait=False)
        if self.dialog is not None:
            self.dialog.hide()

    def _serve(self, host: str) -> None:
        """Listen on one address of this computer and on no other."""
        from inspector_app.phone.pairing import Pairing
        from inspector_app.phone.receiving import Reception
        from inspector_app.phone.server import PhoneServer, Stall

        if self.server is not None:
            self.server.stop(wait=False)
            self.server = None
        self._visit = self._visiting.id
        if host:
            stall = Stall(Pairing(self._paired.emit), Reception(self._take), self._words(), self._context.language.code)
            try:
                server = PhoneServer(stall, host)
                server.start()
            except WorldError as error:
                self._context.notify.fail(error)
            else:
                self.server, self._stall = server, stall
        self._follow()

    def _words(self) -> dict[str, dict[str, str]]:
        catalogue = self._context.language.catalogue
        spoken = {key.rpartition(".")[2]: catalogue[key] for key in PAGE}
        languages = spoken["heading"].keys()
        return {language: {name: str(said[language]) for name, said in spoken.items()} for language in languages}

    def _on_question(self, path: str) -> None:
        self._frame.questions.go_to(path, False)
        self.begin()

    def _follow(self) -> None:
        """Pictures go where the checklist stands now; another visit takes none of this phone's."""
        if self.server is not None and self._visiting.id != self._visit:
            self.end()
            return
        if self._stall is not None:
            self._stall.reception.aim_at(self._aim())
        if self.dialog is not None and not (self.dialog.isHidden() and self.server is None):
            self._show()

    def _aim(self) -> Aim | None:
        from inspector_app.phone.receiving import Aim

        place, shown = self._place(), self._visiting.shown()
        if shown is None or shown.is_finished:
            return None
        if place.startswith("/"):
            row = shown.sheet.row(place)
            takes = row is not None and row.control.kind == "upload" and family_of(row) == "image"
            return Aim(place, row.label) if row is not None and takes else None
        item = shown.find(place)
        return None if item is None or item.photo_rule == "forbidden" else Aim(item.id, f"{item.id} {item.text}")

    def _show(self) -> None:
        if self.dialog is None:
            return
        server, stall = self.server, self._stall
        if server is None or stall is None:
            self.dialog.show_link((), (), "")
            return
        from inspector_app.reports.qr import modules

        self.dialog.show_link(modules(server.link), self.networks(), server.host)
        aim = stall.reception.aim
        self.dialog.show_state(aim.title if aim else "", stall.pairing.phones, stall.reception.count)

    def _take(self, sent: Sent) -> bytes:
        """For the server's threads: hand the picture over and wait until it is durable."""
        future: Future[Photo | Attached] = Future()
        self._brought.emit(Brought(sent, future))
        try:
            kept = future.result(WAIT_S)
        except Late:
            raise WorldError("phone_late", "The picture was not stored in time.") from None
        store = self._context.store
        small = photographing.thumbnail(store, kept) if isinstance(kept, Photo) else attaching.thumbnail(store, kept)
        self._paired.emit()
        return small or b""

    def _on_brought(self, brought: Brought) -> None:
        sent, future = brought.sent, brought.future
        if self.server is None or self._visiting.id != self._visit:
            _refuse(future, UserError("visit_finished"))
            return
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        if not sent.target.startswith("/"):
            self._taking.add(sent.target, [(sent.name, sent.content)], partial(_answer, future))
            return
        shown = self._visiting.shown()
        row = shown.sheet.row(sent.target) if shown else None
        most = most_pixels(row.control) if row else 0
        file = (
            within((sent.name or "picture.jpg", sent.content), most)
            if most
            else (sent.name or "picture.jpg", sent.content)
        )
        self._files.take(sent.target, *file, partial(_answer, future))


def _answer(future: Future[Photo | Attached], outcome: Outcome) -> None:
    if isinstance(outcome, Exception):
        _refuse(future, outcome)
    elif not future.done():
        future.set_result(outcome)


def _refuse(future: Future[Photo | Attached], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
