"""How a Form is cut into pieces of a size one can scroll through: its groups, deeper ones where a group is large."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspector_app.xforms import Control, Form
from inspector_app.xforms.model import Spec

_POSITION = re.compile(r"\[\d+\]")
LARGE = 60
"""A group with more questions than this is cut into the groups inside it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Controls shown together; `paths` are those of every Node that can alter them, positions left out.

    `title` is the path of the group whose label names the piece, '' for a run of questions; `repeat` names a repeat's.
    """

    key: str
    title: str
    controls: tuple[Control, ...]
    paths: frozenset[str]
    repeat: Spec | None = None


def pieces_of(form: Form, owned: frozenset[str]) -> tuple[Piece, ...]:
    """The pieces in the order of the form; what is `owned` elsewhere makes no piece."""
    return tuple(_cut(form, form.controls, (), owned))


def generic(path: str) -> str:
    """A path without positions: that of the control."""
    return _POSITION.sub("", path)


def is_transparent(form: Form, control: Control) -> bool:
    """A group that stands for nothing itself: only the cover of a repeat, or without a Node of its own."""
    spec = _spec(form, control.path)
    return spec is None or spec.is_repeat or not spec.kind


def _cut(form: Form, controls: tuple[Control, ...], above: tuple[str, ...], owned: frozenset[str]) -> Iterator[Piece]:
    run: list[Control] = []
    title = above[-1] if above else ""
    for control in controls:
        if control.kind not in ("group", "repeat"):
            run.append(control)
            continue
        if run:
            yield from _piece(form, title, tuple(run), above, owned)
            run = []
        if is_large(form, control, owned):
            yield from _cut(form, control.children, (*above, control.path), owned)
        else:
            yield from _piece(form, control.path, (control,), above, owned)
    if run:
        yield from _piece(form, title, tuple(run), above, owned)


def is_large(form: Form, control: Control, owned: frozenset[str]) -> bool:
    """Worth cutting, and with groups inside to cut at."""
    if control.kind != "group" or is_transparent(form, control):
        return False
    inner = [child for child in control.children if child.kind == "group"]
    return len(inner) > 1 and len(_asked(control, owned)) > LARGE


def _asked(control: Control, owned: frozenset[str]) -> list[Control]:
    return [c for c in control.walk() if c.kind not in ("group", "repeat") and c.path not in owned]


def _piece(
    form: Form, title: str, controls: tuple[Control, ...], above: tuple[str, ...], owned: frozenset[str]
) -> Iterator[Piece]:
    if not any(_asked(control, owned) for control in controls):
        return
    spec = _spec(form, title)
    repeat = spec if spec is not None and spec.is_repeat else None
    paths = frozenset(c.path for control in controls for c in control.walk()) | frozenset(above) | {title or ""}
    yield Piece(controls[0].path, title, controls, paths, repeat)


def _spec(form: Form, path: str) -> Spec | None:
    return form.top.find(path.strip("/").split("/")[1:]) if path else None
