"""Lists of options: unused ones, twins, single options, endless lists, and names that differ by a capital."""

import re
from collections import Counter
from collections.abc import Iterator

from ..model import Spec
from ..problems import Problem
from ..questions import Option, options_of
from ..uses import walk
from ..xpath.syntax import Path
from .references import instance_name
from .subject import Subject, try_parse
from .wording import MAX_OPTIONS

LONG = 50
"""More options than this want a search."""
_SEARCHING = frozenset(["search", "autocomplete", "minimal"])


def check_options(subject: Subject) -> Iterator[Problem]:
    """Everything about lists and their options."""
    seen: set[str] = set()
    for spec in subject.specs():
        itemset = spec.itemset
        if itemset is None or (itemset.run is not None and not itemset.instance):
            continue
        yield from _size(subject, spec)
        key = itemset.instance or spec.path
        if key not in seen and not _is_filtered(spec) and len(subject.options(spec)) <= MAX_OPTIONS:
            seen.add(key)
            yield from _twins(subject, spec, options_of(subject.form, itemset, 5_000))
    yield from _unused(subject)


def _is_filtered(spec: Spec) -> bool:
    return spec.choices is not None and any(s.predicates for t in walk(spec.choices.tree) if isinstance(t, Path)
                                            for s in t.steps)  # fmt: skip


def _size(subject: Subject, spec: Spec) -> Iterator[Problem]:
    if spec.itemset is None or _is_filtered(spec):
        return
    many = len(subject.options(spec))
    control = subject.controls.get(spec.path)
    if many == 1:
        yield subject.about("one_option", spec, "choices")
    elif many > LONG and control is not None and not _SEARCHING & set(control.appearances):
        yield subject.about("many_options", spec, "appearance", count=str(many))


def _twins(subject: Subject, spec: Spec, options: tuple[Option, ...]) -> Iterator[Problem]:
    """Options one cannot tell apart, by name or by label."""
    itemset = spec.itemset
    list_name = itemset.instance if itemset is not None else ""
    names = Counter(o.name for o in options)
    for name in (n for n, count in names.items() if count > 1):
        yield _of_option(subject, spec, list_name, name, "option_name_twice", name=name)
    for one, other in _pairs_by_case(names):
        yield _of_option(subject, spec, list_name, other, "option_case", name=other, other=one)
    for language, label in _labels_twice(options):
        second = [o.name for o in options if o.label.get(language) == label][1]
        yield _of_option(subject, spec, list_name, second, "option_label_twice", label=label)


def _pairs_by_case(names: Counter[str]) -> Iterator[tuple[str, str]]:
    first: dict[str, str] = {}
    for name in names:
        known = first.setdefault(name.lower(), name)
        if known != name:
            yield known, name


def _labels_twice(options: tuple[Option, ...]) -> Iterator[tuple[str, str]]:
    told: set[str] = set()
    for language in dict.fromkeys(k for o in options for k in o.label):
        counts = Counter(o.label.get(language, "") for o in options)
        for label, count in counts.items():
            if label and count > 1 and label not in told:
                told.add(label)
                yield language, label


def _of_option(subject: Subject, spec: Spec, list_name: str, name: str, code: str, /, **facts: str) -> Problem:
    """At the option's row where there is one, else at the question."""
    row = subject.rowmap.options.get((list_name, name))
    if row is None:
        return subject.about(code, spec, "choices", **facts)
    sheet = subject.workbook.sheet("choices")
    column = "label" if code == "option_label_twice" else "name"
    header = sheet.header(column) if sheet is not None else None
    return subject.at(code, "choices", row, header or column, **facts)


def _unused(subject: Subject) -> Iterator[Problem]:
    sheet, survey = subject.workbook.sheet("choices"), subject.workbook.sheet("survey")
    if sheet is None or survey is None:
        return
    used = _named_in_expressions(subject)
    for row in survey.rows:
        words = re.sub(r"\s+or[_ ](?:specify[_ ])?other$", "", survey.cell(row, "type")).split()
        used.update(words[-1:])
        used.update(re.findall(r"tick_labelset\s*=\s*(\S+)", survey.cell(row, "parameters")))
    for name, row in subject.rowmap.lists.items():
        if name and name not in used:
            yield subject.at("list_unused", "choices", row, sheet.header("list_name") or "list_name", name=name)


def _named_in_expressions(subject: Subject) -> set[str]:
    trees = [r.tree for r in subject.rules()]
    trees += [t for acts in subject.form.actions.values() for a in acts if (t := try_parse(a.source)) is not None]
    paths = (p for tree in trees for p in walk(tree) if isinstance(p, Path))
    return {name for p in paths if (name := instance_name(p))}
