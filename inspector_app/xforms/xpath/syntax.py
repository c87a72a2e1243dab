"""The immutable AST of an expression, and the error for text that is none."""

from dataclasses import dataclass


class XPathSyntaxError(ValueError):
    """The text is not an expression; the message says where and why."""


class EvaluationError(Exception):
    """An expression that cannot be evaluated: unknown function, wrong arity, a pattern that takes too long."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function; `name` as written, prefix included."""

    name: str
    args: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one precedence, left to right: `a + b - c` is Chain(a, (("+", b), ("-", c)))."""

    first: "Expr"
    rest: tuple[tuple[str, "Expr"], ...]


@dataclass(frozen=True, slots=True)
class Negate:
    operand: "Expr"


@dataclass(frozen=True, slots=True)
class Union:
    terms: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`test` is `*`, `node()`, `text()`, `comment()`, `processing-instruction()` or a name; `target` a PI's name."""

    axis: str
    test: str
    predicates: tuple["Expr", ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the context Node, from the root (`absolute`), or from the Nodes of `start`."""

    absolute: bool
    start: "Expr | None"
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression with predicates: `(//a)[1]`."""

    source: "Expr"
    predicates: tuple["Expr", ...]


Expr = Number | Literal | Call | Chain | Negate | Union | Path | Filter
