"""Location paths as closures: axes, name tests, predicates, and shortcuts for the common plain child path."""

from collections.abc import Callable, Iterator

from ..tree import ATTRIBUTE, COMMENT, ELEMENT, INSTRUCTION, ROOT, TEXT, Node, in_order
from .lookups import ExprCompiler, Keep, comparison, lookup
from .scope import Eval, Names, Scope
from .syntax import EvaluationError, Expr, Filter, Number, Path, Step
from .values import Value, to_boolean

Walk = Callable[[Node, Scope], list[Node]]
_KINDS = {"text()": TEXT, "comment()": COMMENT, "processing-instruction()": INSTRUCTION}
_ORDERLY = frozenset(["child", "attribute", "self"])


def compile_path(path: Path, compiler: ExprCompiler) -> Eval:
    """Nodes that `path` reaches, in document order without repeats."""
    keys = _plain_children(path, compiler.names)
    if keys is not None:
        return _child_walk(path.absolute, keys)
    start = _start(path, compiler)
    steps = [_compile_step(s, compiler) for s in path.steps]
    orderly = all(s.axis in _ORDERLY for s in path.steps) or (
        len(path.steps) == 1 and path.start is None and not path.steps[0].axis.startswith(("ancestor", "preceding"))
    )
    climbs = path.start is None and _climbs_then_descends(path)

    def walk(n: Node, s: Scope) -> Value:
        nodes = start(n, s)
        for step in steps:
            nodes = step(nodes, s)
            if not nodes:
                return nodes
        if orderly or climbs or len(nodes) < 2:
            return nodes
        s.spend(4 * len(nodes))
        return in_order(nodes)

    return walk


def _climbs_then_descends(path: Path) -> bool:
    """`../../a/b`: one Node up, then orderly down, so nothing needs sorting."""
    axes = [s.axis for s in path.steps]
    while axes and axes[0] in ("parent", "self"):
        axes.pop(0)
    return all(a in _ORDERLY for a in axes)


def _start(path: Path, compiler: ExprCompiler) -> Callable[[Node, Scope], list[Node]]:
    if path.absolute:
        return lambda _n, s: [s.root]
    if path.start is None:
        return lambda n, _s: [n]
    source = compiler.compile(path.start)

    def nodes(n: Node, s: Scope) -> list[Node]:
        value = source(n, s)
        if not isinstance(value, list):
            raise EvaluationError("Only a node-set can be followed by a path.")
        return value

    return nodes


def _plain_children(path: Path, names: Names) -> list[str] | None:
    """Keys of a path of named child steps and leading `..`; a climb is the key `..`, nothing else qualifies."""
    if path.start is not None or not path.steps:
        return None
    keys: list[str] = []
    if path.steps == (Step("self", "node()"),) and not path.absolute:
        return keys
    for step in path.steps:
        if step.predicates:
            return None
        if step.axis == "parent" and step.test == "node()" and not path.absolute and set(keys) <= {".."}:
            keys.append("..")
        elif step.axis == "child" and step.test[-1] not in "*)":
            keys.append(names.element_key(step.test))
        else:
            return None
    return keys


def steady_key(path: Path, names: Names) -> str | None:
    """Where `Scope.reached` remembers what a plain absolute path leads to; None for any other path."""
    keys = _plain_children(path, names) if path.absolute else None
    return None if keys is None else "/".join(keys)


def _child_walk(absolute: bool, keys: list[str]) -> Eval:
    climbs = sum(k == ".." for k in keys)
    names = keys[climbs:]
    if absolute:
        return _remembered_walk(names)
    if not keys:
        return lambda n, _s: [n]

    def walk(n: Node, s: Scope) -> Value:
        node: Node | None = n
        for _ in range(climbs):
            node = node.parent if node is not None else None
        return _down(node, names, s) if node is not None else []

    return walk


def _remembered_walk(names: list[str]) -> Eval:
    """Where an absolute path leads is remembered until repeat instances come or go."""
    key = "/".join(names)

    def walk(_n: Node, s: Scope) -> Value:
        found = s.reached.get(key)
        if found is None:
            found = s.reached[key] = _down(s.root, names, s)
        return found

    return walk


def _down(node: Node, names: list[str], s: Scope) -> list[Node]:
    """Children by name, then theirs; with one Node a level (the common case) nothing is copied."""
    nodes = [node]
    for key in names:
        if len(nodes) != 1:
            s.spend(len(nodes))
            nodes = [c for p in nodes for c in p.named(key)]
            continue
        index = nodes[0].index
        nodes = nodes[0].named(key) if index is None else index.get(key, _NO_NODES)
    return nodes


_NO_NODES: list[Node] = []


def compile_filter(tree: Filter, compiler: ExprCompiler) -> Eval:
    """`(expr)[predicate]`: positions count in document order over the whole set."""
    source = compiler.compile(tree.source)
    keeps = [_compile_predicate(p, compiler) for p in tree.predicates]

    def run(n: Node, s: Scope) -> Value:
        nodes = source(n, s)
        if not isinstance(nodes, list):
            raise EvaluationError("Only a node-set can have predicates.")
        for keep in keeps:
            nodes = keep(nodes, s)
        return nodes

    return run


