"""Booleans, choices between values, and checklists."""

from collections.abc import Callable

from ...tree import Node
from ..scope import Eval, Names, Scope
from ..syntax import Expr
from ..values import Value, to_boolean, to_number, to_string
from .registry import MANY, Function


def _if(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], _names: Names) -> Eval:
    test, yes, no = map(compile_, args)
    return lambda n, s: yes(n, s) if to_boolean(test(n, s)) else no(n, s)


def _coalesce(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], _names: Names) -> Eval:
    terms = [compile_(a) for a in args]

    def first_filled(n: Node, s: Scope) -> Value:
        text = ""
        for term in terms:
            text = to_string(term(n, s))
            if text not in ("", "NaN"):
                return text
        return "" if text == "NaN" else text

    return first_filled


def _once(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], _names: Names) -> Eval:
    inner = compile_(args[0])

    def stored_or_new(n: Node, s: Scope) -> Value:
        stored = n.string()
        if stored:
            return stored
        value = to_string(inner(n, s))
        return "" if value == "NaN" else value

    return stored_or_new


def _true(_s: Scope, _n: Node) -> Value:
    return True


def _false(_s: Scope, _n: Node) -> Value:
    return False


def _boolean(_s: Scope, _n: Node, value: Value) -> Value:
    return to_boolean(value)


def _from_string(_s: Scope, _n: Node, value: Value) -> Value:
    return to_string(value) in ("true", "1")


def _not(_s: Scope, _n: Node, value: Value) -> Value:
    return not to_boolean(value)


def _spread(value: Value) -> list[Value]:
    return [n.string() for n in value] if isinstance(value, list) else [value]


def _within(s: Scope, score: float, low: Value, high: Value) -> bool:
    least, most = to_number(low, s.zone), to_number(high, s.zone)
    return (least < 0 or score >= least) and (most < 0 or score <= most)


def _checklist(s: Scope, _n: Node, low: Value, high: Value, *v: Value) -> Value:
    answers = [a for value in v for a in _spread(value)]
    return _within(s, float(sum(map(to_boolean, answers))), low, high)


def _weighted(s: Scope, _n: Node, low: Value, high: Value, *v: Value) -> Value:
    score = 0.0
    for answer, weight in zip(v[::2], v[1::2], strict=False):
        for a, w in zip(_spread(answer), _spread(weight), strict=False):
            score += to_number(w, s.zone) if to_boolean(a) else 0.0
    return _within(s, score, low, high)


FUNCTIONS = (
    Function("if", 3, 3, build=_if),
    Function("coalesce", 1, MANY, build=_coalesce),
    Function("once", 1, 1, build=_once),
    Function("true", 0, 0, _true),
    Function("false", 0, 0, _false),
    Function("boolean", 1, 1, _boolean),
    Function("boolean-from-string", 1, 1, _from_string),
    Function("not", 1, 1, _not),
    Function("checklist", 3, MANY, _checklist),
    Function("weighted-checklist", 4, MANY, _weighted),
)
