"""Node-sets: counting, positions, other instances, repeats by index, and random order."""

import hashlib
from collections.abc import Callable
from math import isfinite, trunc

from ...tree import ELEMENT, Node, in_order, tabulate
from ..scope import Eval, Names, Scope
from ..syntax import EvaluationError, Expr, Path
from ..values import Value, parse_number, to_number, to_string
from .registry import Function

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MODULUS = 2_147_483_647


def as_nodes(value: Value, function: str) -> list[Node]:
    """`value` as a node-set, or an EvaluationError naming the function."""
    if not isinstance(value, list):
        raise EvaluationError(f"{function}() needs a node-set.")
    return value


def _count(_s: Scope, _n: Node, value: Value) -> Value:
    return float(len(as_nodes(value, "count")))


def _count_filled(s: Scope, _n: Node, value: Value) -> Value:
    nodes = as_nodes(value, "count-non-empty")
    s.spend(len(nodes))
    return float(sum(bool(n.string()) for n in nodes))


def _position(s: Scope, _n: Node, *v: Value) -> Value:
    if not v:
        return float(s.position)
    nodes = as_nodes(v[0], "position")
    if not nodes or nodes[0].parent is None or nodes[0].kind != ELEMENT:
        return 1.0
    siblings = nodes[0].parent.named(nodes[0].key)
    return float(siblings.index(nodes[0]) + 1) if nodes[0] in siblings else 1.0


def _last(s: Scope, _n: Node) -> Value:
    return float(s.size)


def _instance(s: Scope, _n: Node, ident: Value) -> Value:
    found = s.instance(to_string(ident))
    return [found] if found is not None else []


def _current(s: Scope, _n: Node) -> Value:
    return [s.current]


def _first(n: Node, v: tuple[Value, ...], function: str) -> Node | None:
    if not v:
        return n
    nodes = as_nodes(v[0], function)
    return nodes[0] if nodes else None


def _name(_s: Scope, n: Node, *v: Value) -> Value:
    node = _first(n, v, "name")
    if node is None:
        return ""
    return f"{node.prefix}:{node.local}" if node.prefix else node.local


def _local_name(_s: Scope, n: Node, *v: Value) -> Value:
    node = _first(n, v, "local-name")
    return node.local if node is not None else ""


def _namespace(_s: Scope, n: Node, *v: Value) -> Value:
    node = _first(n, v, "namespace-uri")
    return node.ns if node is not None else ""


def _id(s: Scope, n: Node, value: Value) -> Value:
    texts = [x.string() for x in value] if isinstance(value, list) else [to_string(value)]
    wanted = {word for text in texts for word in text.split()}
    s.spend(1000)
    nodes = [x for x in n.root().descendants() if x.kind == ELEMENT and x.attribute("id") in wanted]
    return in_order(nodes)


def _lang(_s: Scope, n: Node, value: Value) -> Value:
    wanted = to_string(value).lower()
    node: Node | None = n
    while node is not None:
        found = next((a.text for a in node.attributes if a.key == _XML_LANG), None)
        if found is not None:
            return found.lower() == wanted or found.lower().startswith(wanted + "-")
        node = node.parent
    return False


def _randomize(s: Scope, _n: Node, value: Value, *seed: Value) -> Value:
    """Fisher–Yates from the inside out; with a seed by Park–Miller's generator: the same order as peers."""
    nodes = as_nodes(value, "randomize")
    s.spend(len(nodes))
    draw = _park_miller(seed_number(to_string(seed[0]))) if seed else s.randomness.random
    shuffled: list[Node] = []
    for i, node in enumerate(nodes):
        j = int(draw() * (i + 1))
        shuffled.append(node)
        shuffled[i], shuffled[j] = shuffled[j], node
    return shuffled


def seed_number(text: str) -> int:
    """A number's whole part; other text by the first 8 bytes of its SHA-256; blank is 0."""
    number = parse_number(text)
    if isfinite(number):
        return trunc(number)
    if not text.strip() or text in ("NaN", "Infinity", "-Infinity"):
        return 0
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big", signed=True)


