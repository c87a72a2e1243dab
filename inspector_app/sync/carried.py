"""Whole merge state of one entity as it travels: in a snapshot, in `enter`, in a bundle (sync.md §4, §7). Pure."""

from inspector_app.sync import wire
from inspector_app.sync.heads import Heads
from inspector_app.sync.merge import EntityState, all_heads, displayed


def read_state(row: wire.StateRow) -> EntityState:
    """Heads, gone and seen of a row; ids that `heads` and `cs0` name need not be repeated in `seen`."""
    heads = Heads(row.cs0, row.t0, row.doc)
    for name, listed in row.heads.items():
        heads[name] = {head[0]: (head[1], head[2] if len(head) > 2 else row.doc.get(name)) for head in listed}
    state = EntityState(heads, {name: set(ids) for name, ids in row.gone.items() if ids})
    state.seen = {row.cs0, *all_heads(state), *row.seen} - {""}
    return state


def state_row(who: tuple[str, str, str, str], state: EntityState, cs0: str, t0: int) -> wire.StateRow:
    """The row of an entity; `who` is id, kind, Scope, parent."""
    sparse: dict[str, list[list[object]]] = {}
    for name, heads in state.heads.beside(cs0):
        if len(heads) > 1:
            sparse[name] = [[cs, stamp, value] for cs, (stamp, value) in sorted(heads.items())]
        elif heads and cs0 not in heads:
            sparse[name] = [[cs, stamp] for cs, (stamp, _) in heads.items()]
    named = {cs0, *all_heads(state)}
    gone = {name: sorted(ids) for name, ids in sorted(state.gone.items())}
    entity, kind, scope, parent = who
    shown = displayed(state)
    return wire.StateRow(
        entity, kind, scope, shown, cs0, t0, parent, heads=sparse, gone=gone, seen=sorted(state.seen - named)
    )
