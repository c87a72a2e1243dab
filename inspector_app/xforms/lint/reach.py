"""Questions nobody can reach, constraints nobody can meet, comparisons that never hold, defaults that break rules."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import combinations

from ..deps import references
from ..model import Rule, Spec
from ..problems import FormError, Problem
from ..types import fits
from ..uses import walk
from ..xpath.syntax import Call, Chain, Expr, Filter, Literal, Path
from .reason import Case, Reasoner, TooMany, line
from .show import show
from .slips import has_quoted_reference
from .subject import Subject
from .terms import Terms, constant

_MAX_TERMS = 40


def check_reach(subject: Subject) -> Iterator[Problem]:
    """All of it, each fault once."""
    reasoner = Reasoner(subject)
    lost: set[Spec] = set()
    explained: set[Rule] = set()
    for spec in subject.specs():
        if spec.parent in lost:
            lost.add(spec)
        elif (problem := _never_shown(reasoner, spec)) is not None:
            lost.add(spec)
            if spec.relevant is not None:
                explained.add(spec.relevant)
            yield problem
        if (problem := _impossible(reasoner, spec)) is not None and spec not in lost:
            if spec.constraint is not None:
                explained.add(spec.constraint)
            yield problem
    for rule in subject.expressions():
        if rule not in explained and rule.spec not in lost and not has_quoted_reference(subject, rule):
            yield from _parts(reasoner, rule)


def _no_case(find: Callable[[], list[Case]]) -> bool:
    """Is there certainly none?"""
    try:
        return not find()
    except TooMany:
        return False


def _never_shown(reasoner: Reasoner, spec: Spec) -> Problem | None:
    rule = spec.relevant
    if rule is None or has_quoted_reference(reasoner.subject, rule):
        return None
    own = _culprit(reasoner, rule.tree, spec, reasoner.start)
    if own is not None:
        return _explained(reasoner, "never_shown", spec, "relevant", own)

    def together() -> list[Case]:
        cases = reasoner.start()
        for group in line(spec):
            if group.relevant is not None:
                cases = reasoner.assume(group.relevant.tree, group, cases)
        return reasoner.follow(cases)

    if _no_case(together):
        return reasoner.subject.about("never_shown_here", spec, "relevant", source=show(rule.tree)[:160])
    return None


def _impossible(reasoner: Reasoner, spec: Spec) -> Problem | None:
    rule = spec.constraint
    if rule is None or not spec.is_leaf or has_quoted_reference(reasoner.subject, rule):
        return None
    own = _culprit(reasoner, rule.tree, spec, lambda: reasoner.start(spec))
    if own is not None:
        return _explained(reasoner, "constraint_impossible", spec, "constraint", own)
    has_or = any(isinstance(t, Chain) and t.rest[0][0] == "or" for t in walk(rule.tree))
    if has_or and _no_case(lambda: reasoner.assume(rule.tree, spec, reasoner.start(spec), holds=False)):
        return reasoner.subject.about("constraint_idle", spec, "constraint", source=show(rule.tree)[:160])
    return None


def _culprit(reasoner: Reasoner, tree: Expr, spec: Spec, start: Callable[[], list[Case]]) -> tuple[Expr, ...] | None:
    """The smallest part of a condition that already makes it impossible; None where it is possible."""

    def impossible(*terms: Expr) -> bool:
        def cases() -> list[Case]:
            found = start()
            for term in terms:
                found = reasoner.assume(term, spec, found)
            return found

        return _no_case(cases)

    terms = [tree.first, *(t for _, t in tree.rest)] if isinstance(tree, Chain) and tree.rest[0][0] == "and" else [tree]
    if not impossible(*terms):
        return None
    for term in terms:
        if impossible(term):
            return (term,)
    pairs = combinations(terms, 2) if len(terms) <= _MAX_TERMS else ()
    return next((pair for pair in pairs if impossible(*pair)), (tree,))


def _explained(reasoner: Reasoner, code: str, spec: Spec, column: str, parts: tuple[Expr, ...]) -> Problem:
    subject = reasoner.subject
    strange = _strange_option(subject, parts[0], spec) if len(parts) == 1 else None
    if strange is not None:
        option, asked = strange
        return subject.about(f"{code}_option", spec, column, option=option, question=asked.name)
    source = " and ".join(show(p) for p in parts)[:160]
    return subject.about(f"{code}_pair" if len(parts) > 1 else code, spec, column, source=source)


def _strange_option(subject: Subject, term: Expr, context: Spec) -> tuple[str, Spec] | None:
    """The name a comparison looks for that the list of the select does not have."""
    match term:
        case Chain(left, (("=" | "!=", right),)) | Call("selected", (left, right)):
            for value, other in ((left, right), (right, left)):
                text = constant(other)
                spec = Terms(subject.form.top, context).target(value)
                if spec is None or not isinstance(text, str | float) or not subject.options(spec):
                    continue
                wanted = show(other).strip("'").strip()
                if not set(wanted.split()) <= subject.options(spec) and wanted not in subject.options(spec):
                    return wanted, spec
    return None


def _parts(reasoner: Reasoner, rule: Rule) -> Iterator[Problem]:
    """Comparisons that never hold somewhere inside a larger expression."""
    is_own = rule.kind == "constraint" and rule.spec.is_leaf
    for term in _comparisons(rule.tree):
        if constant(term) is not None:
            continue
        positive = Chain(term.first, (("=", term.rest[0][1]),)) if _differs(term) else term  # type: ignore[union-attr]

        def cases(term: Expr = positive) -> list[Case]:
            return reasoner.assume(term, rule.spec, reasoner.start(rule.spec if is_own else None))

        if _no_case(cases):
            strange = _strange_option(reasoner.subject, term, rule.spec)
            if strange is not None:
                facts = {"option": strange[0], "question": strange[1].name}
                yield reasoner.subject.about("option_unknown", rule.spec, rule.kind, **facts)
            else:
                code = "comparison_always" if _differs(term) else "comparison_never"
                yield reasoner.subject.about(code, rule.spec, rule.kind, source=show(term)[:160])


def _differs(term: Expr) -> bool:
    return isinstance(term, Chain) and term.rest[0][0] == "!="


def _comparisons(tree: Expr) -> Iterator[Expr]:
    """Comparisons whose context is the Node itself, so none inside predicates."""
    stack = [tree]
    while stack:
        here = stack.pop()
        match here:
            case Chain(first, rest):
                if len(rest) == 1 and rest[0][0] in ("=", "!=", "<", "<=", ">", ">="):
                    yield here
                stack.extend([first, *(t for _, t in rest)])
            case Call(name, args):
                if name == "selected" and len(args) == 2 and isinstance(args[1], Literal):
                    yield here
                stack.extend(args)
            case Path() | Filter():
                continue


def check_defaults(subject: Subject) -> Iterator[Problem]:
    """Static defaults that are no value of their type, no option, or against their own constraint."""
    doubtful: list[Spec] = []
    for spec, text in _static_defaults(subject):
        options = subject.options(spec)
        if not fits(text, spec.type):
            code = "default_function" if text.rstrip("()") in ("today", "now") else "default_type"
            yield subject.about(code, spec, "default", text=text[:40], type=subject.kind(spec))
        elif options and not set(text.split()) <= options and text not in options:
            yield subject.about("default_option", spec, "default", text=text[:40])
        elif spec.constraint is not None and _is_alone(subject, spec.constraint):
            doubtful.append(spec)
    if doubtful:
        yield from _broken_defaults(subject, doubtful)


def _is_alone(subject: Subject, rule: Rule) -> bool:
    return all(r.spec is rule.spec for r in references(rule.tree, rule.spec, subject.form.top))


def _broken_defaults(subject: Subject, specs: list[Spec]) -> Iterator[Problem]:
    try:
        session = subject.form.begin(lambda: datetime.now(UTC))
    except FormError:
        return
    for node, _ in session.walk():
        if node.spec in specs and node.text and not node.valid:
            specs.remove(node.spec)
            yield subject.about("default_refused", node.spec, "default", text=node.text[:40])


def _static_defaults(subject: Subject) -> Iterator[tuple[Spec, str]]:
    stack = [(subject.form.template, subject.form.top)]
    while stack:
        node, spec = stack.pop()
        if spec.is_leaf and node.text.strip() and spec.calculate is None:
            yield spec, node.text.strip()
        stack.extend((c, spec.children[c.key]) for c in reversed(node.children) if c.key in spec.children)
