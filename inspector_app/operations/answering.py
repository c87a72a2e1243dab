"""Answers, repeats and files of an open visit: each deed is one Changeset, and what the form does by itself goes with it."""

from collections.abc import Mapping

from inspector_app.checklists.bulk import rest_of
from inspector_app.checklists.sections import plain
from inspector_app.domain.changeset import Edit, Touched, Value
from inspector_app.domain.errors import UserError
from inspector_app.domain.inspection import FILE_PREFIX, GIVEN_PREFIX, Attached, Given, Verdict
from inspector_app.operations.visit import (
    Step,
    Visit,
    blob_of,
    counted_repeats,
    follow_version,
    open_instances,
    whole_or_not,
)
from inspector_app.store import log
from inspector_app.store.database import Store
from inspector_app.xforms.model import Delta

MAX_ANSWER = 20_000


def answer(store: Store, visit: Visit, path: str, value: str) -> Touched:
    """Save one Answer ('' clears it); on a failed save the session keeps the old value and the error is raised."""
    return answer_many(store, visit, {path: value})


def answer_many(store: Store, visit: Visit, values: Mapping[str, str], *, given: Given | None = None) -> Touched:
    """Save several Answers as one Changeset, e.g. a phrase together with its Verdict.

    `given` marks Answers that nobody judged one by one; without it an earlier mark is taken away.
    """
    for value in values.values():
        if len(value) > MAX_ANSWER:
            raise UserError("answer_too_long", f"An answer may have at most {MAX_ANSWER} characters.")
    with whole_or_not(store, visit):
        deltas = [visit.session.set_answer(path, value) for path, value in values.items()]
        fields: dict[str, Value] = {}
        for path, value in values.items():
            fields |= visit.instances.claims(path)
            stored = visit.instances.stored(path)
            fields[stored] = value
            if given or visit.fields.get(GIVEN_PREFIX + stored):
                fields[GIVEN_PREFIX + stored] = given.value if given else ""
        return _save_step(store, visit, deltas, fields)


def pass_rest(store: Store, visit: Visit, dimension: str) -> Touched:
    """「其餘皆合格」: every Item of a Dimension that may be judged in bulk (`checklists.bulk`) passes, in one Changeset."""
    items = rest_of(visit.state(), dimension)
    return answer_many(store, visit, {item.item.path: Verdict.PASS.value for item in items}, given=Given.REST)


def give_file(store: Store, visit: Visit, path: str, file: Attached) -> Touched:
    """Answer a question with a file whose bytes are on the disk already (`attaching.keep`)."""
    with whole_or_not(store, visit):
        delta = visit.session.set_answer(path, file.name)
        stored = visit.instances.stored(path)
        fields = {**visit.instances.claims(path), stored: file.name, FILE_PREFIX + stored: blob_of(file)}
        return _save_step(store, visit, [delta], fields)


def add_repeat(store: Store, visit: Visit, path: str) -> Touched:
    """One more instance of the repeat at `path` (`/data/rep` or any place in it), at the end."""
    with whole_or_not(store, visit):
        delta = visit.session.add_repeat(path)
        above = delta.added[0].rpartition("/")[0] if delta.added else ""
        claims: dict[str, Value] = dict(visit.instances.claims(above)) if "[" in above else {}
        return _save_step(store, visit, [delta], claims)


def remove_repeat(store: Store, visit: Visit, path: str) -> Touched:
    """Take the instance at `path[n]` away; its answers stay in the log and come back with `restore`."""
    with whole_or_not(store, visit):
        left, gone = visit.instances.without(path)
        delta = visit.session.remove_repeat(path)
        visit.instances = left
        return _save_step(store, visit, [delta], dict(gone))


def restore(store: Store, visit: Visit, fields: Mapping[str, Value]) -> Touched:
    """Write stored fields as they were (`Step.before` or `after`) and open the session again from them: undo, redo."""
    with whole_or_not(store, visit):
        touched = save_fields(store, visit, fields)
        follow_version(store, visit)
        visit.open_again(store.clock)
        return touched


def _save_step(store: Store, visit: Visit, deltas: list[Delta], fields: Mapping[str, Value]) -> Touched:
    """The given fields, and whatever else the form set, added or took away in these steps."""
    more: dict[str, Value] = {}
    for delta in deltas:
        more |= _taken_away(visit, delta)
    added = {path for delta in deltas for path in delta.added}
    if added:
        present = open_instances(visit.checklist.form, visit.session)
        visit.instances, named = visit.instances.named(present, added)
        more |= named
    for delta in deltas:
        more |= {visit.instances.stored(path): text for path, text in delta.kept.items()}
    changed = {name: value for name, value in more.items() if visit.fields.get(name, "") != value}
    touched = save_fields(store, visit, {**changed, **fields, **{n: more[n] for n in fields if n in more}})
    visit.deltas += deltas
    return touched


def _taken_away(visit: Visit, delta: Delta) -> dict[str, Value]:
    """Answers in instances that a smaller count took away: the form has forgotten them, so the store does too."""
    counted = counted_repeats(visit.checklist.form)
    tops = tuple(visit.instances.stored(path) + "/" for path in delta.removed if plain(path) in counted)
    return {name: "" for name, value in visit.fields.items() if tops and value and name.startswith(tops)}


def save_fields(store: Store, visit: Visit, fields: Mapping[str, Value]) -> Touched:
    """One Changeset of stored fields; what stood there before is in `visit.last`. The session is the caller's."""
    wanted = {**visit.unsaved, **fields}
    with store.writing() as session:
        touched = log.append(session, [Edit("inspection", visit.id, wanted)])
    before = {name: visit.fields.get(name, None if name.startswith(FILE_PREFIX) else "") for name in wanted}
    visit.last = Step(before, wanted)
    visit.fields |= wanted
    visit.unsaved = {}
    return touched
