"""The immutable parts of a Form and the frozen answers a Session gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .tree import Node
from .types import MESSAGES, canonical, is_free
from .xpath.scope import Eval
from .xpath.syntax import Call, Expr

Names = Mapping[tuple[str, str], str]
"""Attributes by (namespace URI, local name)."""
NOTHING: Mapping[str, str] = MappingProxyType({})
NO_NAMES: Names = MappingProxyType({})


def _nothing() -> Mapping[str, str]:
    return NOTHING


def _no_names() -> Names:
    return NO_NAMES


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: `columns` has the extra cells of the choices sheet; an absent cell is an absent key."""

    name: str
    label: str
    columns: Mapping[str, str] = field(default_factory=_nothing)
    media: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Control:
    """One element of the body, in order. `path` is absolute without positions; `type` is the bind's without prefix."""

    kind: str
    path: str
    type: str
    appearances: tuple[str, ...] = ()
    children: tuple["Control", ...] = ()
    bind_attributes: Names = field(default_factory=_no_names)
    attributes: Names = field(default_factory=_no_names)
    mediatype: str | None = None

    def walk(self) -> Iterator["Control"]:
        """Itself and everything below, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class NodeState:
    """What one Node shows. `value` is effective: '' where not relevant. `valid` ignores `required`."""

    path: str
    value: str
    relevant: bool
    required: bool
    readonly: bool
    valid: bool
    message: str
    label: str
    hint: str
    guidance: str
    choices: tuple[Choice, ...]
    media: Mapping[str, str] = field(default_factory=_nothing)
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Delta:
    """What one step altered: paths whose state changed, and repeat instances added or removed.

    `kept` maps a path to its new text where a draft must keep it: what was answered or set by an action.
    """

    changed: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Submission:
    """A finished filling: OpenRosa XML and the names of the files it mentions."""

    xml: bytes
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A value inside a text."""

    source: str
    tree: Expr
    run: Eval


Text = tuple[str | Output, ...]


@dataclass(frozen=True, slots=True)
class TextRef:
    """Where a text comes from: an itext id, an expression, or the form itself."""

    itext: str = ""
    inline: Text = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """What is written beside a Node."""

    label: TextRef | None = None
    hint: TextRef | None = None
    constraint: TextRef | None = None
    required: TextRef | None = None


@dataclass(frozen=True, slots=True)
class Itemset:
    """Options of a select: Nodes of an expression, or `fixed` ones written in the body."""

    run: Eval | None = None
    tree: Expr | None = None
    value: str = "name"
    label: str = "label"
    label_is_itext: bool = False
    fixed: tuple[tuple[str, TextRef], ...] = ()
    instance: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue. `trigger` is the path whose change fires it, '' for load events; `source` the expression's text.

    `route` is the target as an expression, where it picks among repeat instances.
    """

    events: frozenset[str]
    target: str
    run: Eval | None
    literal: str = ""
    trigger: str = ""
    source: str = ""
    route: Eval | None = None


_KINDS = {
    kind: at
    for at, kind in enumerate(
        ("default", "calculate", "relevant", "readonly", "required", "constraint", "choices", "label")
    )
}


@dataclass(slots=True, eq=False)
class Rule:
    """One expression of one Spec; `rank` orders evaluation; one that `speaks` depends on the language."""

    kind: str
    spec: "Spec"
    source: str
    tree: Expr
    run: Eval
    rank: int = 0
    constant: bool = False
    speaks: bool = False
    bit: int = 0
    """Marks it among the rules that may wait for one Node: a Node has one of each kind, and a count for each child."""

    def __post_init__(self) -> None:
        self.bit = 1 << (len(_KINDS) + self.spec.order if self.kind == "count" else _KINDS.get(self.kind, 0))


@dataclass(frozen=True, slots=True)
class Link:
    """When a Node of the owning Spec changes: re-run `rule` for its Nodes below the ancestor at depth `join`.

    `after`: only from the changed repeat instance on (positions). `shift`: only for the instance so many places later.
    """

    rule: Rule
    join: int
    after: bool = False
    shift: int | None = None


@dataclass(slots=True, eq=False)
class Spec:
    """One element of the primary instance's definition, shared by its Nodes; written only while the Form is built."""

    name: str
    path: str
    depth: int
    order: int
    parent: "Spec | None"
    children: dict[str, "Spec"] = field(default_factory=dict)
    attributes: dict[str, "Spec"] = field(default_factory=dict)
    is_repeat: bool = False
    in_repeat: bool = False
    template: Node | None = None
    fixed_count: bool = False
    fixed: int = 0
    bounds: tuple[float, float] | None = None
    type: str = "string"
    preload: tuple[str, str] = ("", "")
    kind: str = ""
    texts: Texts = Texts()
    itemset: Itemset | None = None
    filtered: bool = False
    calculate: Rule | None = None
    relevant: Rule | None = None
    readonly: Rule | None = None
    required: Rule | None = None
    constraint: Rule | None = None
    choices: Rule | None = None
    count: Rule | None = None
    label: Rule | None = None
    actions: tuple[Action, ...] = ()
    links: tuple[Link, ...] = ()
    bound: bool = False
    is_kept: bool = False
    """A draft keeps its text: it cannot be computed again when the draft is opened (`once()` reads itself)."""
    is_plain: bool = False
    """`normal` changes nothing: any text is stored as it is."""
    is_passive: bool = False
    """A plain result nothing judges, offers or keeps: a new text is stored and whatever reads it is asked, no more."""

    @property
    def is_leaf(self) -> bool:
        """Holds a value."""
        return not self.children

    def normal(self, text: str) -> str:
        """`text` as a Node of this Spec stores what the form, a calculation or a script gives it."""
        if self.kind in ("select", "rank"):
            return " ".join(text.split())
        if self.kind == "trigger":
            return "OK" if text.lower() == "ok" else ""
        found = canonical(text, self.type)
        if self.bounds is not None and found and not self.bounds[0] <= float(found) <= self.bounds[1]:
            return ""
        return found

    def settle(self, *, is_filtered: bool) -> None:
        """All its expressions are known."""
        rule = self.calculate
        is_once = rule is not None and isinstance(rule.tree, Call) and rule.tree.name == "once"
        self.is_kept = self.is_leaf and (rule is None or is_once)
        self.filtered = is_filtered
        self.is_plain = self.kind not in ("select", "rank", "trigger") and is_free(self.type) and self.bounds is None
        self.is_passive = (
            self.is_plain and not self.is_kept and self.itemset is None and self.constraint is None
            and self.type not in MESSAGES
        )  # fmt: skip

    def rules(self) -> Iterator[Rule]:
        """Its expressions."""
        for rule in (
            self.calculate, self.relevant, self.readonly, self.required, self.constraint, self.choices, self.count,
            self.label,
        ):  # fmt: skip
            if rule is not None:
                yield rule

    def walk(self) -> Iterator["Spec"]:
        """Itself and everything below in document order; attributes only where the form computes them."""
        yield self
        yield from self.attributes.values()
        for child in self.children.values():
            yield from child.walk()

    def find(self, keys: list[str]) -> "Spec | None":
        """The Spec reached by child names."""
        spec: Spec | None = self
        for key in keys:
            spec = spec and (spec.children.get(key) or spec.attributes.get(key))
        return spec
