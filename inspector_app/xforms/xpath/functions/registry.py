"""What a function of the expression language is: name, arity, how it is called, and whether peers have it."""

from collections.abc import Callable
from dataclasses import dataclass

from ..scope import Eval, Names
from ..syntax import Expr
from ..values import Value

MANY = 1_000_000
Call = Callable[..., Value]
"""Eager: (scope, context Node, *values) → value."""
Build = Callable[[tuple[Expr, ...], Callable[[Expr], Eval], Names], Eval]
"""For functions that must see their arguments unevaluated: lazy ones, and those that read paths."""


def _never(*_: object) -> Value:
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Function:
    """One entry of the registry; `portable` is False where ODK's other clients lack it."""

    name: str
    minimum: int
    maximum: int
    call: Call = _never
    build: Build | None = None
    portable: bool = True
