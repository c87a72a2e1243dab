"""Can a condition ever hold? Assumes it and looks for a contradiction; only certain ones are found, never guesses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import inf, isnan

from ..model import Control, Spec
from ..xpath.syntax import Call, Chain, Expr, Literal
from ..xpath.values import number_text, parse_number, to_boolean
from .domain import Domain, bound, differ, equal, mirrored, opposites
from .subject import Subject
from .terms import Key, Memo, Term, Terms, constant

MAX_CASES = 128
MAX_STEPS = 40_000
_ORDER = ("<", "<=", ">", ">=")
_COMPARE = ("=", "!=", *_ORDER)


class TooMany(Exception):
    """The condition has too many cases to look at; nothing is claimed then."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way a condition can hold: what each value may still be."""

    domains: Mapping[Key, Domain]
    followed: frozenset[Spec] = frozenset()

    def having(self, key: Key, domain: Domain) -> "list[Case]":
        """This case with one value narrowed; none where that is impossible."""
        return [] if domain.is_empty() else [replace(self, domains={**self.domains, key: domain})]


@dataclass(frozen=True, slots=True)
class Reasoner:
    """Assumes conditions of one form."""

    subject: Subject
    memo: Memo = field(default_factory=dict)
    spent: list[int] = field(default_factory=lambda: [0])
    """Steps so far; a form that needs more than MAX_STEPS has nothing claimed about its rest."""

    def _terms(self, context: Spec) -> Terms:
        return Terms(self.subject.form.top, context, self.memo)

    def start(self, filled: Spec | None = None) -> list[Case]:
        """Nothing known, or that one question has an answer (its own constraint is then not taken for granted)."""
        if filled is None:
            return [Case({})]
        cases = Case({}, frozenset([filled])).having(filled.path, replace(self._initial(filled), blank=False))
        for asked in line(filled):
            if asked.relevant is not None:
                cases = self.assume(asked.relevant.tree, asked, cases)
        return cases

    def assume(self, tree: Expr, context: Spec, cases: list[Case], *, holds: bool = True) -> list[Case]:
        """The cases in which the condition holds (or does not), as seen from `context`."""
        self.spent[0] += 1
        if len(cases) > MAX_CASES or self.spent[0] > MAX_STEPS:
            raise TooMany
        value = self._terms(context).constant(tree)
        if value is not None:
            return cases if to_boolean(value) == holds else []
        match tree:
            case Chain(first, rest) if rest[0][0] in ("and", "or"):
                return self._joined([first, *(t for _, t in rest)], context, cases, rest[0][0] == "and", holds)
            case Chain(left, ((op, right),)) if op in _COMPARE:
                return [c for case in cases for c in self._compared((op, left, right), context, case, holds)]
            case Call("not", (inner,)):
                return self.assume(inner, context, cases, holds=not holds)
            case Call("boolean", (Chain() | Call() as inner,)):
                return self.assume(inner, context, cases, holds=holds)
            case Call("if", (condition, one, other)):
                yes = self.assume(one, context, self.assume(condition, context, cases), holds=holds)
                return yes + self.assume(
                    other, context, self.assume(condition, context, cases, holds=False), holds=holds
                )
            case Call("selected", (path, Literal(name))) if name.strip():
                return [c for case in cases for c in self._selected((path, name.strip()), context, case, holds)]
        return [c for case in cases for c in self._opaque(tree, context, case, holds)]

    def _joined(self, terms: list[Expr], context: Spec, cases: list[Case], is_and: bool, holds: bool) -> list[Case]:
        if is_and == holds:
            for term in terms:
                cases = self.assume(term, context, cases, holds=holds)
            return cases
        return [c for term in terms for c in self.assume(term, context, cases, holds=holds)]

    def _opaque(self, tree: Expr, context: Spec, case: Case, holds: bool) -> list[Case]:
        """A condition that cannot be looked into still cannot both hold and not hold."""
        key = self._terms(context).key(tree)
        if key is None or isinstance(key, str):
            return [case]
        whether = case.domains.get(("holds", key), Domain())
        return case.having(("holds", key), equal(whether, "yes" if holds else "no"))

    def _selected(self, asked: tuple[Expr, str], context: Spec, case: Case, holds: bool) -> list[Case]:
        path, name = asked
        spec = self._terms(context).target(path)
        if spec is None:
            return self._opaque(Call("selected", (path, Literal(name))), context, case, holds)
        domain = self._domain(case, spec.path, spec)
        if self.subject.kind(spec) == "select_one":
            return case.having(spec.path, equal(domain, name) if holds else differ(domain, name))
        if holds:
            return case.having(spec.path, replace(domain, chosen=domain.chosen | {name}))
        return case.having(spec.path, replace(domain, unchosen=domain.unchosen | {name}))

    def _compared(self, asked: tuple[str, Expr, Expr], context: Spec, case: Case, holds: bool) -> list[Case]:
        op, left, right = asked
        terms = self._terms(context)
        if op in ("=", "!="):
            for value, text in ((left, right), (right, left)):
                if isinstance(text, Literal):
                    return self._texts(terms, value, text.value, case, (op == "=") == holds)
        one, other = terms.term(left), terms.term(right)
        if one is None or other is None:
            return [] if holds and op in _ORDER and (_is_word(left) or _is_word(right)) else [case]
        if one.key is None:
            one, other, op = other, one, mirrored(op)
        if one.key is None:
            return [case]
        if other.key is not None:
            return self._related(op, one, other, case, holds)
        return self._numbers(op, one, other.offset - one.offset, case, holds)

    def _texts(self, terms: Terms, value: Expr, text: str, case: Case, is_equal: bool) -> list[Case]:
        key, spec = terms.key(value), terms.target(value)
        if key is None:
            return [case]
        domain = self._domain(case, key, spec)
        day = terms.term(Literal(text)) if spec is not None and spec.type == "date" and text else None
        if day is not None:
            return self._numbers("=", Term(key, 0.0, spec), day.offset, case, is_equal)
        return case.having(key, equal(domain, text) if is_equal else differ(domain, text))

    def _numbers(self, op: str, one: Term, limit: float, case: Case, holds: bool) -> list[Case]:
        assert one.key is not None
        domain = self._domain(case, one.key, one.spec)
        if (op == "=" and not holds) or (op == "!=" and holds):
            return case.having(one.key, differ(domain, number_text(limit)))
        if op == "!=":
            return case.having(one.key, bound(domain, "=", limit))
        if holds:
            return case.having(one.key, bound(domain, op, limit))
        blank = case.having(one.key, equal(domain, "")) if domain.is_numeric else [case]
        return [*case.having(one.key, bound(domain, opposites(op), limit)), *blank]

    def _related(self, op: str, one: Term, other: Term, case: Case, holds: bool) -> list[Case]:
        """Two values compared: their difference is bounded."""
        if repr(one.key) > repr(other.key):
            one, other, op = other, one, mirrored(op)
        if op in ("=", "!=") and not (self._is_number(one) and self._is_number(other)):
            whether = case.domains.get(("equal", one, other), Domain())
            return case.having(("equal", one, other), equal(whether, "yes" if (op == "=") == holds else "no"))
        limit = other.offset - one.offset
        if one.key == other.key:
            return [case] if _truth(op, 0.0, limit) == holds or not holds else []
        difference = Term(("difference", one.key, other.key))
        return self._numbers(op, difference, limit, case, holds)

    def _is_number(self, term: Term) -> bool:
        return term.spec is not None and self._initial(term.spec).is_numeric

    def _domain(self, case: Case, key: Key, spec: Spec | None) -> Domain:
        known = case.domains.get(key)
        if known is not None:
            return known
        if spec is not None:
            return self._initial(spec)
        match key:
            case ("count-selected", str(path)):
                asked = self._spec(path)
                many = len(self.subject.options(asked)) if asked is not None else 0
                return Domain(low=0.0, high=float(many) if many else inf, whole=True)
            case ("string-length", *_):
                return Domain(low=0.0, whole=True)
        return Domain()

    def _initial(self, spec: Spec) -> Domain:
        """What the definition alone says of an answer."""
        if spec.calculate is not None:
            found = results(spec.calculate.tree)
            return Domain(among=found | {""}) if found is not None else Domain()
        if spec.preload[0] or spec.path in self.subject.targets:
            return Domain()
        kind, options = self.subject.kind(spec), self.subject.options(spec)
        if kind == "select_one" and options:
            return Domain(among=options | {""})
        if kind in ("select_multiple", "rank") and options:
            return Domain(options=options)
        return _free(spec, kind, self.subject.controls.get(spec.path))

    def follow(self, cases: list[Case], depth: int = 6) -> list[Case]:
        """Whatever must have an answer must be asked: its own conditions hold as well, and so on."""
        for _ in range(depth):
            before = cases
            cases = [c for case in cases for c in self._followed(case)]
            if len(cases) > MAX_CASES:
                raise TooMany
            if cases == before:
                break
        return cases

    def _followed(self, case: Case) -> list[Case]:
        found = [case]
        for key, domain in case.domains.items():
            spec = self._spec(key) if isinstance(key, str) else None
            if spec is None or spec in case.followed or not _is_filled(domain):
                continue
            found = [replace(c, followed=c.followed | {spec}) for c in found]
            for asked in line(spec):
                if asked.relevant is not None:
                    found = self.assume(asked.relevant.tree, asked, found)
            if spec.constraint is not None:
                found = self.assume(spec.constraint.tree, spec, found)
        return found

    def _spec(self, path: str) -> Spec | None:
        return self.subject.form.top.find(path.split("/")[2:])


