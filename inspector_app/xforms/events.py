"""What happens by itself: preloads, setvalue on load and on change, and the end of filling."""

import uuid
from collections.abc import Mapping

from .model import Spec
from .nodes import ModelNode, ancestor_at, below
from .problems import FormError
from .recompute import Recompute
from .xpath.values import date_text, stamp_text

LOAD_EVENTS = frozenset(["odk-instance-load", "xforms-ready"])
MAX_FIRED = 10_000


def preload(queue: Recompute, root: ModelNode, identity: Mapping[str, str]) -> None:
    """Fill dates, times, identity and the instanceID of a new filling."""
    now = queue.scope.now().astimezone(queue.scope.zone)
    for node in root.walk():
        kind, parameter = node.spec.preload
        if kind == "date":
            queue.store(node, date_text(now))
        elif kind == "timestamp" and parameter == "start":
            queue.store(node, stamp_text(now))
        elif kind == "property":
            queue.store(node, identity.get(parameter, ""))
        elif kind == "uid":
            queue.store(node, new_id(queue))
    ensure_instance_id(queue, root)


def ensure_instance_id(queue: Recompute, root: ModelNode) -> None:
    """Every filling has a meta/instanceID."""
    for meta in root.named("meta"):
        for node in meta.named("instanceID"):
            if isinstance(node, ModelNode) and not node.stored and node.spec.calculate is None:
                queue.store(node, new_id(queue))


def new_id(queue: Recompute) -> str:
    """`uuid:` and a random UUID from the Session's source of randomness."""
    return f"uuid:{uuid.UUID(int=queue.scope.randomness.getrandbits(128), version=4)}"


def load(queue: Recompute, root: ModelNode, *, first: bool) -> None:
    """Fire the load events; `first` only for a new filling, never when a draft is opened again."""
    wanted = LOAD_EVENTS | {"odk-instance-first-load"} if first else LOAD_EVENTS
    for action in queue.actions.get("", ()):
        if not action.events & wanted:
            continue
        spec = _top(root).find(action.target.split("/")[2:])
        for node in below(root, 1, spec) if spec is not None else []:
            queue.perform(action, node)
        queue.drain()
    queue.fired.clear()


def _top(root: ModelNode) -> Spec:
    return root.spec


def settle(queue: Recompute, root: ModelNode) -> None:
    """Recompute, then fire what changed values trigger, until all is quiet."""
    queue.drain()
    rounds = 0
    while queue.fired:
        action, node = queue.fired.popleft()
        rounds += 1
        if rounds > MAX_FIRED:
            queue.fired.clear()
            raise FormError(f"The setvalues around {action.target} trigger each other without end.")
        target = root.spec.find(action.target.split("/")[2:])
        if target is None or not node.alive:
            continue
        depth = _common_depth(node.spec, target)
        for place in below(ancestor_at(node, depth), depth, target):
            queue.perform(action, place)
        queue.drain()


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
            queue.store(node, stamp_text(now))
    settle(queue, root)
