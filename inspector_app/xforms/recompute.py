"""The recompute queue: dirty expressions by rank, evaluated once each, spreading only where a result changed."""

from collections.abc import Callable, Mapping, Sequence
from heapq import heappop, heappush

from .choices import item_name, still_offered
from .limits import EFFORT, MAX_INSTANCES, MAX_NODES, MAX_ROUNDS, MAX_WRITTEN
from .model import Action, Itemset, Link, Rule, Spec
from .nodes import Changes, Entry, Fan, ModelNode, add_instance, below, ghost, path_of
from .problems import FormError, Problem
from .readers import readers
from .tree import Node
from .types import MESSAGES, fits
from .xpath.scope import Scope
from .xpath.syntax import EvaluationError
from .xpath.values import Value, number_text, to_boolean, to_number, to_string


class Recompute:
    """Keeps one Session's Nodes up to date with their expressions."""

    def __init__(self, document: Node, scope: Scope, actions: Mapping[str, Sequence[Action]]) -> None:
        self.document = document
        self.scope = scope
        self.actions = actions
        self.changes = Changes()
        self.problems: list[Problem] = []
        self.fired: dict[ModelNode, str] = {}
        self.newborn: set[ModelNode] = set()
        self.size = 0
        self.written = 0
        self.is_loading = False
        self.waiting: set[ModelNode] = set()
        self.postponed: list[tuple[Rule, ModelNode]] = []
        self._lists: dict[Spec | tuple[str, str], Mapping[str, None]] = {}
        self.is_frozen = False
        self._heap: list[tuple[int, int, Entry]] = []
        self._count = 0
        self._fans: dict[Spec, Fan] = {}
        self._near: dict[Rule, tuple[Entry, ...]] = {}
        self._run: dict[str, Callable[[Rule, ModelNode], None]] = {
            "relevant": self._relevant,
            "readonly": self._readonly,
            "required": self._required,
            "constraint": self._constraint,
            "choices": self._choices,
            "count": self._counted,
            "label": self._label,
        }

    def start(self) -> None:
        """A step begins: what it may take is counted anew."""
        self.scope.effort = EFFORT + 20 * self.size
        self.scope.slow.clear()

    def push(self, rule: Rule, node: ModelNode) -> None:
        """Note that `rule` must be evaluated for `node`."""
        if not node.queued & rule.bit:
            node.queued |= rule.bit
            self._count += 1
            heappush(self._heap, (rule.rank, self._count, (rule, node)))

    def enter(self, top: ModelNode) -> None:
        """Queue every expression of a new part of the tree."""
        for node in top.walk():
            self.size += 1
            spec = node.spec
            for rule in spec.rules():
                if rule.kind not in ("count", "label") and (rule.kind != "choices" or node.stored):
                    self.push(rule, node)
            for child in spec.children.values():
                if child.count is not None:
                    self.push(child.count, node)
            if node.stored and not spec.children:
                self._settle_default(node)
        if self.size > MAX_NODES:
            raise FormError(f"The form has grown beyond {MAX_NODES} Nodes.")

    def _settle_default(self, node: ModelNode) -> None:
        if node.spec.itemset is not None and node.spec.choices is None:
            self.refresh(node)
        if node.spec.constraint is None:
            self._judge(node, True)

    def drain(self) -> None:
        """Evaluate until nothing is dirty. FormError naming the expressions if it never ends."""
        spent, most = -len(self._heap), 0
        heap, scope, run = self._heap, self.scope, self._run
        while heap:
            rule, node = heappop(heap)[2]
            node.queued ^= rule.bit
            if not node.alive:
                continue
            spent += 1
            if spent > most:
                most = MAX_ROUNDS * (self.size + 1_000)
                if spent > most:
                    self._give_up()
            scope.current = node
            if rule.kind == "calculate":
                self._calculate(rule, node)
            else:
                run[rule.kind](rule, node)

    def _give_up(self) -> None:
        rules = sorted({f"{r.kind} of {r.spec.path}" for _, _, (r, _) in self._heap})[:5]
        for _, _, (_, node) in self._heap:
            node.queued = 0
        self._heap.clear()
        if self.written > MAX_WRITTEN:
            raise FormError(f"The answers of this form are longer than {MAX_WRITTEN // 1_000_000} million characters.")
        raise FormError(f"These expressions change each other without end: {', '.join(rules) or 'unknown'}.")

    def touch(self, node: ModelNode) -> None:
        """The effective value of `node` changed: queue what reads it."""
        self.changes.nodes[node] = None
        fan = node.fan or self._fan(node)
        for entry in fan.near:
            rule, reader = entry
            if not reader.queued & rule.bit:
                reader.queued |= rule.bit
                self._count += 1
                heappush(self._heap, (rule.rank, self._count, entry))
        for link in fan.links:
            self._follow(link, node)

    def _fan(self, node: ModelNode) -> Fan:
        """What reads the Nodes of a Spec, looked up once: outside all repeats Nodes neither come nor go."""
        spec = node.spec
        fan = self._fans.get(spec)
        if fan is None:
            near: list[Entry] = []
            others: list[Link] = []
            for link in spec.links:
                rule = link.rule
                if link.shift is not None or rule.kind == "count" or rule.spec.in_repeat:
                    others.append(link)
                    continue
                if rule not in self._near:
                    self._near[rule] = tuple((rule, target) for target in below(self.document, 0, rule.spec))
                near += self._near[rule]
            is_passive = spec.is_passive and spec.path not in self.actions
            fan = self._fans[spec] = Fan(tuple(near), tuple(others), is_passive)
        node.fan = fan
        return fan

    def _follow(self, link: Link, node: ModelNode) -> None:
        for reader in readers(link, node):
            self.push(link.rule, reader)

    def restructured(self, parent: ModelNode, spec: Spec, at: int) -> None:
        """Instances of `spec` below `parent` were added or removed from position `at` (0-based) on."""
        for link in spec.links:
            if link.after and link.rule.kind != "count":
                for sibling in parent.named(spec.name)[max(at + min(link.shift or 0, 0), 0) :]:
                    for target in below(sibling, spec.depth, link.rule.spec):
                        self.push(link.rule, target)
            else:
                self._follow(Link(link.rule, min(link.join, parent.spec.depth)), parent)

    def store(self, node: ModelNode, text: str) -> bool:
        """Put a new answer or result, already as its Spec writes it, into `node`; True if it differs."""
        if text == node.stored:
            return False
        self._grow(len(text) - len(node.stored))
        node.stored = text
        if node.spec.is_kept:
            self.changes.kept[node] = None
        self.refresh(node)
        return True

    def _grow(self, more: int) -> None:
        self.written += more
        if more > 0 and self.written > MAX_WRITTEN:
            self._give_up()

    def put(self, node: ModelNode, text: str) -> bool:
        """Store what the form itself gives, in the shape of the bind's type; True if it differs."""
        return self.store(node, text if node.spec.is_plain else node.spec.normal(text))

    def refresh(self, node: ModelNode) -> None:
        """Derive the effective value from what is stored, relevance and the options left."""
        text = node.stored if node.relevant else ""
        if text and node.spec.itemset is not None:
            text = still_offered(node.spec.kind, text, self._names(node, node.spec.itemset))
        if text == node.text:
            return
        if node.spec.path in self.actions:
            self.fired.setdefault(node, node.text)
        node.text = text
        self.touch(node)
        if node.spec.constraint is not None:
            self.push(node.spec.constraint, node)
        elif not node.valid or node.spec.type in MESSAGES:
            self._judge(node, True)

    def _names(self, node: ModelNode, itemset: Itemset) -> Mapping[str, None]:
        """Names of the options of `node`; those of an unchanging list are looked up once for all who offer it."""
        spec, rule = node.spec, node.spec.choices
        shared = rule is not None and spec.kind != "rank" and not spec.filtered
        key = (rule.source, itemset.value) if shared and rule is not None else spec
        known = self._lists.get(key)
        if known is not None:
            return known
        if itemset.run is None:
            names = dict.fromkeys(name for name, _ in itemset.fixed)
        else:
            names = dict.fromkeys(item_name(item, itemset) for item in self.options(node))
        if not spec.filtered:
            self._lists[key] = names
        return names

    def _offered(self, node: ModelNode) -> list[Node]:
        rule = node.spec.choices
        value = self._evaluate(rule, node) if rule is not None else []
        return list(value) if isinstance(value, list) else []

    def options(self, node: ModelNode) -> list[Node]:
        """Nodes of the options a select offers now."""
        if node.options is None:
            self.scope.current = node
            node.options = self._offered(node)
        return node.options

    def _evaluate(self, rule: Rule, node: Node) -> Value:
        try:
            return rule.run(node, self.scope)
        except (EvaluationError, RecursionError) as error:
            return self._failed(rule, node, error)

    def _failed(self, rule: Rule, node: Node, error: Exception) -> str:
        path = path_of(node)
        self.problems.append(Problem("error", f"{rule.kind} of {path}: {error}", path=path, column=rule.kind))
        return ""

    def _calculate(self, rule: Rule, node: ModelNode) -> None:
        if self.is_frozen:
            return
        if self.waiting and node in self.waiting:
            self.postponed.append((rule, node))
        elif node.relevant:
            try:
                value = rule.run(node, self.scope)
            except (EvaluationError, RecursionError) as error:
                value = self._failed(rule, node, error)
            text = number_text(value) if value.__class__ is float else to_string(value)
            if text == node.stored:
                return
            if (node.fan or self._fan(node)).is_passive:
                if len(text) != len(node.stored):
                    self._grow(len(text) - len(node.stored))
                node.stored = node.text = text
                self.touch(node)
            else:
                self.put(node, text)

    def _relevant(self, rule: Rule, node: ModelNode) -> None:
        node.own = to_boolean(self._evaluate(rule, node))
        parent = node.parent
        self._cascade(node, node.own and (not isinstance(parent, ModelNode) or parent.relevant))

    def _cascade(self, node: ModelNode, relevant: bool) -> None:
        if node.relevant == relevant:
            return
        node.relevant = relevant
        self.changes.nodes[node] = None
        if relevant and node.spec.calculate is not None:
            self.push(node.spec.calculate, node)
        if not node.children:
            self.refresh(node)
        for child in node.model_children():
            self._cascade(child, relevant and child.own)

    def _readonly(self, rule: Rule, node: ModelNode) -> None:
        value = to_boolean(self._evaluate(rule, node))
        if value != node.readonly:
            node.readonly = value
            self.changes.nodes.update(dict.fromkeys(node.walk()))

    def _required(self, rule: Rule, node: ModelNode) -> None:
        value = to_boolean(self._evaluate(rule, node))
        if value != node.required:
            node.required = value
            self.changes.nodes[node] = None

    def _constraint(self, rule: Rule, node: ModelNode) -> None:
        self._judge(node, not node.text or to_boolean(self._evaluate(rule, node)))

    def _judge(self, node: ModelNode, holds: bool) -> None:
        valid = not node.text or (holds and fits(node.text, node.spec.type))
        if valid != node.valid:
            node.valid = valid
            self.changes.nodes[node] = None

    def _choices(self, rule: Rule, node: ModelNode) -> None:
        if node.options is None and not node.stored:
            return
        before, node.options = node.options, self._offered(node)
        if before is None or node.options != before or isinstance(next(iter(before), None), ModelNode):
            self.changes.nodes[node] = None
            self.refresh(node)

    def _label(self, _rule: Rule, node: ModelNode) -> None:
        self.changes.nodes[node] = None

    def _counted(self, rule: Rule, parent: ModelNode) -> None:
        spec = rule.spec
        present = parent.named(spec.name)
        context = present[0] if present else ghost(parent, spec)
        wanted = to_number(self._evaluate(rule, context), self.scope.zone)
        if wanted != wanted:
            return
        count = int(max(min(wanted, MAX_INSTANCES + 1), 0))
        if count > MAX_INSTANCES:
            self.problems.append(
                Problem("error", f"{spec.path} asks for more than {MAX_INSTANCES} instances.", path=spec.path)
            )
            count = MAX_INSTANCES
        start = len(present)
        for _ in range(start, count):
            self.grow_instance(parent, spec)
        for node in reversed(list(present[count:])):
            self.drop_instance(node)  # type: ignore[arg-type]
        if count != start:
            self.restructured(parent, spec, min(start, count))

    def compute(self, node: ModelNode) -> None:
        """Run the waiting calculation of `node` once; what it reads may change it again when all are released."""
        if node in self.waiting and node.spec.calculate is not None:
            self.waiting.discard(node)
            self.scope.current = node
            self._calculate(node.spec.calculate, node)
            self.waiting.add(node)

    def release(self) -> None:
        """No calculation waits any longer; run those that were postponed."""
        self.waiting.clear()
        postponed, self.postponed = self.postponed, []
        for rule, node in postponed:
            self.push(rule, node)
        self.drain()

    def grow_instance(self, parent: ModelNode, spec: Spec) -> ModelNode:
        """Add an instance, fire its new-repeat actions, queue its expressions. The caller reports `restructured`."""
        node = add_instance(parent, spec)
        self.scope.reached.clear()
        if not parent.relevant:
            for below_it in node.walk():
                below_it.relevant, below_it.text = False, ""
        self.changes.added.append(node)
        self.changes.nodes.update(dict.fromkeys(node.walk()))
        if self.actions and not self.is_loading:
            self.newborn.update(node.walk())
            self._greet(node)
        self.enter(node)
        return node

    def drop_instance(self, node: ModelNode) -> None:
        """Take an instance out. The caller reports `restructured`."""
        parent = node.parent
        self.changes.removed.append(path_of(node))
        for gone in node.walk():
            gone.alive = False
            self.size -= 1
            self.changes.nodes.pop(gone, None)
        self.scope.reached.clear()
        if parent is not None:
            parent.remove(node)
        if node in self.changes.added:
            self.changes.added.remove(node)

    def _greet(self, top: ModelNode) -> None:
        """Fire the new-repeat actions of an instance, before anything else of it is computed."""
        greetings: dict[str, list[Action]] = {}
        for action in self.actions.get("", ()):
            if "odk-new-repeat" in action.events and action.target.startswith(top.spec.path + "/"):
                greetings.setdefault(action.target, []).append(action)
        if not greetings:
            return
        for node in top.walk():
            if node.spec.relevant is not None:
                self.scope.current = node
                self._relevant(node.spec.relevant, node)
            for action in greetings.get(node.spec.path, ()) if node.relevant else ():
                self.perform(action, node)

    def perform(self, action: Action, node: ModelNode) -> None:
        """Set `node` as a setvalue says."""
        self.scope.current = node
        text = action.literal
        if action.run is not None:
            try:
                text = to_string(action.run(node, self.scope))
            except (EvaluationError, RecursionError) as error:
                self.problems.append(Problem("error", f"setvalue of {action.target}: {error}", path=action.target))
                return
        self.put(node, text)
