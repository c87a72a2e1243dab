"""A Session: one filling of a Form. Each step returns exactly what it changed."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from . import events, nodes
from .choices import fixed_choices, has_outputs, item_choice, width
from .instances import is_safe_name
from .limits import MAX_INSTANCES
from .model import NOTHING, Action, Choice, Delta, NodeState, Spec, Submission
from .nodes import Changes, ModelNode, find, path_of
from .problems import FormError, Problem
from .recompute import Recompute
from .safexml import MAX_TEXT
from .text import Translations, Voice, media, plain, render
from .tree import ROOT, TEXT, Node
from .types import MESSAGES, cast, fits
from .xpath.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence


class Definition(Protocol):
    """What a Session needs of a Form."""

    @property
    def top(self) -> Spec: ...
    @property
    def template(self) -> Node: ...
    @property
    def translations(self) -> Translations: ...
    @property
    def secondary(self) -> Mapping[str, Node]: ...
    @property
    def actions(self) -> "Mapping[str, Sequence[Action]]": ...
    @property
    def prefixes(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Opening:
    """How a Session starts: new, from saved `xml`, or from a draft's `values` with `counts` of instances by repeat path.

    `is_frozen`: nothing is computed or set again, the values are the last word.
    """

    now: Callable[[], datetime]
    identity: Mapping[str, str]
    language: str | None = None
    randomness: random.Random | None = None
    xml: bytes | None = None
    is_edit: bool = False
    values: Mapping[str, str] | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    is_frozen: bool = False


class Session:
    """One filling. Paths are absolute, repeats with positions (`/data/rep[2]/q`). FormError for what cannot be done."""

    def __init__(self, form: Definition, opening: Opening) -> None:
        document = Node(ROOT)
        self.form = form
        self.root = nodes.grow(form.top, form.template)
        document.append(self.root)
        self.unplaced: tuple[str, ...] = ()
        self.deprecated = ""
        """The instanceID that this filling replaces, '' for a new one."""
        self.scope = Scope(document, document, now=opening.now, zone=opening.now().tzinfo or UTC)
        self.scope.randomness = opening.randomness or random.SystemRandom()
        self.scope.instance = form.secondary.get
        self.scope.itext = self._itext
        self.scope.choice_name = self._choice_name
        self.voice = Voice(form.translations, self._known(opening.language), self.scope)
        self.queue = Recompute(document, self.scope, form.actions)
        self._choices: dict[tuple[str, str, bool, Node], Choice] = {}
        self._steady: dict[str, ModelNode] = {}
        """Nodes outside all repeats by their paths: these neither come nor go."""

    def _known(self, language: str | None) -> str | None:
        translations = self.form.translations
        return language if language in translations.languages else translations.default

    @property
    def language(self) -> str | None:
        """The active language."""
        return self.voice.language

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Expressions that failed while filling (a pattern that took too long, too many instances)."""
        return tuple(self.queue.problems)

    def set_answer(self, path: str, value: str) -> Delta:
        """Store an answer; select-multiple names are separated by spaces. FormError for a group or a read-only Node."""
        node = self._node(path)
        if node.spec.children:
            raise FormError(f"{path} is a group and holds no answer.")
        if _is_readonly(node):
            raise FormError(f"{path} is read-only.")
        value = nodes.clean(value)
        if node.spec.type == "binary" and value and not is_safe_name(value):
            raise FormError(f"The answer to {path} is a file, but “{value[:80]}” is not the name of one.")
        if len(value) > MAX_TEXT:
            raise FormError(f"The answer to {path} is longer than {MAX_TEXT // 1024} KB.")
        if node.spec.kind in ("select", "rank"):
            value = " ".join(value.split())
        self.queue.store(node, cast(value, node.spec.type))
        events.settle(self.queue, self.root)
        return self._delta()

    def accepted(self, path: str, value: str) -> str:
        """What peers would store of an answer: '' if it is of another type, options in the order they are offered."""
        node = self._node(path)
        spec = node.spec
        if spec.itemset is None:
            return spec.normal(value)
        names = list(dict.fromkeys(c.name for c in self._offer(node)))
        if spec.kind == "select1":
            return value if value in names else ""
        wanted = value.split()
        if spec.kind == "rank" and wanted:
            if not set(names) <= set(wanted):
                raise FormError(f"A ranking for {path} must name every option.")
            return " ".join(wanted)
        return " ".join(name for name in names if name in wanted)

    def add_repeat(self, path: str) -> Delta:
        """One more instance of the repeat at `path` (its own position, if any, does not matter)."""
        parent_path, _, last = path.rstrip("/").rpartition("/")
        parent = self._node(parent_path)
        spec = self._open_repeat(parent, last.partition("[")[0], path)
        at = len(parent.named(spec.name))
        if at >= MAX_INSTANCES:
            raise FormError(f"{path} already has {MAX_INSTANCES} instances.")
        self.queue.grow_instance(parent, spec)
        self.queue.restructured(parent, spec, at)
        events.settle(self.queue, self.root)
        return self._delta()

    def remove_repeat(self, path: str) -> Delta:
        """Take away the instance at `path[n]`; later ones move up."""
        node = self._node(path)
        parent = node.parent
        if not isinstance(parent, ModelNode):
            raise FormError(f"{path} is not a repeat.")
        spec = self._open_repeat(parent, node.spec.name, path)
        at = parent.named(spec.name).index(node)
        self.queue.drop_instance(node)
        for sibling in parent.named(spec.name)[at:]:
            self.queue.changes.nodes.update(dict.fromkeys(sibling.walk()))  # type: ignore[attr-defined]
        self.queue.restructured(parent, spec, at)
        events.settle(self.queue, self.root)
        return self._delta()

    def _open_repeat(self, parent: ModelNode, name: str, path: str) -> Spec:
        spec = parent.spec.children.get(name)
        if spec is None or not spec.is_repeat or spec.template is None:
            raise FormError(f"{path} is not a repeat.")
        if spec.fixed_count:
            raise FormError(f"The form itself decides how many instances {path} has.")
        return spec

    def set_language(self, name: str) -> Delta:
        """Show texts in another language of the form. FormError for one it does not have."""
        if name not in self.form.translations.languages:
            raise FormError(f"The form has no language “{name}”.")
        self.queue.start()
        self.voice = Voice(self.form.translations, name, self.scope)
        self._choices.clear()
        for node in self.root.walk():
            if node.spec.kind:
                self.queue.changes.nodes[node] = None
            for rule in node.spec.rules():
                if rule.speaks and rule.kind not in ("count", "label"):
                    self.queue.push(rule, node)
        events.settle(self.queue, self.root)
        return self._delta()

    def state(self, path: str) -> NodeState:
        """Everything one Node shows now."""
        node = self._node(path)
        return self._state(node, path)

    def states(self) -> Iterator[NodeState]:
        """All Nodes in document order, groups and repeat instances included."""
        self.queue.start()
        for node, path in _with_paths(self.root, ""):
            shown = self._state(node, path)
            self.scope.spend(20 * len(shown.choices))
            yield shown

    def _state(self, node: ModelNode, path: str) -> NodeState:
        texts, voice = node.spec.texts, self.voice
        label = voice.variants(texts.label, node)
        hint = voice.variants(texts.hint, node)
        return NodeState(
            path,
            node.text if not node.children else "",
            node.relevant,
            node.required,
            _is_readonly(node),
            node.valid,
            "" if node.valid else self._message(node),
            plain(label),
            plain(hint),
            hint.get("guidance", ""),
            self._offer(node),
            media(label) or NOTHING,
            bool(node.children) or node.spec.is_repeat,
        )

    def _message(self, node: ModelNode) -> str:
        if not fits(node.text, node.spec.type):
            return MESSAGES.get(node.spec.type, "")
        return self.voice.say(node.spec.texts.constraint, node)

    def _offer(self, node: ModelNode) -> tuple[Choice, ...]:
        itemset = node.spec.itemset
        if itemset is None:
            return ()
        if itemset.run is None:
            return fixed_choices(itemset, self.voice, node)
        options = self.queue.options(node)
        if options:
            self.scope.spend((10 + width(options[0])) * len(options))
        return tuple(self._choice(item, node) for item in options)

    def _choice(self, item: Node, node: ModelNode) -> Choice:
        """Questions that offer the same item in the same way share its Choice."""
        itemset = node.spec.itemset
        if itemset is None:
            return Choice("", "")
        key = (itemset.value, itemset.label, itemset.label_is_itext, item)
        known = self._choices.get(key)
        if known is None:
            known = item_choice(item, itemset, self.voice, node)
            if not isinstance(item, ModelNode) and not has_outputs(item, itemset, self.voice):
                self._choices[key] = known
        return known

    def value(self, path: str) -> str:
        """The effective value: '' where not relevant."""
        return self._node(path).string()

    def answered(self, path: str) -> str:
        """What was answered at `path`, which a question keeps while it is not relevant."""
        return self._node(path).stored

    def kept(self) -> dict[str, str]:
        """Path → text of everything a draft must keep, blank ones left out; `resume` takes it back."""
        return {path: node.stored for node, path in self.walk() if node.spec.is_kept and node.stored}

    def paths(self) -> tuple[str, ...]:
        """Paths of all leaves in document order, positions on every repeat."""
        return tuple(path for node, path in _with_paths(self.root, "") if node.spec.is_leaf)

    def walk(self) -> Iterator[tuple[ModelNode, str]]:
        """All Nodes with their paths, in document order."""
        return _with_paths(self.root, "")

    def repeats(self) -> tuple[str, ...]:
        """Paths of all repeat instances in document order."""
        return tuple(path for node, path in _with_paths(self.root, "") if node.spec.is_repeat)

    def validate(self) -> tuple[Problem, ...]:
        """What is missing or wrong among the relevant Nodes; each Problem has its `path`."""
        self.queue.start()
        found = []
        for node, path in _with_paths(self.root, ""):
            if not node.relevant or not node.spec.is_leaf:
                continue
            if node.required and not node.text:
                message = self.voice.say(node.spec.texts.required, node) or "An answer is required."
                found.append(Problem("error", message, path=path, column="required"))
            elif not node.valid:
                message = self._message(node) or "The answer does not fit its rule."
                found.append(Problem("error", message, path=path, column="constraint"))
        return tuple(found)

    def draft_xml(self) -> bytes:
        """The submission as it would be written now; nothing is stamped, no event fires."""
        return nodes.write(self.root, self.form.prefixes)

    def finalize(self) -> Submission:
        """The submission as it stands, irrelevant Nodes left out; ask validate() first."""
        self.queue.start()
        events.finish(self.queue, self.root)
        self.queue.changes = Changes()
        names = [n.text for n in self.root.walk() if n.spec.type == "binary" and is_safe_name(n.text)]
        xml = nodes.write(self.root, self.form.prefixes, self.deprecated)
        return Submission(xml, tuple(dict.fromkeys(names)))

    def _node(self, path: str) -> ModelNode:
        self.queue.start()
        if not self._steady:
            for steady in self.root.walk():
                if not steady.spec.in_repeat:
                    self._steady.setdefault(steady.spec.path, steady)
        node = self._steady.get(path) or (find(self.scope.root, path) if path.startswith("/") else None)
        if node is None:
            raise FormError(f"The form has no {nodes.clean(path[:200])}.")
        return node

    def _delta(self) -> Delta:
        changes, self.queue.changes = self.queue.changes, Changes()
        return Delta(
            frozenset([path_of(n) if n.spec.in_repeat else n.spec.path for n in changes.nodes if n.alive]),
            tuple(map(path_of, changes.added)),
            tuple(changes.removed),
            {path_of(n): n.stored for n in changes.kept if n.alive},
        )

    def _itext(self, ident: str) -> list[Node]:
        node = self.scope.current
        self.scope.spend(1_000)
        found = self.voice.translations.variants(ident, self.voice.language)
        if not found or not isinstance(node, ModelNode):
            return []
        return [Node(TEXT, text=render(t, node, self.scope)) for form, t in found.items() if form == ""]

    def _choice_name(self, value: str, path: str, node: Node) -> str:
        """`jr:choice-name`: the label of an option of the select at `path`, nearest to `node`."""
        select = self._nearest(path, node)
        if select is None:
            return ""
        return next((c.label for c in self._offer(select) if c.name == value), "")

    def _nearest(self, path: str, node: Node) -> ModelNode | None:
        keys = [p.strip().rpartition(":")[2] for p in path.strip().split("/")]
        if not path.strip().startswith("/"):
            at: Node | None = node
            for key in keys:
                at = at and (at.parent if key == ".." else at if key == "." else next(iter(at.named(key)), None))
            return at if isinstance(at, ModelNode) else None
        line = set()
        here: Node | None = node
        while here is not None:
            line.add(here)
            here = here.parent
        at = self.scope.root
        for key in keys[1:]:
            named = at.named(key)
            at = next((n for n in named if n in line), named[0] if named else Node(TEXT))
        return at if isinstance(at, ModelNode) else None


def _is_readonly(node: ModelNode) -> bool:
    at: Node | None = node
    while at.__class__ is ModelNode:
        if at.readonly:
            return True
        at = at.parent
    return False


def _with_paths(node: ModelNode, prefix: str) -> Iterator[tuple[ModelNode, str]]:
    path = f"{prefix}/{node.spec.name}"
    yield node, path
    counts: dict[str, int] = {}
    for child in node.model_children():
        if not child.spec.is_repeat:
            yield from _with_paths(child, path)
            continue
        name = child.spec.name
        counts[name] = counts.get(name, 0) + 1
        for below, deeper in _with_paths(child, ""):
            yield below, f"{path}/{name}[{counts[name]}]{deeper[len(name) + 1 :]}"
