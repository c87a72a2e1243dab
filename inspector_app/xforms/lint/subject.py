"""What every check looks at: the Form, its XML, its workbook, and how to say something about a place in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..form import Form
from ..model import Control, Rule, Spec
from ..problems import Problem
from ..questions import controls_by_path, option_names, outputs_of, type_of
from ..rowmap import Rowmap
from ..safexml import Element
from ..sentences import say
from ..tree import Node
from ..workbook import Row, Workbook
from ..xpath.parser import parse
from ..xpath.syntax import Expr, XPathSyntaxError


@dataclass(frozen=True, slots=True)
class Subject:
    """One form under examination."""

    form: Form
    root: Element
    rowmap: Rowmap
    controls: Mapping[str, Control] = field(default_factory=dict)
    names: Mapping[Spec, frozenset[str]] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    """Paths that a setvalue writes to."""
    rows: dict[tuple[str, tuple[str, ...]], list[Node]] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Form, root: Element, rowmap: Rowmap) -> "Subject":
        """With controls and options looked up once."""
        lists: dict[object, frozenset[str]] = {}
        names: dict[Spec, frozenset[str]] = {}
        for spec in form.top.walk():
            itemset = spec.itemset
            if itemset is not None:
                key = (itemset.instance, itemset.value) if itemset.instance else spec
                if key not in lists:
                    lists[key] = option_names(form, itemset)
                names[spec] = lists[key]
        targets = frozenset(a.target for found in form.actions.values() for a in found)
        return cls(form, root, rowmap, controls_by_path(form), names, targets)

    @property
    def workbook(self) -> Workbook:
        """The sheets as written; empty for XForm XML."""
        return self.rowmap.workbook

    def specs(self) -> Iterator[Spec]:
        """Everything below the root, in document order."""
        return (s for s in self.form.top.walk() if s.parent is not None)

    def rules(self) -> Iterator[Rule]:
        """Every expression of a bind, itemset or repeat count."""
        return (r for s in self.form.top.walk() for r in s.rules() if r.kind != "label")

    def expressions(self) -> Iterator[Rule]:
        """The same, and those of dynamic defaults and triggered calculations (kind `default`)."""
        yield from self.rules()
        for action in (a for found in self.form.actions.values() for a in found):
            spec = self.form.top.find(action.target.split("/")[2:])
            tree = try_parse(action.source)
            if spec is not None and tree is not None and action.run is not None:
                yield Rule("default", spec, action.source, tree, action.run)

    def labels(self) -> Iterator[Rule]:
        """The values that labels, hints and messages show (kind `label`, `hint` …)."""
        for spec in self.specs():
            texts = spec.texts
            parts = (("label", texts.label), ("hint", texts.hint), ("constraint_message", texts.constraint),
                     ("required_message", texts.required))  # fmt: skip
            for part, ref in parts:
                for output in outputs_of(self.form, ref):
                    yield Rule(part, spec, output.source, output.tree, output.run)

    def kind(self, spec: Spec) -> str:
        """The type in XLSForm words."""
        return type_of(spec, self.controls.get(spec.path))

    def options(self, spec: Spec) -> frozenset[str]:
        """Names of the options a select can have; empty where they are not known."""
        return self.names.get(spec, frozenset())

    def rows_at(self, name: str, steps: tuple[str, ...]) -> list[Node]:
        """Nodes of a list that a path of names reaches, looked up once."""
        found = self.rows.get((name, steps))
        if found is None:
            instance = self.form.secondary.get(name)
            above = self.rows_at(name, steps[:-1]) if steps else []
            last = steps[-1] if steps else ""
            found = [c for n in above for c in (n.children if last in ("*", "node()") else n.named(last))]
            if not steps:
                found = [instance] if instance is not None else []
            self.rows[name, steps] = found
        return found

    def about(self, code: str, spec: Spec, column: str | None = None, /, **facts: str) -> Problem:
        """A Problem of a question, at its row and column."""
        return self.rowmap.locate(say(code, facts, path=spec.path, place=(None, None, column)))

    def at(self, code: str, sheet: str, row: Row | int | None, column: str | None, /, **facts: str) -> Problem:
        """A Problem of a cell."""
        return self.rowmap.at(code, sheet, row, column, **facts)


def try_parse(source: str) -> Expr | None:
    """The AST, None where there is none."""
    try:
        return parse(source.strip()) if source.strip() else None
    except XPathSyntaxError:
        return None
