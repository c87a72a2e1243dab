"""One open visit: its Inspection, the running form session, and the stored fields both were made of."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache

from inspector_app.checklists.model import Checklist
from inspector_app.checklists.sections import plain
from inspector_app.checklists.state import VisitState, derive_visit
from inspector_app.domain.amendment import Amendment
from inspector_app.domain.changeset import Value
from inspector_app.domain.clock import Clock, moment, parse_iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import FILE_PREFIX, GIVEN_PREFIX, Attached, Inspection, Status
from inspector_app.domain.instances import Instances, is_instance, read_instances
from inspector_app.domain.photo import Photo
from inspector_app.domain.site import Site
from inspector_app.operations.keeping import checklist
from inspector_app.photos.doubting import with_doubts
from inspector_app.store import amendments, inspections, photos, sites
from inspector_app.store.database import Store
from inspector_app.sync.sealed import chunk_count
from inspector_app.xforms import Form, FormError, Session
from inspector_app.xforms.model import Delta

LANGUAGES = {"zh-Hant": "繁體中文 (zh-Hant)", "zh-Hans": "简体中文 (zh-Hans)", "en": "English (en)"}
"""Language of the window → language of a form, where the form has it."""


@dataclass(frozen=True)
class Step:
    """Stored fields before and after one save: writing `before` takes it back exactly."""

    before: Mapping[str, Value] = field(default_factory=dict)
    after: Mapping[str, Value] = field(default_factory=dict)


@dataclass
class Visit:
    """One open Inspection with its running form session. Used by one lane only.

    `fields` are the stored Answers, how they were given, files and form version as last saved; `unsaved` are names of
    instances that go with the next save; `deltas` is what the session altered since somebody took it; `last` is the
    last save; `amendments` correct a sealed visit and are never applied to `session`.
    """

    inspection: Inspection
    site: Site
    checklist: Checklist
    session: Session
    photos: tuple[Photo, ...] = ()
    instances: Instances = field(default_factory=Instances)
    fields: dict[str, Value] = field(default_factory=dict)
    unsaved: dict[str, str] = field(default_factory=dict)
    deltas: list[Delta] = field(default_factory=list)
    last: Step = Step()
    amendments: tuple[Amendment, ...] = ()

    @property
    def id(self) -> str:
        """The Inspection's id."""
        return self.inspection.id

    @property
    def files(self) -> dict[str, Attached]:
        """Files by the place of the question they answer."""
        named = {name.removeprefix(FILE_PREFIX): v for name, v in self.fields.items() if name.startswith(FILE_PREFIX)}
        placed = ((self.instances.shown(path), inspections.attached(value)) for path, value in named.items())
        return {path: file for path, file in placed if path is not None and file is not None}

    @property
    def given(self) -> dict[str, str]:
        """Places that were not answered one by one, and how they were (`domain.inspection.Given`)."""
        found = {
            n.removeprefix(GIVEN_PREFIX): str(v) for n, v in self.fields.items() if v and n.startswith(GIVEN_PREFIX)
        }
        placed = ((self.instances.shown(path), how) for path, how in found.items())
        return {path: how for path, how in placed if path is not None}

    def wants_picture(self, path: str) -> bool:
        """The question at `path` takes pictures only."""
        controls = (control for top in self.checklist.form.controls for control in top.walk())
        asked = next(
            (control for control in controls if control.path == plain(path) and control.kind == "upload"), None
        )
        return asked is not None and (asked.mediatype or "").startswith("image/")

    def state(self) -> VisitState:
        """What a page shows, derived afresh."""
        return derive_visit(self.checklist, self.session, self.photos)

    def set_language(self, language: str) -> None:
        """Labels in the window's language, where the form has it."""
        name = form_language(self.checklist.form, language)
        if name:
            self.deltas.append(self.session.set_language(name))

    def open_again(self, clock: Clock) -> None:
        """A session made afresh from `fields`, in the same language."""
        language = self.session.language
        self.session, self.instances, self.unsaved = begin_again(self.checklist, self.inspection, self.fields, clock)
        self.deltas.clear()
        if language in self.checklist.form.languages:
            self.session.set_language(str(language))


