"""Moves a draft's answers to another version of its form: what is kept, converted, dropped, and newly asked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .conversion import Kind, Why, convert
from .form import Clock, Form
from .model import Control, Spec
from .pairs import asked, pair
from .problems import FormError
from .questions import controls_by_path, options_of, type_of

_SILENT = frozenset(["calculate", "hidden", "note"])
_SEGMENT = re.compile(r"/([^/\[\]]+)(?:\[(\d{1,6})\])?")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that stays as it is; `path` differs from `old_path` where the question moved."""

    old_path: str
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An answer that is written differently in the new form; `lost` are chosen options that are gone."""

    old_path: str
    path: str
    old: str
    new: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer the new form has no place for."""

    path: str
    value: str
    why: Why


@dataclass(frozen=True, slots=True)
class Move:
    """The preview, and its outcome: `answers` are what to store. Undone by storing the old answers again.

    `new` are paths of questions only the new form asks (generic, without positions). `hidden` are kept answers whose
    question is not relevant in the new form, `doubtful` those that break its rules; both only when a clock was given.
    """

    answers: Mapping[str, str]
    kept: tuple[Kept, ...] = ()
    converted: tuple[Converted, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    new: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def loses_nothing(self) -> bool:
        """Every answer comes along whole."""
        return not self.dropped and not any(c.lost for c in self.converted)


def move(old: Form, new: Form, answers: Mapping[str, str], *, now: Clock | None = None) -> Move:
    """How a draft of `old` reads as a draft of `new`.

    `answers` map leaf paths (positions on repeats, as `Session.paths`) to values; keys that do not begin with a slash
    are the caller's and pass unchanged. `now` lets the new form compute what becomes hidden or doubtful.
    """
    work = _Moving(old, new)
    for path, value in answers.items():
        work.take(path, value)
    moved = Move(work.answers, tuple(work.kept), tuple(work.converted), tuple(work.dropped), tuple(work.newly_asked()))
    return moved if now is None else _tried(moved, new, now)


@dataclass(slots=True)
class _Moving:
    """One move under way."""

    old: Form
    new: Form
    answers: dict[str, str] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    converted: list[Converted] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    pairs: dict[Spec, Spec] = field(init=False)
    olds: Mapping[str, Control] = field(init=False)
    news: Mapping[str, Control] = field(init=False)
    kinds: dict[Spec, Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pairs = pair(self.old.top, self.new.top)
        self.olds, self.news = controls_by_path(self.old), controls_by_path(self.new)

    def take(self, path: str, value: str) -> None:
        """Find the place of one answer."""
        if not path.startswith("/"):
            self.answers[path] = value
            return
        segments = [(name, int(number or 1)) for name, number in _SEGMENT.findall(path)]
        spec = self.old.top.find([name for name, _ in segments[1:]])
        after = self._partner(spec)
        if spec is None or after is None:
            self._drop(path, value, spec, "question gone")
            return
        place = self._place(spec, after, [number for _, number in segments])
        if place is None:
            self._drop(path, value, spec, "no longer repeated")
        else:
            self._settle(path, value, spec, after, place)

    def _partner(self, spec: Spec | None) -> Spec | None:
        if spec is None:
            return None
        found = self.pairs.get(spec)
        return found if found is not None else self._meta(spec)

    def _meta(self, spec: Spec) -> Spec | None:
        keys = spec.path.split("/")[2:]
        return self.new.top.find(keys) if keys[:1] == ["meta"] else None

    def _place(self, before: Spec, after: Spec, numbers: list[int]) -> str | None:
        """The new path with positions; None for a second instance of what no longer repeats."""
        positions = {s: numbers[s.depth - 1] for s in _line(before) if s.is_repeat}
        steps = []
        for spec in reversed(list(_line(after))):
            source = next((s for s in positions if self.pairs.get(s) is spec), None)
            position = positions.pop(source) if source is not None and spec.is_repeat else 1
            steps.append(f"{spec.name}[{position}]" if spec.is_repeat else spec.name)
        if any(number > 1 for number in positions.values()):
            return None
        return "/" + "/".join(steps)

    def _settle(self, path: str, value: str, before: Spec, after: Spec, place: str) -> None:
        old, new = self._kind(self.old, before, self.olds), self._kind(self.new, after, self.news)
        if not value or (old.type in _SILENT and new.type in _SILENT):
            self.answers[place] = value
            return
        outcome = convert(value, old, new)
        if outcome.why is not None:
            self._drop(path, value, before, outcome.why)
            return
        self.answers[place] = outcome.value
        if outcome.value == value:
            self.kept.append(Kept(path, place, value))
        else:
            self.converted.append(Converted(path, place, value, outcome.value, outcome.lost))

    def _kind(self, form: Form, spec: Spec, controls: Mapping[str, Control]) -> Kind:
        if spec not in self.kinds:
            names = frozenset(o.name for o in options_of(form, spec.itemset))
            self.kinds[spec] = Kind(type_of(spec, controls.get(spec.path)), names or None, spec.type)
        return self.kinds[spec]

    def _drop(self, path: str, value: str, spec: Spec | None, why: Why) -> None:
        """A loss that is worth telling: not of what was computed, nor of what is blank."""
        if value and (spec is None or type_of(spec, self.olds.get(spec.path)) not in _SILENT):
            self.dropped.append(Dropped(path, value, why))

    def newly_asked(self) -> Iterator[str]:
        """Questions that nobody could answer in the old form."""
        before = {n: o for o, n in self.pairs.items()}
        for spec in asked(self.new.top):
            old = before.get(spec)
            known = old is not None and type_of(old, self.olds.get(old.path)) not in _SILENT
            kind = type_of(spec, self.news.get(spec.path))
            if spec.is_leaf and not known and kind not in _SILENT:
                yield spec.path


def _line(spec: Spec | None) -> Iterator[Spec]:
    while spec is not None:
        yield spec
        spec = spec.parent


def _tried(moved: Move, form: Form, now: Clock) -> Move:
    """The move as the new form sees it, once its rules have run."""
    answers = {path: value for path, value in moved.answers.items() if path.startswith("/")}
    session = form.resume(answers, now)
    hidden, doubtful, gone = [], [], set()
    for path in [k.path for k in moved.kept] + [c.path for c in moved.converted]:
        try:
            state = session.state(path)
        except FormError:
            gone.add(path)  # the form itself decides how many instances there are
            continue
        if not state.relevant:
            hidden.append(path)
        elif not state.valid:
            doubtful.append(path)
    return replace(
        moved,
        answers={path: value for path, value in moved.answers.items() if path not in gone},
        kept=tuple(k for k in moved.kept if k.path not in gone),
        converted=tuple(c for c in moved.converted if c.path not in gone),
        dropped=(*moved.dropped, *_lost(moved, gone)),
        hidden=tuple(hidden),
        doubtful=tuple(doubtful),
    )


def _lost(moved: Move, gone: set[str]) -> Iterator[Dropped]:
    for kept in moved.kept:
        if kept.path in gone:
            yield Dropped(kept.old_path, kept.value, "no longer repeated")
    for converted in moved.converted:
        if converted.path in gone:
            yield Dropped(converted.old_path, converted.old, "no longer repeated")
