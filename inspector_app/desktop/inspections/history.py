"""Undo and redo of Answers: what was there before and after each change; pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from inspector_app.domain.changeset import Value

DEPTH = 200


@dataclass(frozen=True)
class Change:
    """Values before and after; `item` is where the page goes when it is undone.

    By leaf path, or with `is_stored` by stored field (what a repeat or a file altered).
    """

    item: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    is_stored: bool = False


class History:
    """Two stacks. Typing on in one field is one change as long as nothing else happens in between."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def can_undo(self) -> bool:
        """There is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Something was taken back and nothing was changed since."""
        return bool(self._undone)

    def record(self, change: Change, *, is_typing: bool = False) -> None:
        """Remember a change; with `is_typing` it is joined to the one before when that is of the same field."""
        self._undone.clear()
        if is_typing and self._done and self._done[-1].after.keys() == change.after.keys():
            change = replace(change, before=self._done.pop().before)
        if change.before != change.after:
            self._done.append(change)
        del self._done[:-DEPTH]

    def undo(self) -> Change | None:
        """The change to take back: save its `before`."""
        return self._move(self._done, self._undone)

    def redo(self) -> Change | None:
        """The change to make again: save its `after`."""
        return self._move(self._undone, self._done)

    def forget(self, paths: Set[str]) -> None:
        """Somebody else has answered there since: taking back our answer would take back theirs."""
        for stack in (self._done, self._undone):
            stack[:] = [change for change in stack if change.is_stored or paths.isdisjoint(change.after)]

    def clear(self) -> None:
        """Another visit is open."""
        self._done.clear()
        self._undone.clear()

    @staticmethod
    def _move(source: list[Change], target: list[Change]) -> Change | None:
        if not source:
            return None
        change = source.pop()
        target.append(change)
        return change
