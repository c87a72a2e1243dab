"""Which question of an old form is which of a new one: by path, else by a name that is unique in both."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from .model import Spec


def asked(top: Spec) -> Iterator[Spec]:
    """Everything but the root and its metadata, in document order."""
    return (s for s in top.walk() if s.parent is not None and not _is_meta(s, top))


def _is_meta(spec: Spec, top: Spec) -> bool:
    at: Spec | None = spec
    while at is not None and at.parent is not top:
        at = at.parent
    return at is not None and at.name == "meta"


def pair(old: Spec, new: Spec) -> dict[Spec, Spec]:
    """Old Spec → the same question in the new form; those without a partner are left out. Roots are paired."""
    olds, news = {_inner(s): s for s in asked(old)}, {_inner(s): s for s in asked(new)}
    pairs = {spec: news[path] for path, spec in olds.items() if path in news}
    left, right = [s for p, s in olds.items() if p not in news], [s for p, s in news.items() if p not in olds]
    names = _unique(right, leaves=True)
    for name, spec in _unique(left, leaves=True).items():
        if name in names:
            pairs[spec] = names[name]
    pairs[old] = new
    _pair_groups(left, right, pairs)
    return pairs


def _inner(spec: Spec) -> str:
    """The path below the root, whose name does not matter."""
    return spec.path.partition("/")[2].partition("/")[2]


def _unique(specs: list[Spec], *, leaves: bool) -> dict[str, Spec]:
    found: dict[str, Spec | None] = {}
    for spec in specs:
        if spec.is_leaf == leaves:
            found[spec.name] = None if spec.name in found else spec
    return {name: spec for name, spec in found.items() if spec is not None}


def _pair_groups(left: list[Spec], right: list[Spec], pairs: dict[Spec, Spec]) -> None:
    """A group goes where most of its own questions went, the innermost groups first."""
    free = {s for s in right if not s.is_leaf}
    for group in sorted((s for s in left if not s.is_leaf), key=lambda s: -s.depth):
        homes = [p.parent for c in group.children.values() if (p := pairs.get(c)) is not None]
        best = max(set(homes), key=homes.count, default=None) if homes else None
        if best in free and best is not None and homes.count(best) * 2 >= len(group.children):
            pairs[group] = best
            free.discard(best)


def stays(pairs: Mapping[Spec, Spec]) -> set[Spec]:
    """Old Specs that stand where they stood: in the same group, and in the same order among those that do."""
    found: set[Spec] = set()
    for parent, home in pairs.items():
        here = [c for c in parent.children.values() if (p := pairs.get(c)) is not None and p.parent is home]
        found.update(_longest_rising(here, pairs))
    return found


def _longest_rising(specs: list[Spec], pairs: Mapping[Spec, Spec]) -> list[Spec]:
    """The longest part of `specs` that is in document order in the new form too (patience sorting)."""
    tails: list[int] = []
    ends: list[Spec] = []
    before: dict[Spec, Spec | None] = {}
    for spec in specs:
        order = pairs[spec].order
        at = bisect_left(tails, order)
        before[spec] = ends[at - 1] if at else None
        tails[at:] = [order, *tails[at + 1 :]]
        ends[at:] = [spec, *ends[at + 1 :]]
    run: list[Spec] = []
    last = ends[-1] if ends else None
    while last is not None:
        run.append(last)
        last = before[last]
    return run
