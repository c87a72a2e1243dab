"""Grows random XLSForms: groups, repeats in repeats, choices with filters, languages, calculations, rules, triggers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from .expressions import Known, Words

LANGUAGES = ("English (en)", "繁體中文 (zh-Hant)")
Row = dict[str, str]


@dataclass(slots=True)
class Plan:
    """One form while it grows."""

    chance: random.Random
    rows: list[Row] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    repeats: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)
    choices: list[Row] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    count: int = 0
    budget: int = 12

    def name(self, letter: str) -> str:
        """A name that no other row has."""
        self.count += 1
        return f"{letter}{self.count}"

    def maybe(self, probability: float) -> bool:
        """True that often."""
        return self.chance.random() < probability

    def words(self, here: tuple[str, ...], *, all_known: bool = False) -> Words:
        """A writer of expressions at one place."""
        return Words(self.chance, here, self.known if not all_known else self.known, self.repeats, self.lists)

    def say(self, row: Row, column: str, text: str) -> None:
        """Write a label or message in every language."""
        if not self.languages:
            row[column] = text
            return
        for i, language in enumerate(self.languages):
            row[f"{column}::{language}"] = f"{text}{'' if i == 0 else ' 文'}"


def grow(seed: int) -> str:
    """A whole workbook as a markdown table."""
    chance = random.Random(seed)
    plan = Plan(chance)
    plan.languages = LANGUAGES if plan.maybe(0.35) else ()
    plan.budget = chance.randint(5, 22)
    for _ in range(chance.randint(1, 3)):
        _choices(plan)
    while plan.budget > 0:
        _some(plan, (), 0)
    settings: Row = {"form_id": f"f{seed}", "version": "1"}
    if plan.languages:
        settings["default_language"] = chance.choice(plan.languages)
    return "\n".join([*_sheet("survey", plan.rows), *_sheet("choices", plan.choices), *_sheet("settings", [settings])])


def _sheet(name: str, rows: list[Row]) -> Iterator[str]:
    columns = list(dict.fromkeys(c for row in rows for c in row))
    yield f"| {name} |"
    yield "| | " + " | ".join(columns) + " |"
    for row in rows:
        yield "| | " + " | ".join(row.get(c, "") for c in columns) + " |"


def _choices(plan: Plan) -> None:
    name = f"list{len(plan.lists)}"
    parents = [o for options in plan.lists.values() for o in options] or ["a", "b"]
    options = [f"{name[-1]}{letter}" if plan.lists else letter for letter in "abcdef"[: plan.chance.randint(2, 6)]]
    plan.lists[name] = options
    for option in options:
        row = {"list_name": name, "name": option}
        plan.say(row, "label", f"Option {option.upper()}")
        if plan.maybe(0.8):
            row["score"] = str(plan.chance.randint(0, 4))
        row["group"] = plan.chance.choice(parents)
        plan.choices.append(row)


def _some(plan: Plan, here: tuple[str, ...], depth: int) -> None:
    dice = plan.chance.random()
    if dice < 0.13 and depth < 3:
        _group(plan, here, depth)
    elif dice < 0.27 and depth < 3 and len(here) < 2:
        _repeat(plan, here, depth)
    elif dice < 0.45:
        _calculate(plan, here)
    else:
        _question(plan, here)


def _inside(plan: Plan, here: tuple[str, ...], depth: int) -> None:
    for _ in range(plan.chance.randint(1, 4)):
        _some(plan, here, depth + 1)


def _group(plan: Plan, here: tuple[str, ...], depth: int) -> None:
    plan.budget -= 1
    row: Row = {"type": "begin_group", "name": plan.name("g")}
    if plan.maybe(0.8):
        plan.say(row, "label", f"Group {row['name']}")
    if plan.maybe(0.5):
        row["relevant"] = plan.words(here).condition()
    if plan.maybe(0.1):
        row["readonly"] = plan.chance.choice(["yes", plan.words(here).condition()])
    plan.rows.append(row)
    _inside(plan, here, depth)
    plan.rows.append({"type": "end_group"})


def _repeat(plan: Plan, here: tuple[str, ...], depth: int) -> None:
    plan.budget -= 1
    name = plan.name("r")
    row: Row = {"type": "begin_repeat", "name": name}
    plan.say(row, "label", f"Repeat {name}")
    if plan.maybe(0.4):
        row["relevant"] = plan.words(here).condition()
    if plan.maybe(0.35):
        number = plan.words(here).pick("int")
        row["repeat_count"] = f"${{{number.name}}}" if number and plan.maybe(0.7) else str(plan.chance.randint(0, 3))
    plan.rows.append(row)
    plan.repeats.append((name, here))
    _inside(plan, (*here, name), depth)
    plan.rows.append({"type": "end_repeat"})


def _calculate(plan: Plan, here: tuple[str, ...]) -> None:
    plan.budget -= 1
    words = plan.words(here)
    name = plan.name("c")
    row: Row = {"type": "calculate", "name": name}
    row["calculation"] = words.number(3) if plan.maybe(0.5) else words.text(3)
    if plan.maybe(0.15):
        row["relevant"] = words.condition()
    if plan.maybe(0.1):
        row["bind::type"] = plan.chance.choice(["int", "decimal", "date"])
    source = words.pick("int", "text", "one", "many")
    if plan.maybe(0.15) and source:
        row["trigger"] = f"${{{source.name}}}"
    plan.rows.append(row)
    plan.known.append(Known(name, "calc", here))


KINDS = ("one", "one", "many", "text", "text", "int", "int", "decimal", "date", "note", "rank", "range", "trigger")
TYPES = {
    "text": "text",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "note": "note",
    "trigger": "acknowledge",
}


def _question(plan: Plan, here: tuple[str, ...]) -> None:
    plan.budget -= 1
    kind = plan.chance.choice(KINDS)
    name = plan.name("q")
    words = plan.words(here)
    row: Row = {"type": _type(plan, kind), "name": name}
    options = row["type"].split()[-1] if kind in ("one", "many", "rank") else ""
    shown = words.pick("one", "text", "int", "calc", "many", "decimal", "date")
    output = f" ${{{shown.name}}} here" if shown and plan.maybe(0.25) else ""
    plan.say(row, "label", f"Question {name}{output}")
    if plan.maybe(0.2):
        plan.say(row, "hint", f"Hint {name}")
    if kind == "range":
        row["parameters"] = "start=0 end=10 step=1"
    if kind != "note":
        _rules(plan, row, words, kind)
    if plan.maybe(0.35):
        row["relevant"] = words.condition()
    if kind in ("one", "many") and plan.maybe(0.4):
        _filter(plan, row, words)
    if kind != "note":
        _default(plan, row, words, kind, options)
    plan.rows.append(row)
    plan.known.append(Known(name, "int" if kind == "range" else kind, here, options))


def _type(plan: Plan, kind: str) -> str:
    words = {"one": "select_one", "many": "select_multiple", "rank": "rank"}
    if kind in words:
        return f"{words[kind]} {plan.chance.choice(list(plan.lists))}"
    return TYPES.get(kind, kind)


def _rules(plan: Plan, row: Row, words: Words, kind: str) -> None:
    if plan.maybe(0.25):
        row["required"] = plan.chance.choice(["yes", words.condition()])
        if plan.maybe(0.5):
            plan.say(row, "required_message", "Needed")
    if plan.maybe(0.12):
        row["readonly"] = plan.chance.choice(["yes", words.condition()])
    if kind in ("int", "decimal", "range") and plan.maybe(0.5):
        row["constraint"] = plan.chance.choice(
            [". > 2", ". >= 0 and . < 100", f". < {words.number()}", words.condition()]
        )
    elif kind == "text" and plan.maybe(0.4):
        row["constraint"] = plan.chance.choice(
            ["regex(., '^[a-z ]+$')", "string-length(.) < 5", f". != {words.text()}"]
        )
    elif kind == "date" and plan.maybe(0.5):
        row["constraint"] = plan.chance.choice([". <= today()", ". > '2026-01-01'", ". >= today() - 30"])
    elif kind == "many" and plan.maybe(0.3):
        row["constraint"] = "count-selected(.) <= 2"
    if "constraint" in row and plan.maybe(0.6):
        plan.say(row, "constraint_message", "Wrong")


def _filter(plan: Plan, row: Row, words: Words) -> None:
    parent = words.pick("one")
    number = words.pick("int", "calc")
    if parent and plan.maybe(0.6):
        row["choice_filter"] = f"group = ${{{parent.name}}}"
    elif number and plan.maybe(0.6):
        row["choice_filter"] = f"score {plan.chance.choice(['<', '>=', '='])} ${{{number.name}}}"
    elif parent:
        row["choice_filter"] = f"name != ${{{parent.name}}} or {words.condition(1)}"


STATIC = {
    "text": ["a", "abc", "x y", "7"],
    "int": ["3", "12", "2.7", "abc"],
    "decimal": ["1.5", "4", "x"],
    "date": ["2026-11-01"],
}


def _computed_default(plan: Plan, words: Words, kind: str) -> str:
    """Inside repeats only what stands still while an instance is added (a setvalue comes before recompute there)."""
    if words.here:
        known = words.pick("text", "int")
        outer = known is not None and known.inside != words.here
        return f"${{{known.name}}} + 1" if outer and known else "position(..) * 2 + 1"
    return words.text() if kind == "text" else f"{words.number()} + 1"


def _default(plan: Plan, row: Row, words: Words, kind: str, options: str) -> None:
    if not plan.maybe(0.25):
        return
    if kind in STATIC:
        row["default"] = plan.chance.choice(STATIC[kind])
        if kind in ("text", "int") and plan.maybe(0.4):
            row["default"] = _computed_default(plan, words, kind)
    elif kind in ("one", "many"):
        row["default"] = plan.chance.choice([*plan.lists[options], "zz"])
