"""Heads per field of one entity; what its first Changeset set stays as it came and is opened field by field, when asked."""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from inspector_app.domain.changeset import Value

Head = tuple[int, Value]
"""(stamp in ms, value)"""


class Heads(MutableMapping[str, dict[str, Head]]):
    """Field → {Changeset: (stamp, value)}. A visit has a hundred fields and nearly all of them one head, the first:
    a dictionary for each cost more than everything else a push did (docs/decisions/0105)."""

    __slots__ = ("_closed", "_first", "_opened", "_stamp")

    def __init__(self, first: str = "", stamp: int = 0, values: Mapping[str, Value] | None = None) -> None:
        """All of `values` are by the Changeset `first`, until fields are set to something else."""
        self._first, self._stamp = first, stamp
        self._closed: dict[str, Value] = dict(values) if values else {}
        self._opened: dict[str, dict[str, Head]] = {}

    def __getitem__(self, name: str) -> dict[str, Head]:
        found = self._opened.get(name)
        if found is None:
            value = self._closed.pop(name)
            found = self._opened[name] = {self._first: (self._stamp, value)}
        return found

    def __setitem__(self, name: str, heads: dict[str, Head]) -> None:
        self._closed.pop(name, None)
        self._opened[name] = heads

    def __delitem__(self, name: str) -> None:
        if name in self._closed:
            del self._closed[name]
        else:
            del self._opened[name]

    def __contains__(self, name: object) -> bool:
        return name in self._closed or name in self._opened

    def __iter__(self) -> Iterator[str]:
        return iter([*self._closed, *self._opened])

    def __len__(self) -> int:
        return len(self._closed) + len(self._opened)

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping, without an exception for what is not there: merge asks for such fields all the time."""
        return self[name] if name in self._opened or name in self._closed else default

    def copy(self) -> "Heads":
        """Another one; neither sees what the other does."""
        twin = Heads(self._first, self._stamp, self._closed)
        twin._opened = {name: dict(heads) for name, heads in self._opened.items()}
        return twin

    def beside(self, first: str) -> Iterable[tuple[str, dict[str, Head]]]:
        """The fields that may have other heads than a single one by the Changeset `first`."""
        return self.items() if self._closed and self._first != first else self._opened.items()

    def several(self) -> Iterator[tuple[str, dict[str, Head]]]:
        """The fields with more than one head."""
        return ((name, heads) for name, heads in self._opened.items() if len(heads) > 1)

    def each(self) -> Iterator[tuple[str, Head]]:
        """(Changeset, head) over all fields; of those that are closed one stands for all."""
        for value in self._closed.values():
            yield self._first, (self._stamp, value)
            break
        for heads in self._opened.values():
            yield from heads.items()

    def displayed(self) -> dict[str, Value]:
        """Per field the head with the greatest (stamp, cs)."""
        shown = self._closed.copy()
        for name, heads in self._opened.items():
            if heads:
                shown[name] = heads[max(heads, key=lambda cs, of=heads: (of[cs][0], cs))][1]  # type: ignore[misc]
        return shown
