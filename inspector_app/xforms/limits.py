"""What one Form, one Session and one step of it may take (forms.md §8, ADR 0025), and the Room that counts Nodes."""

from dataclasses import dataclass, field

from .model import Spec
from .problems import FormError

MAX_INSTANCES = 2_000
"""Of one repeat in one parent."""
MAX_NODES = 50_000
MAX_ROUNDS = 10
"""Evaluations of one drain per live Node, and 10,000 more; beyond it something goes in circles."""
EFFORT = 5_000_000
"""Node visits of one step, and 20 more per Node; a second or two."""
MAX_WRITTEN = 20_000_000
"""Characters of all values together."""


@dataclass(slots=True)
class Room:
    """How many Nodes a Session may still grow while saved values are placed."""

    left: int = MAX_NODES
    costs: dict[Spec, int] = field(default_factory=dict)

    def take(self, spec: Spec, count: int = 1) -> None:
        """Count so many instances of a repeat before they are made. FormError when they are too many."""
        cost = self.costs.get(spec)
        if cost is None:
            cost = self.costs[spec] = sum(1 for _ in spec.walk())
        self.left -= cost * count
        if self.left < 0 or count > MAX_INSTANCES:
            raise FormError(f"{spec.path} would have too many instances, or the form more than {MAX_NODES} Nodes.")
