"""Reads the model of an XForm: instances, binds and actions become Specs and Rules; faults are listed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import instances, safexml
from .faults import faulty, unreadable
from .limits import MAX_NODES
from .model import Action, Output, Rule, Spec, TextRef
from .problems import FormError, Problem
from .safexml import Element, local, namespace
from .sentences import say
from .text import Translations, read_text, read_translations
from .tree import ELEMENT, Node
from .xpath.compile import Compiler
from .xpath.parser import parse
from .xpath.scope import JAVAROSA, Eval, Names
from .xpath.syntax import Call, Expr, Literal, XPathSyntaxError

_LONGEST_NAME = 1_000
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_TEMPLATE = f"{{{JAVAROSA}}}template"
_EVENTS = frozenset(
    ["odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed", "xforms-ready"]
)


@dataclass(slots=True)
class Reader:
    """What is gathered while one XForm is read."""

    root: Element
    prefixes: dict[str, str]
    model: Element
    body: Element | None
    problems: list[Problem] = field(default_factory=list)
    compiled: dict[str, tuple[Expr, Eval]] = field(default_factory=dict)
    faults: dict[str, tuple[str, ...]] = field(default_factory=dict)
    specs: dict[str, Spec] = field(default_factory=dict)
    binds: dict[str, Element] = field(default_factory=dict)
    actions: dict[str, list[Action]] = field(default_factory=dict)
    secondary: dict[str, Node] = field(default_factory=dict)
    translations: Translations = Translations((), None, {})
    top: Spec = field(init=False)
    template: Node = field(init=False)

    def complain(self, message: str, path: str | None = None, column: str | None = None) -> None:
        """Note an error."""
        self.problems.append(Problem("error", message, path=path, column=column))

    def warn(self, message: str, path: str | None = None) -> None:
        """Note something that works, but not as the author thinks."""
        self.problems.append(Problem("warning", message, path=path))

    def compile(self, source: str, path: str | None, column: str) -> tuple[Expr, Eval] | None:
        """AST and closure of an expression, or None with the fault noted."""
        if source not in self.compiled:
            try:
                tree = parse(source.strip())
            except XPathSyntaxError as error:
                self.problems.append(unreadable(source, str(error), path=path, column=column))
                return None
            compiler = Compiler(Names(self.prefixes))
            run = compiler.compile(tree)
            self.compiled[source] = tree, run
            self.faults[source] = tuple(compiler.problems)
        for reason in self.faults[source]:
            self.problems.append(faulty(source, reason, path=path, column=column))
        return self.compiled[source]

    def rule(self, kind: str, spec: Spec, source: str | None) -> Rule | None:
        """A Rule of `spec`, or None where there is nothing to evaluate."""
        if source is None or not source.strip():
            return None
        made = self.compile(source, spec.path, kind)
        if made is None:
            return None
        speaks = ":choice-name" in source or ":itext" in source
        return Rule(kind, spec, source.strip(), made[0], made[1], speaks=speaks)

    def output(self, source: str) -> Output:
        """A value inside a text; a broken one shows nothing and is noted."""
        made = self.compile(source, None, "label")
        return Output(source.strip(), *made) if made else Output(source, Literal(""), lambda _n, _s: "")

    def resolve(self, path: str | None, base: Spec | None = None) -> Spec | None:
        """The Spec of a reference; relative ones start at `base`. Prefixes are ignored."""
        if path is None:
            return None
        path = path.strip()
        known = self.specs.get(path)
        if known is not None:
            return known
        if "/@" in path:
            return self._attribute(path, base)
        parts = [p.strip().rpartition(":")[2].partition("[")[0].strip() for p in path.split("/")]
        spec: Spec | None = base or self.top
        if path.startswith("/"):
            return self.specs.get("/" + "/".join(p for p in parts if p))
        for part in parts:
            if part == "..":
                spec = spec.parent if spec is not None else None
            elif part not in (".", "") and not part.startswith("current("):
                spec = spec.children.get(part) if spec is not None else None
        return spec

    def _attribute(self, path: str, base: Spec | None) -> Spec | None:
        """The Spec of an attribute that is bound or set; it exists from then on."""
        owner, _, name = path.rpartition("/@")
        parent = self.resolve(owner, base)
        local_name = name.strip().rpartition(":")[2]
        if parent is None or not _NAME.fullmatch(local_name):
            return None
        key = f"@{local_name}"
        if key not in parent.attributes:
            spec = Spec(key, f"{parent.path}/{key}", parent.depth + 1, parent.order, parent, in_repeat=parent.in_repeat)
            parent.attributes[key] = self.specs[spec.path] = spec
        return parent.attributes[key]

    def bind_path(self, ident: str | None) -> str | None:
        """The path of the bind with that id."""
        return next((path for path, e in self.binds.items() if ident and e.get("id") == ident), None)

    def text_ref(self, element: Element | None) -> TextRef | None:
        """The text of a `<label>` or `<hint>`."""
        if element is None:
            return None
        ref = element.get("ref")
        if not ref:
            return TextRef(inline=read_text(element, self.output))
        return self.text_source(ref) if ref.strip().startswith("jr:") else TextRef(inline=(self.output(ref),))

    def text_source(self, source: str | None) -> TextRef | None:
        """`jr:itext('id')`, a plain sentence, or an expression."""
        if not source:
            return None
        if not source.strip().startswith("jr:"):
            return TextRef(inline=(source,))
        try:
            tree = parse(source.strip())
        except XPathSyntaxError:
            return TextRef(inline=(source,))
        if isinstance(tree, Call) and len(tree.args) == 1 and isinstance(tree.args[0], Literal):
            return TextRef(itext=tree.args[0].value)
        return TextRef(inline=(self.output(source),))


def read(source: bytes, resources: Mapping[str, bytes]) -> Reader:
    """Everything but the body's controls. FormError if it is no XForm at all."""
    root = safexml.parse(source)
    model = next((e for e in root.iter() if local(e) == "model"), None)
    if model is None:
        raise FormError("This XML is not an XForm: it has no model.")
    body = next((e for e in root if local(e) == "body"), None)
    prefixes = {p: uri for p, uri in {**root.nsmap, **model.nsmap}.items() if p}
    parts = list(model)
    primary = next((e for e in parts if local(e) == "instance"), None)
    if primary is not None and len(primary):
        prefixes = {p: uri for p, uri in primary[0].nsmap.items() if p} | prefixes
    reader = Reader(root, {"jr": JAVAROSA, **prefixes}, model, body)
    if primary is None or len(primary) != 1:
        raise FormError("The form has no primary instance, or one without a single root.")
    itext = next((e for e in parts if local(e) == "itext"), None)
    reader.translations = read_translations(itext, reader.output)
    _read_primary(reader, primary[0], _repeat_paths(reader))
    for element in parts:
        if local(element) == "instance" and element is not primary:
            _read_secondary(reader, element, resources)
    _read_binds(reader, parts)
    read_actions(reader, parts, None)
    return reader


