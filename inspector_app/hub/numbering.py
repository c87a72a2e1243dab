"""Dense numbers per Scope: the counters are taken as late as possible and in sorted order (sync.md §9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from inspector_app.hub.bulk import insert_all, insert_new
from inspector_app.hub.tables import scope, scope_log


@dataclass(frozen=True)
class Entry:
    """One row of a Scope's log before it has its number."""

    kind: str
    entity: str
    cs: str = ""


_RAISED = (
    update(scope)
    .where(scope.c.id == bindparam("place"))
    .values(head=scope.c.head + bindparam("more"))
    .returning(scope.c.head)
)


def number(connection: Connection, entries: Mapping[str, Sequence[Entry]]) -> dict[str, int]:
    """Write the log rows of each Scope; gives per Scope its first new number. No reader ever sees a gap, since the
    counter's row stays locked until the transaction ends."""
    first: dict[str, int] = {}
    for place in sorted(entries):
        taken = entries[place]
        raised = {"place": place, "more": len(taken)}
        head = connection.execute(_RAISED, raised).scalar_one_or_none()
        if head is None:
            insert_new(connection, scope, [{"id": place, "head": 0}])
            head = connection.execute(_RAISED, raised).scalar_one()
        first[place] = head - len(taken) + 1
        rows = [
            {"scope": place, "seq": seq, "kind": one.kind, "cs": one.cs, "ent": one.entity}
            for seq, one in enumerate(taken, first[place])
        ]
        insert_all(connection, scope_log, rows)
    return first
