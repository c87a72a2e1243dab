"""Conflicts: listed with both values, who and when; decided field by field by a person, offline too (sync.md §4)."""

from inspector_app.domain.changeset import Edit, Touched
from inspector_app.domain.errors import UserError
from inspector_app.store import conflicts, log
from inspector_app.store.conflicts import Conflict, Review
from inspector_app.store.database import Store
from inspector_app.store.log import Recovery


def open_conflicts(store: Store, entity: str = "") -> tuple[Conflict, ...]:
    """Every field with several values, or those of one visit with its findings and photos."""
    with store.reading() as session:
        return tuple(conflicts.conflicts(session, entity))


def count(store: Store, inspection: str) -> int:
    """How many fields of one visit and what belongs to it hold several values."""
    with store.reading() as session:
        return conflicts.count_by_visit(session, [inspection]).get(inspection, 0)


def open_reviews(store: Store, entity: str) -> tuple[Review, ...]:
    """What whoever finished, signed or deleted this record had not seen."""
    with store.reading() as session:
        return tuple(conflicts.reviews(session, entity))


def resolve(store: Store, conflict: Conflict, chosen: str) -> Touched:
    """Decide for the value of Changeset `chosen`: an ordinary edit that has seen all heads. The others stay in history.

    Raises UserError `conflict_gone` when somebody has decided meanwhile.
    """
    with store.writing() as session:
        now = {one.field: one for one in conflicts.conflicts(session, conflict.entity) if one.entity == conflict.entity}
        found = now.get(conflict.field)
        values = {head.cs: head.value for head in found.heads} if found else {}
        if chosen not in values:
            raise UserError(
                "conflict_gone", "Somebody has decided this meanwhile; look at the value that is shown now."
            )
        return log.append(session, [Edit(conflict.kind, conflict.entity, {conflict.field: values[chosen]})])


def reopen(store: Store, conflict: Conflict) -> Touched:
    """Take a decision of this laptop back: the field holds all its values again, the one shown before is shown.

    Raises UserError `conflict_gone` when somebody has written there since.
    """
    with store.writing() as session:
        prev = conflicts.decided(session, conflict, store.identity.device)
        if not prev:
            raise UserError(
                "conflict_gone", "Somebody has decided this meanwhile; look at the value that is shown now."
            )
        values = [{conflict.field: head.value} for head in reversed(conflict.heads)]
        again = [Recovery(conflict.entity, conflict.kind, "", value, prev) for value in values]
        return log.recover(session, again)
