"""References that lead nowhere: questions, lists, columns of lists, files."""

from collections.abc import Iterator

from ..model import Action, Rule, Spec
from ..problems import Problem
from ..questions import items_of
from ..text import MEDIA
from ..tree import has_column
from ..uses import calls, dead_paths, parts, walk
from ..xpath.syntax import Call, Expr, Filter, Literal, Path, Step
from .subject import Subject, try_parse
from .terms import Terms

MEANINGFUL_TEXT = """
name label value list_name itextId score severity weight order color colour geometry __version __entity marker-color
marker-symbol marker-size stroke stroke-width stroke-opacity fill fill-opacity allow_choice_duplicates
"""
MEANINGFUL = frozenset(MEANINGFUL_TEXT.split()) | frozenset(MEDIA)
"""Columns of choices that mean something without being read by an expression."""


def check_references(subject: Subject) -> Iterator[Problem]:
    """All that is named and does not exist, and the columns nobody names."""
    read: dict[str, set[str]] = {}
    for rule in subject.rules():
        for written in dict.fromkeys(dead_paths(rule, subject.form.top)):
            if written.count(f"/{subject.form.top.name}/") > 1:  # ${a} ${b}: two paths read as one
                yield subject.about("syntax_operator", rule.spec, rule.kind, source=rule.source[:120])
            else:
                yield subject.about("path_dead", rule.spec, rule.kind, path=written)
        yield from _lists(subject, rule.tree, rule.spec, rule.kind, read)
    for action in (a for found in subject.form.actions.values() for a in found):
        yield from _action(subject, action, read)
    for rule in subject.labels():
        for written in dict.fromkeys(dead_paths(rule, subject.form.top)):
            yield subject.about("path_dead", rule.spec, rule.kind, path=written)
    for output in _outputs(subject):
        _note_reads(output, read)
    for spec in subject.specs():
        yield from _itemset(subject, spec, read)
    yield from _unread_columns(subject, read)


def _action(subject: Subject, action: Action, read: dict[str, set[str]]) -> Iterator[Problem]:
    spec = subject.form.top.find(action.target.split("/")[2:])
    tree = try_parse(action.source)
    if spec is None or tree is None or action.run is None:
        return
    yield from _lists(subject, tree, spec, "default", read)
    top = subject.form.top
    trigger = top.find(action.trigger.split("/")[2:]) if action.trigger else None
    beside = set(dead_paths(Rule("default", trigger, "", tree, action.run), top)) if trigger is not None else None
    for written in dict.fromkeys(dead_paths(Rule("default", spec, action.source, tree, action.run), top)):
        if beside is None or written in beside:
            yield subject.about("path_dead", spec, "default", path=written)
        else:  # pyxform writes paths of a triggered calculation from the trigger, engines read them from here
            yield subject.about("trigger_context", spec, "default", name=written.rpartition("/")[2])


def _outputs(subject: Subject) -> Iterator[Expr]:
    for texts in subject.form.translations.texts.values():
        for variants in texts.values():
            for text in variants.values():
                yield from (part.tree for part in text if not isinstance(part, str))


def _note_reads(tree: Expr, read: dict[str, set[str]]) -> None:
    for part in walk(tree):
        if isinstance(part, Path) and (name := instance_name(part)) is not None:
            read.setdefault(name, set()).update(_names(part))


def instance_name(path: Path) -> str | None:
    """The list a path reads, '' where its name is computed, None where it reads none."""
    start = path.start
    if isinstance(start, Filter):
        start = start.source
    if isinstance(start, Call) and start.name == "instance":
        return start.args[0].value if start.args and isinstance(start.args[0], Literal) else ""
    return None


def _names(path: Path) -> set[str]:
    """Names of steps of the path and of everything in its predicates."""
    return {s.test.rpartition(":")[2] for t in walk(path) if isinstance(t, Path) for s in t.steps}


def _lists(subject: Subject, tree: Expr, spec: Spec, kind: str, read: dict[str, set[str]]) -> Iterator[Problem]:
    """Lists and their columns in one expression."""
    for part in walk(tree):
        if isinstance(part, Path) and (name := instance_name(part)) is not None:
            read.setdefault(name, set()).update(_names(part))
            yield from _one_list(subject, part, name, spec, kind)
        if isinstance(part, Call) and part.name == "pulldata":
            yield from _pulled(subject, part, spec, kind, read)
    for call in calls(tree):
        if call.name.endswith(":choice-name") and len(call.args) == 2 and isinstance(call.args[1], Literal):
            yield from _choice_name(subject, call.args[1].value, spec, kind)


