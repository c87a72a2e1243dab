"""What can be wrong with a Form, in words a form author can act on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about a form; `row` counts from 1 as a spreadsheet does, `path` is a Node path.

    `code` names the sentence and `facts` are the values in it, so that another language can say the same.
    """

    severity: Severity
    message: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    path: str | None = None
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        place = f"{self.sheet}{row}" if self.sheet else self.path
        return f"{self.message} ({place})" if place else self.message


class FormError(Exception):
    """A form, answer or file that is refused. `problems` says why; `str()` is one sentence."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        if isinstance(problems, str):
            problems = (Problem("error", problems),)
        self.problems: tuple[Problem, ...] = tuple(problems)
        more = len(self.problems) - 1
        first = str(self.problems[0]) if self.problems else "The form cannot be used."
        super().__init__(f"{first} (and {more} more)" if more > 0 else first)
