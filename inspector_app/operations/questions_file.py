"""Questions answered by node path, as files and the command line name them (`/data/rep[2]/q`)."""

from collections.abc import Iterator, Mapping

from inspector_app.domain.changeset import Touched
from inspector_app.domain.errors import UserError
from inspector_app.operations import attaching, inspecting
from inspector_app.operations.inspecting import Visit
from inspector_app.store.database import Store

MOST = 500
"""Instances that one path may ask to be added: a slip of the finger must not make thousands."""


def is_path(asked: str) -> bool:
    """It names a Node of the form, not an Item."""
    return asked.startswith("/")


def answer_paths(store: Store, visit: Visit, values: Mapping[str, str], *, most: int = MOST) -> Touched:
    """Answer in the given order; each repeat grows by at most `most` instances to where a path points."""
    touched = Touched()
    waiting: dict[str, str] = {}
    for path, value in values.items():
        place = full_path(visit, path)
        if _missing(visit, place):
            touched |= inspecting.answer_many(store, visit, waiting) if waiting else Touched()
            waiting = {}
            touched |= _make_room(store, visit, place, most)
        waiting[place] = value
    return touched | (inspecting.answer_many(store, visit, waiting) if waiting else Touched())


def attach(store: Store, visit: Visit, path: str, name: str, data: bytes) -> Touched:
    """A file as the answer to a question."""
    place = full_path(visit, path)
    return _make_room(store, visit, place, MOST) | attaching.attach(store, visit, place, name, data)


def full_path(visit: Visit, path: str) -> str:
    """With a position on every repeat; the first where the path gives none. Raises UserError for an unknown Node."""
    spec, made = visit.checklist.form.top, f"/{visit.checklist.form.top.name}"
    names = path.strip("/").split("/")
    for part in names[1:]:
        name, _, position = part.partition("[")
        child = spec.children.get(name)
        if child is None or names[0] != visit.checklist.form.top.name:
            raise UserError("question_unknown", f"The form has no {path}.")
        spec = child
        made += f"/{name}[{_number(path, position)}]" if spec.is_repeat else f"/{name}"
    return made


def _number(path: str, position: str) -> int:
    digits = position.rstrip("]") or "1"
    if not (digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits)):
        raise UserError("question_unknown", f"{path} has a position that is no number from 1 on.")
    return int(digits)


def _places(path: str) -> Iterator[str]:
    """Every instance on the way to a path, the outermost first."""
    made = ""
    for part in path.strip("/").split("/"):
        made += f"/{part}"
        if part.endswith("]"):
            yield made


def _missing(visit: Visit, path: str) -> bool:
    present = set(visit.session.repeats()) if "[" in path else set()
    return not present.issuperset(_places(path))


def _make_room(store: Store, visit: Visit, path: str, most: int) -> Touched:
    touched = Touched()
    for place in _places(path):
        added = 0
        while place not in visit.session.repeats():
            added += 1
            if added > most:
                raise UserError("question_unknown", f"The visit has no {place} yet; add the ones before it first.")
            touched |= inspecting.add_repeat(store, visit, place.rpartition("[")[0])
    return touched
