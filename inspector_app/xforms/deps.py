"""Which expressions a change re-runs: static paths over the definition, ranks, and calculations that go in circles."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from .model import Link, Rule, Spec
from .problems import FormError
from .xpath.parser import parse
from .xpath.syntax import Call, Chain, Expr, Filter, Literal, Negate, Number, Path, Step, Union, XPathSyntaxError

Place = tuple[Spec, int]
"""A Spec and the depth of the lowest common ancestor with the context ("join")."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`spec` is read. `elsewhere`: perhaps in another repeat instance, so reading oneself is no circle."""

    spec: Spec
    join: int
    elsewhere: bool = False
    after: bool = False
    shift: int | None = None


@dataclass(slots=True)
class Tracer:
    """Walks one expression of `context`, collecting what it reads."""

    top: Spec
    context: Spec
    found: list[Reference] = field(default_factory=list)
    selects: list[Spec] = field(default_factory=list)

    def trace(self, tree: Expr, here: list[Place], *, values: bool = True) -> list[Place]:
        """Places a node-set expression yields; `values` False where only the Nodes' existence counts."""
        match tree:
            case Number() | Literal():
                return []
            case Negate(operand):
                self.trace(operand, here)
            case Chain(first, rest):
                self.trace(first, here)
                for _, term in rest:
                    self.trace(term, here)
            case Union(terms):
                return [p for t in terms for p in self.trace(t, here, values=values)]
            case Call():
                return self._call(tree, here, values=values)
            case Path():
                return self._path(tree, here, values=values)
            case Filter(source, predicates):
                places = self.trace(source, here, values=values)
                self._predicates(predicates, places)
                return places
        return []

    def _call(self, tree: Call, here: list[Place], *, values: bool) -> list[Place]:
        own = [(self.context, self.context.depth)]
        if tree.name == "current":
            return own
        if tree.name == "instance":
            return []
        if tree.name == "indexed-repeat" and tree.args:  # without any it is refused for that, elsewhere
            return self._indexed(tree, here)
        if tree.name == "position" and tree.args:
            return self._position(tree.args[0], here)
        if tree.name in ("count", "boolean", "not") and len(tree.args) == 1:
            return self.trace(tree.args[0], here, values=False)
        if tree.name.endswith(":choice-name") and len(tree.args) == 2 and isinstance(tree.args[1], Literal):
            self._quoted(tree.args[1].value, here)
        places = [p for a in tree.args for p in self.trace(a, here, values=values)]
        return places if tree.name in ("if", "randomize") else []

    def _quoted(self, path: str, here: list[Place]) -> None:
        try:
            self.selects.extend(spec for spec, _ in self.trace(parse(path.strip()), here))
        except XPathSyntaxError:
            return

    def _position(self, argument: Expr, here: list[Place]) -> list[Place]:
        for spec, _ in self._walk_only(argument, here):
            is_around = spec in _line(self.context)
            self.found.append(Reference(spec, spec.depth - 1 if is_around else 0, elsewhere=True, after=is_around))
        return []

    def _walk_only(self, argument: Expr, here: list[Place]) -> list[Place]:
        quiet = Tracer(self.top, self.context)
        return quiet.trace(argument, here, values=False)

    def _indexed(self, tree: Call, here: list[Place]) -> list[Place]:
        shift = self._shift(tree)
        for place, _ in self._walk_only(tree.args[0], here):
            join = 0 if shift is None else place.depth
            self.found.append(Reference(place, join, elsewhere=True, shift=shift))
        for repeat in tree.args[1::2]:
            for spec, _ in self._walk_only(repeat, here):
                join = spec.depth - 1 if spec in _line(self.context) else 0
                self.found.append(Reference(spec, join, after=shift is not None, shift=shift))
        for index in tree.args[2::2]:
            self.trace(index, here)
        return []

    def _shift(self, tree: Call) -> int | None:
        """k of `indexed-repeat(x, repeat, position(..) - k)` within that very repeat: only one instance cares."""
        if len(tree.args) != 3:
            return None
        repeats = self._walk_only(tree.args[1], [(self.context, self.context.depth)])
        ancestor = self.context.parent
        index = tree.args[2]
        if not isinstance(index, Chain) or len(repeats) != 1 or repeats[0][0] is not ancestor or ancestor is None:
            return None
        match index:
            case Chain(Call("position", (Path(False, None, (Step("parent", "node()", ()),)),)), ((op, Number(k)),)):
                outer = any(s.is_repeat for s in _line(ancestor.parent))
                return (int(k) if op == "-" else -int(k)) if op in "+-" and not outer and k.is_integer() else None
        return None

    def _path(self, tree: Path, here: list[Place], *, values: bool) -> list[Place]:
        outside = False
        if tree.absolute:
            places: list[Place] = []
            steps = self._from_root(tree.steps, places)
        else:
            outside = isinstance(tree.start, Call) and tree.start.name == "instance"
            places = list(here) if tree.start is None else self.trace(tree.start, here, values=False)
            steps = tree.steps
        picky = False
        for step in steps:
            places = self._step(step, places)
            picky = picky or bool(step.predicates)
            self._predicates(step.predicates, [] if outside else places, outside=outside)
        for spec, join in places:
            self._read(spec, join, elsewhere=picky and spec.in_repeat, values=values)
        return places

    def _from_root(self, steps: tuple[Step, ...], places: list[Place]) -> tuple[Step, ...]:
        """The first step from the document reaches the root element itself."""
        if not steps:
            return ()
        first = steps[0]
        if first.axis == "child" and _matches(first, self.top):
            places.append((self.top, 0))
            self._predicates(first.predicates, places)
        elif first.axis.startswith("descendant"):
            places.extend((s, 0) for s in self.top.walk())
        return steps[1:]

    def _step(self, step: Step, places: list[Place]) -> list[Place]:
        reached: dict[Spec, int] = {}
        named = step.test.rpartition(":")[2] if step.axis == "child" and step.test[-1] not in "*)" else ""
        for spec, join in places:
            if named:
                child = spec.children.get(named)
                if child is not None:
                    reached[child] = min(join, reached.get(child, join))
                continue
            for target, lowest in _AXES.get(step.axis, _nowhere)(spec, join):
                if _matches(step, target):
                    reached[target] = min(lowest, reached.get(target, lowest))
        for target, lowest in reached.items():
            if target.is_repeat and target.depth > lowest:
                self.found.append(Reference(target, lowest, elsewhere=True))
        return list(reached.items())

    def _predicates(self, predicates: Iterable[Expr], places: list[Place], *, outside: bool = False) -> None:
        for predicate in predicates:
            before = len(self.found)
            self.trace(predicate, [] if outside else places)
            if any(s.in_repeat for s, _ in places):
                self.found[before:] = [
                    Reference(r.spec, r.join, r.spec is not self.context or r.elsewhere, r.after, r.shift)
                    for r in self.found[before:]
                ]

    def _read(self, spec: Spec, join: int, *, elsewhere: bool, values: bool) -> None:
        if spec.is_leaf:
            self.found.append(Reference(spec, join, elsewhere))
        elif values:
            self.found.extend(Reference(s, join, elsewhere) for s in spec.walk() if s.is_leaf)


