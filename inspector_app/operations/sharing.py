"""Who answered what of an open visit, and where two people answered at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inspector_app.domain.inspection import ANSWER_PREFIX
from inspector_app.operations.visit import Visit
from inspector_app.store import authorship
from inspector_app.store.database import Store


@dataclass(frozen=True)
class Shared:
    """`by` maps a place in the form to whoever gave the answer that is shown; `parallel` are places with several values."""

    by: Mapping[str, str] = field(default_factory=dict)
    parallel: frozenset[str] = frozenset()

    @property
    def is_plural(self) -> bool:
        """More than one person has answered, or some answer is undecided."""
        return bool(self.parallel) or len({who for who in self.by.values() if who}) > 1


def read(store: Store, visit: Visit) -> Shared:
    """As the store has it now; answers of nobody (blank ones, what the form filled in at the start) are left out."""
    with store.reading() as session:
        found = authorship.of_entity(session, visit.id)
    given = {name: who for name, who in found.by.items() if name.startswith(ANSWER_PREFIX) and visit.fields.get(name)}
    placed = ((visit.instances.shown(name), who) for name, who in given.items())
    undecided = (visit.instances.shown(name) for name in found.parallel if name.startswith(ANSWER_PREFIX))
    return Shared({p: who for p, who in placed if p is not None}, frozenset(p for p in undecided if p is not None))
