"""What the list of values beside a trial shows, and the submission it would become; pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from inspector_app.desktop.questions.state import Part
from inspector_app.xforms import Form, Session

WIDTHS = {"forms.width_full": 0, "forms.width_tablet": 720, "forms.width_phone": 390}
"""Catalogue key of a device → how many pixels of width its screen leaves, 0 for all there is."""


@dataclass(frozen=True)
class Value:
    """One Node that holds something, with its place in the form."""

    path: str
    value: str

    @property
    def name(self) -> str:
        """Its path below the root."""
        return "/".join(self.path.split("/")[2:])


def derive_values(session: Session) -> tuple[Value, ...]:
    """What is filled or computed and would be written, in the order of the form."""
    found = ((path, session.value(path)) for path in session.paths())
    return tuple(Value(path, value) for path, value in found if value)


def submission(form: Form, session: Session, now: Callable[[], datetime]) -> str:
    """The XML that finishing would write; made of a copy, so that the trial goes on as it was."""
    copy = form.resume(session.kept(), now, language=session.language)
    return copy.finalize().xml.decode()


def part_words(part: Part, number: int, fallback: str) -> str:
    """How a Part is named in the chooser: its first line, with what is answered."""
    label = " ".join(part.label.split()) or fallback
    counted = f"  {part.answered}/{part.total}" if part.total else ""
    return f"{number}. {label[:40]}{counted}"
