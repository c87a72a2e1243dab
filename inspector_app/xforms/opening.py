"""Opens a Session: Nodes built, saved values placed, then computed and fired as a new filling or a draft demands."""

from collections.abc import Mapping

from . import events, nodes, safexml
from .limits import MAX_INSTANCES, Room
from .nodes import Changes, ModelNode, find
from .problems import FormError
from .session import Definition, Opening, Session
from .tree import ROOT, Node


def open_session(form: Definition, opening: Opening) -> "Session":
    """Build the Nodes, place saved values, then preload, compute and fire load events as the opening demands."""
    session = Session(form, opening)
    queue, root = session.queue, session.root
    queue.start()
    is_new = opening.xml is None and opening.values is None
    if opening.xml is not None:
        session.deprecated = _read_saved(root, opening.xml, opening.is_edit)
    if opening.values is not None:
        room = Room()
        _shape(root, opening.counts, room)
        session.unplaced = _place(root, opening.values, room)
    if is_new:
        events.preload(queue, root, opening.identity)
    if opening.is_frozen:
        queue.is_frozen = True
        queue.enter(root)
        queue.drain()
        queue.fired.clear()
    else:
        events.load(queue, root, first=is_new)
    if not is_new and not opening.is_frozen:
        events.ensure_instance_id(queue, root)
    events.settle(queue, root)
    queue.changes = Changes()
    return session


def _read_saved(root: ModelNode, xml: bytes, is_edit: bool) -> str:
    """Fill the Nodes; returns the instanceID this filling replaces. An edit gets a new one of its own."""
    element = safexml.parse(xml, what="saved submission")
    if safexml.local(element) != root.spec.name or (element.get("id") or "") != (root.attribute("id") or ""):
        raise FormError("This submission belongs to another form.")
    nodes.read_into(root, element, Room())
    if not is_edit:
        return next((e.text or "" for e in element.iterfind("{*}meta/{*}deprecatedID")), "")
    replaced = ""
    for node in (n for meta in root.named("meta") for n in meta.named("instanceID")):
        if isinstance(node, ModelNode):
            replaced, node.stored, node.text = node.stored, "", ""
    return replaced


def _shape(root: ModelNode, counts: Mapping[str, int], room: Room) -> None:
    """Exactly so many instances of each repeat; outer ones first."""
    document = Node(ROOT) if root.parent is None else root.parent
    for path in sorted(counts, key=lambda p: p.count("/")):
        above, _, name = path.rpartition("/")
        parent = find(document, above) if above else None
        spec = parent.spec.children.get(name) if parent is not None else None
        if parent is not None and spec is not None and spec.is_repeat and not spec.fixed_count:
            count = min(max(counts[path], 0), MAX_INSTANCES)
            room.take(spec, count)
            nodes.resize(parent, spec, count)


def _place(root: ModelNode, values: Mapping[str, str], room: Room) -> tuple[str, ...]:
    """Store leaf values, growing repeats as their positions need; returns the paths that fit nowhere."""
    unplaced = []
    document = Node(ROOT) if root.parent is None else root.parent
    for path, value in values.items():
        _make_room(root, path, room)
        node = find(document, path)
        if node is None or node.children:
            unplaced.append(path)
        else:
            node.stored = node.text = value
    return tuple(unplaced)


def _make_room(root: ModelNode, path: str, room: Room) -> None:
    node: ModelNode = root
    for part in path.strip("/").split("/")[1:]:
        name, _, position = part.partition("[")
        spec = node.spec.children.get(name)
        digits = position.rstrip("]")
        if spec is None or (position and not digits.isdigit()):
            return
        index = int(digits[:6]) if position else 1
        while spec.is_repeat and spec.template is not None and len(node.named(name)) < min(index, MAX_INSTANCES):
            room.take(spec)
            nodes.add_instance(node, spec)
        found = node.named(name)
        if not 1 <= index <= len(found):
            return
        child = found[index - 1]
        if not isinstance(child, ModelNode):
            return
        node = child
