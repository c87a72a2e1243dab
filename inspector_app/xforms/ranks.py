"""Order of evaluation: strongly connected parts of the dependency graph, their rank, and forbidden circles."""

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

from .deps import Reference
from .model import Rule, Spec
from .problems import Problem
from .sentences import say
from .xpath.syntax import Call

T = TypeVar("T", bound=Hashable)


def assign(reads: Mapping[Rule, list[Reference]]) -> None:
    """A Rule's rank is above the ranks of all Rules that produce what it reads (circles share one)."""
    graph = {rule: {p for ref in refs for p in producers(ref.spec) if p is not rule} for rule, refs in reads.items()}
    for rank, part in enumerate(components(graph)):
        for rule in part:
            rule.rank = rank


def producers(spec: Spec) -> Iterator[Rule]:
    """Rules that can alter the effective value of a Spec's Nodes."""
    for rule in (spec.calculate, spec.choices if spec.filtered else None):
        if rule is not None:
            yield rule
    at: Spec | None = spec
    while at is not None:
        if at.relevant is not None:
            yield at.relevant
        if at.count is not None:
            yield at.count
        at = at.parent


def circles(reads: Mapping[Rule, list[Reference]]) -> Iterator[Problem]:
    """Expressions that read themselves, and calculations that need each other (forms.md §9)."""
    graph: dict[Rule, set[Rule]] = {}
    for rule, refs in reads.items():
        near = [r.spec for r in refs if not r.elsewhere]
        own = rule.spec in near and rule.kind in ("calculate", "relevant", "readonly", "required")
        if own and not _is_once(rule):
            facts = {"kind": rule.kind, "node": rule.spec.path, "source": rule.source[:120]}
            yield say("reads_itself", facts, path=rule.spec.path, place=(None, None, rule.kind))
        if rule.kind == "calculate":
            graph[rule] = {s.calculate for s in near if s.calculate is not None and s is not rule.spec}
    for part in components(graph):
        if len(part) > 1:
            names = ", ".join(sorted(r.spec.path for r in part)[:6])
            yield say("circle", {"nodes": names}, path=part[0].spec.path, place=(None, None, "calculate"))


def _is_once(rule: Rule) -> bool:
    return isinstance(rule.tree, Call) and rule.tree.name == "once"


def components(graph: Mapping[T, set[T]]) -> list[list[T]]:
    """Strongly connected components, those that others depend on first (Tarjan, without recursion)."""
    index: dict[T, int] = {}
    low: dict[T, int] = {}
    stack: list[T] = []
    on_stack: set[T] = set()
    found: list[list[T]] = []
    for start in graph:
        if start in index:
            continue
        work = [(start, iter(graph[start]))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, edges = work[-1]
            target = next((t for t in edges if t in graph), None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(_pop_component(stack, on_stack, node))
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(graph[target])))
            elif target in on_stack:
                low[node] = min(low[node], index[target])
    return found


def _pop_component(stack: list[T], on_stack: set[T], node: T) -> list[T]:
    part: list[T] = []
    while True:
        member = stack.pop()
        on_stack.discard(member)
        part.append(member)
        if member == node:
            return part
