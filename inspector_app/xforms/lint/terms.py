"""Reads comparisons: which value is compared with what, once constants are folded and references resolved."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC
from math import isnan

from ..deps import Tracer
from ..model import Spec
from ..tree import ROOT, Node
from ..uses import walk
from ..xpath.compile import Compiler
from ..xpath.scope import Names, Scope
from ..xpath.syntax import Call, Chain, EvaluationError, Expr, Filter, Literal, Negate, Number, Path, Union
from ..xpath.values import NAN, Value, is_dateish, parse_number, to_number

_UNSTEADY_TEXT = """
today now random uuid once position last instance current pulldata indexed-repeat randomize jr:itext jr:choice-name
id lang name local-name namespace-uri string number string-length normalize-space
"""
_UNSTEADY = frozenset(_UNSTEADY_TEXT.split())
_CHANGING = frozenset(["random", "uuid", "randomize", "once"])
Key = Hashable
"""What identifies a value: a question's path, or an expression in its context."""


@dataclass(frozen=True, slots=True)
class Term:
    """`key + offset`, or a constant where `key` is None. `spec` where it is a question's own value."""

    key: Key | None
    offset: float = 0.0
    spec: Spec | None = None


def constant(tree: Expr) -> Value | None:
    """The value of an expression without references or surroundings, None for any other."""
    for part in walk(tree):
        if isinstance(part, (Path, Filter, Union)) or (isinstance(part, Call) and not _is_steady(part)):
            return None
    compiler = Compiler(Names({}))
    run = compiler.compile(tree)
    if compiler.problems:
        return None
    document = Node(ROOT)
    try:
        return run(document, Scope(document, document))
    except (EvaluationError, RecursionError, ValueError, OverflowError):
        return None


def _is_steady(call: Call) -> bool:
    return call.name not in _UNSTEADY or (call.name in ("string", "number", "string-length") and bool(call.args))


Memo = dict[tuple[str, int, Spec | None], tuple[Expr, object]]
"""Results by what was asked, the identity of the expression (kept alive beside its result) and the context."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Resolves expressions of one question; with a shared `memo` each only once."""

    top: Spec
    context: Spec
    memo: Memo = field(default_factory=dict)

    def target(self, tree: Expr) -> Spec | None:
        """The one question a path means, always the same Node as seen from the context; None for anything else."""
        if not isinstance(tree, Path):
            return None
        known = self.memo.get(("target", id(tree), self.context))
        if known is None:
            known = self.memo["target", id(tree), self.context] = tree, self._target(tree)
        return known[1]  # type: ignore[return-value]

    def _target(self, tree: Expr) -> Spec | None:
        if not isinstance(tree, Path) or any(s.predicates for s in tree.steps):
            return None
        if tree.start is not None and tree.start != Call("current", ()):
            return None
        places = Tracer(self.top, self.context).trace(tree, [(self.context, self.context.depth)], values=False)
        if len(places) != 1 or not places[0][0].is_leaf or _passes_repeat(*places[0]):
            return None
        return places[0][0]

    def anything(self, tree: Expr) -> Spec | None:
        """What a path leads to, a group or a repeat included; None where it leads nowhere."""
        places = Tracer(self.top, self.context).trace(tree, [(self.context, self.context.depth)], values=False)
        return places[0][0] if places else None

    @staticmethod
    def is_number(text: str) -> bool:
        """Arithmetic can use this text: a number or a date."""
        return not isnan(_number(text)) or (is_dateish(text) and not isnan(to_number(text, UTC)))

    def key(self, tree: Expr) -> Key | None:
        """What identifies a single value; None where it may be many, or another each time."""
        spec = self.target(tree)
        if spec is not None:
            return spec.path
        if isinstance(tree, (Path, Filter, Union, Literal, Number)) or not _is_settled(tree):
            return None
        if isinstance(tree, Call):
            own = [self.key(a) for a in tree.args]
            if tree.name in ("today", "now") or (own and all(own) and tree.name in _OF_ONE):
                return (tree.name, *own)
        return (self.context.path, tree)

    def constant(self, tree: Expr) -> Value | None:
        """The value of an expression without references or surroundings, None for any other."""
        known = self.memo.get(("constant", id(tree), None))
        if known is None:
            known = self.memo["constant", id(tree), None] = tree, constant(tree)
        return known[1]  # type: ignore[return-value]

    def term(self, tree: Expr) -> Term | None:
        """A number as key and offset."""
        value = self.constant(tree)
        if value is not None:
            number = _number(value)
            return Term(None, number) if number == number else None
        match tree:
            case Chain(first, ((op, second),)) if op in ("+", "-"):
                return self._shifted(op, first, second)
            case Call("number" | "decimal-date-time" | "date", (inner,)):
                return self.term(inner)
            case Negate():
                return None
        key = self.key(tree)
        return Term(key, 0.0, self.target(tree)) if key is not None else None

    def _shifted(self, op: str, first: Expr, second: Expr) -> Term | None:
        left, right = self.term(first), self.term(second)
        if left is not None and right is not None and right.key is None:
            return Term(left.key, left.offset + (right.offset if op == "+" else -right.offset))
        if left is not None and right is not None and left.key is None and op == "+":
            return Term(right.key, left.offset + right.offset)
        key = self.key(Chain(first, ((op, second),)))
        return Term(key) if key is not None else None


_OF_ONE = frozenset(["string-length", "count-selected", "abs", "int", "round", "floor", "ceiling", "normalize-space"])


def _is_settled(tree: Expr) -> bool:
    return not any(isinstance(t, Call) and t.name in _CHANGING for t in walk(tree))


def _number(value: Value) -> float:
    if isinstance(value, str):
        text = value.strip()
        if is_dateish(text) and len(text) == 10:
            return to_number(text, UTC)
        return parse_number(text)
    return float(value) if isinstance(value, (int, float)) else NAN


def _passes_repeat(spec: Spec, join: int) -> bool:
    at: Spec | None = spec
    while at is not None and at.depth > join:
        if at.is_repeat:
            return True
        at = at.parent
    return False
