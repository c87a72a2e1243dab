"""A draft on a newer version of its form: what the move would keep, drop and ask anew; the move is one Changeset."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inspector_app.domain.changeset import Touched, Value
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import FILE_PREFIX, Inspection, Status
from inspector_app.domain.instances import is_instance
from inspector_app.operations.answering import save_fields
from inspector_app.operations.keeping import checklist
from inspector_app.operations.visit import (
    Visit,
    begin_again,
    follow_version,
    form_language,
    open_visit,
    whole_or_not,
)
from inspector_app.store import forms
from inspector_app.store.database import Store
from inspector_app.store.forms import Installed
from inspector_app.xforms import Form, FormError, Session
from inspector_app.xforms.moving import Move
from inspector_app.xforms.moving import move as move_answers
from inspector_app.xforms.questions import labels_of


@dataclass(frozen=True)
class Line:
    """One question of the preview. `value` is what it held, `now` what it will hold (options in words), `why` its fate:
    a reason of `xforms.moving.Why`, or hidden, doubtful, converted; '' where it simply stays or is new."""

    path: str
    label: str
    value: str = ""
    now: str = ""
    why: str = ""


@dataclass(frozen=True)
class Preview:
    """What moving a draft means, before anything is done. `photos` counts pictures of Items the new version lacks."""

    old: Installed
    new: Installed
    kept: tuple[Line, ...]
    dropped: tuple[Line, ...]
    asked: tuple[Line, ...]
    photos: int = 0

    @property
    def loses_nothing(self) -> bool:
        """Everything that was answered comes along as it is."""
        return not self.dropped and not self.photos


def newer_version(store: Store, inspection: Inspection) -> Installed | None:
    """The version installed after the one this draft was begun with; None for a finished visit or when there is none."""
    if inspection.status is Status.FINISHED:
        return None
    with store.reading() as session:
        latest = forms.latest(session, inspection.form)
        order = [each.hash for each in forms.listed(session) if each.form_id == inspection.form]
        if latest is None or latest == inspection.form_hash or inspection.form_hash not in order:
            return None
        is_later = order.index(latest) < order.index(inspection.form_hash)
        return forms.get(session, latest) if is_later else None


def preview(store: Store, inspection_id: str, form_hash: str, *, language: str = "zh-Hant") -> Preview:
    """Read afresh, so that it may run beside the open visit. Raises UserError for a version that is not installed."""
    visit = open_visit(store, inspection_id, language=language)
    new_form = checklist(store, form_hash).form
    with store.reading() as session:
        old, new = forms.get(session, visit.inspection.form_hash), forms.get(session, form_hash)
    if old is None or new is None:
        raise UserError("form_unknown", "The checklist of this visit is not on this laptop.", hash=form_hash)
    plan = _plan(store, visit, new_form)
    items = checklist(store, form_hash).items_by_id
    moved = new_form.resume(plan.answers, now=lambda: moment(store.clock()), language=form_language(new_form, language))
    before, after = Words(visit.session, language), Words(moved, language)
    return Preview(
        old,
        new,
        tuple(_kept_lines(plan, new_form, before, after)),
        tuple(_dropped_lines(plan, visit.checklist.form, before)),
        tuple(Line(path, label_of(new_form, path, language)) for path in plan.new),
        sum(photo.item not in items for photo in visit.photos),
    )


def _plan(store: Store, visit: Visit, new: Form) -> Move:
    return move_answers(visit.checklist.form, new, visit.session.kept(), now=lambda: moment(store.clock()))


@dataclass(frozen=True)
class Words:
    """Answers as people read them: options by their labels in `session`'s language."""

    session: Session
    language: str

    def of(self, path: str, value: str) -> str:
        """The value itself where it is no option that is offered now."""
        try:
            labels = {choice.name: choice.label for choice in self.session.state(path).choices}
        except FormError:
            labels = {}
        comma = "、" if self.language.startswith("zh") else ", "
        return comma.join(labels.get(name) or name for name in value.split()) if labels else value


def _kept_lines(plan: Move, form: Form, before: Words, after: Words) -> Iterable[Line]:
    marks = {**dict.fromkeys(plan.hidden, "hidden"), **dict.fromkeys(plan.doubtful, "doubtful")}
    for kept in plan.kept:
        label, value = label_of(form, kept.path, after.language), kept.value
        now = after.of(kept.path, value)
        yield Line(kept.path, label, before.of(kept.old_path, value), now, marks.get(kept.path, ""))
    for one in plan.converted:
        label, why = label_of(form, one.path, after.language), marks.get(one.path, "converted")
        yield Line(one.path, label, before.of(one.old_path, one.old), after.of(one.path, one.new), why)


def _dropped_lines(plan: Move, form: Form, before: Words) -> Iterable[Line]:
    for gone in plan.dropped:
        yield Line(
            gone.path, label_of(form, gone.path, before.language), before.of(gone.path, gone.value), "", gone.why
        )


def label_of(form: Form, path: str, language: str) -> str:
    """A question's label in a language of the window as the form has it; the path's last name where it has none."""
    spec = form.top.find([part.partition("[")[0] for part in path.strip("/").split("/")][1:])
    labels: Mapping[str, str] = labels_of(form, spec) if spec is not None else {}
    wanted = (form_language(form, language), form.default_language or "", "")
    found = next((labels[name] for name in wanted if labels.get(name)), next(iter(labels.values()), ""))
    return found or path.rpartition("/")[2]


def move(store: Store, visit: Visit, form_hash: str) -> Touched:
    """Put the draft on another installed version. `restore(visit.last.before)` takes it back, answers and all."""
    sheet = checklist(store, form_hash)
    with whole_or_not(store, visit):
        plan = _plan(store, visit, sheet.form)
        fields = {**_fields(visit, plan), "form_hash": sheet.form.hash, "form_version": sheet.form.version}
        _, _, named = begin_again(sheet, visit.inspection, {**visit.fields, **fields}, store.clock)
        touched = save_fields(store, visit, {**fields, **named})
        follow_version(store, visit)
        visit.open_again(store.clock)
        return touched


def _fields(visit: Visit, plan: Move) -> dict[str, Value]:
    """Stored fields as the new version reads them; what has no place any more is blanked, its history stays in the log."""
    new: dict[str, Value] = {visit.instances.stored(place): value for place, value in plan.answers.items()}
    for kept in plan.kept:
        file = visit.fields.get(FILE_PREFIX + visit.instances.stored(kept.old_path))
        if file is not None and kept.old_path != kept.path:
            new[FILE_PREFIX + visit.instances.stored(kept.path)] = file
    for name, value in visit.fields.items():
        is_answer = name.startswith("/") and not is_instance(name)
        if is_answer and value and name not in new and visit.instances.shown(name) is not None:
            new[name] = ""
    return {name: value for name, value in new.items() if visit.fields.get(name, "") != value}
