"""AST to closures. What is wrong but not reached yet becomes a closure that raises, and is listed as well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce

from ..tree import Node, in_order
from .functions import REGISTRY, Function
from .paths import compile_filter, compile_path
from .scope import Eval, Names, Scope
from .syntax import Call, Chain, EvaluationError, Expr, Filter, Literal, Negate, Number, Path, Union
from .typed import ARITHMETIC, as_number, as_truth, equals_text, ordered, related
from .values import ORDER, Value, is_dateish


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
                inner = as_number(operand, self)
                return lambda n, s: -inner(n, s)
            case Union(terms):
                return _union([self.compile(t) for t in terms])
            case Call():
                return self._call(tree)

    def _chain(self, tree: Chain) -> Eval:
        operators = {op for op, _ in tree.rest}
        if operators <= {"or", "and"}:
            return as_truth(tree, self)
        if operators <= ARITHMETIC.keys():
            return as_number(tree, self)
        if len(tree.rest) == 1:
            op, other = tree.rest[0]
            if op == "=" and isinstance(other, Literal) and not is_dateish(other.value):
                return equals_text(tree.first, other.value, self)
            if op in ORDER:
                return ordered(op, tree.first, other, self)
            one, two = self.compile(tree.first), self.compile(other)
            return lambda n, s: related(op, one(n, s), two(n, s), s)
        first, pairs = self.compile(tree.first), [(op, self.compile(term)) for op, term in tree.rest]

        def fold(n: Node, s: Scope) -> Value:
            return reduce(lambda left, pair: related(pair[0], left, pair[1](n, s), s), pairs, first(n, s))

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