def _repeat_paths(reader: Reader) -> set[str]:
    if reader.body is None:
        return set()
    repeats = (e for e in reader.body.iter() if local(e) == "repeat")
    return {_plain(e.get("nodeset") or "") for e in repeats}


def _plain(path: str) -> str:
    return "/".join(p.strip().rpartition(":")[2] for p in path.strip().split("/"))


def _read_primary(reader: Reader, element: Element, repeats: set[str]) -> None:
    if element.xpath("count(.//*)") > MAX_NODES:
        raise FormError(f"The form has more than {MAX_NODES} Nodes.")
    counter = iter(range(MAX_NODES))
    reader.template = _node(element)
    _inject_instance_id(reader.template)
    reader.top = _spec(reader, reader.template, None, counter, repeats)
    _settle_templates(reader.template, reader.top)


def _node(element: Element) -> Node:
    uri = namespace(element)
    node = Node(ELEMENT, local(element), ns=uri, text="" if len(element) else element.text or "")
    node.prefix = element.prefix or ""
    for name, value in element.attrib.items():
        ns, plain = safexml.split(name)
        node.set_attribute(plain, value, ns=ns)
    for child in element:
        node.append(_node(child))
    return node


def _inject_instance_id(root: Node) -> None:
    meta = next(iter(root.named("meta")), None)
    if meta is None:
        meta = root.append(Node(ELEMENT, "meta", ns="http://openrosa.org/xforms", prefix="orx"))
    if not meta.named("instanceID"):
        meta.append(Node(ELEMENT, "instanceID", ns=meta.ns, prefix=meta.prefix))


def _spec(reader: Reader, node: Node, parent: Spec | None, counter: Iterator[int], repeats: set[str]) -> Spec:
    path = f"{parent.path if parent else ''}/{node.local}"
    spec = reader.specs.get(path)
    if spec is None:
        if len(node.local) > _LONGEST_NAME:
            raise FormError(f"A name in the form is longer than {_LONGEST_NAME} characters.")
        order = next(counter, None)
        if order is None:
            raise FormError(f"The form has more than {MAX_NODES} Nodes.")
        spec = Spec(node.local, path, parent.depth + 1 if parent else 1, order, parent)
        spec.is_repeat = path in repeats
        spec.in_repeat = spec.is_repeat or bool(parent and parent.in_repeat)
        reader.specs[path] = spec
        if parent is not None:
            parent.children[node.local] = spec
    for child in node.children:
        _spec(reader, child, spec, counter, repeats)
    return spec


