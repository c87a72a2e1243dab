"""Whole merge state of one entity as it travels: in a snapshot, in `enter`, in a bundle (sync.md §4, §7). Pure."""

from inspector_app.sync import wire
from inspector_app.sync.merge import EntityState, Head, displayed


def read_state(row: wire.StateRow) -> EntityState:
    """Heads, gone and seen of a row; ids that `heads` and `cs0` name need not be repeated in `seen`."""
    state = EntityState()
    for name in row.doc.keys() | row.heads.keys():
        state.heads[name] = _heads(row, name)
    state.gone = {name: set(ids) for name, ids in row.gone.items() if ids}
    named = {cs for heads in state.heads.values() for cs in heads}
    state.seen = {row.cs0, *named, *row.seen} - {""}
    return state


def _heads(row: wire.StateRow, name: str) -> dict[str, Head]:
    listed = row.heads.get(name)
    if listed is None:
        return {row.cs0: (row.t0, row.doc[name])}
    return {head[0]: (head[1], head[2] if len(head) > 2 else row.doc.get(name)) for head in listed}


def state_row(who: tuple[str, str, str, str], state: EntityState, cs0: str, t0: int) -> wire.StateRow:
    """The row of an entity; `who` is id, kind, Scope, parent."""
    sparse: dict[str, list[list[object]]] = {}
    for name, heads in state.heads.items():
        if len(heads) > 1:
            sparse[name] = [[cs, stamp, value] for cs, (stamp, value) in sorted(heads.items())]
        elif heads and cs0 not in heads:
            sparse[name] = [[cs, stamp] for cs, (stamp, _) in heads.items()]
    named = {cs0, *(cs for heads in state.heads.values() for cs in heads)}
    gone = {name: sorted(ids) for name, ids in sorted(state.gone.items())}
    entity, kind, scope, parent = who
    shown = displayed(state)
    return wire.StateRow(
        entity, kind, scope, shown, cs0, t0, parent, heads=sparse, gone=gone, seen=sorted(state.seen - named)
    )
