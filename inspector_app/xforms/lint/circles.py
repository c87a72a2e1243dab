"""Conditions that bite their own tail: a group shown by its own content, an answer that hides what it depends on."""

from collections.abc import Iterator

from ..deps import references
from ..model import Spec
from ..problems import Problem
from .subject import Subject

MAX_CLOSURE = 100
"""A calculation that reads more than this is not followed to the end."""


def check_circles(subject: Subject) -> Iterator[Problem]:
    """Circles that are allowed by the letter but make a form flicker."""
    top = subject.form.top
    reads = {s: _read(s, top) for s in top.walk() if s.calculate is not None}
    for spec in subject.specs():
        if spec.relevant is None:
            continue
        named = [r.spec for r in references(spec.relevant.tree, spec, top) if not r.elsewhere]
        inside = next((s for s in named if s is not spec and _is_within(s, spec)), None)
        if inside is not None:
            yield subject.about("hides_itself", spec, "relevant", question=inside.name)
        for source in named:
            if source in reads and any(_is_within(s, spec) for s in _closure(source, reads)):
                yield subject.about("feedback", spec, "relevant", question=source.name)
                break


def _read(spec: Spec, top: Spec) -> set[Spec]:
    assert spec.calculate is not None
    return {r.spec for r in references(spec.calculate.tree, spec, top) if not r.elsewhere and r.spec.is_leaf}


def _closure(start: Spec, reads: dict[Spec, set[Spec]]) -> set[Spec]:
    """Everything a calculation reads, through other calculations too."""
    found: set[Spec] = set()
    stack = [start]
    while stack:
        for spec in reads.get(stack.pop(), ()):
            if spec not in found and len(found) < MAX_CLOSURE:
                found.add(spec)
                stack.append(spec)
    return found


def _is_within(spec: Spec, group: Spec) -> bool:
    at: Spec | None = spec
    while at is not None and at is not group:
        at = at.parent
    return at is group
