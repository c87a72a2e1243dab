"""What an expression may ask of its surroundings while it is evaluated, and of its names while it is compiled."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from ..problems import FormError
from ..tree import Node
from .values import Value

Eval = Callable[[Node, "Scope"], Value]
"""A compiled expression: context Node and scope in, value out."""

JAVAROSA = "http://openrosa.org/javarosa"
XFORMS = "http://www.w3.org/2002/xforms"


def _no_instance(_: str) -> Node | None:
    return None


def _no_itext(_: str) -> list[Node]:
    return []


def _no_choice(_value: str, path: str, _node: Node) -> str:
    return path and ""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Scope:
    """Services and the moving parts of one evaluation; `position` and `size` change inside predicates."""

    root: Node
    current: Node
    now: Callable[[], datetime] = _utc_now
    zone: tzinfo = UTC
    randomness: random.Random = field(default_factory=random.SystemRandom)
    instance: Callable[[str], Node | None] = _no_instance
    itext: Callable[[str], list[Node]] = _no_itext
    choice_name: Callable[[str, str, Node], str] = _no_choice
    position: int = 1
    size: int = 1
    effort: int = 1 << 60
    """Node visits left for this step; see `spend`."""
    slow: dict[str, int] = field(default_factory=dict)
    """Patterns that ran into their time limit in this step, and how often."""
    reached: dict[str, list[Node]] = field(default_factory=dict)
    """Nodes of plain absolute paths; to be cleared when elements come or go."""

    def spend(self, visits: int) -> None:
        """Count work that grows with the form. FormError when a step takes more than any honest form does."""
        self.effort -= visits
        if self.effort < 0:
            raise FormError("The expressions of this form take too much work on so many Nodes; simplify them.")


@dataclass(frozen=True, slots=True)
class Names:
    """How names of an expression are read. `prefixes` maps to URIs; `by_local` ignores prefixes of elements."""

    prefixes: Mapping[str, str]
    by_local: bool = True

    def element_key(self, name: str) -> str:
        """The Node key an element or attribute name must equal."""
        prefix, colon, local = name.rpartition(":")
        if not colon or self.by_local:
            return local
        return f"{{{self.prefixes.get(prefix, prefix)}}}{local}"

    def attribute_key(self, name: str) -> str:
        """Attributes keep their namespace even in the primary instance."""
        prefix, colon, local = name.rpartition(":")
        return f"{{{self.prefixes.get(prefix, prefix)}}}{local}" if colon else local

    def function_name(self, name: str) -> str:
        """Canonical name: `jr:` only where the prefix is bound to JavaRosa's URI."""
        prefix, colon, local = name.rpartition(":")
        if not colon:
            return name
        uri = self.prefixes.get(prefix, JAVAROSA if prefix == "jr" else "")
        return f"jr:{local}" if uri == JAVAROSA else f"{{{uri or prefix}}}{local}"
