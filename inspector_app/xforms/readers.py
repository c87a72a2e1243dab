"""Which Nodes read a changed one: where a Link leads in the tree as it is now."""

from collections.abc import Sequence

from .model import Link, Rule
from .nodes import ModelNode, ancestor_at, below


def readers(link: Link, node: ModelNode) -> Sequence[ModelNode]:
    """Nodes for which the rule of `link` must run again when `node` changes; for a count its parents."""
    rule = link.rule
    if link.shift is not None:
        return _shifted(rule, link.shift, node)
    if rule.kind == "count":
        parent = rule.spec.parent
        if parent is None:
            return ()
        depth = min(link.join, parent.depth)
        return below(ancestor_at(node, depth), depth, parent)
    return below(ancestor_at(node, link.join), link.join, rule.spec)


def _shifted(rule: Rule, shift: int, node: ModelNode) -> Sequence[ModelNode]:
    """`indexed-repeat(x, rep, position(..) - k)`: only the instance k places on reads this one."""
    repeat = rule.spec.parent
    if repeat is None:
        return ()
    instance = ancestor_at(node, repeat.depth)
    siblings = instance.parent.named(repeat.name) if instance.parent is not None else []
    at = siblings.index(instance) + shift
    return below(siblings[at], repeat.depth, rule.spec) if 0 <= at < len(siblings) else ()
