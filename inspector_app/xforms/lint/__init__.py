"""Checks a form file for faults, traps and what other clients cannot do, pointing at rows where it can."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..form import Form, files_beside, inspect
from ..model import Rule, Spec
from ..problems import FormError, Problem, Severity
from ..rowmap import locate
from ..types import fits
from ..uses import calls, dead_paths, far_axes, patterns, repeated_scalars
from ..workbook import Workbook
from ..xlsform import convert, read_bounded
from ..xpath.functions import REGISTRY
from ..xpath.syntax import Chain, Literal

_APPEARANCES_TEXT = """
multiline minimal search autocomplete quick quickcompact compact likert columns columns-pack no-buttons label
list-nolabel list table-list field-list signature draw annotate thousands-sep numbers month-year year
no-calendar masked picker vertical horizontal horizontal-compact no-ticks rating url hidden-answer image-map
placement-map maps map bearing counter new new-front printer ethiopian coptic islamic bikram-sambat myanmar
persian buddhist pages theme-grid logo
"""
APPEARANCES = frozenset(_APPEARANCES_TEXT.split())
_OPEN_APPEARANCE = re.compile(r"(columns-\d+|w\d{1,2}|quickcompact-\d+|compact-\d+|ex:.*|intent.*)\Z")
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*][^()]*\)[+*{]|\((?:[^()|]+\|)+[^()|]+\)[+*]")
_DIFFERENT = {
    "regex": "ODK Collect matches the whole answer, other clients search in it: write ^ and $.",
    "lower-case": "ODK has no lower-case().",
    "upper-case": "ODK has no upper-case().",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What looking through a file found. `form` is there when it could be read at all, even with errors.

    `workbook` has the sheets of an XLSForm as written, to show each Problem at its cell; None for XForm XML.
    """

    problems: tuple[Problem, ...]
    form: Form | None = None
    workbook: Workbook | None = None

    @property
    def ok(self) -> bool:
        """No errors: it can be installed."""
        return not any(p.severity == "error" for p in self.problems)


def look_through(path: Path) -> Checked:
    """Everything about an .xlsx, .xls, .csv, .md or .xml form. Never raises for a bad file."""
    try:
        return _look(path)
    except FormError as error:
        return Checked(error.problems)
    except RecursionError:
        return Checked((Problem("error", "The form is nested too deeply."),))


def check(path: Path) -> tuple[Problem, ...]:
    """All Problems of an .xlsx, .xls, .csv, .md or .xml form. Never raises for a bad file."""
    return look_through(path).problems


def _look(path: Path) -> Checked:
    kind = path.suffix.lower().lstrip(".")
    if kind == "xml":
        form, found = examine(read_bounded(path), path)
        return Checked(found, form)
    converted = convert(path, kind=kind)
    workbook = converted.rowmap.workbook
    if any(p.severity == "error" for p in converted.problems):
        return Checked(converted.problems, None, workbook)
    form, found = examine(converted.xml, path)
    return Checked(converted.problems + locate(found, converted.rowmap), form, workbook)


def examine(xml: bytes, path: Path) -> tuple[Form, tuple[Problem, ...]]:
    """The Form of XForm XML whose data files lie beside `path`, and its Problems."""
    form, problems = inspect(xml, files_beside(path, xml))
    extra = chain.from_iterable(rule(form) for rule in _FORM_CHECKS)
    rules = (r for s in form.top.walk() for r in s.rules() if r.kind != "label")
    per_rule = (p for r in rules for look in _RULE_CHECKS for p in look(r, form))
    return form, tuple(dict.fromkeys([*problems, *extra, *per_rule]))


def _at(severity: Severity, message: str, rule: Rule) -> Problem:
    return Problem(severity, message, path=rule.spec.path, column=rule.kind)


def _portability(rule: Rule, form: Form) -> Iterator[Problem]:
    for name in sorted({c.name for c in calls(rule.tree)}):
        function = REGISTRY.get(name)
        if function is not None and (not function.portable or name in _DIFFERENT):
            reason = _DIFFERENT.get(name, "Some ODK clients do not have it.")
            yield _at("warning", f"{name}() is not portable: {reason}", rule)
    for axis in far_axes(rule.tree):
        yield _at("error" if axis == "namespace" else "warning", f"The axis {axis}:: is not part of ODK XForms.", rule)


def _dead(rule: Rule, form: Form) -> Iterator[Problem]:
    for written in dead_paths(rule, form.top):
        yield _at("error", f"{rule.kind} of {rule.spec.path} names {written}, which is not in the form.", rule)


def _scalars(rule: Rule, form: Form) -> Iterator[Problem]:
    for path in repeated_scalars(rule, form.top):
        yield _at("error", f"{rule.kind} of {rule.spec.path} uses {path} as one value, but it is repeated.", rule)


def _regexes(rule: Rule, form: Form) -> Iterator[Problem]:
    for pattern in patterns(rule.tree):
        if _NESTED_QUANTIFIER.search(pattern):
            yield _at("warning", f"The pattern “{pattern[:80]}” can take very long: quantifiers are nested.", rule)


def _constraint_sense(rule: Rule, form: Form) -> Iterator[Problem]:
    if rule.kind != "constraint" or rule.spec.type not in ("int", "decimal"):
        return
    tree = rule.tree
    terms = [tree.first, *(t for _, t in tree.rest)] if isinstance(tree, Chain) else []
    for term in terms:
        if isinstance(term, Literal) and term.value and not fits(term.value, "decimal"):
            yield _at("warning", f"The constraint compares a number with the text “{term.value[:40]}”.", rule)


def _appearances(form: Form) -> Iterator[Problem]:
    for control in chain.from_iterable(c.walk() for c in form.controls):
        for word in control.appearances:
            if word not in APPEARANCES and not _OPEN_APPEARANCE.match(word):
                yield Problem("warning", f"The appearance “{word}” is unknown.", path=control.path, column="appearance")


def _defaults(form: Form) -> Iterator[Problem]:
    for spec, text in _static_defaults(form):
        if text.strip() and not fits(text.strip(), spec.type):
            message = f"The default “{text.strip()[:40]}” of {spec.path} is not of type {spec.type}."
            yield Problem("warning", message, path=spec.path, column="default")


def _static_defaults(form: Form) -> Iterator[tuple[Spec, str]]:
    stack = [(form.template, form.top)]
    while stack:
        node, spec = stack.pop()
        if spec.is_leaf:
            yield spec, node.text
        stack.extend((c, spec.children[c.key]) for c in node.children if c.key in spec.children)


def _translations(form: Form) -> Iterator[Problem]:
    texts = form.translations.texts
    every = {ident for found in texts.values() for ident in found}
    for language, found in texts.items():
        missing = sorted(i for i in every if found.get(i, {}).get("", ("-",)) == ("-",) and _said(i, form))
        if missing:
            example = missing[0].partition(":")[0]
            message = f"{len(missing)} texts have no translation into {language}, the first at {missing[0]}."
            yield Problem("warning", message, path=example if example.startswith("/") else None, column="label")


def _said(ident: str, form: Form) -> bool:
    return any(found.get(ident, {}).get("", ("-",)) != ("-",) for found in form.translations.texts.values())


_FORM_CHECKS: tuple[Callable[[Form], Iterator[Problem]], ...] = (_appearances, _defaults, _translations)
_RULE_CHECKS: tuple[Callable[[Rule, Form], Iterator[Problem]], ...] = (
    _portability,
    _dead,
    _scalars,
    _regexes,
    _constraint_sense,
)