def follow_version(store: Store, visit: Visit) -> None:
    """Take up the version that the stored fields name now (a move, or its undo); the session is not touched."""
    form_hash, version = str(visit.fields["form_hash"]), str(visit.fields["form_version"])
    if form_hash != visit.inspection.form_hash:
        visit.checklist = checklist(store, form_hash)
        visit.inspection = replace(visit.inspection, form_hash=form_hash, form_version=version)


def form_language(form: Form, language: str) -> str:
    """The form's name for a language of the window, '' where it does not have it."""
    wanted = LANGUAGES.get(language, language)
    known = (wanted, *(name for name in form.languages if f"({language.casefold()})" in name.casefold()))
    return next((name for name in known if name in form.languages), "")


def begin_again(
    sheet: Checklist, inspection: Inspection, fields: Mapping[str, Value], clock: Clock
) -> tuple[Session, Instances, dict[str, str]]:
    """The session of stored fields, its instances, and the names they need yet. A finished visit stays at its end."""
    answers = {name: value for name, value in fields.items() if name.startswith("/") and isinstance(value, str)}
    instances = read_instances(answers)
    values = {
        path: value
        for name, value in answers.items()
        if not is_instance(name) and (path := instances.shown(name)) is not None
    }
    at = parse_iso(inspection.finished) if inspection.status is Status.FINISHED and inspection.finished else None
    session = sheet.form.resume(
        values,
        now=lambda: moment(at if at is not None else clock()),
        counts=instances.counts(),
        is_frozen=inspection.is_frozen,
    )
    named, unsaved = instances.named(open_instances(sheet.form, session))
    return session, named, unsaved


def open_instances(form: Form, session: Session) -> Iterable[str]:
    """Instances people may add and remove; those of a counted repeat are known by their place."""
    counted = counted_repeats(form)
    return [path for path in session.repeats() if plain(path) not in counted]


@lru_cache(maxsize=8)
def counted_repeats(form: Form) -> frozenset[str]:
    """Repeats whose number of instances the form itself decides."""
    return frozenset(spec.path for spec in form.top.walk() if spec.is_repeat and spec.fixed_count)


def open_visit(store: Store, inspection_id: str, *, language: str = "zh-Hant") -> Visit:
    """Load an Inspection on the form version it was begun with."""
    with store.reading() as session:
        inspection = inspections.get(session, inspection_id)
        site = sites.get(session, inspection.site) if inspection else None
        pictures = photos.of_inspection(session, inspection_id)
        corrected = amendments.of_inspection(session, inspection_id)
    if inspection is None or site is None:
        raise UserError("visit_unknown", "This visit is not on this laptop.")
    sheet = checklist(store, inspection.form_hash)
    files: dict[str, Value] = {FILE_PREFIX + path: blob_of(file) for path, file in inspection.files.items()}
    version = {"form_hash": inspection.form_hash, "form_version": inspection.form_version}
    given = {GIVEN_PREFIX + path: how for path, how in inspection.given.items()}
    fields: dict[str, Value] = {**inspection.answers, **files, **given, **version}
    running, instances, unsaved = begin_again(sheet, inspection, fields, store.clock)
    shown = with_doubts(pictures, inspection.started, inspection.finished)
    visit = Visit(inspection, site, sheet, running, shown, instances, fields, unsaved, amendments=corrected)
    visit.set_language(language)
    return visit


def blob_of(file: Attached) -> Value:
    """A file as a record names it."""
    return {
        "sha": file.sha, "size": file.size, "mime": file.mime, "chunks": chunk_count(file.size), "name": file.name
    }  # fmt: skip


@contextmanager
def whole_or_not(store: Store, visit: Visit) -> Iterator[None]:
    """A deed that fails leaves the session as the stored fields say, whatever the form had done by then."""
    refuse_finished(visit)
    try:
        yield
    except FormError as error:
        visit.open_again(store.clock)
        raise UserError("answer_refused", str(error)) from None
    except BaseException:
        visit.open_again(store.clock)
        raise


def refuse_finished(visit: Visit) -> None:
    """Raises UserError("visit_finished") for a visit that is frozen."""
    if visit.inspection.status is Status.FINISHED:
        raise UserError("visit_finished", "This visit is finished and can no longer be changed.")
