"""Moves a draft's answers to another version of its form: what is kept, converted, dropped, and newly asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .form import Clock, Form

Why = Literal["question gone", "type changed", "option gone", "no longer repeated", "now computed"]
"""Why an answer cannot come along."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that stays as it is; `path` differs from `old_path` where the question moved."""

    old_path: str
    path: str
    value: str


@dataclass(frozen=True, slots=True)
class Converted:
    """An answer that is written differently in the new form; `lost` are chosen options that are gone."""

    old_path: str
    path: str
    old: str
    new: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """An answer the new form has no place for."""

    path: str
    value: str
    why: Why


@dataclass(frozen=True, slots=True)
class Move:
    """The preview, and its outcome: `answers` are what to store. Undone by storing the old answers again.

    `new` are paths of questions only the new form asks (generic, without positions). `hidden` are kept answers whose
    question is not relevant in the new form, `doubtful` those that break its rules; both only when a clock was given.
    """

    answers: Mapping[str, str]
    kept: tuple[Kept, ...] = ()
    converted: tuple[Converted, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    new: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def loses_nothing(self) -> bool:
        """Every answer comes along whole."""
        return not self.dropped and not any(c.lost for c in self.converted)


def move(old: Form, new: Form, answers: Mapping[str, str], *, now: Clock | None = None) -> Move:
    """How a draft of `old` reads as a draft of `new`.

    `answers` map leaf paths (positions on repeats, as `Session.paths`) to values; keys that do not begin with a slash
    are the caller's and pass unchanged. `now` lets the new form compute what becomes hidden or doubtful.
    """
    return Move(dict(answers))
