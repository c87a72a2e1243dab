"""The questions of a visit that belong to no Item: what is missing among them, and what they were answered. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from inspector_app.checklists.model import Checklist, Section
from inspector_app.xforms import Control, NodeState, Session

GROUPS = ("group", "repeat")
CHOOSING = ("select1", "select", "rank")


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that keeps the visit from being finished. `what` is answer (required, blank) or invalid."""

    path: str
    what: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record: a heading (a group, or instance `number` of a repeat) or an answered question.

    `value` is what was stored, `text` what people read: option labels instead of names.
    """

    kind: Literal["group", "instance", "question"]
    depth: int
    path: str
    label: str
    value: str = ""
    text: str = ""
    number: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """What was answered in one Section; blank, irrelevant and merely computed things are left out."""

    path: str
    label: str
    entries: tuple[Entry, ...]


def find_gaps(checklist: Checklist, session: Session) -> Iterator[Gap]:
    """Questions outside the Items that are required and blank, or whose answer does not fit its rule."""
    asked = {c.path for section in checklist.sections for top in section.controls for c in top.walk()}
    for problem in session.validate():
        path = problem.path or ""
        if plain(path) in asked - checklist.owned:
            what = "answer" if problem.column == "required" else "invalid"
            yield Gap(path, what, session.state(path).label, problem.message)


def plain(path: str) -> str:
    """A path without the positions of repeats."""
    return path if "[" not in path else "/".join(part.partition("[")[0] for part in path.split("/"))


def record(checklist: Checklist, session: Session) -> tuple[SectionRecord, ...]:
    """The answered questions of every Section in the order of the form; Sections without any are left out."""
    reading = _Reading(checklist, session)
    found = []
    for section in checklist.sections:
        entries = tuple(_pruned(list(reading.entries(section))))
        if entries:
            found.append(SectionRecord(section.path, reading.label(section), entries))
    return tuple(found)


class _Reading:
    """One walk over the controls of a Form beside the Nodes of one Session."""

    def __init__(self, checklist: Checklist, session: Session) -> None:
        self._checklist, self._session = checklist, session
        self._counts: dict[str, int] = {}
        for path in session.repeats():
            self._counts[path.rpartition("[")[0]] = self._counts.get(path.rpartition("[")[0], 0) + 1

    def label(self, section: Section) -> str:
        """A group's label; a run of questions has none of its own."""
        top = section.controls[0]
        if top.kind not in GROUPS:
            return ""
        is_repeat = top.kind == "repeat" or _wraps_repeat(top)
        return self._session.state(top.path).label if self._counts.get(top.path) or not is_repeat else ""

    def entries(self, section: Section) -> Iterator[Entry]:
        """All lines, headings without answers below them included."""
        for top in section.controls:
            if top.kind != "group":
                yield from self._entry(top, top.path, 0)
            elif _wraps_repeat(top) or self._session.state(top.path).relevant:
                yield from self._inside(top, top.path, 0)

    def _inside(self, group: Control, path: str, depth: int) -> Iterator[Entry]:
        for child in group.children:
            yield from self._entry(child, path + child.path[len(group.path) :], depth)

    def _entry(self, control: Control, path: str, depth: int) -> Iterator[Entry]:
        if control.kind == "repeat":
            yield from self._instances(control, path, depth)
        elif control.kind == "group":
            yield from self._group(control, path, depth)
        elif control.path not in self._checklist.owned and control.kind != "trigger":
            shown = self._session.state(path)
            if shown.value:
                yield Entry(
                    "question", depth, path, shown.label, shown.value, text_of(control, shown), type=control.type
                )

    def _instances(self, repeat: Control, path: str, depth: int) -> Iterator[Entry]:
        for number in range(1, self._counts.get(path, 0) + 1):
            place = f"{path}[{number}]"
            shown = self._session.state(place)
            if shown.relevant:
                yield Entry("instance", depth, place, shown.label, number=number)
                yield from self._inside(repeat, place, depth + 1)

    def _group(self, group: Control, path: str, depth: int) -> Iterator[Entry]:
        if _wraps_repeat(group):
            yield from self._inside(group, path, depth)
            return
        shown = self._session.state(path)
        if shown.relevant:
            if shown.label:
                yield Entry("group", depth, path, shown.label)
            yield from self._inside(group, path, depth + bool(shown.label))


def _wraps_repeat(group: Control) -> bool:
    """pyxform puts a repeat into a group of the same path, which holds its label."""
    return any(child.kind == "repeat" and child.path == group.path for child in group.children)


def text_of(control: Control, shown: NodeState) -> str:
    """The answer in words: labels of options, the value itself for everything else."""
    if control.kind not in CHOOSING:
        return shown.value
    labels: Mapping[str, str] = {choice.name: choice.label for choice in shown.choices}
    names = [shown.value] if control.kind == "select1" else shown.value.split()
    return "；".join(labels.get(name) or name for name in names)


def _pruned(entries: list[Entry]) -> Iterator[Entry]:
    """Without headings that have no question below them."""
    kept: list[Entry] = []
    below = -1
    for entry in reversed(entries):
        if entry.kind == "question" or below > entry.depth:
            kept.append(entry)
            below = entry.depth
    return reversed(kept)
