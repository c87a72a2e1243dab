"""ODK's audit.csv: what somebody did while filling a form, told by a client call by call; no clock, file or window here.

Follows the sub-specification "Client Audit Logs" and the table of events in ODK's documentation. Device time counts
only at the start; later times are what has elapsed since, which nobody can set back.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from . import safexml
from .nodes import clean
from .problems import FormError

ODK = "http://www.opendatakit.org/xforms"
NAME = "audit.csv"
MAX_BEFORE = 5 * 1024 * 1024
_ALWAYS = ("event", "node", "start", "end")
_WHERE = ("latitude", "longitude", "accuracy")
_CHANGES = ("old-value", "new-value")
_HARMLESS = re.compile(r"[+-]?\d*\.?\d+(?:[ ;]+[+-]?\d*\.?\d+)*\Z")
MOMENTS = frozenset(
    """form start|form resume|form exit|form save|form finalize|save error|finalize error|constraint error|jump
location tracking enabled|location tracking disabled|location providers enabled|location providers disabled
location permissions granted|location permissions not granted|change reason""".replace("\n", "|").split("|")
)
"""Events with a start alone."""
_WHILE_OPEN = frozenset(m for m in MOMENTS if m.startswith("location "))
"""Moments that do not end what is being looked at."""


class Published(Protocol):
    """What is needed of a Form."""

    @property
    def xml(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What the form wants to know, from the attributes of its audit bind (parameters of the XLSForm row)."""

    changes: bool = False
    user: bool = False
    reasons: bool = False
    priority: str = ""
    min_interval: int = 0
    max_age: int = 0

    @property
    def locations(self) -> bool:
        """All three parameters are needed."""
        return bool(self.priority and self.min_interval >= 0 and self.max_age >= self.min_interval and self.max_age)

    @property
    def columns(self) -> tuple[str, ...]:
        """Headers of the file."""
        groups = (
            (True, _ALWAYS), (self.locations, _WHERE), (self.changes, _CHANGES), (self.user, ("user",)),
            (self.reasons, ("change-reason",)),
        )  # fmt: skip
        return tuple(column for wanted, columns in groups if wanted for column in columns)


def rules_of(form: Published) -> Rules | None:
    """The audit a form asks for, None without one."""
    root = safexml.parse(form.xml)
    for bind in root.iter("{*}bind"):
        parts = [p.strip().rpartition(":")[2] for p in (bind.get("nodeset") or "").split("/")]
        if parts[-2:] == ["meta", "audit"]:
            said = {name: bind.get(f"{{{ODK}}}{name}") or "" for name in _PARAMETERS}
            return Rules(
                said["track-changes"] == "true",
                said["identify-user"] == "true",
                said["track-changes-reasons"] == "on-form-edit",
                said["location-priority"],
                _seconds(said["location-min-interval"]),
                _seconds(said["location-max-age"]),
            )
    return None


_PARAMETERS = ("track-changes", "identify-user", "track-changes-reasons", "location-priority", "location-min-interval",
               "location-max-age")  # fmt: skip


