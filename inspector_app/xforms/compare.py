"""Compares two versions of a form: which questions, words, options and rules a new version changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .changes import (
    Change,
    Comparison,
    LanguageAdded,
    LanguageDropped,
    OptionAdded,
    OptionDropped,
    OptionReworded,
    QuestionAdded,
    QuestionDropped,
    QuestionMoved,
    Retyped,
    Reworded,
    RuleChanged,
)
from .form import Form
from .model import Control, Spec
from .pairs import asked, pair, stays
from .questions import (
    Option,
    attributes_of,
    controls_by_path,
    default_of,
    labels_of,
    options_of,
    texts_of,
    type_of,
    written,
)

OptionChange = OptionAdded | OptionDropped | OptionReworded


def compare(old: Form, new: Form) -> Comparison:
    """What the new version of a form changed. Pure; the two need not have the same id."""
    return Comparison((*_languages(old, new), *_changes(_Side.of(old), _Side.of(new))))


def _languages(old: Form, new: Form) -> Iterator[Change]:
    yield from (LanguageAdded(name) for name in new.languages if name not in old.languages)
    yield from (LanguageDropped(name) for name in old.languages if name not in new.languages)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two forms with its controls."""

    form: Form
    controls: Mapping[str, Control]

    @classmethod
    def of(cls, form: Form) -> "_Side":
        return cls(form, controls_by_path(form))

    def type(self, spec: Spec) -> str:
        return type_of(spec, self.controls.get(spec.path))


def _changes(old: _Side, new: _Side) -> list[Change]:
    pairs = pair(old.form.top, new.form.top)
    partners = {n: o for o, n in pairs.items()}
    fixed = stays(pairs)
    shared = _Shared()
    found: list[tuple[float, Change]] = []
    for spec in asked(new.form.top):
        before = partners.get(spec)
        if before is None:
            found.append((spec.order, QuestionAdded(spec.path, labels_of(new.form, spec), new.type(spec))))
            continue
        if before not in fixed or before.name != spec.name:
            found.append((spec.order, _moved(before, spec, new.form)))
        found.extend((spec.order, change) for change in _of_pair(old, new, before, spec))
        shared.add(spec, _options(old.form, new.form, before, spec))
    found.extend(_dropped(old, pairs))
    found.extend(shared.changes())
    return [change for _, change in sorted(found, key=lambda item: item[0])]


def _dropped(old: _Side, pairs: Mapping[Spec, Spec]) -> Iterator[tuple[float, Change]]:
    """What is gone, at the place of its former neighbour."""
    place = -0.5
    for spec in asked(old.form.top):
        if spec in pairs:
            place = pairs[spec].order + 0.5
        else:
            yield place, QuestionDropped(spec.path, labels_of(old.form, spec), old.type(spec))


def _moved(before: Spec, after: Spec, form: Form) -> QuestionMoved:
    siblings = list(after.parent.children.values()) if after.parent is not None else [after]
    at = siblings.index(after)
    return QuestionMoved(before.path, after.path, siblings[at - 1].path if at else "", labels_of(form, after))


def _of_pair(old: _Side, new: _Side, before: Spec, after: Spec) -> Iterator[Change]:
    was, now = old.type(before), new.type(after)
    if was != now:
        yield Retyped(after.path, was, now)
    texts, said = texts_of(old.form, before), texts_of(new.form, after)
    parts = dict.fromkeys(part for part, _ in [*texts, *said])
    for part in parts:
        for one, other, shown in _common(old.form, new.form):
            was, now = texts.get((part, one), ""), said.get((part, other), "")
            if was != now:
                yield Reworded(after.path, part, shown, was, now)
    rules, changed = _rules(old, before), _rules(new, after)
    for rule in dict.fromkeys([*rules, *changed]):
        if rules.get(rule, "") != changed.get(rule, ""):
            yield RuleChanged(after.path, rule, rules.get(rule, ""), changed.get(rule, ""))


def _common(old: Form, new: Form) -> list[tuple[str, str, str]]:
    """(old language, new language, its name) of what both say; a form without languages speaks the other's default."""
    if not old.languages or not new.languages:
        one, other = old.default_language or "", new.default_language or ""
        return [(one, other, other or one)]
    return [(name, name, name) for name in new.languages if name in old.languages]


def _rules(side: _Side, spec: Spec) -> dict[str, str]:
    """Every expression and property of a question that is not a text."""
    control = side.controls.get(spec.path)
    found = {("repeat count" if r.kind == "count" else r.kind): written(r.source) for r in spec.rules()
             if r.kind != "label"}  # fmt: skip
    found["default"] = default_of(side.form, spec)
    found["appearance"] = " ".join(control.appearances) if control is not None else ""
    return {rule: text for rule, text in {**found, **attributes_of(control)}.items() if text}


def _options(old: Form, new: Form, before: Spec, after: Spec) -> Iterator[OptionChange]:
    """Changes of the options of one select, without its path."""
    olds = {o.name: o for o in options_of(old, before.itemset)}
    news = {o.name: o for o in options_of(new, after.itemset)}
    if not olds or not news:  # another kind of question, or a list in a file that is not here
        return
    for name, option in news.items():
        if name not in olds:
            yield OptionAdded((), name, option.label)
        else:
            yield from _option_changes(old, new, olds[name], option)
    yield from (OptionDropped((), name, o.label) for name, o in olds.items() if name not in news)


def _option_changes(old: Form, new: Form, before: Option, after: Option) -> Iterator[OptionReworded]:
    for one, other, shown in _common(old, new):
        was, now = before.label.get(one, ""), after.label.get(other, "")
        if was != now:
            yield OptionReworded((), after.name, "label", shown, was, now)
    spoken = {shown for _, _, shown in _common(old, new)}
    for column in dict.fromkeys([*before.columns, *after.columns]):
        was, now = before.columns.get(column, ""), after.columns.get(column, "")
        part, _, language = column.partition("@")
        if was != now and (not language or language in spoken):
            yield OptionReworded((), after.name, part, language, was, now)


@dataclass(slots=True)
class _Shared:
    """Changes of options, each once with all the questions it concerns."""

    found: dict[str, tuple[int, OptionChange, list[str]]] = field(default_factory=dict)

    def add(self, spec: Spec, changes: Iterator[OptionChange]) -> None:
        for change in changes:
            self.found.setdefault(repr(change), (spec.order, change, []))[2].append(spec.path)

    def changes(self) -> Iterator[tuple[float, Change]]:
        for order, change, paths in self.found.values():
            yield order, replace(change, paths=tuple(paths))


__all__ = [
    "Change", "Comparison", "LanguageAdded", "LanguageDropped", "OptionAdded", "OptionDropped", "OptionReworded",
    "QuestionAdded", "QuestionDropped", "QuestionMoved", "Retyped", "Reworded", "RuleChanged", "compare",
]  # fmt: skip
