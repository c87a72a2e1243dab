"""An AST as text again, questions as ${name}."""

from ..xpath.syntax import Call, Chain, Expr, Filter, Literal, Negate, Number, Path, Step, Union
from ..xpath.values import number_text


def show(tree: Expr) -> str:
    """The expression as an author writes it."""
    match tree:
        case Number(value):
            return number_text(value)
        case Literal(text):
            return f"'{text}'"
        case Call(name, args):
            return f"{name}({', '.join(map(show, args))})"
        case Chain(first, rest):
            return " ".join([_inner(first), *(f"{op} {_inner(term)}" for op, term in rest)])
        case Negate(operand):
            return f"-{_inner(operand)}"
        case Union(terms):
            return " | ".join(map(show, terms))
        case Filter(source, predicates):
            return _inner(source) + _predicates(predicates)
        case Path():
            return _path(tree)


def _inner(tree: Expr) -> str:
    return f"({show(tree)})" if isinstance(tree, Chain) else show(tree)


def _predicates(predicates: tuple[Expr, ...]) -> str:
    return "".join(f"[{show(p)}]" for p in predicates)


def _path(path: Path) -> str:
    plain = all(s.axis in ("child", "parent", "self") and not s.predicates for s in path.steps)
    last = path.steps[-1] if path.steps else None
    if plain and last is not None and path.start is None and last.axis == "child" and len(path.steps) > 1:
        return f"${{{last.test}}}"
    start = show(path.start) if path.start is not None else ""
    lead = "/" if path.absolute or path.start is not None else ""
    return start + lead + "/".join(map(_step, path.steps))


def _step(step: Step) -> str:
    if step.axis == "parent" and step.test == "node()":
        name = ".."
    elif step.axis == "self" and step.test == "node()":
        name = "."
    else:
        prefix = {"child": "", "attribute": "@"}.get(step.axis, f"{step.axis}::")
        name = prefix + step.test
    return name + _predicates(step.predicates)
