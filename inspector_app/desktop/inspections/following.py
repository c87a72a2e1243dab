"""The open visit as the write lane holds it, and the frozen Facts it hands to the GUI thread after each job."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from inspector_app.checklists.state import Following, VisitState
from inspector_app.desktop.inspections.annotating import Corrections, people_of
from inspector_app.desktop.inspections.state import Questions
from inspector_app.desktop.questions.state import Reading, Sheet
from inspector_app.domain.changeset import Touched
from inspector_app.domain.inspection import Attached, Inspection, Status
from inspector_app.domain.site import Site
from inspector_app.operations import amending, sharing
from inspector_app.operations.inspecting import Visit, open_visit
from inspector_app.operations.sharing import Shared
from inspector_app.operations.visit import Step
from inspector_app.store.database import Store
from inspector_app.xforms import Session


@dataclass(frozen=True)
class Facts:
    """A Visit as it stood after a job of the write lane. `answers` holds every value by path with positions, `files` what
    was given to questions; `step` is the last save, to be undone."""

    inspection: Inspection
    site: Site
    state: VisitState
    questions: Questions
    answers: Mapping[str, str]
    files: Mapping[str, Attached]
    step: Step
    touched: Touched
    at_ms: int
    corrections: Corrections = Corrections()
    shared: Shared = Shared()


class Open:
    """One Visit and all that is derived from it, kept in step by the session's Deltas. Used by the write lane only."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self._session: Session | None = None
        self._answers: dict[str, str] = {}
        self._shared: Shared | None = None
        self._order: dict[str, int] = {}
        self._items: Following
        self._reading: Reading
        self._begin()

    def facts(self, store: Store, touched: Touched) -> Facts:
        """The Visit now; costs what changed since the last time, not what there is."""
        visit = self.visit
        if visit.session is not self._session:
            self._begin()
        sheet = self._take()
        is_draft = visit.inspection.status is Status.DRAFT
        inspection = (
            replace(visit.inspection, answers=self._answers, given=visit.given) if is_draft else visit.inspection
        )
        state = self._items.state(visit.photos, with_gaps=False)
        shared = self._share(store)
        questions = Questions(sheet, self._order, people_of(state, shared))
        return Facts(
            inspection, visit.site, state, questions, self._answers, visit.files, visit.last, touched, store.clock(),
            _corrections(store, visit), shared,
        )  # fmt: skip

    def renew(self, store: Store, language: str) -> None:
        """Read the visit again: a Round or another page has changed it. Deeds that wait in the lane go on with it."""
        self.visit = open_visit(store, self.visit.id, language=language)

    def _share(self, store: Store) -> Shared:
        """Who answered what; read again after each deed only where there is more than one to tell of."""
        if self._shared is None or self._shared.is_plural:
            self._shared = sharing.read(store, self.visit)
        return self._shared

    def _begin(self) -> None:
        """Another session: everything is read once."""
        visit = self.visit
        self._session = visit.session
        controls = (control for top in visit.checklist.form.controls for control in top.walk())
        self._order = {control.path: number for number, control in enumerate(controls)}
        self._items = Following(visit.checklist, visit.session)
        self._reading = Reading(visit.checklist.form, visit.session, visit.checklist.owned)
        self._answers = _answers(visit.session)
        self._shared = None
        visit.deltas.clear()

    def _take(self) -> Sheet:
        deltas, self.visit.deltas = self.visit.deltas, []
        for delta in deltas:
            self._items.take(delta)
            self._reading.take(delta)
            if delta.added or delta.removed:
                self._answers = _answers(self.visit.session)
            else:
                leaves = {path: self._session.value(path) for path in delta.changed if self._session is not None}
                self._answers = {**self._answers, **leaves}
        return self._reading.sheet()


def _corrections(store: Store, visit: Visit) -> Corrections:
    amended = amending.amended_state(visit, store.clock)
    return Corrections(amending.described(visit), amended.judgement.result) if amended else Corrections()


def _answers(session: Session) -> dict[str, str]:
    return {path: value for path in session.paths() if (value := session.value(path))}
