"""What happens by itself: preloads, setvalue on load and on change, and the end of filling."""

import uuid
from collections.abc import Mapping

from .model import Action, Spec
from .nodes import ModelNode, ancestor_at, below
from .problems import FormError
from .recompute import Recompute
from .xpath.values import date_text, stamp_text

LOAD_EVENTS = frozenset(["odk-instance-load"])
FIRST_EVENTS = LOAD_EVENTS | {"odk-instance-first-load", "xforms-ready"}
MAX_FIRED = 10_000


def preload(queue: Recompute, root: ModelNode, identity: Mapping[str, str]) -> None:
    """Fill dates, times, identity and the instanceID of a new filling."""
    now = queue.scope.now().astimezone(queue.scope.zone)
    for node in root.walk():
        kind, parameter = node.spec.preload
        if kind == "date":
            queue.put(node, date_text(now))
        elif kind == "timestamp" and parameter == "start":
            queue.put(node, stamp_text(now))
        elif kind == "property":
            queue.put(node, identity.get(parameter, ""))
        elif kind == "uid":
            queue.put(node, new_id(queue))
    ensure_instance_id(queue, root)


def ensure_instance_id(queue: Recompute, root: ModelNode) -> None:
    """Every filling has a meta/instanceID."""
    for meta in root.named("meta"):
        for node in meta.named("instanceID"):
            if isinstance(node, ModelNode) and not node.stored and node.spec.calculate is None:
                queue.put(node, new_id(queue))


def new_id(queue: Recompute) -> str:
    """`uuid:` and a random UUID from the Session's source of randomness."""
    return f"uuid:{uuid.UUID(int=queue.scope.randomness.getrandbits(128), version=4)}"


def load(queue: Recompute, root: ModelNode, *, first: bool) -> None:
    """Compute everything and fire the load events; `first` only for a new filling, never when a draft is opened again.

    In the order of the document, as peers do: a setvalue sees what the calculations before it gave, none of those after.
    """
    wanted = FIRST_EVENTS if first else LOAD_EVENTS
    targets: dict[str, list[Action]] = {}
    actions = queue.actions.get("", ())
    for action in actions:
        if action.events & wanted:
            targets.setdefault(action.target, []).append(action)
    queue.is_loading = True
    queue.waiting = {n for n in root.walk() if n.spec.calculate is not None} if actions else set()
    queue.enter(root)
    queue.drain()
    queue.is_loading = False
    if actions:
        _fire_in_order(queue, root, targets)
    queue.fired.clear()


def _fire_in_order(queue: Recompute, root: ModelNode, targets: Mapping[str, list[Action]]) -> None:
    for node in list(root.walk()):
        queue.drain()
        if node.alive and node.relevant:
            queue.compute(node)
            for action in targets.get(node.spec.path, ()):
                queue.perform(action, node)
    queue.release()


def settle(queue: Recompute, root: ModelNode) -> None:
    """Recompute, then fire what changed values trigger, until all is quiet."""
    queue.drain()
    rounds, failure = 0, ""
    while queue.fired:
        fired, queue.fired = queue.fired, {}
        for node, before in fired.items():
            for action in queue.actions[node.spec.path] if node.alive and node.text != before else ():
                rounds += 1
                if rounds > MAX_FIRED:
                    queue.fired.clear()
                    raise FormError(f"The setvalues around {action.target} trigger each other without end.")
                failure = _fire(queue, root, action, node) or failure
                queue.drain()
    queue.newborn.clear()
    if failure:
        raise FormError(failure)


def _fire(queue: Recompute, root: ModelNode, action: Action, node: ModelNode) -> str:
    """Perform what `node` triggers; a sentence where it cannot be done."""
    target = root.spec.find(action.target.split("/")[2:])
    if target is None or "xforms-value-changed" not in action.events:
        return ""
    depth = _common_depth(node.spec, target)
    places = below(ancestor_at(node, depth), depth, target)
    if action.route is not None:
        chosen = action.route(node, queue.scope)
        places = [p for p in places if isinstance(chosen, list) and p in chosen]
    if all(place in queue.newborn for place in places):
        return ""
    if len(places) > 1:
        return f"A setvalue for {action.target} would fill several places at once."
    queue.perform(action, places[0])
    return ""


def _common_depth(one: Spec, other: Spec) -> int:
    """Depth of the lowest Spec above both."""
    a: Spec | None = one
    line = set()
    while a is not None:
        line.add(a)
        a = a.parent
    b: Spec | None = other
    while b is not None and b not in line:
        b = b.parent
    return b.depth if b is not None else 0


def finish(queue: Recompute, root: ModelNode) -> None:
    """Stamp the end of filling."""
    now = queue.scope.now().astimezone(queue.scope.zone)
    for node in root.walk():
        if node.spec.preload == ("timestamp", "end"):
            queue.put(node, stamp_text(now))
    settle(queue, root)
