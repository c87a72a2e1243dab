"""Selected options and texts in the active language."""

from collections.abc import Callable

from ...tree import Node
from ..scope import Eval, Names, Scope
from ..syntax import Expr
from ..values import Value, to_number, to_string
from .registry import Function


def _selected(_s: Scope, _n: Node, value: Value, option: Value) -> Value:
    """`selected('', '')` is true."""
    wanted = to_string(option).strip()
    options = to_string(value).split()
    return wanted in options if options or wanted else True


def _selected_at(s: Scope, _n: Node, value: Value, index: Value) -> Value:
    options = to_string(value).split()
    at = to_number(index, s.zone)
    return options[int(at)] if 0 <= at < len(options) else ""


def _count_selected(_s: Scope, _n: Node, value: Value) -> Value:
    return float(len(to_string(value).split()))


def _itext(s: Scope, _n: Node, ident: Value) -> Value:
    return s.itext(to_string(ident))


def _choice_name(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], _names: Names) -> Eval:
    """The second argument is a path in a string; the Session resolves it."""
    value, path = map(compile_, args)
    return lambda n, s: s.choice_name(to_string(value(n, s)), to_string(path(n, s)), n)


FUNCTIONS = (
    Function("selected", 2, 2, _selected),
    Function("selected-at", 2, 2, _selected_at),
    Function("count-selected", 1, 1, _count_selected),
    Function("jr:itext", 1, 1, _itext),
    Function("jr:choice-name", 2, 2, build=_choice_name),
)
