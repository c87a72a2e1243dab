"""Indexes for predicates on long lists that never change: `[key = value]`, `[selected(value, key)]`, and more terms."""

from collections.abc import Callable
from typing import Protocol

from ..tree import Node, Row, tabulate
from .scope import Eval, Names, Scope
from .syntax import Call, Chain, Expr, Literal, Number, Path, Step
from .values import ORDER, compare, is_dateish, text_number, to_number, to_string

_INDEX_FROM = 24
"""Fewer siblings than this are scanned; more are looked up by key."""
Keep = Callable[[list[Node], Scope], list[Node]]
"""A compiled predicate."""


class ExprCompiler(Protocol):
    """What paths need of the compiler: closures for predicates, and names."""

    @property
    def names(self) -> Names: ...

    def compile(self, tree: Expr) -> Eval: ...


Look = Callable[[Node, Scope], list[Node] | None]
"""Items found through an index; None where there is none to use."""


def lookup(step: Step, compiler: ExprCompiler, keep: Callable[[Expr], Keep]) -> Look | None:
    """`item[name = /data/q]` on a long, unchanging list: an index by key instead of a scan. More terms filter on."""
    if len(step.predicates) != 1 or step.test[-1] in "*)":
        return None
    key = compiler.names.element_key(step.test)
    predicate = step.predicates[0]
    terms = _conjuncts(predicate)
    looks = [(term, found) for term in terms if (found := _look(key, term, compiler)) is not None]
    if not looks or (len(terms) > 1 and _is_positional(predicate)):
        return None
    if len(terms) == 1:
        return looks[0][1]
    keeps = [(term, keep(term)) for term in terms]

    def look_and_filter(parent: Node, s: Scope) -> list[Node] | None:
        reached = [
            (len(items), i, items) for i, (_, look) in enumerate(looks) if (items := look(parent, s)) is not None
        ]
        if not reached:
            return None
        _, chosen, found = min(reached, key=lambda r: r[:2])
        for term, keep_it in keeps:
            found = found if term is looks[chosen][0] else keep_it(found, s)
        return found

    return look_and_filter


def _conjuncts(tree: Expr) -> tuple[Expr, ...]:
    if isinstance(tree, Chain) and all(op == "and" for op, _ in tree.rest):
        return (tree.first, *(term for _, term in tree.rest))
    return (tree,)


def _is_positional(tree: Expr) -> bool:
    """Does it ask for a place in the list, or is a term a number (which is one)?"""
    return "'position'" in repr(tree) or "'last'" in repr(tree) or any(isinstance(t, Number) for t in _conjuncts(tree))


def _look(key: str, term: Expr, compiler: ExprCompiler) -> Look | None:
    """The index for `column = value`, `value = column` or `selected(value, column)`; the value the same for all."""
    match term:
        case Chain(first, (("=", other),)):
            pairs = [(first, other), (other, first)]
        case Call("selected", (value, option)):
            pairs = [(option, value)]
        case _:
            return None
    for side, other in pairs:
        column = _column(side, compiler.names)
        if column is not None and _independent(other):
            wanted = compiler.compile(other)
            return _equal_look(key, column, wanted) if isinstance(term, Chain) else _selected_look(key, column, wanted)
    return None


def _equal_look(key: str, column: str, wanted: Eval) -> Look:
    def look(parent: Node, s: Scope) -> list[Node] | None:
        if not _is_indexed(parent, key):
            return None
        value = wanted(parent, s)
        texts = [n.string() for n in value] if isinstance(value, list) else [value]
        if len(texts) != 1 or not isinstance(texts[0], str) or is_dateish(texts[0]):
            return [] if not texts else None
        return _table(parent, key, column).get(texts[0], [])

    return look


def _selected_look(key: str, column: str, wanted: Eval) -> Look:
    def look(parent: Node, s: Scope) -> list[Node] | None:
        options = to_string(wanted(parent, s)).split()
        if not options or not _is_indexed(parent, key):
            return None
        table = _table(parent, key, column)
        if any(text != text.strip() for text in table):
            return None
        found = [item for option in dict.fromkeys(options) for item in table.get(option, ())]
        if len(options) == 1:
            return found
        kept = set(map(id, found))
        return [item for item in parent.named(key) if id(item) in kept]

    return look


def _is_indexed(parent: Node, key: str) -> bool:
    return parent.lookups is not None and len(parent.named(key)) >= _INDEX_FROM


def _table(parent: Node, key: str, column: str) -> dict[str, list[Node]]:
    lookups = parent.lookups if parent.lookups is not None else {}
    table = lookups.get((key, column))
    if table is None:
        table = lookups[key, column] = tabulate(parent.named(key), column)
    return table


def _column(tree: Expr, names: Names) -> str | None:
    if isinstance(tree, Path) and not tree.absolute and tree.start is None and len(tree.steps) == 1:
        step = tree.steps[0]
        if step.axis == "child" and not step.predicates and step.test[-1] not in "*)":
            return names.element_key(step.test)
    return None


def _independent(tree: Expr) -> bool:
    """Has the same value for every item: absolute, `current()`-rooted or literal."""
    match tree:
        case Literal():
            return True
        case Path(absolute=True):
            return True
        case Path(start=Call(name="current")):
            return all(not s.predicates for s in tree.steps)
        case _:
            return False


def comparison(tree: Expr, compiler: ExprCompiler) -> Keep | None:
    """`[column < value]` on rows: a value that is the same for all of them is asked for once."""
    if not isinstance(tree, Chain) or len(tree.rest) != 1:
        return None
    op, other = tree.rest[0]
    if op not in ORDER:
        return None
    for side, limit, way in ((tree.first, other, op), (other, tree.first, _TURNED[op])):
        column = _column(side, compiler.names)
        if column is not None and _is_same_for_all(limit):
            return _ordered_keep(column, way, compiler.compile(limit))
    return None


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _is_same_for_all(tree: Expr) -> bool:
    if isinstance(tree, Chain):
        return all(_is_same_for_all(t) for t in (tree.first, *(t for _, t in tree.rest)))
    return isinstance(tree, Number) or _independent(tree)


def _ordered_keep(column: str, op: str, wanted: Eval) -> Keep:
    holds = ORDER[op]

    def keep(nodes: list[Node], s: Scope) -> list[Node]:
        if not nodes:
            return nodes
        s.spend(3 * len(nodes))
        value = wanted(nodes[0], s)
        if isinstance(value, list) and len(value) != 1:
            texts = [n.string() for n in value]
            return [n for n in nodes if any(compare(op, t, w, s.zone) for t in _texts(n, column) for w in texts)]
        limit, zone = to_number(value, s.zone), s.zone
        return [n for n in nodes if any(holds(text_number(t, zone), limit) for t in _texts(n, column))]

    return keep


def _texts(item: Node, column: str) -> list[str]:
    if isinstance(item, Row):
        text = item.cell(column)
        return [] if text is None else [text]
    return [cell.string() for cell in item.named(column)]
