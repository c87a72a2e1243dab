"""Closures for places that want a number or a truth: where the type is known nothing is converted, or called twice."""

import operator
from collections.abc import Callable
from math import copysign, fmod, inf, nan

from ..tree import Node
from .lookups import ExprCompiler
from .paths import steady_key
from .scope import Eval, Scope
from .syntax import Call, Chain, Expr, Number, Path
from .values import NAN, NUMBERS, ORDER, Value, compare, number_of, text_number, to_boolean, to_number

Numeric = Callable[[Node, Scope], float]
Test = Callable[[Node, Scope], bool]


def as_number(tree: Expr, compiler: ExprCompiler) -> Numeric:
    """`number(tree)`, dates as days since 1970."""
    match tree:
        case Number(value):
            return lambda _n, _s: value
        case Chain(Path() as one, (("+", Path() as other),)) if (key := steady_key(one, compiler.names)) and (
            second := steady_key(other, compiler.names)
        ):
            return _steady_sum((key, second), as_number(one, compiler), as_number(other, compiler))
        case Chain(first, rest) if all(op in ARITHMETIC for op, _ in rest):
            return _arithmetic(as_number(first, compiler), [(op, as_number(term, compiler)) for op, term in rest])
        case Call(name, (test, yes, no)) if compiler.names.function_name(name) == "if":
            return _chosen(as_truth(test, compiler), yes, no, compiler)
        case Path() if (key := steady_key(tree, compiler.names)) is not None:
            return _steady_number(key, compiler.compile(tree))
    plain = compiler.compile(tree)

    def number(n: Node, s: Scope) -> float:
        value = plain(n, s)
        return value if value.__class__ is float else to_number(value, s.zone)

    return number


def as_truth(tree: Expr, compiler: ExprCompiler) -> Test:
    """`boolean(tree)`."""
    if isinstance(tree, Chain):
        if all(op in ("and", "or") for op, _ in tree.rest):
            return _joined(tree.rest[0][0], [as_truth(t, compiler) for t in (tree.first, *(e for _, e in tree.rest))])
        if not any(op in ARITHMETIC for op, _ in tree.rest):
            return compiler.compile(tree)  # type: ignore[return-value]  # a comparison
    plain = compiler.compile(tree)

    def truth(n: Node, s: Scope) -> bool:
        value = plain(n, s)
        return value if value.__class__ is bool else to_boolean(value)

    return truth


def _joined(op: str, terms: list[Test]) -> Test:
    if len(terms) == 2:
        one, other = terms
        if op == "or":
            return lambda n, s: one(n, s) or other(n, s)
        return lambda n, s: one(n, s) and other(n, s)
    if op == "or":
        return lambda n, s: any(t(n, s) for t in terms)
    return lambda n, s: all(t(n, s) for t in terms)


def _chosen(test: Test, yes: Expr, no: Expr, compiler: ExprCompiler) -> Numeric:
    """`number(if(test, yes, no))`; only what is chosen is evaluated."""
    if isinstance(yes, Number) and isinstance(no, Number):
        high, low = yes.value, no.value
        return lambda n, s: high if test(n, s) else low
    one, other = as_number(yes, compiler), as_number(no, compiler)
    return lambda n, s: one(n, s) if test(n, s) else other(n, s)


def _steady_number(key: str, look: Eval) -> Numeric:
    """Number of the Node an absolute path leads to."""

    def number(n: Node, s: Scope) -> float:
        nodes = s.reached.get(key)
        if nodes is None:
            nodes = look(n, s)  # type: ignore[assignment]
        if not nodes:
            return NAN
        node = nodes[0]
        text = node.string() if node.children else node.text
        found = NUMBERS.get(text)
        return text_number(text, s.zone) if found is None else found

    return number


def _steady_sum(keys: tuple[str, str], one: Numeric, other: Numeric) -> Numeric:
    """`/a/b + /a/c`, what running totals are made of: nothing is called where both are numbers met before."""
    first, second = keys

    def add(n: Node, s: Scope) -> float:
        reached = s.reached
        left, right = reached.get(first), reached.get(second)
        if left and right and not left[0].children and not right[0].children:
            a, b = NUMBERS.get(left[0].text), NUMBERS.get(right[0].text)
            if a is not None and b is not None:
                return a + b
        return one(n, s) + other(n, s)

    return add