def _one_list(subject: Subject, path: Path, name: str, spec: Spec, kind: str) -> Iterator[Problem]:
    if not name or name.startswith("__"):
        return
    instance = subject.form.secondary.get(name)
    if instance is None:
        yield subject.about("list_nowhere", spec, kind, name=name)
        return
    names: tuple[str, ...] = ()
    is_item = False
    for step in path.steps:
        names = (*names, step.test.rpartition(":")[2])
        below = subject.rows_at(name, names)
        if step.axis != "child" or not (below or is_item):
            return
        if not below:
            yield _no_column(subject, spec, kind, step.test, name)
            return
        for column in _relative_names(step):
            if not has_column(below, column):
                yield _no_column(subject, spec, kind, column, name)
        is_item = is_item or step.test == "item" or bool(step.predicates)


def _no_column(subject: Subject, spec: Spec, kind: str, column: str, name: str) -> Problem:
    """A column that no item has: misspelt, or there and blank for this list."""
    sheet = subject.workbook.sheet("choices")
    is_there = sheet is not None and column in sheet.headers and name in subject.rowmap.lists
    return subject.about("column_blank" if is_there else "column_nowhere", spec, kind, name=column, list=name)


def _relative_names(step: Step) -> Iterator[str]:
    """Columns that the predicates of a step look at."""
    for predicate in step.predicates:
        stack: list[Expr] = [predicate]
        while stack:
            here = stack.pop()
            if isinstance(here, Path) and not here.absolute and here.start is None:
                first = here.steps[0] if here.steps else None
                if first is not None and first.axis == "child" and first.test[-1] not in "*)":
                    yield first.test.rpartition(":")[2]
            elif not isinstance(here, Path):
                stack.extend(parts(here))


def _pulled(subject: Subject, call: Call, spec: Spec, kind: str, read: dict[str, set[str]]) -> Iterator[Problem]:
    texts = [a.value if isinstance(a, Literal) else "" for a in call.args[:3]]
    if len(texts) < 3 or not all(texts):
        return
    name = texts[0].removesuffix(".csv")
    read.setdefault(name, set()).update(texts[1:])
    instance = subject.form.secondary.get(name)
    items = [i for root in instance.children for i in root.children] if instance is not None else []
    for column in texts[1:]:
        if items and not has_column(items, column):
            yield subject.about("column_nowhere", spec, kind, name=column, list=name)


def _choice_name(subject: Subject, source: str, spec: Spec, kind: str) -> Iterator[Problem]:
    tree = try_parse(source)
    target = Terms(subject.form.top, spec).anything(tree) if tree is not None else None
    if target is None:
        yield subject.about("path_dead", spec, kind, path=source.strip())
    elif target.itemset is None:
        yield subject.about("choice_name_of_text", spec, kind, name=target.name)


def _itemset(subject: Subject, spec: Spec, read: dict[str, set[str]]) -> Iterator[Problem]:
    itemset = spec.itemset
    if itemset is None or not itemset.instance:
        return
    read.setdefault(itemset.instance, set()).update({itemset.value, itemset.label})
    if itemset.instance not in subject.form.secondary:
        return
    items = items_of(subject.form, itemset)
    for column in (itemset.value, itemset.label):
        if items and not has_column(items, column) and "/" not in column:
            yield subject.about("column_nowhere", spec, "choices", name=column, list=itemset.instance)


def _unread_columns(subject: Subject, read: dict[str, set[str]]) -> Iterator[Problem]:
    """Extra columns of the choices sheet that no filter or expression reads."""
    sheet = subject.workbook.sheet("choices")
    if sheet is None:
        return
    everywhere = set().union(*read.values()) if read else set()
    for header, meaning in sheet.meanings():
        column = meaning.column
        if column in MEANINGFUL or header in MEANINGFUL or ":" in header or " " in header:
            continue
        if header not in everywhere and any(header in row.cells for row in sheet.rows):
            yield subject.at("column_unread", "choices", sheet.header_row, header, name=header)