def _compile_step(step: Step, compiler: ExprCompiler) -> Callable[[list[Node], Scope], list[Node]]:
    walk = _axis_walk(step, compiler.names)
    keeps = [_compile_predicate(p, compiler) for p in step.predicates]
    quick_look = (
        lookup(step, compiler, lambda term: _compile_predicate(term, compiler)) if step.axis == "child" else None
    )

    def run(nodes: list[Node], s: Scope) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            if quick_look is not None and (quick := quick_look(node, s)) is not None:
                found.extend(quick)
                continue
            reached = walk(node, s)
            for keep in keeps:
                reached = keep(reached, s)
            found.extend(reached)
        return found

    return run


def _axis_walk(step: Step, names: Names) -> Walk:
    axis, test = step.axis, step.test
    if axis == "child" and test[-1] not in "*)":
        key = names.element_key(test)
        return lambda node, _s: node.named(key)
    accept = _node_test(step, names)
    axis_of = _AXES[axis]

    def walk(node: Node, s: Scope) -> list[Node]:
        reached = axis_of(node)
        if not isinstance(reached, list):
            reached = list(reached)
        s.spend(len(reached))
        return [c for c in reached if accept(c)]

    return walk


def _node_test(step: Step, names: Names) -> Callable[[Node], bool]:
    test = step.test
    principal = ATTRIBUTE if step.axis == "attribute" else ELEMENT
    if test == "node()":
        return lambda _n: True
    if test == "*":
        return lambda n: n.kind == principal
    if test in _KINDS:
        kind, target = _KINDS[test], step.target
        return lambda n: n.kind == kind and (not target or n.local == target)
    if test.endswith(":*"):
        uri = names.prefixes.get(test[:-2], "")
        return lambda n: n.kind == principal and n.ns == uri
    if principal == ATTRIBUTE:
        key = names.attribute_key(test)
        return lambda n: n.kind == ATTRIBUTE and n.key == key
    key = names.element_key(test)
    return lambda n: n.kind == ELEMENT and (n.key == key or f"{{{n.ns}}}{n.local}" == key)


def _ancestors(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _siblings(node: Node) -> list[Node]:
    if node.parent is None or node.kind == ATTRIBUTE:
        return []
    return node.parent.children


def _following_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[siblings.index(node) + 1 :] if node in siblings else []


def _preceding_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[: siblings.index(node)][::-1] if node in siblings else []


def _with_descendants(node: Node) -> Iterator[Node]:
    yield node
    yield from node.descendants()


def _following(node: Node) -> Iterator[Node]:
    if node.kind == ATTRIBUTE and node.parent is not None:
        yield from node.parent.descendants()
        node = node.parent
    for ancestor in (node, *_ancestors(node)):
        for sibling in _following_siblings(ancestor):
            yield from _with_descendants(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind == ATTRIBUTE and node.parent is not None:
        node = node.parent
    for ancestor in (node, *_ancestors(node)):
        for sibling in _preceding_siblings(ancestor):
            yield from reversed(list(_with_descendants(sibling)))


def _children(node: Node) -> list[Node]:
    if not node.children and node.text and node.kind == ELEMENT:
        text = Node(TEXT, text=node.text)
        text.parent = node
        return [text]
    return node.children


_AXES: dict[str, Callable[[Node], list[Node] | Iterator[Node]]] = {
    "child": _children,
    "parent": lambda n: [n.parent] if n.parent is not None else [],
    "self": lambda n: [n],
    "attribute": lambda n: n.attributes,
    "descendant": Node.descendants,
    "descendant-or-self": _with_descendants,
    "ancestor": _ancestors,
    "ancestor-or-self": lambda n: iter((n, *_ancestors(n))),
    "following": _following,
    "preceding": _preceding,
    "following-sibling": _following_siblings,
    "preceding-sibling": _preceding_siblings,
    "namespace": lambda _n: [],
}


def _compile_predicate(tree: Expr, compiler: ExprCompiler) -> Keep:
    if isinstance(tree, Number):
        index = int(tree.value) if tree.value == int(tree.value) else 0
        return lambda nodes, _s: nodes[index - 1 : index] if index > 0 else []
    quick = comparison(tree, compiler)
    if quick is not None:
        return quick
    test = compiler.compile(tree)

    def keep(nodes: list[Node], s: Scope) -> list[Node]:
        outer = s.position, s.size
        s.size = len(nodes)
        s.spend(3 * s.size)
        kept = []
        for position, node in enumerate(nodes, 1):
            s.position = position
            value = test(node, s)
            if value == position if isinstance(value, float) else to_boolean(value):
                kept.append(node)
            s.size = len(nodes)
        s.position, s.size = outer
        return kept

    return keep


__all__ = ["ROOT", "compile_filter", "compile_path"]