def _settle_templates(node: Node, spec: Spec) -> None:
    """Keep each repeat's template on its Spec and out of the tree; without one, the first instance lends its shape."""
    for child_spec in spec.children.values():
        found = list(node.named(child_spec.name))
        for child in found:
            _settle_templates(child, child_spec)
        if not child_spec.is_repeat:
            continue
        marked = next((c for c in found if _is_template(c)), None)
        if child_spec.template is None:
            child_spec.template = _copy(marked or found[0], blank=marked is None) if found else None
        if marked is not None:
            node.remove(marked)


def _is_template(node: Node) -> bool:
    return any(a.local == "template" and a.ns == JAVAROSA for a in node.attributes)


def _strip(node: Node) -> None:
    node.attributes = [a for a in node.attributes if not (a.local == "template" and a.ns == JAVAROSA)]


def _copy(node: Node, *, blank: bool) -> Node:
    copy = Node(node.kind, node.local, ns=node.ns, text="" if blank else node.text, prefix=node.prefix)
    copy.attributes = node.attributes
    _strip(copy)
    for child in node.children:
        copy.append(_copy(child, blank=blank))
    return copy


def _read_secondary(reader: Reader, element: Element, resources: Mapping[str, bytes]) -> None:
    ident, src = element.get("id") or "", element.get("src")
    if ident in reader.secondary:
        reader.complain(f"Two instances are called “{ident}”.")
        return
    if src is None:
        reader.secondary[ident] = instances.from_element(element)
        return
    reader.secondary[ident] = instances.empty()
    if src.startswith("jr://instance/"):
        return
    try:
        name = instances.file_name(src)
        if name in resources:
            reader.secondary[ident] = instances.from_file(name, resources[name])
        else:
            reader.problems.append(say("file_absent", {"name": name}))
    except FormError as error:
        reader.complain(str(error))


def _read_binds(reader: Reader, parts: list[Element]) -> None:
    for element in parts:
        if local(element) != "bind":
            continue
        nodeset = element.get("nodeset") or ""
        spec = reader.resolve(nodeset)
        if spec is None:
            reader.warn(f"A bind names {nodeset}, which is not in the form.", nodeset)
            continue
        reader.binds[spec.path] = element
        _read_bind(reader, spec, element)


def _read_bind(reader: Reader, spec: Spec, element: Element) -> None:
    jr = f"{{{JAVAROSA}}}"
    spec.bound = True
    spec.type = (element.get("type") or "string").rpartition(":")[2]
    spec.preload = (element.get(f"{jr}preload") or "", element.get(f"{jr}preloadParams") or "")
    spec.calculate = reader.rule("calculate", spec, element.get("calculate"))
    spec.relevant = reader.rule("relevant", spec, element.get("relevant"))
    spec.readonly = reader.rule("readonly", spec, element.get("readonly"))
    spec.required = reader.rule("required", spec, element.get("required"))
    spec.constraint = reader.rule("constraint", spec, element.get("constraint"))


def read_actions(reader: Reader, elements: list[Element], trigger: Spec | None) -> None:
    """The `<setvalue>` among `elements`; inside a control they are fired by it."""
    for element in elements:
        if local(element) != "setvalue":
            continue
        events = frozenset((element.get("event") or "").split())
        ref = element.get("ref") or reader.bind_path(element.get("bind"))
        target = reader.resolve(ref, trigger)
        if target is None or not events & _EVENTS:
            what = ref or element.get("bind") or "?"
            reader.warn(f"A setvalue for {what} names no known place or event and is ignored.")
            continue
        value = element.get("value")
        made = reader.compile(value, target.path, "default") if value is not None and value.strip() else None
        fired_by = trigger.path if trigger is not None and "xforms-value-changed" in events else ""
        route = reader.compile(ref, target.path, "ref") if ref and "[" in ref else None
        run, text = made[1] if made else None, (element.text or "") if value is None else ""
        action = Action(events, target.path, run, text, fired_by, value or "", route[1] if route else None)
        reader.actions.setdefault(fired_by, []).append(action)
        if fired_by and events - {"xforms-value-changed"}:
            reader.actions.setdefault("", []).append(action)
