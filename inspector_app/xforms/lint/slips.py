"""What beginners write: `a = 'x' or 'y'`, `'${a}'`, `'a' + 'b'`, a group as a value."""

from collections.abc import Iterator

from ..model import Rule, Spec
from ..problems import Problem
from ..uses import walk
from ..xpath.syntax import Call, Chain, Expr, Literal, Negate, Number, Path
from ..xpath.values import number_text
from .subject import Subject, try_parse
from .terms import Terms


def check_slips(subject: Subject) -> Iterator[Problem]:
    """One Problem for each slip."""
    for rule in subject.expressions():
        for tree in walk(rule.tree):
            if isinstance(tree, Chain):
                yield from _operands_of(subject, rule, tree)
        yield from _references(subject, rule)


def _operands_of(subject: Subject, rule: Rule, tree: Chain) -> Iterator[Problem]:
    terms = (tree.first, *(t for _, t in tree.rest))
    operator = tree.rest[0][0]
    for term in terms:
        match term:
            case Number(value) if operator in ("and", "or"):
                yield subject.about("always_true_term", rule.spec, rule.kind, text=number_text(value))
            case Literal(text) if operator in ("and", "or") and text:
                yield subject.about("always_true_term", rule.spec, rule.kind, text=text[:40])
            case Literal(text) if operator in "+-*" and not Terms.is_number(text):
                yield subject.about("sum_of_texts", rule.spec, rule.kind, text=text[:40])


def has_quoted_reference(subject: Subject, rule: Rule) -> bool:
    """Is a question's path only a text in it? What follows from that is not worth saying too."""
    texts = (literal.value for literal in _loose_literals(rule.tree))
    return any(_quoted_reference(text, rule.spec, subject.form.top) for text in texts)


def _references(subject: Subject, rule: Rule) -> Iterator[Problem]:
    top = subject.form.top
    for literal in _loose_literals(rule.tree):
        name = _quoted_reference(literal.value, rule.spec, top)
        if name:
            yield subject.about("quoted_reference", rule.spec, rule.kind, name=name)
    for term in _operands(rule.tree):
        spec = _group(term, rule.spec, top)
        if spec is not None:
            yield subject.about("group_as_value", rule.spec, rule.kind, name=spec.name)


def _loose_literals(tree: Expr) -> Iterator[Literal]:
    """Quoted texts, but for those that are meant to be paths."""
    stack = [tree]
    while stack:
        here = stack.pop()
        if isinstance(here, Literal):
            yield here
        elif isinstance(here, Call):
            stack.extend(here.args[:1] if here.name.endswith(":choice-name") else here.args)
        elif isinstance(here, Chain):
            stack.extend([here.first, *(t for _, t in here.rest)])
        elif isinstance(here, Negate):
            stack.append(here.operand)


def _quoted_reference(text: str, context: Spec, top: Spec) -> str:
    """The question that a quoted path would have meant."""
    tree = try_parse(text) if "/" in text else None
    if not isinstance(tree, Path):
        return ""
    spec = Terms(top, context).anything(tree)
    return spec.name if spec is not None and spec.parent is not None else ""


def _operands(tree: Expr) -> Iterator[Expr]:
    """Both sides of comparisons and sums."""
    for here in walk(tree):
        if isinstance(here, Chain) and here.rest[0][0] not in ("and", "or"):
            yield here.first
            yield from (t for _, t in here.rest)


def _group(tree: Expr, context: Spec, top: Spec) -> Spec | None:
    if not isinstance(tree, Path) or not tree.absolute:
        return None
    spec = Terms(top, context).anything(tree)
    return spec if spec is not None and not spec.is_leaf and not spec.is_repeat else None
