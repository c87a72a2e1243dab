"""Expressions that read well but mean something else than their author thinks, or something else in another client."""

import re
from collections.abc import Iterator

import regex

from ..model import Rule
from ..problems import Problem
from ..uses import FAR, calls, patterns, repeated_scalars, walk
from ..xpath.functions import REGISTRY
from ..xpath.syntax import Call, Chain, Expr, Literal, Negate, Path
from .subject import Subject

MAX_PATTERN = 1_000
"""As the engine's own (forms.md §8)."""
FOREIGN = frozenset(["lower-case", "upper-case", "name", "local-name", "namespace-uri", "id", "lang"])
"""Functions that are no part of ODK forms (forms.md §5, column X)."""
_INSTEAD = {
    "floor": "int()", "ceiling": "int() + 1", "substring": "substr(), which counts from 0", "last": "count()",
    "date-time": "date()",
}  # fmt: skip
_NESTED_QUANTIFIER = re.compile(r"\([^()]*[+*][^()]*\)[+*{]|\((?:[^()|]+\|)+[^()|]+\)[+*]")


def check_expressions(subject: Subject) -> Iterator[Problem]:
    """Everything about single expressions."""
    for rule in subject.expressions():
        yield from _functions(subject, rule)
        yield from _axes(subject, rule)
        yield from _patterns(subject, rule)
        yield from _scalars(subject, rule)
    for rule in subject.labels():
        yield from _scalars(subject, rule)


def _scalars(subject: Subject, rule: Rule) -> Iterator[Problem]:
    for path in dict.fromkeys(repeated_scalars(rule, subject.form.top)):
        yield subject.about("repeated_scalar", rule.spec, rule.kind, name=path.rpartition("/")[2])


def _functions(subject: Subject, rule: Rule) -> Iterator[Problem]:
    for name in sorted({c.name for c in calls(rule.tree)}):
        function = REGISTRY.get(name)
        if name in FOREIGN:
            yield subject.about("function_foreign", rule.spec, rule.kind, name=name)
        elif function is not None and not function.portable:
            instead = _INSTEAD.get(name)
            code = "function_rare" if instead is None else "function_rare_instead"
            yield subject.about(code, rule.spec, rule.kind, name=name, **({"instead": instead} if instead else {}))
    for difference in filter(None, map(_differing, calls(rule.tree))):
        yield subject.about(difference, rule.spec, rule.kind)


def _differing(call: Call) -> str | None:
    """Code of a difference between clients that this call runs into."""
    if not call.args:
        return None
    first = call.args[0]
    if call.name == "round" and _may_be_negative(first):
        return "round_negative"
    if call.name == "boolean-from-string" and not isinstance(first, Literal):
        return "boolean_from_string"
    if call.name == "boolean" and isinstance(first, Path):
        return "boolean_of_blank"
    if call.name == "position" and not _is_parent(first):
        return "position_elsewhere"
    return None


def _may_be_negative(tree: Expr) -> bool:
    """A difference or a minus sign is rounded."""
    minus = (isinstance(t, Chain) and any(op == "-" for op, _ in t.rest) for t in walk(tree))
    return isinstance(tree, Negate) or any(minus)


def _is_parent(tree: Expr) -> bool:
    return isinstance(tree, Path) and all(s.axis == "parent" for s in tree.steps)


def _axes(subject: Subject, rule: Rule) -> Iterator[Problem]:
    axes = {s.axis for t in walk(rule.tree) if isinstance(t, Path) for s in t.steps}
    for axis in sorted(axes & FAR):
        yield subject.about("axis_foreign", rule.spec, rule.kind, axis=axis)
    if axes & {"descendant", "descendant-or-self"}:
        yield subject.about("axis_rare", rule.spec, rule.kind)


def _patterns(subject: Subject, rule: Rule) -> Iterator[Problem]:
    for pattern in patterns(rule.tree):
        short = pattern[:80]
        if len(pattern) > MAX_PATTERN:
            yield subject.about("pattern_long", rule.spec, rule.kind, most=str(MAX_PATTERN))
            continue
        try:
            regex.compile(pattern)
        except regex.error:
            yield subject.about("pattern_broken", rule.spec, rule.kind, pattern=short)
            continue
        if _NESTED_QUANTIFIER.search(pattern):
            yield subject.about("pattern_slow", rule.spec, rule.kind, pattern=short)
        if not _is_anchored(pattern):
            yield subject.about("pattern_loose", rule.spec, rule.kind, pattern=short)


def _is_anchored(pattern: str) -> bool:
    """Matches whole answers only, so that clients that search and clients that match agree."""
    whole = pattern.startswith(("^", ".*")) and (
        (pattern.endswith("$") and not pattern.endswith("\\$")) or pattern.endswith(".*")
    )
    return whole and not _splits_at_top(pattern)


def _splits_at_top(pattern: str) -> bool:
    depth, escaped, in_class = 0, False, False
    for char in pattern:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            return True
    return False
