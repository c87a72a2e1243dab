"""Which Items may pass in bulk: never a veto, never one that needs evidence or a number, never one already judged. Pure."""

from inspector_app.checklists.state import ItemState, VisitState

ONE_BY_ONE = frozenset({"veto", "conditional_veto"})


def may_pass_in_bulk(item: ItemState) -> bool:
    """Still open, and nothing about it has to be looked at by itself."""
    return (
        item.verdict is None
        and item.item.critical not in ONE_BY_ONE
        and not item.item.photos_needed
        and not item.measures
        and not item.note.strip()
    )


def rest_of(state: VisitState, dimension: str) -> tuple[ItemState, ...]:
    """What "the rest of this Dimension is fine" would answer; () for a Dimension that does not apply."""
    return tuple(
        item
        for found in state.dimensions
        if found.dimension.id == dimension
        for item in found.items
        if may_pass_in_bulk(item)
    )
