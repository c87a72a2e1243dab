"""AST to closures. What is wrong but not reached yet becomes a closure that raises, and is listed as well."""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from math import copysign, fmod, inf, nan

from ..tree import Node, in_order
from .functions import REGISTRY, Function
from .paths import compile_filter, compile_path
from .scope import Eval, Names, Scope
from .syntax import Call, Chain, EvaluationError, Expr, Filter, Literal, Negate, Number, Path, Union
from .values import Value, compare, is_dateish, number_of, to_boolean, to_number


@dataclass(slots=True)
class Compiler:
    """Turns expressions into closures for one set of names; `problems` collects what is sure to fail."""

    names: Names
    problems: list[str] = field(default_factory=list)

    def compile(self, tree: Expr) -> Eval:
        """A closure for `tree`; never raises, see `problems`."""
        match tree:
            case Number(value):
                return lambda _n, _s: value
            case Literal(text):
                return lambda _n, _s: text
            case Path():
                return compile_path(tree, self)
            case Filter():
                return compile_filter(tree, self)
            case Chain():
                return self._chain(tree)
            case Negate(operand):
                inner = self.compile(operand)
                return lambda n, s: -to_number(inner(n, s), s.zone)
            case Union(terms):
                return _union([self.compile(t) for t in terms])
            case Call():
                return self._call(tree)

    def _chain(self, tree: Chain) -> Eval:
        operators = {op for op, _ in tree.rest}
        terms = [self.compile(tree.first), *(self.compile(e) for _, e in tree.rest)]
        if operators == {"or"}:
            return lambda n, s: any(to_boolean(t(n, s)) for t in terms)
        if operators == {"and"}:
            return lambda n, s: all(to_boolean(t(n, s)) for t in terms)
        if len(terms) == 2:
            op, other = tree.rest[0]
            if op == "=" and isinstance(other, Literal) and not is_dateish(other.value):
                return _equals_text(terms[0], other.value)
            return _binary(op, terms[0], terms[1])
        if operators <= ARITHMETIC.keys():
            return _sum_up(terms[0], [(ARITHMETIC[op], t) for (op, _), t in zip(tree.rest, terms[1:], strict=True)])
        pairs = list(zip((op for op, _ in tree.rest), terms[1:], strict=True))

        def fold(n: Node, s: Scope) -> Value:
            return reduce(lambda left, pair: _related(pair[0], left, pair[1](n, s), s), pairs, terms[0](n, s))

        return fold

    def _call(self, tree: Call) -> Eval:
        name = self.names.function_name(tree.name)
        found = REGISTRY.get(name)
        if found is None:
            return self._failing(f"There is no function {tree.name}().")
        if not found.minimum <= len(tree.args) <= found.maximum:
            return self._failing(f"{tree.name}() takes {_arity(found)}, not {len(tree.args)}.")
        if found.build is not None:
            try:
                return found.build(tree.args, self.compile, self.names)
            except EvaluationError as error:
                return self._failing(str(error))
        return _eager(found.call, [self.compile(a) for a in tree.args])

    def _failing(self, message: str) -> Eval:
        self.problems.append(message)

        def fail(_n: Node, _s: Scope) -> Value:
            raise EvaluationError(message)

        return fail


def _arity(found: Function) -> str:
    if found.maximum >= 1000:
        return f"at least {found.minimum} arguments"
    if found.minimum == found.maximum:
        return f"{found.minimum} arguments" if found.minimum != 1 else "one argument"
    return f"{found.minimum} to {found.maximum} arguments"


def _eager(call: Callable[..., Value], args: list[Eval]) -> Eval:
    if not args:
        return lambda n, s: call(s, n)
    if len(args) == 1:
        first = args[0]
        return lambda n, s: call(s, n, first(n, s))
    if len(args) == 2:
        left, right = args
        return lambda n, s: call(s, n, left(n, s), right(n, s))
    return lambda n, s: call(s, n, *[a(n, s) for a in args])


def _union(terms: list[Eval]) -> Eval:
    def union(n: Node, s: Scope) -> Value:
        found: list[Node] = []
        for term in terms:
            value = term(n, s)
            if not isinstance(value, list):
                raise EvaluationError("Only node-sets can be joined with |.")
            found.extend(value)
        s.spend(4 * len(found))
        return in_order(found)

    return union


def _equals_text(left: Eval, text: str) -> Eval:
    """`path = 'text'`, the commonest comparison there is; neither side is a date."""

    def equals(n: Node, s: Scope) -> Value:
        value = left(n, s)
        if not isinstance(value, list):
            return compare("=", value, text, s.zone)
        if len(value) == 1:
            return value[0].string() == text
        return any(node.string() == text for node in value)

    return equals


def _binary(op: str, left: Eval, right: Eval) -> Eval:
    calculate = ARITHMETIC.get(op)
    if calculate is operator.add:
        return _sum_up(left, [(operator.add, right)])
    if calculate is not None:
        step = calculate
        return lambda n, s: step(to_number(left(n, s), s.zone), to_number(right(n, s), s.zone))
    if op in ("=", "!="):
        return lambda n, s: _related(op, left(n, s), right(n, s), s)
    return lambda n, s: _related(op, _ordinal(left(n, s)), _ordinal(right(n, s)), s)


def _related(op: str, left: Value, right: Value, s: Scope) -> Value:
    """Each Node of one set may be compared with each of the other."""
    if isinstance(left, list) or isinstance(right, list):
        many = (len(left) if isinstance(left, list) else 1) * (len(right) if isinstance(right, list) else 1)
        if many > 1:
            s.spend(many)
    return compare(op, left, right, s.zone)


def _ordinal(value: Value) -> Value:
    """A boolean in a relation counts as 0 or 1, also against a node-set (as `@getodk/xforms-engine`)."""
    return float(value) if isinstance(value, bool) else value


def _sum_up(first: Eval, rest: list[tuple[Callable[[float, float], float], Eval]]) -> Eval:
    """`a + b - c …`, left to right."""

    def calculate(n: Node, s: Scope) -> Value:
        value = first(n, s)
        total = value if value.__class__ is float else to_number(value, s.zone)
        for step, term in rest:
            value = term(n, s)
            total = step(total, value if value.__class__ is float else to_number(value, s.zone))
        return total

    def add(n: Node, s: Scope) -> Value:
        total, zone = -0.0, s.zone  # so that -0 stays -0
        for term in terms:
            value = term(n, s)
            if value.__class__ is float:
                total += value
            elif value.__class__ is list:
                total += number_of(value, zone)
            else:
                total += to_number(value, zone)
        return total

    if all(step is operator.add for step, _ in rest):
        terms = [first, *(term for _, term in rest)]
        return add

    return calculate


def divide(left: float, right: float) -> float:
    """IEEE division: n div 0 is ±Infinity, 0 div 0 is NaN."""
    if right:
        return left / right
    if left != left or left == 0 or right != right:
        return nan
    return inf * copysign(1, left) * copysign(1, right)


def modulo(left: float, right: float) -> float:
    """Remainder with the sign of the dividend; NaN where IEEE says so."""
    if right == 0 or left in (inf, -inf) or left != left or right != right:
        return nan
    return fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": modulo,
}