def _line(spec: Spec | None) -> Iterator[Spec]:
    while spec is not None:
        yield spec
        spec = spec.parent


def _matches(step: Step, spec: Spec) -> bool:
    if step.test in ("node()", "*"):
        return True
    return step.test.rpartition(":")[2] == spec.name and step.axis != "attribute"


def _up(spec: Spec, join: int) -> Iterator[Place]:
    if spec.parent is not None:
        yield spec.parent, min(join, spec.parent.depth)


def _siblings(spec: Spec, join: int) -> Iterator[Place]:
    if spec.parent is not None:
        yield from ((s, min(join, spec.parent.depth)) for s in spec.parent.children.values())


def _ancestors(spec: Spec, join: int) -> Iterator[Place]:
    yield from ((s, min(join, s.depth)) for s in _line(spec.parent))


def _below(spec: Spec, join: int) -> Iterator[Place]:
    yield from ((s, join) for s in spec.walk() if s is not spec)


def _everything(spec: Spec, _join: int) -> Iterator[Place]:
    yield from ((s, 0) for s in list(_line(spec))[-1].walk())


def _nowhere(_spec: Spec, _join: int) -> Iterator[Place]:
    return iter(())


def _self(spec: Spec, join: int) -> Iterator[Place]:
    yield spec, join