def _free(spec: Spec, kind: str, control: Control | None) -> Domain:
    """An answer that only its type limits."""
    if kind == "hidden":
        return Domain()
    domain = Domain(type=spec.type, whole=spec.type in ("int", "integer", "date"))
    if kind != "range" or control is None:
        return domain
    ends = [parse_number(control.attributes.get(("", name), "")) for name in ("start", "end")]
    return domain if isnan(sum(ends)) else replace(domain, low=min(ends), high=max(ends))


def _is_filled(domain: Domain) -> bool:
    return domain.must_be_filled or (domain.among is not None and "" not in domain.among)


def _is_word(tree: Expr) -> bool:
    """A constant text that is neither number nor date, so that no order with it ever holds."""
    value = constant(tree)
    return isinstance(value, str) and not Terms.is_number(value)


def _truth(op: str, left: float, right: float) -> bool:
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
            "=": left == right, "!=": left != right}[op]  # fmt: skip


def line(spec: Spec) -> Iterator[Spec]:
    """The question and the groups around it, the outermost first."""
    if spec.parent is not None:
        yield from line(spec.parent)
    yield spec


def results(tree: Expr) -> frozenset[str] | None:
    """The few texts an expression can yield; None where they are not known."""
    if isinstance(tree, Literal):
        return frozenset([tree.value])
    if isinstance(tree, Call) and tree.name == "if" and len(tree.args) == 3:
        one, other = results(tree.args[1]), results(tree.args[2])
        return one | other if one is not None and other is not None else None
    value = constant(tree)
    if isinstance(value, float):
        return frozenset([number_text(value)])
    return frozenset([value]) if isinstance(value, str) else None
