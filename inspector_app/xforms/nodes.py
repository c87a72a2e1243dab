"""The primary instance of one Session: Nodes with state, repeat instances, paths with positions, OpenRosa XML out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape  # saxutils would load all of urllib, http and ssl
from typing import NamedTuple

from . import safexml
from .limits import Room
from .model import Link, Rule, Spec
from .problems import FormError
from .tree import ATTRIBUTE, ELEMENT, Node

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class ModelNode(Node):
    """An element of the primary instance. `stored` was answered, `text` counts now (blank if irrelevant)."""

    __slots__ = (
        "alive",
        "fan",
        "options",
        "own",
        "queued",
        "readonly",
        "relevant",
        "required",
        "source",
        "spec",
        "stored",
        "valid",
    )

    def __init__(self, spec: Spec, source: Node) -> None:
        text = spec.normal(source.text) if source.text else ""
        super().__init__(ELEMENT, source.local, ns=source.ns, text=text, prefix=source.prefix)
        self.key = spec.name
        self.spec = spec
        self.source = source
        self.stored = text
        self.attributes = source.attributes
        self.alive = self.own = self.relevant = self.valid = True
        self.readonly = self.required = False
        self.options: list[Node] | None = None
        self.fan: Fan | None = None
        self.queued = 0

    def model_children(self) -> list["ModelNode"]:
        """Its children; in the primary instance all are elements."""
        return self.children  # type: ignore[return-value]

    def walk(self) -> Iterator["ModelNode"]:
        """Itself and everything below in document order, computed attributes before children."""
        yield self
        for name in self.spec.attributes:
            yield from self.named(name)  # type: ignore[misc]
        for child in self.model_children():
            yield from child.walk()

    def own_attributes(self) -> None:
        """Give computed attributes state of their own; expressions reach them as `@name` and by their Spec's name."""
        index = {a.local: a for a in self.attributes}
        for name, spec in self.spec.attributes.items():
            node = ModelNode(spec, index.get(name[1:]) or Node(ATTRIBUTE, name[1:]))
            node.kind, node.key, node.parent, node.attributes = ATTRIBUTE, name[1:], self, []
            index[name[1:]] = node
            self.named(name)
            if self.index is not None:
                self.index[name] = [node]
        self.attributes = list(index.values())


Entry = tuple[Rule, ModelNode]
"""An expression to be evaluated for a Node."""


class Fan(NamedTuple):
    """What reads the Nodes of one Spec: `near` lie outside all repeats and are looked up once, `links` lead to the rest.

    `is_passive`: a plain result that nothing judges, offers, keeps or acts upon.
    """

    near: tuple[Entry, ...]
    links: tuple[Link, ...]
    is_passive: bool


@dataclass(slots=True)
class Changes:
    """What one step altered so far."""

    nodes: dict[ModelNode, None] = field(default_factory=dict)
    kept: dict[ModelNode, None] = field(default_factory=dict)
    added: list[ModelNode] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def grow(spec: Spec, source: Node) -> ModelNode:
    """A fresh copy of a definition with its default values; repeats with a count start empty, `jr:count` adds them."""
    node = ModelNode(spec, source)
    if spec.attributes:
        node.own_attributes()
    for child in source.children:
        child_spec = spec.children[child.key]
        if child_spec.count is None:
            node.append(grow(child_spec, child))
    for child_spec in spec.children.values():
        while len(node.named(child_spec.name)) < child_spec.fixed:
            add_instance(node, child_spec)
    return node


def path_of(node: Node) -> str:
    """Absolute path; repeat instances carry their position from 1."""
    if isinstance(node, ModelNode) and not node.spec.in_repeat:
        return node.spec.path
    parts: list[str] = []
    at: Node | None = node
    while isinstance(at, ModelNode):
        name = at.spec.name
        if at.spec.is_repeat and at.parent is not None:
            siblings = at.parent.named(name)
            name = f"{name}[{siblings.index(at) + 1 if at in siblings else 1}]"
        parts.append(name)
        at = at.parent
    return "/" + "/".join(reversed(parts))


def find(root: Node, path: str) -> ModelNode | None:
    """The Node at an absolute path; a repeat without position means its first instance."""
    node = root
    for part in path.strip("/").split("/"):
        name, bracket, position = part.partition("[")
        named, index = node.named(name), 1
        if bracket:
            digits = position.rstrip("]")
            index = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 1
            if position and not digits.isdigit():
                return None
        if not 1 <= index <= len(named):
            return None
        node = named[index - 1]
    return node if isinstance(node, ModelNode) else None


def add_instance(parent: ModelNode, spec: Spec) -> ModelNode:
    """One more repeat instance from the template, after its last sibling of the kind."""
    if spec.template is None:
        raise ValueError(spec.path)
    node = grow(spec, _given(parent, spec) or spec.template)
    at = len(parent.children)
    children = parent.model_children()
    while at and children[at - 1].spec.order > spec.order:
        at -= 1
    parent.insert(at, node)
    return node


def ghost(parent: ModelNode, spec: Spec) -> ModelNode:
    """An instance that is not there, for expressions that ask where it would be."""
    if spec.template is None:
        raise FormError(f"{spec.path} has no template.")
    node = grow(spec, spec.template)
    node.parent = parent
    return node