def _children(spec: Spec, join: int) -> Iterator[Place]:
    yield from ((s, join) for s in spec.children.values())


_AXES: dict[str, Callable[[Spec, int], Iterator[Place]]] = {
    "child": _children,
    "self": _self,
    "parent": _up,
    "descendant": _below,
    "descendant-or-self": lambda s, j: iter([(s, j), *_below(s, j)]),
    "ancestor": _ancestors,
    "ancestor-or-self": lambda s, j: iter([(s, j), *_ancestors(s, j)]),
    "following-sibling": _siblings,
    "preceding-sibling": _siblings,
    "following": _everything,
    "preceding": _everything,
}


MAX_REFERENCES = 100_000
"""Of all expressions together; beyond it they name everything from everywhere."""


def references(tree: Expr, spec: Spec, top: Spec) -> list[Reference]:
    """What the expression of `spec` reads in the primary instance, each once."""
    return list(dict.fromkeys(_traced(tree, spec, top).found))


def _traced(tree: Expr, spec: Spec, top: Spec) -> Tracer:
    tracer = Tracer(top, spec)
    tracer.trace(tree, [(spec, spec.depth)])
    return tracer


def _reads_alike(tree: Expr) -> bool:
    """Whether it reads the same whichever Spec it belongs to: absolute paths without predicates, and constants."""
    match tree:
        case Number() | Literal():
            return True
        case Path(absolute, _, steps):
            return absolute and all(step.axis == "child" and not step.predicates for step in steps)
        case Negate(operand):
            return _reads_alike(operand)
        case Chain(first, rest):
            return _reads_alike(first) and all(_reads_alike(term) for _, term in rest)
        case Call(name, args):
            return name not in _OF_THE_PLACE and ":" not in name and all(map(_reads_alike, args))
    return False


_OF_THE_PLACE = frozenset(["current", "indexed-repeat", "position"])


def _read_all(
    top: Spec, extra: Iterable[tuple[Rule, Expr]]
) -> tuple[dict[Rule, list[Reference]], dict[Rule, list[Spec]]]:
    """What each Rule reads, and the selects whose options' names it shows."""
    reads: dict[Rule, list[Reference]] = {}
    named: dict[Rule, list[Spec]] = {}
    alike: dict[int, list[Reference]] = {}
    left = MAX_REFERENCES
    for rule, tree in chain(((r, r.tree) for s in top.walk() for r in s.rules()), extra):
        found = alike.get(id(tree))
        if found is None:
            tracer = _traced(tree, rule.spec, top)
            found = list(dict.fromkeys(tracer.found))
            named.setdefault(rule, []).extend(tracer.selects)
            if _reads_alike(tree):
                alike[id(tree)] = found
        reads[rule] = list(dict.fromkeys([*reads[rule], *found])) if rule in reads else found
        left -= len(found)
        if left < 0:
            raise FormError("The expressions of this form name too many places at once; write narrower paths.")
    return reads, named


def connect(top: Spec, extra: Iterable[tuple[Rule, Expr]] = ()) -> dict[Rule, list[Reference]]:
    """Give every Spec its links and every Rule its rank; returns what each Rule reads."""
    reads, named = _read_all(top, extra)
    for rule, selects in named.items():
        if selects:
            reads[rule] = list(dict.fromkeys([*reads[rule], *_offers(selects, reads)]))
    links: dict[Spec, list[Link]] = {}
    for rule, refs in reads.items():
        rule.constant = not refs
        for ref in refs:
            if rule.kind == "calculate" and ref.spec is rule.spec and not ref.elsewhere:
                continue  # once() reads what is stored; real circles are reported by circles()
            links.setdefault(ref.spec, []).append(Link(rule, ref.join, ref.after, ref.shift))
    for spec, its in links.items():
        spec.links = tuple(its)
    return reads


def _offers(selects: Iterable[Spec], reads: dict[Rule, list[Reference]]) -> Iterator[Reference]:
    """What the options of selects and their texts read: `jr:choice-name` reads it too."""
    for spec in selects:
        for rule in (spec.choices, spec.label):
            for ref in reads.get(rule, ()) if rule is not None else ():
                yield Reference(ref.spec, 0, elsewhere=True)
