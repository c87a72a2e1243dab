"""Repeat instances by names that do not move when others come or go, and by their places in an open form; pure.

Stored, `/data/rep[@k3f9]/q` is an answer and `/data/rep[@k3f9]` says that its instance exists: the text is its rank,
'' = removed. A repeat without such fields is counted by the form itself: there `[@2]` simply is the second.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 6
"""31⁶ names: two people adding to one repeat do not meet."""
RANK_DIGITS = 9


def new_name() -> str:
    """A name no other laptop will choose in the same repeat."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


@dataclass(frozen=True)
class Instances:
    """`order`: stored path of a repeat → (name, rank) of its instances, in order."""

    order: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def stored(self, path: str) -> str:
        """`/data/rep[2]/q` → `/data/rep[@k3f9]/q`; a place that nobody named keeps its number as its name."""
        made = ""
        for part in path.strip("/").split("/"):
            name, bracket, rest = part.partition("[")
            made += f"/{name}"
            if bracket:
                made += f"[@{self._name(made, int(rest.rstrip(']')))}]"
        return made

    def _name(self, repeat: str, place: int) -> str:
        known = self.order.get(repeat)
        return known[place - 1][0] if known is not None and place <= len(known) else str(place)

    def shown(self, stored: str) -> str | None:
        """`/data/rep[@k3f9]/q` → `/data/rep[2]/q`; None inside an instance that was removed."""
        made, shown = "", ""
        for part in stored.strip("/").split("/"):
            name, bracket, rest = part.partition("[@")
            made += f"/{name}"
            shown += f"/{name}"
            if bracket:
                place = self._place(made, rest.rstrip("]"))
                if place is None:
                    return None
                made += f"[@{rest}"
                shown += f"[{place}]"
        return shown

    def _place(self, repeat: str, name: str) -> int | None:
        known = self.order.get(repeat)
        if known is None:
            return int(name) if name.isascii() and name.isdigit() and len(name) <= RANK_DIGITS else None
        return next((place for place, (one, _) in enumerate(known, 1) if one == name), None)

    def counts(self) -> dict[str, int]:
        """Place path of every named repeat → how many instances it has."""
        shown = {self.shown(repeat): len(known) for repeat, known in self.order.items()}
        return {path: count for path, count in shown.items() if path is not None}

    def claims(self, path: str) -> dict[str, str]:
        """Fields that say again that the named instances around `path` exist: an answer outlives a removal beside it."""
        found: dict[str, str] = {}
        made = ""
        for part in path.strip("/").split("/"):
            name, bracket, rest = part.partition("[")
            made += f"/{name}"
            if bracket:
                known, place = self.order.get(made), int(rest.rstrip("]"))
                if known is not None and place <= len(known):
                    found[f"{made}[@{known[place - 1][0]}]"] = str(known[place - 1][1])
                made += f"[@{self._name(made, place)}]"
        return found

    def named(
        self, present: Iterable[str], added: Collection[str] = (), make: Callable[[], str] = new_name
    ) -> tuple["Instances", dict[str, str]]:
        """With names for the instances at `present` (place paths in document order) that have none yet, and the fields
        that save them. What somebody `added` gets a name of its own; what a form begins a repeat with is named by its
        place, so that two laptops name it alike."""
        order = dict(self.order)
        fields: dict[str, str] = {}
        for path in present:
            above, _, rest = path.rpartition("[")
            place, repeat = int(rest.rstrip("]")), Instances(order).stored(above)
            known = order.get(repeat, ())
            if place > len(known):
                rank = max((one for _, one in known), default=0) + 1
                name = make() if repeat in self.order or path in added else str(place)
                order[repeat] = (*known, (name, rank))
                fields[f"{repeat}[@{name}]"] = str(rank)
        return Instances(order), fields

    def without(self, path: str) -> tuple["Instances", dict[str, str]]:
        """With the instance at `path` taken out, and the field that saves it; its answers stay for an undo."""
        above, _, rest = path.rpartition("[")
        repeat, place = self.stored(above), int(rest.rstrip("]"))
        known = self.order.get(repeat, ())
        if not 1 <= place <= len(known):
            return self, {}
        left = (*known[: place - 1], *known[place:])
        return Instances({**self.order, repeat: left}), {f"{repeat}[@{known[place - 1][0]}]": ""}


def read_instances(fields: Mapping[str, object]) -> Instances:
    """The instances that the stored fields of a visit speak of; equal ranks (two added at once) are in order of name."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, value in fields.items():
        if not (name.startswith("/") and is_instance(name) and isinstance(value, str)):
            continue
        repeat, _, rest = name.rpartition("[@")
        known = found.setdefault(repeat, [])
        if value:
            known.append((_rank(value), rest[:-1]))
    return Instances({repeat: tuple((one, rank) for rank, one in sorted(known)) for repeat, known in found.items()})


def _rank(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= RANK_DIGITS else 0


def is_instance(field_name: str) -> bool:
    """The field says that an instance exists."""
    return field_name.endswith("]") and "[@" in field_name