def _given(parent: ModelNode, spec: Spec) -> Node | None:
    """What the form itself writes at the next place of a repeat that it counts."""
    if spec.count is None:
        return None
    given, at = parent.source.named(spec.name), len(parent.named(spec.name))
    return given[at] if at < len(given) else None


def below(top: Node, depth: int, spec: Spec) -> list[ModelNode]:
    """All Nodes of `spec` below `top`, which lies at `depth`."""
    keys: list[str] = []
    at: Spec | None = spec
    while at is not None and at.depth > depth:
        keys.append(at.name)
        at = at.parent
    nodes = [top]
    for key in reversed(keys):
        nodes = nodes[0].named(key) if len(nodes) == 1 else [c for n in nodes for c in n.named(key)]
    return nodes  # type: ignore[return-value]


def ancestor_at(node: ModelNode, depth: int) -> Node:
    """The ancestor-or-self at that depth; the document itself is at 0."""
    at: Node = node
    for _ in range(node.spec.depth - depth):
        if at.parent is None:
            break
        at = at.parent
    return at


def write(root: ModelNode, prefixes: Mapping[str, str], deprecated: str = "") -> bytes:
    """OpenRosa XML of the relevant Nodes; `prefixes` are the form's, by URI, and only those in use are declared.

    `deprecated` is the instanceID that this submission replaces.
    """
    used: dict[str, str] = {}
    parts: list[str] = []
    _write(root, prefixes, used, parts)
    if deprecated:
        _insert_deprecated(parts, deprecated)
    declared = "".join(f" xmlns:{p}={_quoted(uri)}" for p, uri in sorted(used.items()))
    default = f" xmlns={_quoted(root.ns)}" if root.ns and not root.prefix and root.ns != XFORMS else ""
    head = parts[0]
    parts[0] = head + default + declared
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "".join(parts)).encode()


XFORMS = "http://www.w3.org/2002/xforms"


def _insert_deprecated(parts: list[str], deprecated: str) -> None:
    """`<deprecatedID>` beside `<instanceID>`, in the same namespace."""
    inside = False
    for at, part in enumerate(parts):
        inside = inside or part.rpartition(":")[2] in ("<meta", "meta")
        if inside and part.rpartition(":")[2] in ("<instanceID", "instanceID"):
            name = part.replace("instanceID", "deprecatedID")
            parts.insert(at, f"{name}>{_escaped(clean(deprecated))}</{name[1:]}>")
            return


def _write(node: ModelNode, prefixes: Mapping[str, str], used: dict[str, str], parts: list[str]) -> None:
    name = _qualified(node.local, node.prefix and node.ns, prefixes, used)
    attributes = "".join(
        f" {_qualified(a.local, a.ns, prefixes, used)}={_quoted(clean(a.text))}" for a in node.attributes
    )
    parts.append(f"<{name}")
    parts.append(attributes)
    if node.children:
        parts.append(">")
        for child in node.model_children():
            if child.relevant:
                _write(child, prefixes, used, parts)
        parts.append(f"</{name}>")
    elif node.text:
        parts.append(f">{_escaped(clean(node.text))}</{name}>")
    else:
        parts.append("/>")


def _qualified(local: str, uri: str, prefixes: Mapping[str, str], used: dict[str, str]) -> str:
    if not uri:
        return local
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f"xml:{local}"
    prefix = prefixes.get(uri) or f"ns{len(used) + 1}x"
    used[prefix] = uri
    return f"{prefix}:{local}"


def _escaped(text: str) -> str:
    """Text of an element; a carriage return would be read as a line feed."""
    return escape(text, quote=False).replace("\r", "&#13;")


def _quoted(text: str) -> str:
    """Value of an attribute, in quotes; line breaks and tabs would be read as blanks."""
    whole = escape(text).replace("&#x27;", "'").replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    return f'"{whole}"'


def clean(text: str) -> str:
    """Without the characters XML 1.0 cannot carry."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def read_into(node: ModelNode, element: safexml.Element, room: Room) -> None:
    """Fill `node` from a saved submission; repeats get as many instances as it has, absent Nodes keep defaults."""
    groups: dict[str, list[safexml.Element]] = {}
    for child in element:
        groups.setdefault(safexml.local(child), []).append(child)
    for name in node.spec.attributes:
        for attribute in node.named(name):
            if isinstance(attribute, ModelNode):
                attribute.stored = attribute.text = element.get(name[1:]) or ""
    if node.spec.is_leaf:
        node.stored = node.text = element.text or ""
        return
    for spec in node.spec.children.values():
        found = groups.get(spec.name, [])
        if spec.is_repeat:
            room.take(spec, len(found))
            resize(node, spec, len(found))
        for target, source in zip(list(node.named(spec.name)), found, strict=False):
            if isinstance(target, ModelNode):
                read_into(target, source, room)


def resize(parent: ModelNode, spec: Spec, count: int) -> None:
    """Exactly `count` fresh instances of a repeat."""
    for old in list(parent.named(spec.name)):
        parent.remove(old)
    for _ in range(count):
        add_instance(parent, spec)
