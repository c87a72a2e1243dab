"""Questions about expressions that lint asks: calls, axes, patterns, dead paths, repeats used as one value."""

from collections.abc import Iterator

from .deps import Tracer
from .model import Rule, Spec
from .xpath.syntax import Call, Chain, Expr, Filter, Literal, Negate, Number, Path, Union

FAR = frozenset(
    ["ancestor", "ancestor-or-self", "following", "preceding", "following-sibling", "preceding-sibling", "namespace"]
)
_WHOLE_SETS_TEXT = """
sum count count-non-empty min max join concat indexed-repeat position area distance checklist
weighted-checklist randomize boolean not once if coalesce
"""
_WHOLE_SETS = frozenset(_WHOLE_SETS_TEXT.split())


def parts(tree: Expr) -> Iterator[Expr]:
    """Direct parts of an expression, predicates included."""
    match tree:
        case Call(_, args):
            yield from args
        case Chain(first, rest):
            yield first
            yield from (t for _, t in rest)
        case Negate(operand):
            yield operand
        case Union(terms):
            yield from terms
        case Filter(source, predicates):
            yield source
            yield from predicates
        case Path(_, start, steps):
            if start is not None:
                yield start
            yield from (p for s in steps for p in s.predicates)
        case Number() | Literal():
            return


def walk(tree: Expr) -> Iterator[Expr]:
    """The expression and everything in it."""
    stack = [tree]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(parts(here))


def calls(tree: Expr) -> Iterator[Call]:
    """All function calls."""
    return (t for t in walk(tree) if isinstance(t, Call))


def far_axes(tree: Expr) -> list[str]:
    """Axes that ODK XForms lack."""
    found = (s.axis for t in walk(tree) if isinstance(t, Path) for s in t.steps)
    return sorted({axis for axis in found if axis in FAR})


def patterns(tree: Expr) -> Iterator[str]:
    """Literal patterns of `regex()`."""
    for call in calls(tree):
        if call.name == "regex" and len(call.args) == 2 and isinstance(call.args[1], Literal):
            yield call.args[1].value


def written(path: Path) -> str:
    """A path as text, without predicates."""
    steps = "/".join(".." if s.axis == "parent" else "." if s.axis == "self" else s.test for s in path.steps)
    return f"/{steps}" if path.absolute else steps


def _plain(path: Path) -> bool:
    return path.start is None and all(s.axis in ("child", "parent", "self") for s in path.steps)


def dead_paths(rule: Rule, top: Spec) -> Iterator[str]:
    """Absolute paths outside predicates, and relative ones at the top level, that reach nothing."""
    for path in _outer_paths(rule.tree):
        if path.steps and _plain(path) and not Tracer(top, rule.spec).trace(path, [(rule.spec, rule.spec.depth)]):
            yield written(path)


def _outer_paths(tree: Expr) -> Iterator[Path]:
    """Paths whose context is the Node itself (those in predicates have another)."""
    stack = [tree]
    while stack:
        here = stack.pop()
        if isinstance(here, Path):
            yield here
        elif not isinstance(here, Filter):
            stack.extend(parts(here))


def repeated_scalars(rule: Rule, top: Spec) -> Iterator[str]:
    """Paths to all instances of a repeated Node where one value is wanted."""
    stack: list[tuple[Expr, bool]] = [(rule.tree, rule.kind not in ("choices", "count"))]
    while stack:
        here, scalar = stack.pop()
        if isinstance(here, Path):
            if scalar and _plain(here) and not any(s.predicates for s in here.steps) and _is_many(here, rule, top):
                yield written(here)
            continue
        wants = isinstance(here, (Chain, Negate)) or (isinstance(here, Call) and here.name not in _WHOLE_SETS)
        if not isinstance(here, Filter):
            stack.extend((p, wants) for p in parts(here))


def _is_many(path: Path, rule: Rule, top: Spec) -> bool:
    places = Tracer(top, rule.spec).trace(path, [(rule.spec, rule.spec.depth)], values=False)
    return any(_passes_repeat(spec, join) for spec, join in places)


def _passes_repeat(spec: Spec, join: int) -> bool:
    at: Spec | None = spec
    while at is not None and at.depth > join:
        if at.is_repeat:
            return True
        at = at.parent
    return False
