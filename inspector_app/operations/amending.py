"""Corrections of a sealed visit: each is a record of its own beside the visit, which stays as it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.checklists.sections import plain
from inspector_app.checklists.state import VisitState, derive_visit
from inspector_app.domain.amendment import Amendment, in_force
from inspector_app.domain.changeset import DELETED, Edit, Touched, Value, team_scope
from inspector_app.domain.clock import Clock, iso
from inspector_app.domain.errors import UserError
from inspector_app.domain.ids import new_id
from inspector_app.domain.inspection import Status
from inspector_app.operations.answering import MAX_ANSWER
from inspector_app.operations.visit import Visit, begin_again
from inspector_app.store import amendments, log
from inspector_app.store.database import Store
from inspector_app.xforms import Control, FormError, Session

MAX_REASON = 500
AMENDABLE = frozenset(("input", "select", "select1", "rank", "range", "trigger"))
"""Kinds of question whose answer is text; a file or a signature is never replaced."""


@dataclass(frozen=True)
class Amended:
    """One amendment in words: `label` is the question, `part` ∈ verdict, note, answer says what of an Item it corrects;
    `path` is where the question stands now, '' when it is gone."""

    amendment: Amendment
    path: str
    part: str
    label: str
    old: str
    new: str


def amend(store: Store, visit: Visit, path: str, value: str, reason: str) -> Touched:
    """Correct the Answer at `path` of a sealed visit; raises UserError for a draft, a refused value or no reason."""
    if visit.inspection.status is not Status.FINISHED:
        raise UserError("amend_draft", "This visit is not finished; change the answer itself.")
    reason = reason.strip()[:MAX_REASON]
    if not reason:
        raise UserError("amend_reason", "Say in a few words why the answer is corrected.")
    old, new = value_now(visit, path), _accepted(visit, path, value)
    if old == new:
        raise UserError("amend_same", "This is what stands there already; nothing was corrected.")
    _refuse_invalid(store, visit, path, new)
    values: dict[str, Value] = {
        "inspection": visit.id,
        "item": item_of(visit, path),
        "field": visit.instances.stored(path),
        "old": old,
        "new": new,
        "reason": reason,
        "by": store.me.name,
        "at": iso(store.clock()),
    }
    return _save(store, visit, Edit(amendments.KIND, new_id(), values, team_scope(visit.inspection.team)))


def withdraw(store: Store, visit: Visit, amendment: str) -> Touched:
    """Take an amendment back that no hub has yet; raises UserError for one that was sent or amended again."""
    with store.reading() as session:
        visit.amendments = amendments.of_inspection(session, visit.id)
    found = next((one for one in visit.amendments if one.id == amendment), None)
    if found is None or found.is_sent:
        raise UserError("amend_sent", "This correction was already sent; correct the answer again instead.")
    if in_force(visit.amendments)[found.field].id != amendment:
        raise UserError("amend_followed", "The answer was corrected again since; take that back first.")
    return _save(store, visit, Edit(amendments.KIND, amendment, {DELETED: True}))


def _save(store: Store, visit: Visit, edit: Edit) -> Touched:
    with store.writing() as session:
        touched = log.append(session, [edit])
        visit.amendments = amendments.of_inspection(session, visit.id)
    return touched


def value_now(visit: Visit, path: str) -> str:
    """The Answer at a path as the last amendment has it, else as it was sealed; raises UserError for no such question."""
    _question(visit, path)
    found = in_force(visit.amendments).get(visit.instances.stored(path))
    return found.new if found else visit.session.answered(path)


def item_of(visit: Visit, path: str) -> str:
    """The Item a leaf belongs to, '' for a question outside the Items."""
    return next((one.id for one in visit.checklist.items_by_id.values() if path in one.paths), "")


def amended_state(visit: Visit, clock: Clock) -> VisitState | None:
    """The visit as its amendments have it, beside what was sealed; None where there are none."""
    if not visit.amendments:
        return None
    return derive_visit(visit.checklist, _overlaid(visit, {}, clock), visit.photos)


def described(visit: Visit) -> tuple[Amended, ...]:
    """Every amendment in the words of the form, oldest first; one whose question is gone keeps its bare values."""
    return tuple(_described(visit, one) for one in visit.amendments)


def _described(visit: Visit, one: Amendment) -> Amended:
    path = visit.instances.shown(one.field)
    try:
        shown = visit.session.state(path or "")
    except KeyError:
        return Amended(one, "", "answer", one.field.rpartition("/")[2], one.old, one.new)
    item = visit.checklist.items_by_id.get(one.item)
    part = "verdict" if item and path == item.path else "note" if item and path == item.note_path else "answer"
    names = {choice.name: choice.label for choice in shown.choices}
    old, new = ("、".join(names.get(name, name) for name in _names(text, names)) for text in (one.old, one.new))
    label = visit.session.state(item.path).label if item and part != "answer" else shown.label
    return Amended(one, shown.path, part, label or shown.path.rpartition("/")[2], old, new)


def _names(text: str, choices: Mapping[str, str]) -> list[str]:
    return text.split() if choices else [text]


def _question(visit: Visit, path: str) -> Control:
    controls = (control for top in visit.checklist.form.controls for control in top.walk())
    asked = next((one for one in controls if one.path == plain(path) and one.kind in AMENDABLE), None)
    if asked is None:
        raise UserError("amend_unknown", "This cannot be corrected; only answers to questions can.")
    return asked


def _accepted(visit: Visit, path: str, value: str) -> str:
    if len(value) > MAX_ANSWER:
        raise UserError("answer_too_long", f"An answer may have at most {MAX_ANSWER} characters.")
    try:
        taken = visit.session.accepted(path, value.strip())
    except (FormError, KeyError) as error:
        raise UserError("answer_refused", str(error)) from None
    if value.strip() and not taken:
        raise UserError("amend_value", "This is no answer to the question; write it as the question asks.")
    return taken


def _refuse_invalid(store: Store, visit: Visit, path: str, value: str) -> None:
    shown = _overlaid(visit, {visit.instances.stored(path): value}, store.clock).state(path)
    if not shown.valid:
        raise UserError("answer_refused", shown.message or "The form does not allow this answer.")


def _overlaid(visit: Visit, more: Mapping[str, str], clock: Clock) -> Session:
    """A session of what was sealed with the amendments over it; the visit's own is not touched."""
    corrected = {field: one.new for field, one in in_force(visit.amendments).items()}
    running, _, _ = begin_again(visit.checklist, visit.inspection, {**visit.fields, **corrected, **more}, clock)
    if visit.session.language in visit.checklist.form.languages:
        running.set_language(str(visit.session.language))
    return running