def _arithmetic(first: Numeric, rest: list[tuple[str, Numeric]]) -> Numeric:
    """`a + b - c …`, left to right."""
    if len(rest) == 1:
        name, second = rest[0]
        if name == "+":
            return lambda n, s: first(n, s) + second(n, s)
        step = ARITHMETIC[name]
        return lambda n, s: step(first(n, s), second(n, s))
    terms = [term for _, term in rest]
    steps = [(ARITHMETIC[name], term) for name, term in rest]

    def add(n: Node, s: Scope) -> float:
        total = first(n, s)
        for term in terms:
            total += term(n, s)
        return total

    def calculate(n: Node, s: Scope) -> float:
        total = first(n, s)
        for step, term in steps:
            total = step(total, term(n, s))
        return total

    return add if all(name == "+" for name, _ in rest) else calculate


def equals_text(tree: Expr, text: str, compiler: ExprCompiler) -> Test:
    """`path = 'text'`, the commonest comparison there is; neither side is a date."""
    left = compiler.compile(tree)
    key = steady_key(tree, compiler.names) if isinstance(tree, Path) else None

    def equals(n: Node, s: Scope) -> bool:
        value = left(n, s)
        if not isinstance(value, list):
            return compare("=", value, text, s.zone)
        if len(value) == 1:
            return value[0].string() == text
        return any(node.string() == text for node in value)

    def steady_equals(n: Node, s: Scope) -> bool:
        nodes = s.reached.get(key)  # type: ignore[arg-type]
        if nodes is None or len(nodes) != 1:
            return equals(n, s)
        node = nodes[0]
        return (node.string() if node.children else node.text) == text

    return equals if key is None else steady_equals


def ordered(op: str, left: Expr, right: Expr, compiler: ExprCompiler) -> Test:
    """`a < b` and its kin. A boolean counts as 0 or 1, also against a node-set (as `@getodk/xforms-engine`)."""
    holds, one, other = ORDER[op], compiler.compile(left), compiler.compile(right)

    def test(n: Node, s: Scope) -> bool:
        a, b = one(n, s), other(n, s)
        if a.__class__ is list and len(a) == 1:
            a = number_of(a, s.zone)
        if b.__class__ is list and len(b) == 1:
            b = number_of(b, s.zone)
        if a.__class__ is list or b.__class__ is list:
            return related(op, _ordinal(a), _ordinal(b), s)
        return holds(to_number(a, s.zone), to_number(b, s.zone))

    if not isinstance(right, Number):
        return test
    limit = right.value

    def test_limit(n: Node, s: Scope) -> bool:
        value = one(n, s)
        if value.__class__ is list and len(value) == 1:
            return holds(number_of(value, s.zone), limit)
        if value.__class__ is list:
            return related(op, value, limit, s)
        return holds(to_number(value, s.zone), limit)

    return test_limit


def related(op: str, left: Value, right: Value, s: Scope) -> bool:
    """Each Node of one set may be compared with each of the other."""
    if isinstance(left, list) or isinstance(right, list):
        many = (len(left) if isinstance(left, list) else 1) * (len(right) if isinstance(right, list) else 1)
        if many > 1:
            s.spend(many)
    return compare(op, left, right, s.zone)


def _ordinal(value: Value) -> Value:
    return float(value) if isinstance(value, bool) else value


def _divide(left: float, right: float) -> float:
    """IEEE division: n div 0 is ±Infinity, 0 div 0 is NaN."""
    if right:
        return left / right
    if left != left or left == 0 or right != right:
        return nan
    return inf * copysign(1, left) * copysign(1, right)


def _modulo(left: float, right: float) -> float:
    """Remainder with the sign of the dividend; NaN where IEEE says so."""
    if right == 0 or left in (inf, -inf) or left != left or right != right:
        return nan
    return fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}