def _seconds(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A location: degrees and metres, as texts."""

    latitude: str
    longitude: str
    accuracy: str


@dataclass(slots=True)
class _Line:
    """One event."""

    event: str
    node: str
    start: int
    end: int | None = None
    old: str = ""
    new: str = ""
    user: str = ""
    reason: str = ""
    spot: Spot | None = None
    answers: bool = False


@dataclass(slots=True)
class Audit:
    """The trail of one filling. `elapsed` counts seconds from `started` on and never goes back."""

    rules: Rules
    started: datetime
    elapsed: Callable[[], float]
    user: str = ""
    spot: Callable[[], Spot | None] = lambda: None
    before: str = ""
    """The text of the audit.csv so far, when a draft is opened again."""
    _lines: list[_Line] = field(default_factory=list)
    _open: list[_Line] = field(default_factory=list)

    def happened(self, event: str) -> None:
        """One of MOMENTS; but for those about locations it ends what is on the screen."""
        if event not in MOMENTS:
            raise ValueError(event)
        if event not in _WHILE_OPEN:
            self.leave()
        self._add(_Line(event, "", self._now()))

    def changed_because(self, reason: str) -> None:
        """Why a finished form was changed; a form with track-changes-reasons must not be saved without it."""
        if not reason.strip():
            raise FormError("Say why the form was changed.")
        self.leave()
        self._add(_Line("change reason", "", self._now(), reason=reason.strip()))

    def view(self, path: str, value: str = "") -> None:
        """A question comes on the screen with that answer."""
        self.leave()
        self._begin("question", path, value)

    def view_group(self, path: str, values: Mapping[str, str]) -> None:
        """A field-list comes on the screen; with track-changes each question in it has its own line."""
        self.leave()
        self._begin("group questions", path)
        if self.rules.changes:
            for question, value in values.items():
                self._begin("question", question, value)

    def view_together(self, values: Mapping[str, str]) -> None:
        """Questions of one screen that are no group of the form: the first stands for all but where changes are tracked."""
        self.leave()
        for number, (question, value) in enumerate(values.items()):
            if number == 0 or self.rules.changes:
                self._begin("question", question, value)

    def ask_for_repeat(self, path: str) -> None:
        """“Add another?” comes on the screen."""
        self.leave()
        self._begin("add repeat", path)

    def end_screen(self) -> None:
        """The last screen is shown."""
        self.leave()
        self._begin("end screen", "")

    def delete_repeat(self, path: str) -> None:
        """An instance was taken away."""
        self.leave()
        now = self._now()
        self._add(_Line("delete repeat", path, now, now))

    def answered(self, path: str, value: str) -> None:
        """The answer to a question on the screen is now `value`."""
        for line in self._open:
            if line.node == path and line.answers:
                line.new = value

    def leave(self) -> None:
        """Nothing is on the screen any more."""
        now = self._now() if self._open else 0
        for line in self._open:
            line.end = now
            line.spot = line.spot or self._spot()
        self._open.clear()

    def write(self) -> str:
        """The whole file. It belongs to the submission under NAME, mentioned in `meta/audit`."""
        rows = [list(self.rules.columns), *_continued(self.before, self.rules.columns)]
        rows += [[self._cells(line).get(c, "") for c in self.rules.columns] for line in self._lines]
        return "".join(",".join(_escaped(cell) for cell in row) + "\n" for row in rows)

    def _begin(self, event: str, path: str, value: str = "") -> None:
        line = _Line(event, path, self._now(), old=value, new=value, answers=event == "question")
        self._open.append(line)
        self._add(line)

    def _add(self, line: _Line) -> None:
        line.user = self.user
        line.spot = self._spot()
        self._lines.append(line)

    def _spot(self) -> Spot | None:
        return self.spot() if self.rules.locations else None

    def _now(self) -> int:
        return int(self.started.timestamp() * 1000) + max(int(self.elapsed() * 1000), 0)

    @staticmethod
    def _cells(line: _Line) -> dict[str, str]:
        differs = line.answers and line.old != line.new
        spot = line.spot or Spot("", "", "")
        return {
            "event": line.event,
            "node": line.node,
            "start": str(line.start),
            "end": "" if line.end is None else str(line.end),
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "accuracy": spot.accuracy,
            "old-value": harmless(line.old) if differs else "",
            "new-value": harmless(line.new) if differs else "",
            "user": harmless(line.user),
            "change-reason": harmless(line.reason),
        }


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers and places keep their sign, the values stay readable."""
    text = clean(text)
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text and not _HARMLESS.match(text):
        return f"'{text}"
    return text


def _escaped(cell: str) -> str:
    """Quotes only around commas and line ends, doubled only within such (so the sub-specification has it)."""
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if "," not in cell and "\n" not in cell:
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _continued(before: str, columns: tuple[str, ...]) -> Iterable[list[str]]:
    """Rows of an earlier part, under the columns of now."""
    if not before.strip() or len(before) > MAX_BEFORE:
        return
    try:
        rows = list(csv.reader(io.StringIO(before, newline="")))
    except csv.Error:
        return
    header = rows[0] if rows else []
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        if row and cells.get("event"):
            yield [cells.get(column, "") for column in columns]
