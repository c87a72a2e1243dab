"""Random XLSForm expressions over the questions that are in reach: conditions, numbers, texts, dates."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """One question or calculation; `inside` are the repeats it lies in, outermost first."""

    name: str
    kind: str
    inside: tuple[str, ...]
    options: str = ""


@dataclass(slots=True)
class Words:
    """Writes expressions for one place: `here` are the repeats around it, `known` what was written before it."""

    chance: random.Random
    here: tuple[str, ...] = ()
    known: list[Known] = field(default_factory=list)
    repeats: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def pick(self, *kinds: str) -> Known | None:
        """One question of these kinds that has a single value here."""
        near = [k for k in self.known if k.kind in kinds and k.inside == self.here[: len(k.inside)]]
        return self.chance.choice(near) if near else None

    def spread(self, *kinds: str) -> Known | None:
        """One question of these kinds with many instances from here."""
        far = [k for k in self.known if k.kind in kinds and k.inside != self.here[: len(k.inside)]]
        return self.chance.choice(far) if far else None

    def repeat(self) -> str | None:
        """A repeat that is not around this place."""
        far = [name for name, inside in self.repeats if name not in self.here and inside == self.here[: len(inside)]]
        return self.chance.choice(far) if far else None

    def condition(self, depth: int = 2) -> str:
        """A boolean."""
        return self._one(CONDITIONS, depth, "true()")

    def number(self, depth: int = 2) -> str:
        """A number."""
        return self._one(NUMBERS, depth, str(self.chance.randint(0, 9)))

    def text(self, depth: int = 2) -> str:
        """A text."""
        return self._one(TEXTS, depth, f"'{self.chance.choice(['a', 'b', 'x y', '7', ''])}'")

    def _one(self, makers: "list[Maker]", depth: int, otherwise: str) -> str:
        for _ in range(6):
            made = self.chance.choice(makers)(self, depth - 1)
            if made is not None:
                return made
        return otherwise


Maker = Callable[[Words, int], "str | None"]
FILLED = ("one", "many", "text", "int", "decimal", "date", "calc", "rank")


def _compare(w: Words, d: int) -> str | None:
    op = w.chance.choice(["=", "!=", "<", "<=", ">", ">="])
    return f"{w.number(d)} {op} {w.number(d)}" if d > 0 else _int_compare(w, d)


def _int_compare(w: Words, _d: int) -> str | None:
    known = w.pick("int", "decimal", "calc")
    op = w.chance.choice(["=", "!=", "<", "<=", ">", ">="])
    return f"${{{known.name}}} {op} {w.chance.randint(0, 12)}" if known else None


def _chosen(w: Words, _d: int) -> str | None:
    known = w.pick("one")
    return f"${{{known.name}}} {w.chance.choice(['=', '!='])} '{_option(w, known)}'" if known else None


def _option(w: Words, known: Known) -> str:
    return w.chance.choice(w.lists[known.options])


def _selected(w: Words, _d: int) -> str | None:
    known = w.pick("many", "one", "rank")
    return f"selected(${{{known.name}}}, '{_option(w, known)}')" if known else None


def _blank(w: Words, _d: int) -> str | None:
    known = w.pick(*FILLED)
    return f"${{{known.name}}} {w.chance.choice(['=', '!='])} ''" if known else None


def _joined(w: Words, d: int) -> str | None:
    if d <= 0:
        return None
    return f"({w.condition(d)}) {w.chance.choice(['and', 'or'])} ({w.condition(d)})"


def _not(w: Words, d: int) -> str | None:
    return f"not({w.condition(d)})" if d > 0 else None


def _later(w: Words, _d: int) -> str | None:
    known = w.pick("date")
    day = w.chance.choice(["today()", "'2026-11-20'", "date('2026-11-24')", "today() - 7"])
    return f"${{{known.name}}} {w.chance.choice(['<', '<=', '>', '>=', '='])} {day}" if known else None


def _matches(w: Words, _d: int) -> str | None:
    known = w.pick("text", "calc")
    if known is None:
        return None
    n = f"${{{known.name}}}"
    return w.chance.choice(
        [f"regex({n}, '^[a-c]+$')", f"string-length({n}) > 2", f"contains({n}, 'a')", f"starts-with({n}, 'a')",
         f"boolean({n})", f"boolean-from-string({n})", f"not({n})"]
    )  # fmt: skip


def _any_in_repeat(w: Words, d: int) -> str | None:
    known, where = w.spread("one", "int", "text"), w.repeat()
    if known is None or where is None:
        return f"position(..) = {w.chance.randint(1, 3)}" if w.here else None
    return w.chance.choice(
        [f"count(${{{where}}}) > {w.chance.randint(0, 3)}", f"${{{known.name}}} = '1'",
         f"count-non-empty(${{{known.name}}}) >= 1",
         f"sum(${{{known.name}}}) > 3" if known.kind == "int" else f"string-length(join(' ', ${{{known.name}}})) > 3"]
    )  # fmt: skip


CONDITIONS: list[Maker] = [
    _compare, _int_compare, _int_compare, _chosen, _chosen, _selected, _blank, _joined, _not, _later, _matches,
    _any_in_repeat,
]  # fmt: skip


def _value(w: Words, _d: int) -> str | None:
    known = w.pick("int", "decimal", "int", "calc")
    return f"${{{known.name}}}" if known else None


def _constant(w: Words, _d: int) -> str | None:
    return w.chance.choice(["1", "2", "0", "10", "0.5", "3.25", "-4", "100"])


def _arithmetic(w: Words, d: int) -> str | None:
    op = w.chance.choice(["+", "-", "*", "div", "mod"])
    return f"({w.number(d)} {op} {w.number(d)})" if d > 0 else None


def _rounded(w: Words, d: int) -> str | None:
    inner = w.number(d) if d > 0 else "7.456"
    return w.chance.choice(
        [f"round({inner}, {w.chance.randint(0, 2)})", f"int({inner})", f"number({inner})", f"abs({inner})",
         f"coalesce({inner}, 0)", f"pow({inner}, 2)", f"min({inner}, 3)", f"max({inner}, 3, 5)"]
    )  # fmt: skip


def _picked(w: Words, d: int) -> str | None:
    return f"if({w.condition(d)}, {w.number(d)}, {w.number(d)})" if d > 0 else None


def _aggregate(w: Words, _d: int) -> str | None:
    known = w.spread("int", "decimal", "calc")
    where = w.repeat()
    if known is not None and (where is None or w.chance.random() < 0.7):
        name = w.chance.choice(["sum", "min", "max", "count", "count-non-empty"])
        return f"{name}(${{{known.name}}})"
    return f"count(${{{where}}})" if where else None


def _place(w: Words, _d: int) -> str | None:
    return w.chance.choice(["position(..)", "position(current()/..)"]) if w.here else None


def _length(w: Words, _d: int) -> str | None:
    known = w.pick("text", "many", "rank", "one")
    if known is None:
        return None
    name = "string-length" if known.kind == "text" else "count-selected"
    return f"{name}(${{{known.name}}})"


def _scores(w: Words, _d: int) -> str | None:
    known = w.pick("one")
    if known is None:
        return None
    where = f"instance('{known.options}')/root/item"
    return w.chance.choice(
        [f"{where}[name = ${{{known.name}}}]/score", f"sum({where}[score > 1]/score)",
         f"count({where}[group = ${{{known.name}}}])"]
    )  # fmt: skip


def _neighbour(w: Words, _d: int) -> str | None:
    mine = [k for k in w.known if k.inside == w.here and k.kind in ("int", "text", "one", "calc")]
    if w.here and mine:
        known = w.chance.choice(mine)
        where = f"position(..) {w.chance.choice(['- 1', '+ 1'])}"
    else:
        far = w.spread("int", "text", "one", "calc")
        if far is None or len(far.inside) != 1:
            return None
        known, where = far, str(w.chance.randint(1, 3))
    if len(known.inside) != 1:
        return None
    return f"indexed-repeat(${{{known.name}}}, ${{{known.inside[-1]}}}, {where})"


NUMBERS: list[Maker] = [
    _value, _value, _constant, _arithmetic, _rounded, _picked, _aggregate, _aggregate, _place, _length, _scores,
    _neighbour,
]  # fmt: skip


def _raw(w: Words, _d: int) -> str | None:
    known = w.pick(*FILLED)
    return f"${{{known.name}}}" if known else None


def _concat(w: Words, d: int) -> str | None:
    return f"concat({w.text(d)}, '-', {w.chance.choice([w.text, w.number])(d)})" if d > 0 else None


def _joining(w: Words, _d: int) -> str | None:
    known = w.spread(*FILLED)
    return f"join(', ', ${{{known.name}}})" if known else None


def _label(w: Words, _d: int) -> str | None:
    known = w.pick("one")
    if known is None:
        return None
    n = f"${{{known.name}}}"
    return w.chance.choice(
        [f"jr:choice-name({n}, '{n}')", f"instance('{known.options}')/root/item[name = {n}]/group", f"string({n})"]
    )


def _cut(w: Words, d: int) -> str | None:
    inner = w.text(d) if d > 0 else "'hello world'"
    return w.chance.choice(
        [f"substr({inner}, 1, 3)", f"substring-before({inner}, ' ')", f"substring-after({inner}, 'a')",
         f"translate({inner}, 'abc', 'AB')", f"normalize-space({inner})", f"coalesce({inner}, 'none')"]
    )  # fmt: skip


def _either(w: Words, d: int) -> str | None:
    return f"if({w.condition(d)}, {w.text(d)}, {w.text(d)})" if d > 0 else None


def _dated(w: Words, _d: int) -> str | None:
    known = w.pick("date")
    if known is None:
        return None
    n = f"${{{known.name}}}"
    return w.chance.choice(
        [f"format-date({n}, '%Y/%m/%d')", f"format-date({n}, '%e %b %y')", f"string(date({n}))", f"date({n} + 1)",
         f"int(decimal-date-time(today()) - decimal-date-time({n}))", f"format-date-time({n}, '%H:%M')"]
    )  # fmt: skip


def _at(w: Words, _d: int) -> str | None:
    known = w.pick("many", "rank")
    return f"selected-at(${{{known.name}}}, {w.chance.randint(0, 2)})" if known else None


def _once(w: Words, d: int) -> str | None:
    made = w.chance.choice([_raw, _label, _cut, _dated])(w, 0)  # what comes later in the form would depend on order
    return f"once({made})" if made and d > 0 else None


TEXTS: list[Maker] = [_raw, _raw, _concat, _joining, _label, _label, _cut, _either, _dated, _at, _once, _neighbour]