def _park_miller(seed: int) -> Callable[[], float]:
    state = seed % _MODULUS if seed >= 0 else -(-seed % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1

    def draw() -> float:
        nonlocal state
        state = state * 16807 % _MODULUS
        return (state - 1) / (_MODULUS - 1)

    return draw


def _pulldata(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], names: Names) -> Eval:
    """`pulldata(instance, column, key column, key)`, through an index of the key column."""
    instance, column, key_column, key = map(compile_, args)

    def pull(n: Node, s: Scope) -> Value:
        source = s.instance(to_string(instance(n, s)))
        wanted = to_string(key(n, s))
        if source is None or not wanted:
            return ""
        root = next(iter(source.named("root")), source)
        keys = to_string(key_column(n, s))
        for item in lookup(root, "item", keys).get(wanted, ()):
            return to_string(item.named(to_string(column(n, s))))
        return ""

    return pull


def lookup(root: Node, key: str, column: str) -> dict[str, list[Node]]:
    """Items of `root` by the text of one column; kept on `root` where its tree never changes."""
    if root.lookups is not None and (key, column) in root.lookups:
        return root.lookups[key, column]
    table = tabulate(root.named(key), column)
    if root.lookups is not None:
        root.lookups[key, column] = table
    return table


def _indexed_repeat(args: tuple[Expr, ...], compile_: Callable[[Expr], Eval], names: Names) -> Eval:
    """Walks the generic path of the target, taking the given instance at each repeat named."""
    paths = [a for a in (args[0], *args[1::2])]
    indexes = [compile_(a) for a in args[2::2]]
    if len(args) % 2 == 0 or not all(isinstance(p, Path) for p in paths):
        raise EvaluationError("indexed-repeat() takes a path, then pairs of repeat and index.")
    routes = [_route(p, names) for p in paths if isinstance(p, Path)]

    def run(n: Node, s: Scope) -> Value:
        here: list[Node] | None = None
        if not all(absolute for absolute, _, _ in routes):
            here = _line(n, s.root)
        target, *repeats = [_absolute(r, here or []) for r in routes]
        wanted = {tuple(r): to_number(i(n, s), s.zone) for r, i in zip(repeats, indexes, strict=True)}
        return _walk(s.root, target, wanted, {id(x) for x in (here or _line(n, s.root))})

    return run


Route = tuple[bool, int, list[str]]
"""Absolute?, steps up, names down."""


def _route(path: Path, names: Names) -> Route:
    ups = sum(s.axis == "parent" for s in path.steps)
    down = [names.element_key(s.test) for s in path.steps if s.axis == "child"]
    return path.absolute, ups, down


def _line(node: Node, root: Node) -> list[Node]:
    """`node` and its ancestors below `root`, topmost first."""
    line: list[Node] = []
    at: Node | None = node
    while at is not None and at is not root:
        line.append(at)
        at = at.parent
    return line[::-1]


def _absolute(route: Route, here: list[Node]) -> list[str]:
    absolute, ups, down = route
    if absolute:
        return down
    keys = [n.key for n in here]
    return [*keys[: max(len(keys) - ups, 0)], *down]


def _walk(root: Node, target: list[str], wanted: dict[tuple[str, ...], float], own: set[int]) -> list[Node]:
    nodes = [root]
    for depth, key in enumerate(target, 1):
        index = wanted.get(tuple(target[:depth]))
        found: list[Node] = []
        for node in nodes:
            named = node.named(key)
            if index is not None:
                at = int(index) if isfinite(index) else 0
                found.extend(named[at - 1 : at] if at > 0 else [])
            else:
                found.extend([c for c in named if id(c) in own] or named if depth < len(target) else named)
        nodes = found
    return nodes


FUNCTIONS = (
    Function("count", 1, 1, _count),
    Function("count-non-empty", 1, 1, _count_filled),
    Function("position", 0, 1, _position),
    Function("last", 0, 0, _last, portable=False),
    Function("instance", 1, 1, _instance),
    Function("current", 0, 0, _current),
    Function("randomize", 1, 2, _randomize),
    Function("name", 0, 1, _name, portable=False),
    Function("local-name", 0, 1, _local_name, portable=False),
    Function("namespace-uri", 0, 1, _namespace, portable=False),
    Function("id", 1, 1, _id, portable=False),
    Function("lang", 1, 1, _lang, portable=False),
    Function("pulldata", 4, 4, build=_pulldata),
    Function("indexed-repeat", 3, 7, build=_indexed_repeat),
)
